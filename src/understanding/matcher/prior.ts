/** What is believed of the confidence before the FAQ's own folds speak. */
import type { Coefficients } from './confidence.ts';
import { fitted } from './fitted-prior.ts';

/** Coefficients at {@link PRIOR_SHARE}, and how they move with the share of questions without an answer. */
export interface PriorCoefficients extends Coefficients {
  /** What each coefficient gains by each unit that the log-odds of an answer are above those at {@link PRIOR_SHARE}. */
  readonly slope: readonly number[];
}

export interface Prior {
  /** With the trained model. */
  readonly trained: PriorCoefficients;
  /** With the index alone. */
  readonly plain: PriorCoefficients;
}

/** The share of questions without an answer that the shipped coefficients are fitted at. */
export const PRIOR_SHARE = 0.2;

/** Log-odds that a question has an answer. */
export const answerOdds = (outOfScopeShare: number): number => Math.log((1 - outOfScopeShare) / outOfScopeShare);

/**
 * The coefficients believed at a share of questions without an answer. Not the constant alone moves: what is wrong is wrong
 * either for want of an answer or for a better one, and only the first depends on the share.
 */
export function priorAt({ mean, deviation, weight, slope }: PriorCoefficients, outOfScopeShare: number): Coefficients {
  const beyond = answerOdds(outOfScopeShare) - answerOdds(PRIOR_SHARE);
  return { mean, deviation, weight: weight.map((value, at) => value + (slope[at] as number) * beyond) };
}

/** Fitted on public question sets in English and Japanese. */
export const shippedPrior: Prior = fitted;
