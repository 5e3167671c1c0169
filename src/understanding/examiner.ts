/** Cross-validates versions of the FAQ off the main thread and tells whether an edit makes answers worse. */
import { type Guard, worsening } from './guard.ts';
import type { Evaluation, EvaluationInWork } from './matcher/evaluation.ts';
import type { Entry } from './understanding.ts';

/** A version of the FAQ. */
export interface Examined {
  readonly version: string;
  readonly entries: readonly Entry[];
}

export class Examiner {
  readonly #guard: Guard;
  readonly #evaluate: (entries: readonly Entry[]) => EvaluationInWork;
  /** The newest version examined: the next edit is compared with it. */
  #last: { readonly version: string; readonly evaluation: Evaluation } | undefined;
  #work: EvaluationInWork | undefined;

  constructor(guard: Guard, evaluate: (entries: readonly Entry[]) => EvaluationInWork) {
    this.#guard = guard;
    this.#evaluate = evaluate;
  }

  /** Why `after` is worse than allowed, or undefined. One at a time; takes about eight trainings each for versions not seen. */
  async worsening(before: Examined, after: Examined): Promise<string | undefined> {
    const earlier =
      this.#last?.version === before.version ? this.#last.evaluation : await this.#examine(before.entries);
    const later = await this.#examine(after.entries);
    const reason = worsening(earlier, later, this.#guard);
    const kept = reason === undefined || !this.#guard.hold;
    this.#last = kept
      ? { version: after.version, evaluation: later }
      : { version: before.version, evaluation: earlier };
    return reason;
  }

  /** Ends the work; a {@link worsening} under way rejects. */
  async close(): Promise<void> {
    await this.#work?.close();
  }

  async #examine(entries: readonly Entry[]): Promise<Evaluation> {
    this.#work = this.#evaluate(entries);
    return await this.#work.result;
  }
}
