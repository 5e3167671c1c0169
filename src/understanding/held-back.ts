/** Cross-validation as a list of judged questions, weighted to the share of questions that no entry answers. Pure. */
import type { Evaluation, Prediction } from './matcher/evaluation.ts';
import type { Judged } from './measures.ts';

/** A held-back phrasing and how a matcher that had not seen it understood it. */
export type HeldBack = Judged & { readonly prediction: Prediction };

/** Phrasings of entries left out, and of strange subjects, together weigh `outOfScopeShare`; held-back phrasings the rest. */
export function heldBack({ predictions, outOfScopeShare }: Evaluation): HeldBack[] {
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
