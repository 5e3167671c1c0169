/** Signals within one process: what an engine without a network has to offer. */
import { setImmediate } from 'node:timers';
import type { Json } from '../conversation/state.ts';

export class LocalSignals {
  readonly #listeners = new Set<(message: Json) => void>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Returns at once; listeners hear it soon, each its own copy. */
  send(message: Json): void {
    const text = JSON.stringify(message);
    setImmediate(() => this.deliver(text));
  }

  deliver(text: string): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(JSON.parse(text) as Json);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  listen(listener: (message: Json) => void): () => void {
    const own = (message: Json): void => listener(message);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }
}
