/** Cross-validation as a list of judged questions, weighted to the share of questions that no entry answers. Pure. */
import type { Evaluation, Prediction } from './matcher/evaluation.ts';
import type { Judged } from './measures.ts';
import type { Entry } from './understanding.ts';

/** What was evaluated, and what came out. */
export interface Evaluated {
  readonly entries: readonly Entry[];
  readonly evaluation: Evaluation;
}

/** A held-back phrasing and how a matcher that had not seen it understood it. */
export type HeldBack = Judged & { readonly prediction: Prediction };

/**
 * Phrasings of entries left out, and of strange subjects, together weigh `outOfScopeShare`; held-back phrasings the rest.
 * An entry without phrasings in a language is matched there by its others; nobody asks like that, so those do not count.
 */
export function heldBack({ entries, evaluation }: Evaluated): HeldBack[] {
  const spoken = new Set(
    entries.flatMap(({ id, questions }) =>
      (['ja', 'en'] as const).flatMap((l) => (questions[l] ? [`${l} ${id}`, l] : [])),
    ),
  );
  const predictions = evaluation.predictions.filter(({ language, entry }) =>
    spoken.has(entry === undefined ? language : `${language} ${entry}`),
  );
  const { outOfScopeShare } = evaluation;
  const known = predictions.filter((prediction) => prediction.kind === 'known').length;
  const other = predictions.length - known;
  const whole = predictions.length;
  const inScope = other ? ((1 - outOfScopeShare) * whole) / Math.max(1, known) : 1;
  const outOfScope = known ? (outOfScopeShare * whole) / Math.max(1, other) : 1;
  return predictions.map((prediction) => {
    const { kind, entry, text, language, decision, confidence, matches } = prediction;
    return {
      text,
      expected: kind === 'known' ? entry : undefined,
      understood: { locale: language, decision, confidence, matches },
      weight: kind === 'known' ? inScope : outOfScope,
      prediction,
    };
  });
}
