import type { Signal } from '../../conversation/sentiment.ts';

/** One line of a lexicon. */
export interface Line {
  readonly signal: Signal;
  readonly weight: number;
  /** What agents read; never more of a message than this. */
  readonly term: string;
  readonly pattern: RegExp;
}

export interface Lexicon {
  readonly lines: readonly Line[];
  /** Takes back anger or urgency when it stands right before the term. */
  readonly denies: RegExp;
  /** The same when it stands right behind it. */
  readonly deniesAfter: RegExp;
  /** What would match and means nothing: politeness, words that are only mentioned. Left out before anything is looked for. */
  readonly empty: RegExp;
  /** People who are hit; its first group is the number. */
  readonly people: RegExp;
  readonly numbered: (people: number) => string;
}

/** Makes terms of one signal and weight. Where a term has no pattern, it is itself looked for. */
export const linesBy =
  (make: (source: string) => RegExp) =>
  (signal: Signal, weight: number, terms: Readonly<Record<string, string>>): Line[] =>
    Object.entries(terms).map(([term, source]) => ({ signal, weight, term, pattern: make(source || term) }));
