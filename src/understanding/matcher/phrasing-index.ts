/**
 * All that is known of the phrasings in one language, as typed arrays: the vector of each phrasing, and the inverted index
 * of each entry's words for BM25. Made in one pass over the texts and one over the counts.
 */
import { cohesionOf } from './cohesion.ts';
import { BLOCKS, blockWeights, type Features, features } from './features.ts';
import { type HashTable, hashTable, lookUp, numberOf } from './hash.ts';
import { type Meanings, MeaningsBuilder, meaningOf } from './meaning.ts';
import { type Reading, readPhrasing } from './reading.ts';
import type { Row } from './rows.ts';
import { type Sparse, SparseBuilder, transpose, UNIT, type Vectors } from './sparse.ts';
import { buildVocabulary, type Vocabulary } from './spelling.ts';
import type { Steps } from './steps.ts';
import { terms } from './terms.ts';

export interface PhrasingIndex {
  /** Row → place of its entry in the list the matcher was given. */
  rowEntry: Int32Array;
  /** Row → its first phrasing; phrasings of a row stand together. Length rows + 1. */
  rowStart: Int32Array;
  /** Phrasing → its row. */
  phrasingRow: Int32Array;
  /** Phrasing → 1 where it is a keyword. */
  isKeyword: Uint8Array;
  featureTable: HashTable;
  /** Feature → smoothed inverse document frequency over phrasings. */
  idf: Float32Array;
  /** Phrasing → its feature vector, of length 1. */
  vectors: Vectors;
  meanings: Meanings;
  /** Row → how alike its phrasings are: the cosine of each to its nearest sibling, averaged (see cohesion.ts). */
  cohesion: Float32Array;
  termTable: HashTable;
  /** Term → inverse document frequency over rows. */
  termIdf: Float32Array;
  /** Phrasing → its terms with their weights. */
  phrasingTerms: Sparse;
  /** Term → rows with their share of the BM25 score. */
  postings: Sparse;
  /** The same for the answers' texts, with the phrasings' term numbers and frequencies. */
  answers: Sparse;
  vocabulary: Vocabulary;
}

const K1 = 1.2;
const B = 0.75;

/** How many texts are read between two yields. */
const BATCH = 40;

/** `read` may remember readings, where the same texts are indexed again and again. */
export function* buildIndex(
  rows: readonly Row[],
  read: (text: string) => Reading = readPhrasing,
): Steps<PhrasingIndex> {
  const featureTable = hashTable();
  const termTable = hashTable();
  const counts = new SparseBuilder();
  const meant = new MeaningsBuilder();
  const blockOf: number[] = [];
  const documents = new SparseBuilder();
  const phrasingTerms = new SparseBuilder();
  const answerDocuments = new SparseBuilder();
  const rowStart = [0];
  const phrasingRow: number[] = [];
  const isKeyword: number[] = [];
  const spellings = new Map<string, number>();
  const japaneseTexts = new Set<string>();
  let texts = 0;

  for (const [number, row] of rows.entries()) {
    const document = new Map<number, number>();
    for (const [place, text] of [...row.phrasings, ...row.keywords].entries()) {
      const reading = read(text);
      for (const [block, found] of features(reading.tokens, reading.text).entries()) {
        for (const [hash, count] of found) {
          const feature = numberOf(featureTable, hash);
          blockOf[feature] = block;
          counts.push(feature, count);
        }
      }
      counts.endRow();
      meant.push(meaningOf(reading.tokens));
      phrasingRow.push(number);
      isKeyword.push(place < row.phrasings.length ? 0 : 1);
      const own = new Map<number, number>();
      countTerms(own, reading, termTable);
      for (const [term, count] of own) {
        phrasingTerms.push(term, count);
        document.set(term, (document.get(term) ?? 0) + count);
      }
      phrasingTerms.endRow();
      if (reading.tokens.some(({ script }) => script === 'japanese')) japaneseTexts.add(reading.text);
      for (const token of reading.tokens) {
        if (token.script === 'latin') spellings.set(token.text, (spellings.get(token.text) ?? 0) + 1);
      }
      if (++texts % BATCH === 0) yield;
    }
    rowStart.push(phrasingRow.length);
    for (const [term, count] of document) documents.push(term, count);
    documents.endRow();
    if (row.answer !== '') {
      const answer = new Map<number, number>();
      countTerms(answer, read(row.answer), termTable);
      for (const [term, count] of answer) answerDocuments.push(term, count);
      if (++texts % BATCH === 0) yield;
    }
    answerDocuments.endRow();
  }

  const counted = counts.done();
  const idf = frequencies(counted, featureTable.size);
  yield;
  const blocks = Uint8Array.from(blockOf);
  const vectors = yield* normalised(counted, idf, blocks);
  const meanings = yield* meant.done();
  const documentCounts = documents.done();
  const answerCounts = answerDocuments.done();
  const termIdf = termFrequencies(documentCounts, answerCounts, termTable.size);
  yield;
  const postings = transpose(bm25(documentCounts, termIdf), termTable.size);
  yield;
  const answers = transpose(bm25(answerCounts, termIdf), termTable.size);
  yield;
  return {
    rowEntry: Int32Array.from(rows, (row) => row.entry),
    rowStart: Int32Array.from(rowStart),
    phrasingRow: Int32Array.from(phrasingRow),
    isKeyword: Uint8Array.from(isKeyword),
    featureTable,
    idf,
    vectors,
    meanings,
    cohesion: yield* cohesionOf(vectors, rowStart, featureTable.size),
    termTable,
    termIdf,
    phrasingTerms: phrasingTerms.done(),
    postings,
    answers,
    vocabulary: yield* buildVocabulary(spellings, japaneseTexts),
  };
}

function countTerms(document: Map<number, number>, reading: Reading, table: HashTable): void {
  for (const [hash, count] of terms(reading.tokens, reading.text)) {
    const term = numberOf(table, hash);
    document.set(term, (document.get(term) ?? 0) + count);
  }
}

/** What every feature counts besides its rarity: with few phrasings, rarity is mostly chance. */
const COMMON = 3;

/** ln((N + 1) / (df + 1)) + {@link COMMON}, over phrasings. */
function frequencies(counts: Sparse, size: number): Float32Array {
  const idf = new Float32Array(size);
  for (const feature of counts.item) idf[feature] = (idf[feature] as number) + 1;
  const phrasings = counts.start.length - 1;
  for (let feature = 0; feature < size; feature++) {
    idf[feature] = Math.log((phrasings + 1) / ((idf[feature] as number) + 1)) + COMMON;
  }
  return idf;
}

/** ln(1 + (N − df + 0.5) / (df + 0.5)), over rows; a term found only in answers takes its frequency there. */
function termFrequencies(documents: Sparse, answers: Sparse, size: number): Float32Array {
  const inPhrasings = new Float32Array(size);
  const inAnswers = new Float32Array(size);
  for (const term of documents.item) inPhrasings[term] = (inPhrasings[term] as number) + 1;
  for (const term of answers.item) inAnswers[term] = (inAnswers[term] as number) + 1;
  const rows = documents.start.length - 1;
  return inPhrasings.map((count, term) => {
    const df = count > 0 ? count : (inAnswers[term] as number);
    return Math.log(1 + (rows - df + 0.5) / (df + 0.5));
  });
}

/** Counts become shares of the BM25 score, in place. */
function bm25(documents: Sparse, termIdf: Float32Array): Sparse {
  const { start, item, value } = documents;
  const rows = start.length - 1;
  const lengths = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let at = start[row] as number; at < (start[row + 1] as number); at++) {
      lengths[row] = (lengths[row] as number) + (value[at] as number);
    }
  }
  const filled = lengths.filter((length) => length > 0);
  const average = filled.reduce((sum, length) => sum + length, 0) / Math.max(1, filled.length);
  for (let row = 0; row < rows; row++) {
    const length = 1 - B + (B * (lengths[row] as number)) / average;
    for (let at = start[row] as number; at < (start[row + 1] as number); at++) {
      const count = value[at] as number;
      value[at] = ((termIdf[item[at] as number] as number) * count * (K1 + 1)) / (count + K1 * length);
    }
  }
  return documents;
}

const damped = (count: number) => (count <= 1 ? count : 1 + Math.log(count));

/** Counts become TF × IDF, each block of length its weight, the whole of length 1. */
function* normalised({ start, item, value }: Sparse, idf: Float32Array, blocks: Uint8Array): Steps<Vectors> {
  const units = new Uint16Array(new SharedArrayBuffer(value.length * 2));
  const squares = new Float64Array(BLOCKS);
  for (let row = 0; row + 1 < start.length; row++) {
    squares.fill(0);
    const from = start[row] as number;
    const to = start[row + 1] as number;
    for (let at = from; at < to; at++) {
      const feature = item[at] as number;
      const weight = damped(value[at] as number) * (idf[feature] as number);
      value[at] = weight;
      const block = blocks[feature] as number;
      squares[block] = (squares[block] as number) + weight * weight;
    }
    const scale = blockScales(squares);
    for (let at = from; at < to; at++) {
      const weight = (value[at] as number) * (scale[blocks[item[at] as number] as number] as number);
      units[at] = Math.round(weight / UNIT);
    }
    if (row % 2000 === 1999) yield;
  }
  return { start, item, value: units };
}

function blockScales(squares: Float64Array): number[] {
  let whole = 0;
  for (let block = 0; block < BLOCKS; block++)
    if ((squares[block] as number) > 0) whole += (blockWeights[block] as number) ** 2;
  return blockWeights.map((weight, block) => {
    const square = squares[block] as number;
    return square > 0 ? weight / Math.sqrt(square * whole) : 0;
  });
}

/** A question's vector over the features the index knows, of length 1. */
export function vectorOf(index: PhrasingIndex, found: Features): { item: Int32Array; value: Float32Array } {
  const items: number[] = [];
  const values: number[] = [];
  const blocks: number[] = [];
  const squares = new Float64Array(BLOCKS);
  for (const [block, counts] of found.entries()) {
    for (const [hash, count] of counts) {
      const feature = lookUp(index.featureTable, hash);
      if (feature < 0) continue;
      const weight = damped(count) * (index.idf[feature] as number);
      items.push(feature);
      values.push(weight);
      blocks.push(block);
      squares[block] = (squares[block] as number) + weight * weight;
    }
  }
  const scale = blockScales(squares);
  return {
    item: Int32Array.from(items),
    value: Float32Array.from(values, (value, at) => value * (scale[blocks[at] as number] as number)),
  };
}
