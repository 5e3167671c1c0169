/** What has been opened and must be closed again: the newest first, as each may still use what was opened before it. */
export class Closing {
  readonly #steps: (() => unknown)[] = [];

  /** @param step may reject: what was opened before is closed nevertheless. */
  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** Resolves when all is closed. @throws AggregateError of what failed on the way, each named. */
  async close(): Promise<void> {
    const failed: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw new AggregateError(failed, `Not all could be closed: ${failed.map(said).join(' ')}`);
  }
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));
