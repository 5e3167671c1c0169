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

/** What the folds leave of ten phrasings an entry and more, on the mean; the other figures were settled on sets of so many. */
const USUALLY_SEEN = 0.835;

/**
 * What rankers gain that know all phrasings, and not, as in the folds, a share `seen` of an entry's (0 to 1, one for each question): so
 * much as the log of the phrasings grows beyond what they usually hide. Public sets with 1 to 20 phrasings an entry gain 0.8 log-odds of being right a unit; the confidence is truest with 1.
 */
export function gainOfAll(seen: readonly number[]): Level {
  const hidden = seen.reduce((sum, share) => sum - Math.log(share), 0) / seen.length;
  return { shift: Math.max(0, hidden + Math.log(USUALLY_SEEN)), stretch: 1 };
}

/** The constant stands first among the signals, see confidence.ts. */
export const atLevel = ({ mean, deviation, weight }: Coefficients, { shift, stretch }: Level): Coefficients => ({
  mean,
  deviation,
  weight: weight.map((value, at) => value * stretch + (at === 0 ? shift : 0)),
});
