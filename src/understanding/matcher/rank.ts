/** The entries that may be meant by a question, with what each ranker says of them, best first. */

import { best } from './bm25.ts';
import { features } from './features.ts';
import { lookUp } from './hash.ts';
import { beyondCommon, meaningDot, meaningOf } from './meaning.ts';
import { CANDIDATES, logitOf, logitsOf, type Model, type Vector } from './model.ts';
import { type PhrasingIndex, vectorOf } from './phrasing-index.ts';
import type { Reading } from './reading.ts';
import { UNIT } from './sparse.ts';
import { terms } from './terms.ts';

/** What the rankers say of one entry. */
export interface Candidate {
  readonly row: number;
  /** BM25 over the words of all its phrasings, and a share of that over its answer. */
  readonly bm25: number;
  /** Share of the question's IDF whose words the entry's phrasings hold, 0 to 1. */
  readonly found: number;
  /** Cosine of the question and the nearest phrasing, by words and letters, 0 to 1. */
  readonly cosine: number;
  /** Cosine of the question's meaning and that of the phrasing nearest in meaning, 0 to 1; 0 where one is not known. */
  readonly meaning: number;
  /** Share of that phrasing's vector that the question holds, 0 to 1. */
  readonly held: number;
  /** Share of the question's vector that the entry's phrasings hold together, 0 to 1. */
  readonly covered: number;
  /** The trained model's logit; 0 without a model. */
  readonly logit: number;
  /** Logarithm of the probability among all entries, by the score. */
  readonly logProbability: number;
}

/** What is known of the question as a whole. */
export interface Ranking {
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** Weight of the words that say something. */
  readonly words: number;
  /** Share of them that the FAQ does not know, 0 to 1. */
  readonly unknown: number;
  /** Sum of the words' IDF; one the FAQ does not know counts as the rarest. */
  readonly totalIdf: number;
  readonly repairs: number;
  /** Logarithm of the sum of the exponentials of the model's logits; 0 without a model. */
  readonly evidence: number;
}

/** How many entries are compared phrasing by phrasing, of the best by each ranker; of a small FAQ all are. */
const COMPARED = 20;

/** What BM25 adds to the model's log-probability. */
const BM25_WEIGHT = 0.25;

/** What a word of the answer counts beside one of the only phrasing; less, the more phrasings the entries have. */
const ANSWER_WEIGHT = 0.8;

/**
 * Without a model: what the cosine of meanings counts beside that of words and letters, how much BM25, as a share of the
 * question's IDF, adds to them, and how sharply the sum decides.
 */
const PLAIN_MEANING = 0.25;
const PLAIN_BM25 = 0.25;
const PLAIN_SHARPNESS = 12;

/** Ranks with scratch memory of its own: one call at a time, as JavaScript has it. */
export class Ranker {
  readonly index: PhrasingIndex;
  private readonly model: Model | undefined;
  private readonly answerWeight: number;
  private readonly bm25: Float32Array;
  private readonly found: Float32Array;
  private readonly logits: Float32Array;
  private readonly score: Float32Array;
  private readonly question: Float32Array;
  /** Feature → the comparison that last met it. */
  private readonly met: Int32Array;
  private comparisons = 0;

  constructor(index: PhrasingIndex, model?: Model) {
    this.index = index;
    this.model = model;
    const rows = index.rowStart.length - 1;
    this.bm25 = new Float32Array(rows);
    this.answerWeight = (ANSWER_WEIGHT * rows) / Math.max(1, index.phrasingRow.length);
    this.found = new Float32Array(rows);
    this.logits = new Float32Array(rows);
    this.score = new Float32Array(rows);
    this.question = new Float32Array(index.idf.length);
    this.met = new Int32Array(index.idf.length);
  }

  rank(reading: Reading): Ranking {
    const { index, question } = this;
    const asked = this.scoreTerms(terms(reading.tokens, reading.text));
    const meaning = beyondCommon(meaningOf(reading.tokens), index.meanings.common);
    const vector = { ...vectorOf(index, features(reading.tokens, reading.text)), meaning };
    if (vector.item.length === 0 && meaning.every((number) => number === 0))
      return { candidates: [], ...asked, repairs: reading.repairs, evidence: 0 };
    for (let at = 0; at < vector.item.length; at++) question[vector.item[at] as number] = vector.value[at] as number;
    const { rows, evidence } = this.likely(vector);
    const compared = rows.map((row) => this.compare(row, meaning, asked.totalIdf));
    for (const feature of vector.item) question[feature] = 0;
    const candidates = this.model ? compared : withPlainProbability(compared, asked.totalIdf);
    candidates.sort((a, b) => b.logProbability - a.logProbability || a.row - b.row);
    return { candidates, ...asked, repairs: reading.repairs, evidence };
  }

  private scoreTerms(asked: ReadonlyMap<number, number>): Pick<Ranking, 'words' | 'unknown' | 'totalIdf'> {
    const { termTable, termIdf, postings, answers } = this.index;
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
      const said = weight * this.answerWeight;
      for (let at = answers.start[term] as number; at < (answers.start[term + 1] as number); at++) {
        const row = answers.item[at] as number;
        this.bm25[row] = (this.bm25[row] as number) + said * (answers.value[at] as number);
      }
    }
    return { words, unknown: words > 0 ? unknown / words : 1, totalIdf };
  }

  /** The rows worth comparing, best by each ranker, with each one's score: the logarithm of its probability. */
  private likely(vector: Vector): { readonly rows: readonly number[]; readonly evidence: number } {
    const rows = this.bm25.length;
    if (!this.model) return { rows: rows <= COMPARED * 2 ? all(rows) : best(this.bm25, COMPARED * 2, 0), evidence: 0 };
    if (this.model.kind === 'hashed') {
      const likely = best(this.bm25, CANDIDATES, 0);
      for (const row of likely) this.logits[row] = logitOf(this.model, vector, row);
      return { rows: likely, evidence: this.scoreRows(likely) };
    }
    logitsOf(this.model, vector, this.logits);
    const evidence = this.scoreRows(all(rows));
    if (rows <= COMPARED * 2) return { rows: all(rows), evidence };
    const likely = [...best(this.score, COMPARED, Number.NEGATIVE_INFINITY), ...best(this.bm25, COMPARED, 0)];
    return { rows: [...new Set(likely)], evidence };
  }

  private scoreRows(rows: readonly number[]): number {
    const evidence = logSumExp(rows.map((row) => this.logits[row] as number));
    const scores = rows.map(
      (row) => (this.logits[row] as number) - evidence + BM25_WEIGHT * (this.bm25[row] as number),
    );
    const whole = logSumExp(scores);
    for (const [at, row] of rows.entries()) this.score[row] = (scores[at] as number) - whole;
    return evidence;
  }

  private compare(row: number, meaning: Float32Array, totalIdf: number): Candidate {
    const { vectors, meanings, rowStart } = this.index;
    const { question, met } = this;
    const comparison = ++this.comparisons;
    let cosine = 0;
    let held = 0;
    let nearest = 0;
    let covered = 0;
    for (let phrasing = rowStart[row] as number; phrasing < (rowStart[row + 1] as number); phrasing++) {
      let dot = 0;
      let both = 0;
      const to = vectors.start[phrasing + 1] as number;
      for (let at = vectors.start[phrasing] as number; at < to; at++) {
        const feature = vectors.item[at] as number;
        const asked = question[feature] as number;
        if (asked === 0) continue;
        if (met[feature] !== comparison) {
          met[feature] = comparison;
          covered += asked * asked;
        }
        const value = (vectors.value[at] as number) * UNIT;
        dot += asked * value;
        both += value * value;
      }
      nearest = Math.max(nearest, meaningDot(meaning, 0, meanings, phrasing));
      if (dot > cosine) {
        cosine = dot;
        held = both;
      }
    }
    return {
      row,
      bm25: this.bm25[row] as number,
      found: totalIdf > 0 ? (this.found[row] as number) / totalIdf : 0,
      cosine,
      meaning: nearest,
      held,
      covered,
      logit: this.logits[row] as number,
      logProbability: this.score[row] as number,
    };
  }
}

function withPlainProbability(compared: readonly Candidate[], totalIdf: number): Candidate[] {
  const scores = compared.map(
    ({ cosine, meaning, bm25 }) =>
      PLAIN_SHARPNESS *
      ((cosine + PLAIN_MEANING * meaning) / (1 + PLAIN_MEANING) + (totalIdf > 0 ? (PLAIN_BM25 * bm25) / totalIdf : 0)),
  );
  const whole = logSumExp(scores);
  return compared.map((candidate, at) => ({ ...candidate, logProbability: (scores[at] as number) - whole }));
}

const all = (count: number) => Array.from({ length: count }, (_, place) => place);

function logSumExp(values: readonly number[]): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > most) most = value;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - most);
  return most + Math.log(sum);
}
