/**
 * What words mean, in numbers: words used alike have vectors that point alike, in English by what they stand beside in print, in
 * Japanese by the English words that a dictionary gives for them. Both languages lie in one space, so that 天気 is near "weather".
 * Shipped files of vectors/ (origin and licences in its README), made by src/cli/cut-vectors.ts.
 */
import { readFileSync } from 'node:fs';
import { type HashTable, hashTable, hashText, lookUp, numberOf } from './hash.ts';
import { unpackedWords } from './vector-file.ts';

/** Numbers of a vector. */
export const DIMENSIONS = 40;

/** The place in the list of words, most frequent first, at which a word says half of what a rare one says. */
const COMMON = 200;
const weightAt = (place: number) => (place + 1) / (place + 1 + COMMON);

/** English words kept of a Japanese one, at most, and what each counts beside the one before it. */
export const GLOSSES = 3;
const NEXT_GLOSS = 0.7;
const NONE = 0xffff;

const WORD = 6;
const hashOf = (word: string) => hashText(WORD, word);

function endOf(text: string, mark: string, from: number, most: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 || found > most ? most : found;
}

export class WordVectors {
  private readonly english: HashTable = hashTable(20_000);
  private readonly numbers: Int8Array;
  /** What a vector's numbers are multiplied with to be of length 1. */
  private readonly scale: Float32Array;
  private readonly japanese: HashTable = hashTable(40_000);
  /** Japanese word → places of its English words, {@link GLOSSES} each. */
  private readonly glosses: Uint16Array;
  private readonly scratch = new Float32Array(DIMENSIONS);

  /**
   * @param english what vector-file.ts packs
   * @param japanese lines of a Japanese word, a tab, and English words of that file with spaces between
   */
  constructor(english: Uint8Array, japanese: string) {
    const { words, dimensions, numbers } = unpackedWords(english);
    if (dimensions !== DIMENSIONS) throw new RangeError(`word vectors of ${dimensions} numbers, not ${DIMENSIONS}`);
    this.numbers = numbers;
    for (const [place, word] of words.entries()) {
      if (numberOf(this.english, hashOf(word)) !== place) throw new RangeError(`two words with the hash of “${word}”`);
    }
    this.scale = Float32Array.from(words, (_, place) => {
      let square = 0;
      for (let at = place * DIMENSIONS; at < (place + 1) * DIMENSIONS; at++) square += (numbers[at] as number) ** 2;
      return square > 0 ? 1 / Math.sqrt(square) : 0;
    });
    this.glosses = new Uint16Array((japanese.match(/\n|$/g)?.length ?? 0) * GLOSSES).fill(NONE);
    for (let start = 0; start < japanese.length; ) {
      const end = endOf(japanese, '\n', start, japanese.length);
      const tab = endOf(japanese, '\t', start, end);
      const number = numberOf(this.japanese, hashText(WORD, japanese, start, tab));
      for (let gloss = 0, from = tab + 1; gloss < GLOSSES && from < end; gloss++) {
        const to = endOf(japanese, ' ', from, end);
        const place = lookUp(this.english, hashText(WORD, japanese, from, to));
        if (place >= 0) this.glosses[number * GLOSSES + gloss] = place;
        from = to + 1;
      }
      start = end + 1;
    }
  }

  /** Adds an English word's vector to `sum`, rare words more. @returns whether the word is known */
  addEnglish(word: string, sum: Float32Array): boolean {
    const place = lookUp(this.english, hashOf(word));
    if (place < 0) return false;
    this.add(place, weightAt(place), sum);
    return true;
  }

  knowsJapanese(word: string): boolean {
    return lookUp(this.japanese, hashOf(word)) >= 0;
  }

  /** Adds a Japanese word's vector to `sum`: the mean of its English words', the first of them most. */
  addJapanese(word: string, sum: Float32Array, share = 1): void {
    const number = lookUp(this.japanese, hashOf(word));
    if (number < 0) return;
    const own = this.scratch.fill(0);
    let most = 0;
    for (let at = 0; at < GLOSSES; at++) {
      const place = this.glosses[number * GLOSSES + at] as number;
      if (place === NONE) continue;
      this.add(place, weightAt(place) * NEXT_GLOSS ** at, own);
      most = Math.max(most, weightAt(place));
    }
    let square = 0;
    for (let at = 0; at < DIMENSIONS; at++) square += (own[at] as number) ** 2;
    if (square === 0) return;
    const scale = (share * most) / Math.sqrt(square);
    for (let at = 0; at < DIMENSIONS; at++) sum[at] = (sum[at] as number) + scale * (own[at] as number);
  }

  private add(place: number, weight: number, sum: Float32Array): void {
    const scale = weight * (this.scale[place] as number);
    for (let at = 0; at < DIMENSIONS; at++) {
      sum[at] = (sum[at] as number) + scale * (this.numbers[place * DIMENSIONS + at] as number);
    }
  }
}

let loaded: WordVectors | undefined;

/** The shipped words; read on first use. Throws where the files are missing or damaged. */
export function shippedVectors(): WordVectors {
  // They lie beside this file; a build copies them to its own folder.
  const file = (name: string) => readFileSync(new URL(`vectors/${name}`, import.meta.url));
  loaded ??= new WordVectors(file('english.bin'), file('japanese.tsv').toString('utf8'));
  return loaded;
}
