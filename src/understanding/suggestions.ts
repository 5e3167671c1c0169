/**
 * What somebody may be about to ask, while they type: what the matcher makes of the words so far, and, from fuse.js, titles and
 * keywords that a still unfinished or mistyped word resembles. Put to the project's own questions cut off at 30 % of their
 * length, the right entry is among five in 82 % (ja) and 62 % (en) by the matcher alone, 45 % and 27 % by fuse.js alone, 85 % and
 * 71 % by both.
 */
import type { Language } from '../conversation/language.ts';
import { buildSuggester, type Suggester, type Suggestion } from './matcher/suggest.ts';
import { beginsWord, typedRuns } from './typed-runs.ts';
import type { Entry, Knowledge } from './understanding.ts';

/** Most suggestions at a time. */
const mostSuggestions = 5;
/** UTF-16 units of what is typed that are read. */
const longestTyped = 80;
/** Characters typed before anything is suggested: in Japanese a single one is a word already. */
const least: Readonly<Record<Language, number>> = { ja: 1, en: 2 };
/** Least probability at which an entry is worth suggesting, and from which it stands before what only looks alike. */
const worthwhile = 0.1;
const likely = 0.5;
/** fuse.js looks at every title for every letter: above these it would hold the process, and the matcher serves alone. */
const mostTitles = 2_000;
const longestLookup = 20;
/** Answers kept; of one version of the FAQ. */
const kept = 1_000;
/** At most this share of the process's time goes to suggestions, over some seconds: answers to messages come first. */
const share = 0.25;
/** ms of work that may come in one burst. */
const burst = 500;

export interface Suggested {
  /** The language the titles are in: that of what was typed, else of the locale. */
  readonly language: Language;
  /** Likeliest first, at most {@link mostSuggestions}. */
  readonly suggestions: readonly Suggestion[];
}

export class Suggestions {
  readonly #knowledge: () => Knowledge;
  readonly #now: () => number;
  /** The version whose answers are kept. */
  #of: Knowledge | undefined;
  #suggester: Suggester | undefined;
  readonly #answers = new Map<string, Suggested>();
  #spent = 0;
  #since: number;

  /** @param now ms of a clock that never goes back. */
  constructor(knowledge: () => Knowledge, now: () => number = () => performance.now()) {
    this.#knowledge = knowledge;
    this.#now = now;
    this.#since = now();
  }

  /**
   * Never throws for any text.
   * @param locale `auto`: the language of what is typed.
   * @returns undefined while too much is asked at once.
   */
  suggest(typed: string, locale: Language | 'auto'): Suggested | undefined {
    const knowledge = this.#knowledge();
    if (knowledge !== this.#of) {
      this.#of = knowledge;
      this.#suggester = undefined;
      this.#answers.clear();
    }
    const text = typed.normalize('NFKC').replace(/\s+/g, ' ').trim().slice(0, longestTyped);
    const key = `${locale}\0${text.toLowerCase()}`;
    const known = this.#answers.get(key);
    if (known) return known;
    const began = this.#now();
    this.#spent = Math.max(0, this.#spent - (began - this.#since) * share);
    this.#since = began;
    if (this.#spent > burst) return undefined;
    const found = this.#find(knowledge, text, locale);
    this.#spent += this.#now() - began;
    const oldest = this.#answers.keys().next();
    if (this.#answers.size >= kept && !oldest.done) this.#answers.delete(oldest.value);
    this.#answers.set(key, found);
    return found;
  }

  #find(knowledge: Knowledge, text: string, locale: Language | 'auto'): Suggested {
    const { locale: language, matches } = knowledge.match(text, locale);
    if (text.length < least[language]) return { language, suggestions: [] };
    const read = matches
      .filter(({ confidence }) => confidence >= worthwhile)
      .flatMap(({ id, confidence }) => {
        const entry = knowledge.entry(id);
        const title = entry && titleOf(entry, language);
        return title ? [{ confidence, suggestion: { id, title, highlights: typedRuns(title, text) } }] : [];
      });
    const of = (from: number, below: number) =>
      read.flatMap(({ confidence, suggestion }) => (confidence >= from && confidence < below ? [suggestion] : []));
    const alike = this.#alike(knowledge, text, language);
    // プリ begins プリンター; in アプリ it only happens to stand.
    const begins = ({ title, highlights }: Suggestion) => highlights.some(([from]) => beginsWord(title, from));
    const inOrder = [
      ...of(likely, Number.POSITIVE_INFINITY),
      ...alike.filter(begins),
      ...of(0, likely),
      ...alike.filter((one) => !begins(one)),
    ];
    const ids = new Set<string>();
    const suggestions = inOrder.filter(({ id }) => !ids.has(id) && ids.add(id)).slice(0, mostSuggestions);
    return { language, suggestions };
  }

  /** Titles that hold most of what was typed; that a keyword resembles it, the matcher tells better. */
  #alike(knowledge: Knowledge, text: string, language: Language): readonly Suggestion[] {
    if (knowledge.entries.length > mostTitles || text.length > longestLookup) return [];
    this.#suggester ??= buildSuggester(knowledge.entries);
    const letters = text.replace(/\s/g, '').length;
    return this.#suggester
      .suggest(text, language, 2 * mostSuggestions)
      .filter(({ highlights }) => highlights.reduce((sum, [from, to]) => sum + to - from, 0) >= letters * 0.8);
  }
}

const titleOf = ({ questions }: Entry, language: Language): string | undefined => questions[language]?.[0];
