/** The entries that may be meant by a question, with what each ranker says of them, best first. */
import { features } from './features.ts';
import { lookUp } from './hash.ts';
import { type PhrasingIndex, vectorOf } from './phrasing-index.ts';
import type { Reading } from './reading.ts';
import { terms } from './terms.ts';

/** What the rankers say of one entry. */
export interface Candidate {
  readonly row: number;
  /** BM25 over the words of all its phrasings, and a share of that over its answer. */
  readonly bm25: number;
  /** Share of the question's IDF whose words the entry's phrasings hold, 0 to 1. */
  readonly found: number;
  /** Cosine of the question and the nearest phrasing, 0 to 1. */
  readonly cosine: number;
  /** Share of that phrasing's vector that the question holds, 0 to 1. */
  readonly held: number;
  /** What candidates are sorted by. */
  readonly score: number;
}

/** What is known of the question as a whole. */
export interface Ranking {
  readonly candidates: readonly Candidate[];
  /** Number of words that say something. */
  readonly words: number;
  /** Share of them that the FAQ does not know, 0 to 1. */
  readonly unknown: number;
  /** Sum of the words' IDF; one the FAQ does not know counts as the rarest. */
  readonly totalIdf: number;
  readonly repairs: number;
}

/** Up to how many entries the phrasings are compared; with fewer entries than this all are. */
const COMPARED = 40;

/** Ranks with its own scratch memory: one call at a time, as JavaScript has it. */
export class Ranker {
  private readonly index: PhrasingIndex;
  private readonly bm25: Float32Array;
  private readonly found: Float32Array;
  private readonly question: Float32Array;

  constructor(index: PhrasingIndex) {
    this.index = index;
    const rows = index.rowStart.length - 1;
    this.bm25 = new Float32Array(rows);
    this.found = new Float32Array(rows);
    this.question = new Float32Array(index.idf.length);
  }

  rank(reading: Reading): Ranking {
    const { index } = this;
    const asked = this.scoreTerms(terms(reading.tokens, reading.text));
    const vector = vectorOf(index, features(reading.tokens, reading.text));
    for (const [at, feature] of vector.item.entries()) this.question[feature] = vector.value[at] as number;
    const candidates = this.likely().map((row) => this.compare(row, asked.totalIdf));
    for (const feature of vector.item) this.question[feature] = 0;
    candidates.sort((a, b) => b.score - a.score || a.row - b.row);
    return { candidates, ...asked, repairs: reading.repairs };
  }

  private scoreTerms(asked: ReadonlyMap<number, number>): Pick<Ranking, 'words' | 'unknown' | 'totalIdf'> {
    const { termTable, termIdf, postings } = this.index;
    this.bm25.fill(0);
    this.found.fill(0);
    const rarest = Math.log(1 + this.bm25.length + 0.5);
    let totalIdf = 0;
    let unknown = 0;
    let words = 0;
    for (const [hash, weight] of asked) {
      const term = lookUp(termTable, hash);
      words += weight;
      if (term < 0) {
        unknown += weight;
        totalIdf += weight * rarest;
        continue;
      }
      const idf = weight * (termIdf[term] as number);
      totalIdf += idf;
      for (let at = postings.start[term] as number; at < (postings.start[term + 1] as number); at++) {
        const row = postings.item[at] as number;
        this.bm25[row] = (this.bm25[row] as number) + weight * (postings.value[at] as number);
        this.found[row] = (this.found[row] as number) + idf;
      }
    }
    return { words, unknown: words > 0 ? unknown / words : 1, totalIdf };
  }

  /** Rows worth comparing: all of a small FAQ, else the best by BM25. */
  private likely(): number[] {
    const rows = this.bm25.length;
    if (rows <= COMPARED) return Array.from({ length: rows }, (_, row) => row);
    return best(this.bm25, COMPARED);
  }

  private compare(row: number, totalIdf: number): Candidate {
    const { vectors, rowStart } = this.index;
    let cosine = 0;
    let held = 0;
    for (let phrasing = rowStart[row] as number; phrasing < (rowStart[row + 1] as number); phrasing++) {
      let dot = 0;
      let both = 0;
      for (let at = vectors.start[phrasing] as number; at < (vectors.start[phrasing + 1] as number); at++) {
        const asked = this.question[vectors.item[at] as number] as number;
        if (asked === 0) continue;
        const value = vectors.value[at] as number;
        dot += asked * value;
        both += value * value;
      }
      if (dot > cosine) {
        cosine = dot;
        held = both;
      }
    }
    const bm25 = this.bm25[row] as number;
    const share = totalIdf > 0 ? (this.found[row] as number) / totalIdf : 0;
    const score = cosine + (totalIdf > 0 ? (0.25 * bm25) / totalIdf : 0);
    return { row, bm25, found: share, cosine, held, score };
  }
}

/** The places of the `most` greatest positive values, greatest first. */
export function best(values: Float32Array, most: number): number[] {
  const heap: number[] = [];
  let least = 0;
  for (let place = 0; place < values.length; place++) {
    const value = values[place] as number;
    if (value <= least) continue;
    heap.push(place);
    if (heap.length >= most * 4) {
      heap.sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
      heap.length = most;
      least = values[heap[most - 1] as number] as number;
    }
  }
  heap.sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
  return heap.slice(0, most);
}
