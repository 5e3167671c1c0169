/**
 * What the rankers see of a text: stemmed words, pairs of neighbouring words, and character n-grams, each block weighed
 * alike whatever its size. Words carry the sense, pairs the order, characters what survives a slip or another ending.
 */
import { CONCEPT_FEATURE, conceptsOf } from './concepts.ts';
import { hashPair, hashText } from './hash.ts';
import type { Token } from './tokens.ts';

/** Number of blocks; a feature's block decides which part of the vector it is normalised in. */
export const BLOCKS = 3;
const WORD = 0;
const PAIR = 1;
const CHARACTERS = 2;

/** How much each block counts in the whole vector. */
export const blockWeights: readonly number[] = [1, 0.6, 1.8];

const START = hashText(PAIR, '\u0001');
const japaneseRuns = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+/gu;

/** Feature hash → how often it stands in the text (a word of little weight counts for less than once), a map per block. */
export type Features = readonly Map<number, number>[];

const add = (block: Map<number, number>, hash: number, count: number) =>
  block.set(hash, (block.get(hash) ?? 0) + count);

/** Katakana read as hiragana: the same word is written in either. */
export function foldKana(text: string): string {
  return text.replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

export const wordHash = (token: Token): number => hashText(WORD, token.stem);

/** The features of a text: its words, as {@link tokens} gave them (spelling repaired), and its Japanese runs. */
export function features(words: readonly Token[], text: string): Features {
  const blocks = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()] as const;
  let before = START;
  for (const token of words) {
    const hash = wordHash(token);
    add(blocks[WORD], hash, Math.max(token.weight, 0.2));
    add(blocks[PAIR], hashPair(PAIR, before, hash), 1);
    before = hash;
    if (token.script === 'latin') latinGrams(blocks[CHARACTERS], token.text);
  }
  for (const concept of conceptsOf(words, text)) add(blocks[WORD], concept, CONCEPT_FEATURE);
  for (const [run] of text.matchAll(japaneseRuns)) japaneseGrams(blocks[CHARACTERS], foldKana(run));
  return blocks;
}

function latinGrams(block: Map<number, number>, word: string): void {
  const marked = ` ${word} `;
  for (let length = 3; length <= 5; length++) {
    for (let from = 0; from + length <= marked.length; from++) {
      add(block, hashText(CHARACTERS, marked, from, from + length), 1);
    }
  }
}

function japaneseGrams(block: Map<number, number>, run: string): void {
  for (let length = 1; length <= 3; length++) {
    for (let from = 0; from + length <= run.length; from++) {
      add(block, hashText(CHARACTERS, run, from, from + length), 1);
    }
  }
}
