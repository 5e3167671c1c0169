/** How a text is read: normalised, freed of courtesy, parted into words; for a question, its slips repaired. */
import { withoutCourtesy } from './courtesy.ts';
import { withLoans } from './loans.ts';
import { normalise } from './normalise.ts';
import { withKanji } from './readings.ts';
import { knowsKanji, knowsWord, repaired, type Vocabulary } from './spelling.ts';
import { stem } from './stem.ts';
import { type Token, tokens } from './tokens.ts';

export interface Reading {
  /** Normalised, without courtesy. */
  readonly text: string;
  readonly tokens: readonly Token[];
  /** How many words were repaired. */
  readonly repairs: number;
}

/** Reads a phrasing of the FAQ: as it stands. */
export function readPhrasing(text: string): Reading {
  const plain = withoutCourtesy(normalise(text));
  return { text: plain, tokens: tokens(plain), repairs: 0 };
}

/** Reads a normalised part of a question, taking words the FAQ does not know for the nearest it does. */
export function readQuestion(normalised: string, vocabulary: Vocabulary): Reading {
  const inKanji = withKanji(withoutCourtesy(normalised), (word) => knowsKanji(vocabulary, word));
  const text = withLoans(inKanji, (word) => knowsWord(vocabulary, word));
  let repairs = 0;
  const read = tokens(text).map((token) => {
    const better = token.script === 'latin' ? repaired(vocabulary, token.text) : undefined;
    if (better === undefined) return token;
    repairs++;
    return { ...token, text: better, stem: stem(better) };
  });
  return { text, tokens: read, repairs };
}
