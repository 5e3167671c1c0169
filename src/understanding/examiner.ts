/** Cross-validates versions of the FAQ off the main thread and tells whether an edit makes answers worse. */
import { type Guard, worsening } from './guard.ts';
import type { Evaluated } from './held-back.ts';
import type { EvaluationInWork } from './matcher/evaluation.ts';
import type { Entry } from './understanding.ts';

/** A version of the FAQ. */
export interface Examined {
  readonly version: string;
  readonly entries: readonly Entry[];
}

export class Examiner {
  readonly #guard: () => Guard;
  readonly #evaluate: (entries: readonly Entry[]) => EvaluationInWork;
  /** The newest version examined: the next edit is compared with it. */
  #last: { readonly version: string; readonly evaluated: Evaluated } | undefined;
  #work: EvaluationInWork | undefined;

  /** @param guard asked at each edit */
  constructor(guard: () => Guard, evaluate: (entries: readonly Entry[]) => EvaluationInWork) {
    this.#guard = guard;
    this.#evaluate = evaluate;
  }

  /** Why `after` is worse than allowed, or undefined. One at a time; takes about eight trainings each for versions not seen. */
  async worsening(before: Examined, after: Examined): Promise<string | undefined> {
    const earlier = this.#last?.version === before.version ? this.#last.evaluated : await this.#examine(before.entries);
    const later = await this.#examine(after.entries);
    const guard = this.#guard();
    const reason = worsening(earlier, later, guard);
    const kept = reason === undefined || !guard.hold;
    this.#last = kept ? { version: after.version, evaluated: later } : { version: before.version, evaluated: earlier };
    return reason;
  }

  /** The rules changed: what was examined by the former ones is no measure. */
  forget(): void {
    this.#last = undefined;
  }

  /** Ends the work; a {@link worsening} under way rejects. */
  async close(): Promise<void> {
    await this.#work?.close();
  }

  async #examine(entries: readonly Entry[]): Promise<Evaluated> {
    this.#work = this.#evaluate(entries);
    return { entries, evaluation: await this.#work.result };
  }
}
