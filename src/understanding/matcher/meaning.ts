/**
 * What a text means as a whole: its words' vectors added up, less what all texts of the FAQ have in common, of length 1. Two
 * texts without a word in common can be near: "the bill is wrong" and "incorrect invoice", or a question in Japanese and a
 * phrasing in English.
 */
import { dictionaryForm, isWritten } from './dictionary-form.ts';
import type { Steps } from './steps.ts';
import type { Token } from './tokens.ts';
import { DIMENSIONS, shippedVectors, type WordVectors } from './word-vectors.ts';

/** The meanings of the FAQ's phrasings. */
export interface Meanings {
  /** Phrasing → its meaning, {@link DIMENSIONS} numbers in units of {@link MEANING_UNIT}; all 0 where no word is known. */
  readonly numbers: Int8Array;
  /** What the phrasings have in common, taken from each. */
  readonly common: Float32Array;
}

export const MEANING_UNIT = 1 / 127;

/** Pieces of a Japanese text that are tried together as one word. */
const MOST_JOINED = 4;
/** What a word in hiragana counts, which may be any of several. */
const HIRAGANA = 0.3;
/** Words that mean too much to mean anything. */
const empty = new Set('する 有る 在る いる 居る 成る 為る なる ある'.split(' '));

/** What was read once is not read again: folds index the same readings many times. */
const known = new WeakMap<readonly Token[], Float32Array | undefined>();

/** The words' vectors added up, of length 1; undefined where none is known. */
export function meaningOf(words: readonly Token[]): Float32Array | undefined {
  if (!known.has(words)) known.set(words, addedUp(words, shippedVectors()));
  return known.get(words);
}

/** The same, by other vectors than the shipped ones. */
export function addedUp(words: readonly Token[], vectors: WordVectors): Float32Array | undefined {
  const sum = new Float32Array(DIMENSIONS);
  const knows = (word: string) => vectors.knowsJapanese(word);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Token;
    if (word.script === 'latin') {
      if (!vectors.addEnglish(word.text, sum)) vectors.addEnglish(word.stem, sum);
      continue;
    }
    const joined = longestJoined(words, at, knows);
    if (joined) {
      if (!empty.has(joined.form)) vectors.addJapanese(joined.form, sum);
      at += joined.pieces - 1;
    } else if (word.weight > 0) {
      const form = dictionaryForm(word.text, knows);
      if (form !== undefined && !empty.has(form)) vectors.addJapanese(form, sum, word.weight < 0.3 ? HIRAGANA : 1);
    }
  }
  return toLength1(sum) ? sum : undefined;
}

/** The longest word that begins at `from` and is parted into several pieces: 再 + 起動, 止 + まっ. */
function longestJoined(
  words: readonly Token[],
  from: number,
  knows: (word: string) => boolean,
): { readonly form: string; readonly pieces: number } | undefined {
  const first = words[from] as Token;
  let text = first.text;
  let longest: { form: string; pieces: number } | undefined;
  for (let pieces = 2; pieces <= MOST_JOINED; pieces++) {
    const next = words[from + pieces - 1];
    if (next?.script !== 'japanese') break;
    text += next.text;
    if (!isWritten(text)) continue;
    const form = dictionaryForm(text, knows);
    if (form !== undefined) longest = { form, pieces };
  }
  return longest;
}

/** In place. @returns false where there is nothing to lengthen */
function toLength1(vector: Float32Array): boolean {
  let square = 0;
  for (const number of vector) square += number * number;
  if (square < 1e-9) return false;
  const scale = 1 / Math.sqrt(square);
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] as number) * scale;
  return true;
}

/** What a text means beside what all have in common; all 0 where that is nothing. */
export function beyondCommon(meaning: Float32Array | undefined, common: Float32Array): Float32Array {
  if (!meaning) return new Float32Array(DIMENSIONS);
  const own = meaning.map((number, at) => number - (common[at] as number));
  return toLength1(own) ? own : own.fill(0);
}

/** Phrasings from which what they have in common is known by half. */
const SHY = 15;
/** Phrasings of a chunk. */
const CHUNK = 1024;

/** Collects meanings, a byte a number; {@link done} takes what they have in common from each. */
export class MeaningsBuilder {
  private chunks: Int8Array[] = [];
  private count = 0;
  private known = 0;
  private readonly sum = new Float32Array(DIMENSIONS);

  push(meaning: Float32Array | undefined): void {
    const at = this.count++ % CHUNK;
    if (at === 0) this.chunks.push(new Int8Array(CHUNK * DIMENSIONS));
    if (!meaning) return;
    this.known++;
    const chunk = this.chunks.at(-1) as Int8Array;
    for (let number = 0; number < DIMENSIONS; number++) {
      const value = meaning[number] as number;
      this.sum[number] = (this.sum[number] as number) + value;
      chunk[at * DIMENSIONS + number] = Math.round(value / MEANING_UNIT);
    }
  }

  /** The meanings, in shared memory; the builder is empty afterwards. */
  *done(): Steps<Meanings> {
    const common = this.sum.map((number) => number / (this.known + SHY));
    const numbers = new Int8Array(new SharedArrayBuffer(this.count * DIMENSIONS));
    for (let phrasing = 0; phrasing < this.count; phrasing++) {
      if (phrasing % CHUNK === CHUNK - 1) yield;
      const from = (phrasing % CHUNK) * DIMENSIONS;
      const chunk = this.chunks[Math.floor(phrasing / CHUNK)] as Int8Array;
      const meaning = Float32Array.from(chunk.subarray(from, from + DIMENSIONS), (number) => number * MEANING_UNIT);
      if (!toLength1(meaning)) continue;
      const own = beyondCommon(meaning, common);
      for (let at = 0; at < DIMENSIONS; at++) {
        numbers[phrasing * DIMENSIONS + at] = Math.round((own[at] as number) / MEANING_UNIT);
      }
    }
    this.chunks = [];
    return { numbers, common };
  }
}

/** Product of a row of floats and a phrasing's meaning. */
export function meaningDot(floats: Float32Array, row: number, { numbers }: Meanings, phrasing: number): number {
  let sum = 0;
  const a = row * DIMENSIONS;
  const b = phrasing * DIMENSIONS;
  for (let at = 0; at < DIMENSIONS; at++) sum += (floats[a + at] as number) * (numbers[b + at] as number);
  return sum * MEANING_UNIT;
}
