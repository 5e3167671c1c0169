/**
 * Repair of slips in Latin words: a word the FAQ does not know becomes the nearest one it does, one slip away, or two in a
 * long word. Candidates come from an index of every known word with one letter left out (Garbe's symmetric deletes),
 * asked with the written word less a letter, a long one less two.
 */
import { type HashTable, hashTable, hashText, lookUp, numberOf } from './hash.ts';
import { isOrdinary } from './ordinary-words.ts';
import { stem } from './stem.ts';
import type { Steps } from './steps.ts';

/** Shortest word that is repaired, and shortest in which two slips are. */
const SHORTEST = 4;
const LONG = 8;

const SPELLING = 7;

export interface Vocabulary {
  /** The words one after another, UTF-16; word `w` is `[start[w], start[w + 1])`. */
  letters: Uint16Array;
  start: Int32Array;
  /** Word → how often it stands in the phrasings. */
  count: Int32Array;
  /** Hash of a stem → present. */
  stems: HashTable;
  /** Hash of two neighbouring letters of Japanese, the second 0 for a single kanji → present. */
  pairs: HashTable;
  /** Hash of a word with one letter left out, or whole → chain of words: `first[n]`, then `next` until -1. */
  deletes: HashTable;
  first: Int32Array;
  link: Int32Array;
  linkWord: Int32Array;
}

/** `spellings`: Latin words with their counts; `japanese`: the texts that hold any Japanese. */
export function* buildVocabulary(
  spellings: ReadonlyMap<string, number>,
  japanese: Iterable<string>,
): Steps<Vocabulary> {
  const stems = hashTable();
  const pairs = hashTable();
  for (const text of japanese) {
    for (const [run] of text.matchAll(kanjiRuns))
      for (const pair of pairsOf(run)) numberOf(pairs, hashText(SPELLING, pair));
  }
  yield;
  const deletes = hashTable();
  const words: string[] = [];
  const counts: number[] = [];
  const first: number[] = [];
  const link: number[] = [];
  const linkWord: number[] = [];
  let seen = 0;
  for (const [word, count] of spellings) {
    numberOf(stems, hashText(SPELLING, stem(word)));
    if (word.length < SHORTEST - 1 || !/^[a-z]+$/.test(word)) continue;
    const number = words.push(word) - 1;
    counts.push(count);
    for (const variant of withOneLetterLess(word)) {
      const place = numberOf(deletes, hashText(SPELLING, variant));
      link.push(first[place] ?? -1);
      linkWord.push(number);
      first[place] = link.length - 1;
    }
    if (++seen % 500 === 0) yield;
  }
  const start = new Int32Array(words.length + 1);
  for (const [number, word] of words.entries()) start[number + 1] = (start[number] as number) + word.length;
  const letters = new Uint16Array(start[words.length] as number);
  for (const [number, word] of words.entries()) {
    for (let at = 0; at < word.length; at++) letters[(start[number] as number) + at] = word.charCodeAt(at);
  }
  return {
    letters,
    start,
    count: Int32Array.from(counts),
    stems,
    pairs,
    deletes,
    first: Int32Array.from(first),
    link: Int32Array.from(link),
    linkWord: Int32Array.from(linkWord),
  };
}

const kanjiRuns = /[\p{Script=Han}々][\p{Script=Han}\p{Script=Hiragana}々]*/gu;

/** Its neighbouring letters in twos, and its single kanji. */
function* pairsOf(word: string): Generator<string> {
  for (let at = 0; at < word.length; at++) {
    if (/[\p{Script=Han}]/u.test(word[at] as string)) yield word[at] as string;
    if (at + 1 < word.length) yield word.slice(at, at + 2);
  }
}

/** Whether the FAQ's texts hold a Japanese word, as far as its neighbouring letters tell. */
export function knowsKanji(vocabulary: Vocabulary, word: string): boolean {
  for (const pair of pairsOf(word)) if (lookUp(vocabulary.pairs, hashText(SPELLING, pair)) < 0) return false;
  return true;
}

function withOneLetterLess(word: string): Set<string> {
  const variants = new Set([word]);
  for (let at = 0; at < word.length; at++) variants.add(word.slice(0, at) + word.slice(at + 1));
  return variants;
}

/** Whether a Latin word, or one of its stem, stands in the FAQ. */
export const knowsWord = (vocabulary: Vocabulary, word: string): boolean => knowsStem(vocabulary, stem(word));

const knowsStem = (vocabulary: Vocabulary, stemmed: string): boolean =>
  lookUp(vocabulary.stems, hashText(SPELLING, stemmed)) >= 0;

/** The known word that `word` was meant to be, or undefined where it is known, too short, or nothing is near. */
export function repaired(vocabulary: Vocabulary, word: string): string | undefined {
  if (word.length < SHORTEST || word.length > 30 || !/^[a-z]+$/.test(word)) return undefined;
  const stemmed = stem(word);
  if (knowsStem(vocabulary, stemmed) || isOrdinary(stemmed)) return undefined;
  const allowed = word.length >= LONG ? 2 : 1;
  let best: string | undefined;
  let bestDistance = allowed + 1;
  let bestCount = 0;
  const tried = new Set<number>();
  const variants = withOneLetterLess(word);
  if (allowed > 1)
    for (const variant of [...variants]) for (const shorter of withOneLetterLess(variant)) variants.add(shorter);
  for (const variant of variants) {
    const place = lookUp(vocabulary.deletes, hashText(SPELLING, variant));
    for (let at = place < 0 ? -1 : (vocabulary.first[place] as number); at >= 0; at = vocabulary.link[at] as number) {
      const number = vocabulary.linkWord[at] as number;
      if (tried.has(number)) continue;
      tried.add(number);
      const known = wordAt(vocabulary, number);
      const distance = alignmentDistance(word, known, allowed);
      const count = vocabulary.count[number] as number;
      if (distance < bestDistance || (distance === bestDistance && count > bestCount)) {
        best = known;
        bestDistance = distance;
        bestCount = count;
      }
    }
  }
  return best;
}

function wordAt(vocabulary: Vocabulary, number: number): string {
  return String.fromCharCode(
    ...vocabulary.letters.subarray(vocabulary.start[number] as number, vocabulary.start[number + 1] as number),
  );
}

/** Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours; `most + 1` where more. */
function alignmentDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((old[j] as number) + 1, (row[j - 1] as number) + 1, (old[j - 1] as number) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (older[j - 2] as number) + 1);
      }
      row.push(least);
    }
    older = old;
    old = row;
  }
  return Math.min(old[b.length] as number, most + 1);
}
