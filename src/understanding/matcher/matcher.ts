/**
 * From what a person wrote to the FAQ entries that may answer it, each with the probability that it does.
 *
 * `buildMatcher` indexes at once, on the calling thread, and answers from words, characters and BM25;
 * `trainMatcher` also trains, and takes some seconds for some thousand phrasings.
 * A matcher is immutable and its `match` pure, synchronous and never throws.
 *
 * Beside it (files of this folder):
 * - background.ts `startMatcher(entries, options): MatcherInTraining`: the same off the calling thread, in a worker.
 *   `{ indexed: Promise<Matcher>; trained: Promise<Matcher>; close(): Promise<void> }`: serve `indexed` as soon as it is
 *   there, then `trained`; `close` ends the work, and what has not settled rejects.
 * - saved.ts `saveMatcher(matcher, entries, options): Uint8Array` and `loadMatcher(bytes, entries, options): Matcher | undefined`
 *   (undefined: made from other entries, by another version, or damaged; train anew).
 * - evaluation.ts `crossValidate(entries, options): { result: Promise<Evaluation>; close() }`: what the matcher, knowing only
 *   the other phrasings, would have said to each phrasing, for reports and for the gate on edits.
 */
import { type Language, languageOf } from '../../conversation/language.ts';
import type { Entry, Understood } from '../understanding.ts';
import { type LearnOptions, type Learnt, learnIndex, learnModel } from './learn.ts';
import { normalise } from './normalise.ts';
import { OtherDesks } from './other-desks.ts';
import { decide, type Thresholds } from './policy.ts';
import { Reader } from './reader.ts';
import { rowsOf } from './rows.ts';
import { runAtOnce } from './steps.ts';
import { understand } from './understand.ts';

export interface Matcher {
  /** `auto` takes the text's own language; so does a text that is plainly in the other language than `locale`. */
  match(text: string, locale: Language | 'auto'): Understood;
  /** Whether a trained model answers. Until then the index does, and always of a FAQ above 30,000 phrasings. */
  readonly trained: boolean;
  /** What it knows, for {@link saveMatcher}. */
  readonly learnt: Readonly<Record<Language, Learnt>>;
}

export type MatcherOptions = Thresholds & LearnOptions;

const languages: readonly Language[] = ['ja', 'en'];

export function buildMatcher(entries: readonly Entry[], options: MatcherOptions = {}): Matcher {
  const learn = (language: Language) => runAtOnce(learnIndex(rowsOf(entries, language), options));
  return matcherOf(entries, { ja: learn('ja'), en: learn('en') }, options);
}

export function trainMatcher(entries: readonly Entry[], options: MatcherOptions = {}): Matcher {
  const learn = (language: Language) => {
    const rows = rowsOf(entries, language);
    return runAtOnce(learnModel(rows, language, runAtOnce(learnIndex(rows, options)), options));
  };
  return matcherOf(entries, { ja: learn('ja'), en: learn('en') }, options);
}

/** A matcher over what was learnt from these entries. */
export function matcherOf(
  entries: readonly Entry[],
  learnt: Readonly<Record<Language, Learnt>>,
  options: MatcherOptions,
): Matcher {
  const readers: Record<Language, Reader> = { ja: new Reader(learnt.ja), en: new Reader(learnt.en) };
  const otherDesks = new OtherDesks(entries);
  return {
    learnt,
    trained: languages.some((language) => learnt[language].model !== undefined),
    match(text, locale) {
      const language = languageRead(text, locale);
      const read = understand(normalise(text), readers[language]);
      const { replies, lessened } = otherDesks.weigh(text, read.replies);
      const clear = read.clear && !lessened;
      const matches = replies.map(({ entry, confidence }) => ({ id: (entries[entry] as Entry).id, confidence }));
      const confidence = matches[0]?.confidence ?? 0;
      const decision = decide(replies, clear, learnt[language].index.rowEntry.length, language, options);
      return {
        locale: language,
        decision,
        confidence,
        matches,
      };
    },
  };
}

/** Latin words that make a text English where Japanese was expected: fewer are product names and keywords. */
const ENGLISH_WORDS = 3;

/** The language to read a text in: as told, unless it is plainly written in the other. */
function languageRead(text: string, locale: Language | 'auto'): Language {
  const own = languageOf(text);
  if (locale === 'auto') return own ?? 'en';
  if (own === undefined || own === locale) return locale;
  return own === 'ja' || (text.match(/\p{Script=Latin}{2,}/gu)?.length ?? 0) >= ENGLISH_WORDS ? own : locale;
}
