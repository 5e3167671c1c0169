import type { MatcherOptions } from './matcher/matcher.ts';

/** The part of the desk's rules that decides what the bot does with a question, so that service and commands decide alike. */
export interface MatchingRules {
  readonly answerAt: Readonly<Record<'ja' | 'en', number>>;
  readonly chooseAt: Readonly<Record<'ja' | 'en', number>>;
  /** 0 to 1. */
  readonly outOfScopeShare: number;
}

/** A desk may say "never" or "always"; of either nothing could be learnt, so it is read as one question in a hundred. */
const [least, most] = [0.01, 0.99];

export const matchingOf = ({ answerAt, chooseAt, outOfScopeShare }: MatchingRules): MatcherOptions => ({
  answerAt,
  chooseAt,
  outOfScopeShare: Math.min(most, Math.max(least, outOfScopeShare)),
});
