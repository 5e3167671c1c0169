/**
 * Suggestions while a person types: entries whose title or keywords resemble what stands there so far. fuse.js is at home
 * here, in short texts that may be unfinished or mistyped; whole questions are the matcher's, the shortest too.
 *
 * Measured on the starter FAQ (test/unit/understanding/matcher-short.test.ts): among five for the first 60 % of a keyword, fuse.js
 * 412 of 412 in Japanese and 393 of 398 in English, the matcher 411 and 382; and fuse.js tells which letters matched. First for
 * whole questions of one or two words, or eight Japanese characters: the matcher 25 of 25 and 14 of 14, fuse.js 20 and 12, with
 * token search 21 and 14.
 */
import Fuse, { type FuseResultMatch } from 'fuse.js';
import type { Language } from '../../conversation/language.ts';
import type { Entry } from '../understanding.ts';
import { foldKana } from './features.ts';

export interface Suggestion {
  readonly id: string;
  /** The entry's title as it is to be shown: its first phrasing in the language. */
  readonly title: string;
  /** Parts of the title that were typed, as `[from, to)` in UTF-16 units, in order, apart from each other. */
  readonly highlights: readonly (readonly [from: number, to: number])[];
}

export interface Suggester {
  /** At most `most` entries, likeliest first; none for fewer than two characters. Never throws for any text. */
  suggest(typed: string, language: Language, most?: number): Suggestion[];
}

/** Characters typed before anything is suggested, and characters that are read. */
const LEAST = 2;
const LONGEST = 64;
/** fuse.js's measure of unlikeness, 0 to 1, up to which an entry is suggested. */
const THRESHOLD = 0.35;

interface Item {
  readonly id: string;
  readonly title: string;
  /** Folded for the search, letter by letter as long as `title`. */
  readonly folded: string;
  readonly keywords: readonly string[];
}

/** Letter for letter, so that places found in the folded text are places in the text. */
const folded = (text: string) => {
  const lower = foldKana(text).toLowerCase();
  return lower.length === text.length ? lower : foldKana(text);
};

export function buildSuggester(entries: readonly Entry[]): Suggester {
  const index = (language: Language) =>
    new Fuse(
      entries.flatMap(({ id, questions, keywords }): Item[] => {
        const title = questions[language]?.[0];
        if (title === undefined) return [];
        return [{ id, title, folded: folded(title), keywords: (keywords[language] ?? []).map(folded) }];
      }),
      {
        keys: [
          { name: 'folded', weight: 2 },
          { name: 'keywords', weight: 1 },
        ],
        includeMatches: true,
        ignoreLocation: true,
        minMatchCharLength: LEAST,
        threshold: THRESHOLD,
      },
    );
  const indexes: Record<Language, Fuse<Item>> = { ja: index('ja'), en: index('en') };
  return {
    suggest(typed, language, most = 5) {
      const query = folded(typed.normalize('NFKC')).trim().slice(0, LONGEST);
      if (query.length < LEAST) return [];
      return indexes[language].search(query, { limit: Math.max(1, most) }).map(({ item, matches }) => ({
        id: item.id,
        title: item.title,
        highlights: highlightsOf(matches ?? [], query),
      }));
    },
  };
}

/** The runs of the title that were typed. fuse.js also tells single letters that happen to fit: they would only flicker. */
function highlightsOf(matches: readonly FuseResultMatch[], query: string): [number, number][] {
  const least = Math.min(query.length, 2);
  const ranges = matches
    .filter(({ key }) => key === 'folded')
    .flatMap(({ indices }) => indices.map(([from, to]): [number, number] => [from, to + 1]))
    .filter(([from, to]) => to - from >= least)
    .sort(([a], [b]) => a - b);
  const apart: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = apart.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
}
