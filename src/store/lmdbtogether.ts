/**
 * Commits that are asked for until a transaction begins are carried out in one, for a transaction of its own costs each about as much
 * as its writes. Each decides by itself whether it is applied. Where one throws, all are undone, and then carried out one by one.
 */
import { Unavailable } from './store.ts';

interface Asked<T> {
  readonly action: () => T;
  readonly settle: (result: T) => void;
  readonly fail: (error: unknown) => void;
}

export class Together<T> {
  /** One transaction, undone whole if the action throws; Unavailable where it could not be written. */
  readonly #write: <R>(action: () => R) => Promise<R>;
  /** For the transaction that has not begun; undefined: none is asked for. */
  #asked: Asked<T>[] | undefined;

  constructor(write: <R>(action: () => R) => Promise<R>) {
    this.#write = write;
  }

  /** @returns the action's result, when it is on disk. */
  write(action: () => T): Promise<T> {
    return new Promise((settle, fail) => {
      const asked = { action, settle, fail };
      if (this.#asked) this.#asked.push(asked);
      else this.#carryOut([asked]);
    });
  }

  #carryOut(group: Asked<T>[]): void {
    this.#asked = group;
    const over = (): void => {
      if (this.#asked === group) this.#asked = undefined;
    };
    this.#write(() => {
      over();
      return group.map(({ action }) => action());
    }).then(
      (results) => {
        for (const [i, { settle }] of group.entries()) settle(results[i] as T);
      },
      (error: unknown) => {
        over();
        const isAlone = group.length === 1 || error instanceof Unavailable;
        for (const { action, settle, fail } of group) {
          if (isAlone) fail(error);
          else this.#write(action).then(settle, fail);
        }
      },
    );
  }
}
