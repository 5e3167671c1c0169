/**
 * Long computations as generators that yield now and then. A worker thread runs one straight through; on the main thread it
 * runs in slices, so that the event loop is never held for long.
 */

export type Steps<T> = Generator<undefined, T, undefined>;

/** Runs to the end at once. */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Longest stretch, in milliseconds, that {@link runInSlices} computes before other work of the event loop has its turn. */
const SLICE = 15;

/** Runs in slices between other work of the event loop. Rejects with the signal's reason once it is aborted. */
export async function runInSlices<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE;
    while (performance.now() < until) {
      const step = steps.next();
      if (step.done) return step.value;
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
}
