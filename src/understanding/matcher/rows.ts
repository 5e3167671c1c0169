/** What the index is made from: the texts of each entry in one language, free of everything else an entry holds. */
import type { Language } from '../../conversation/language.ts';
import type { Entry } from '../understanding.ts';

export interface Row {
  /** Place of the entry in the list the matcher was given. */
  readonly entry: number;
  readonly phrasings: readonly string[];
  /** Synonyms: counted like phrasings, but never held back to test with. */
  readonly keywords: readonly string[];
  readonly answer: string;
}

const latin = /\p{Script=Latin}/u;

/**
 * One row for each entry that has a phrasing in `language`. An entry without one stands with its phrasings in the other
 * language, so that at least product names and error codes find it.
 */
export function rowsOf(entries: readonly Entry[], language: Language): Row[] {
  const other: Language = language === 'ja' ? 'en' : 'ja';
  return entries.flatMap((entry, number) => {
    const own = entry.questions[language] ?? [];
    const phrasings = own.length > 0 ? own : (entry.questions[other] ?? []);
    if (phrasings.length === 0) return [];
    const foreign = (entry.keywords[other] ?? []).filter((keyword) => latin.test(keyword));
    return [
      {
        entry: number,
        phrasings,
        keywords: [...new Set([...(entry.keywords[language] ?? []), ...foreign])],
        answer: entry.answer[language] ?? '',
      },
    ];
  });
}
