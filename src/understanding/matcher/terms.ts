/**
 * What BM25 counts: stemmed words, and for Japanese also pairs of kanji or katakana, since compounds are parted differently
 * from text to text (パスワード再設定 and 再設定). Japanese function words count for nothing.
 */
import { CONCEPT_TERM, conceptsOf } from './concepts.ts';
import { foldKana, wordHash } from './features.ts';
import { hashText } from './hash.ts';
import type { Token } from './tokens.ts';

const BIGRAM = 4;
const BIGRAM_WEIGHT = 0.5;
const contentRuns = /[\p{Script=Katakana}\p{Script=Han}ー々]{2,}/gu;

/** Term hash → weight of the term times how often it stands in the text. */
export function terms(words: readonly Token[], text: string): Map<number, number> {
  const found = new Map<number, number>();
  for (const token of words) {
    if (token.weight > 0) add(found, wordHash(token), token.weight);
  }
  for (const concept of conceptsOf(words, text)) add(found, concept, CONCEPT_TERM);
  for (const [run] of text.matchAll(contentRuns)) {
    const folded = foldKana(run);
    for (let at = 0; at + 2 <= folded.length; at++) add(found, hashText(BIGRAM, folded, at, at + 2), BIGRAM_WEIGHT);
  }
  return found;
}

function add(found: Map<number, number>, hash: number, weight: number): void {
  found.set(hash, (found.get(hash) ?? 0) + weight);
}
