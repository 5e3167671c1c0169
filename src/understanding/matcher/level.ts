/**
 * How sure to be, once it is settled what tells a right first from a wrong one: the log-odds that the signals sum up to, moved
 * and stretched. That leaves the order of questions as it is, so what speaks for it need not be what shaped the order.
 */
import type { Coefficients } from './confidence.ts';
import { PRIOR_SHARE } from './prior.ts';

export interface Level {
  /** Log-odds added. */
  readonly shift: number;
  readonly stretch: number;
}

const answerOdds = (outOfScopeShare: number): number => Math.log((1 - outOfScopeShare) / outOfScopeShare);

/**
 * The part of the log-odds of an answer that the confidence follows. What is wrong is wrong either for want of an answer or
 * for a better one, and only the first depends on the share: so much on public sets (src/cli/measure.ts).
 */
const FOLLOWED = 0.6;

/** What is believed of the level, from the share of questions without an answer alone. */
export const levelAt = (outOfScopeShare: number): Level => ({
  shift: FOLLOWED * (answerOdds(outOfScopeShare) - answerOdds(PRIOR_SHARE)),
  stretch: 1,
});

/** The constant stands first among the signals, see confidence.ts. */
export const atLevel = ({ mean, deviation, weight }: Coefficients, { shift, stretch }: Level): Coefficients => ({
  mean,
  deviation,
  weight: weight.map((value, at) => value * stretch + (at === 0 ? shift : 0)),
});
