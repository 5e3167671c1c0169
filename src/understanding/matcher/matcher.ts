/**
 * From what a person wrote to the FAQ entries that may answer it, each with the probability that it does.
 *
 * `buildMatcher` makes one at once, on the calling thread: words, characters and BM25, with a rough probability.
 * A matcher is immutable and its `match` pure, synchronous and never throws.
 *
 * Beside it (files of this folder):
 * - background.ts `startMatcher(entries, options): MatcherInTraining`: the same off the calling thread, in a worker.
 *   `{ indexed: Promise<Matcher>; trained: Promise<Matcher>; close(): Promise<void> }`: serve `indexed` as soon as it is
 *   there, then `trained`; `close` ends the work, and what has not settled rejects.
 * - saved.ts `saveMatcher(matcher): Uint8Array` and `loadMatcher(bytes, entries, options): Matcher | undefined`
 *   (undefined: made from other entries or by another version; train anew).
 * - evaluation.ts `crossValidate(entries, options): Promise<Evaluation>`: what the matcher, knowing only the other phrasings,
 *   would have said to each phrasing, for reports and for the gate on edits.
 */
import { type Language, languageOf } from '../../conversation/language.ts';
import type { Entry, Understood } from '../understanding.ts';
import { normalise } from './normalise.ts';
import { buildIndex, type PhrasingIndex } from './phrasing-index.ts';
import { Ranker, type Ranking } from './rank.ts';
import { readQuestion } from './reading.ts';
import { rowsOf } from './rows.ts';
import { runAtOnce } from './steps.ts';

export interface Matcher {
  /**
   * `auto` takes the text's own language; a text written wholly in the other language than `locale` is read in its own.
   */
  match(text: string, locale: Language | 'auto'): Understood;
}

export interface MatcherOptions {
  /** Least confidence to answer outright; 0.7. */
  readonly answerAt?: number | Readonly<Record<Language, number>>;
  /** Least confidence to offer choices; 0.3. */
  readonly chooseAt?: number | Readonly<Record<Language, number>>;
}

interface Reader {
  readonly index: PhrasingIndex;
  readonly ranker: Ranker;
}

const MOST_MATCHES = 5;

export function buildMatcher(entries: readonly Entry[], options: MatcherOptions = {}): Matcher {
  const reader = (language: Language): Reader => {
    const index = runAtOnce(buildIndex(rowsOf(entries, language)));
    return { index, ranker: new Ranker(index) };
  };
  const readers: Record<Language, Reader> = { ja: reader('ja'), en: reader('en') };
  const threshold = (value: MatcherOptions['answerAt'], shipped: number, language: Language) =>
    typeof value === 'object' ? value[language] : (value ?? shipped);

  return {
    match(text, locale) {
      const language = languageOf(text) ?? (locale === 'auto' ? 'en' : locale);
      const { index, ranker } = readers[language];
      const ranking = ranker.rank(readQuestion(normalise(text), index.vocabulary));
      const matches = ranking.candidates
        .filter((candidate) => candidate.score > 0)
        .slice(0, MOST_MATCHES)
        .map((candidate) => ({
          id: (entries[index.rowEntry[candidate.row] as number] as Entry).id,
          confidence: roughConfidence(ranking, candidate.row),
        }));
      for (let at = 1; at < matches.length; at++) {
        const match = matches[at] as (typeof matches)[number];
        match.confidence = Math.min(match.confidence, (matches[at - 1] as typeof match).confidence);
      }
      const confidence = matches[0]?.confidence ?? 0;
      const decision =
        confidence >= threshold(options.answerAt, 0.7, language)
          ? 'answer'
          : confidence >= threshold(options.chooseAt, 0.3, language)
            ? 'choose'
            : 'handoff';
      return { locale: language, decision, confidence, matches };
    },
  };
}

/** Monotone in the likeness of the question and the entry, and in its lead over the next. */
function roughConfidence(ranking: Ranking, row: number): number {
  const candidate = ranking.candidates.find((other) => other.row === row);
  const rival = ranking.candidates.find((other) => other.row !== row);
  if (!candidate) return 0;
  const lead = candidate.score - (rival?.score ?? 0);
  return 1 / (1 + Math.exp(4 - 5 * candidate.cosine - 2 * candidate.found - 6 * lead));
}
