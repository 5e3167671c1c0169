/** What is believed of the confidence before the FAQ's own folds speak. */
import type { Coefficients } from './confidence.ts';
import { fitted } from './fitted-prior.ts';

export interface Prior {
  /** With the trained model. */
  readonly trained: Coefficients;
  /** With the index alone. */
  readonly plain: Coefficients;
}

/** The share of questions without an answer that the shipped coefficients are fitted at. */
export const PRIOR_SHARE = 0.25;

/** Fitted on public question sets in English and Japanese. */
export const shippedPrior: Prior = fitted;
