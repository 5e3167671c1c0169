/**
 * A multinomial logistic model over the features: the probability of each entry given the question's vector, learnt from
 * the phrasings by stochastic gradient descent. For few entries the weights are dense and stand feature by feature, so that
 * a question's few features are read in long runs. For many entries only the likeliest by BM25 are scored and learnt
 * against, and the weights share a table by hash. Beside the features stands the text's meaning, with weights of its own.
 */
import { best, scoreBm25 } from './bm25.ts';
import { MEANING_UNIT, type Meanings, meaningDot } from './meaning.ts';
import type { PhrasingIndex } from './phrasing-index.ts';
import { UNIT } from './sparse.ts';
import type { Steps } from './steps.ts';
import { DIMENSIONS } from './word-vectors.ts';

export interface Model {
  readonly kind: 'dense' | 'hashed';
  readonly rows: number;
  /** Dense: weight of feature `f` for row `r` at `f * rows + r`. Hashed: at {@link placeOf}; the length is a power of two. */
  readonly weights: Float32Array;
  /** Weights of the meaning's numbers for row `r` from `r * DIMENSIONS` on. */
  readonly meaningWeights: Float32Array;
}

export interface Vector {
  readonly item: Int32Array;
  readonly value: Float32Array;
  /** Of length 1, or all 0. */
  readonly meaning: Float32Array;
}

/** Rows a hashed model tells apart: the best by BM25. */
export const CANDIDATES = 20;

/** Most rows, and most weights (four bytes each), of a dense model. */
const DENSE_ROWS = 300;
const DENSE_WEIGHTS = 2 ** 24;
const HASHED_WEIGHTS = 2 ** 22;

/** Length of the meaning beside features of length 1. */
const MEANING = 0.5;

const RATE = 4;
/** Samples already this probable teach nothing more; rows this improbable are left alone. */
const LEARNT = 0.995;
const NEGLIGIBLE = 0.004;

/** More epochs gain nothing; many phrasings need fewer, and fewer rivals, and would take minutes otherwise. */
const DENSE_EPOCHS = 8;
const efforts = [
  { upTo: 5000, epochs: 6, rivals: 20 },
  { upTo: 20_000, epochs: 4, rivals: 16 },
  { upTo: Number.POSITIVE_INFINITY, epochs: 3, rivals: 10 },
] as const;

/** Multiplications between two yields. */
const BATCH = 400_000;

/** Learns from the index's phrasings. The same phrasings give the same model. */
export function* trainModel(index: PhrasingIndex): Steps<Model> {
  const rows = index.rowEntry.length;
  const dense = rows <= DENSE_ROWS && rows * index.idf.length <= DENSE_WEIGHTS;
  return dense ? yield* trainDense(index, rows) : yield* trainHashed(index, rows);
}

/** The phrasings in the order they are learnt from, epoch after epoch, with the rate of each step. */
function* lessons(phrasings: number, epochs: number): Generator<readonly [phrasing: number, rate: number]> {
  const order = Array.from({ length: phrasings }, (_, phrasing) => phrasing);
  const random = randomNumbers(phrasings);
  for (let step = 0; step < epochs * phrasings; step++) {
    if (step % phrasings === 0) shuffle(order, random);
    yield [order[step % phrasings] as number, RATE * (1 - step / (epochs * phrasings))];
  }
}

function* trainDense(index: PhrasingIndex, rows: number): Steps<Model> {
  const weights = new Float32Array(rows * index.idf.length);
  const meaningWeights = new Float32Array(rows * DIMENSIONS);
  const { start, item, value } = index.vectors;
  const probability = new Float32Array(rows);
  const movedRow = new Int32Array(rows);
  const change = new Float32Array(rows);
  let work = 0;
  for (const [phrasing, rate] of lessons(index.phrasingRow.length, DENSE_EPOCHS)) {
    const from = start[phrasing] as number;
    const to = start[phrasing + 1] as number;
    const row = index.phrasingRow[phrasing] as number;
    work += (to - from + DIMENSIONS) * rows;
    if (work > BATCH) {
      work = 0;
      yield;
    }
    probability.fill(0);
    for (let at = from; at < to; at++)
      addScaled(probability, weights, (item[at] as number) * rows, (value[at] as number) * UNIT);
    for (let other = 0; other < rows; other++) {
      const meant = MEANING * meaningDot(meaningWeights, other, index.meanings, phrasing);
      probability[other] = (probability[other] as number) + meant;
    }
    softmax(probability);
    if ((probability[row] as number) > LEARNT) continue;
    let moved = 0;
    for (let other = 0; other < rows; other++) {
      const error = (probability[other] as number) - (other === row ? 1 : 0);
      if (other !== row && error < NEGLIGIBLE) continue;
      movedRow[moved] = other;
      change[moved++] = -rate * error;
    }
    for (let move = 0; move < moved; move++) {
      learnMeaning(meaningWeights, movedRow[move] as number, index.meanings, phrasing, change[move] as number);
    }
    for (let at = from; at < to; at++) {
      const base = (item[at] as number) * rows;
      const x = (value[at] as number) * UNIT;
      for (let move = 0; move < moved; move++) {
        const place = base + (movedRow[move] as number);
        weights[place] = (weights[place] as number) + (change[move] as number) * x;
      }
    }
  }
  return { kind: 'dense', rows, weights, meaningWeights };
}

function* trainHashed(index: PhrasingIndex, rows: number): Steps<Model> {
  const weights = new Float32Array(HASHED_WEIGHTS);
  const meaningWeights = new Float32Array(rows * DIMENSIONS);
  const mask = HASHED_WEIGHTS - 1;
  const { start, item, value } = index.vectors;
  const { epochs, rivals: most } = efforts.find(({ upTo }) => index.phrasingRow.length <= upTo) ?? efforts[2];
  const rivals = yield* rivalsOf(index, rows, most);
  const probability = new Float32Array(most);
  let work = 0;
  for (const [phrasing, rate] of lessons(index.phrasingRow.length, epochs)) {
    const from = start[phrasing] as number;
    const to = start[phrasing + 1] as number;
    const row = index.phrasingRow[phrasing] as number;
    work += (to - from + DIMENSIONS) * most * 4;
    if (work > BATCH) {
      work = 0;
      yield;
    }
    const base = phrasing * most;
    let own = 0;
    let count = 0;
    for (; count < most && (rivals[base + count] as number) >= 0; count++) {
      const rival = rivals[base + count] as number;
      if (rival === row) own = count;
      let sum = MEANING * meaningDot(meaningWeights, rival, index.meanings, phrasing);
      for (let at = from; at < to; at++)
        sum += (weights[placeOf(item[at] as number, rival, mask)] as number) * (value[at] as number) * UNIT;
      probability[count] = sum;
    }
    const compared = probability.subarray(0, count);
    softmax(compared);
    if ((compared[own] as number) > LEARNT) continue;
    for (let at = 0; at < count; at++) {
      const error = (compared[at] as number) - (at === own ? 1 : 0);
      if (at !== own && error < NEGLIGIBLE) continue;
      const rival = rivals[base + at] as number;
      learnMeaning(meaningWeights, rival, index.meanings, phrasing, -rate * error);
      const step = rate * error * UNIT;
      for (let feature = from; feature < to; feature++) {
        const place = placeOf(item[feature] as number, rival, mask);
        weights[place] = (weights[place] as number) - step * (value[feature] as number);
      }
    }
  }
  return { kind: 'hashed', rows, weights, meaningWeights };
}

/** Phrasing → its own row and the best others by BM25, `most` places each, -1 where there are fewer. */
function* rivalsOf(index: PhrasingIndex, rows: number, most: number): Steps<Int32Array> {
  const phrasings = index.phrasingRow.length;
  const rivals = new Int32Array(phrasings * most).fill(-1);
  const scores = new Float32Array(rows);
  const { start, item, value } = index.phrasingTerms;
  for (let phrasing = 0; phrasing < phrasings; phrasing++) {
    scores.fill(0);
    for (let at = start[phrasing] as number; at < (start[phrasing + 1] as number); at++) {
      scoreBm25(index, item[at] as number, value[at] as number, scores);
    }
    const row = index.phrasingRow[phrasing] as number;
    rivals[phrasing * most] = row;
    let place = 1;
    for (const rival of best(scores, most, 0)) {
      if (rival !== row && place < most) rivals[phrasing * most + place++] = rival;
    }
    if (phrasing % 20 === 19) yield;
  }
  return rivals;
}

function learnMeaning(
  weights: Float32Array,
  row: number,
  { numbers }: Meanings,
  phrasing: number,
  change: number,
): void {
  const step = MEANING * MEANING_UNIT * change;
  for (let at = 0; at < DIMENSIONS; at++) {
    const place = row * DIMENSIONS + at;
    weights[place] = (weights[place] as number) + step * (numbers[phrasing * DIMENSIONS + at] as number);
  }
}

/** What the meaning of a question adds to a row's logit. */
function meaningLogit({ meaningWeights }: Model, { meaning }: Vector, row: number): number {
  let sum = 0;
  for (let at = 0; at < DIMENSIONS; at++) {
    sum += (meaningWeights[row * DIMENSIONS + at] as number) * (meaning[at] as number);
  }
  return MEANING * sum;
}

function placeOf(feature: number, row: number, mask: number): number {
  let hash = Math.imul(feature, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) & mask;
}

/** Every row's logit for a question's vector, by a dense model. */
export function logitsOf(model: Model, vector: Vector, logits: Float32Array): void {
  logits.fill(0);
  for (let at = 0; at < vector.item.length; at++) {
    addScaled(logits, model.weights, (vector.item[at] as number) * model.rows, vector.value[at] as number);
  }
  for (let row = 0; row < model.rows; row++) logits[row] = (logits[row] as number) + meaningLogit(model, vector, row);
}

/** One row's logit, by a hashed model. */
export function logitOf(model: Model, vector: Vector, row: number): number {
  const mask = model.weights.length - 1;
  let sum = meaningLogit(model, vector, row);
  for (let at = 0; at < vector.item.length; at++) {
    sum += (model.weights[placeOf(vector.item[at] as number, row, mask)] as number) * (vector.value[at] as number);
  }
  return sum;
}

function addScaled(sum: Float32Array, weights: Float32Array, from: number, by: number): void {
  for (let row = 0; row < sum.length; row++) sum[row] = (sum[row] as number) + (weights[from + row] as number) * by;
}

/** In place; returns the logarithm of the sum of exponentials. */
function softmax(logits: Float32Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < logits.length; row++) if ((logits[row] as number) > most) most = logits[row] as number;
  let sum = 0;
  for (let row = 0; row < logits.length; row++) {
    const exponential = Math.exp((logits[row] as number) - most);
    logits[row] = exponential;
    sum += exponential;
  }
  for (let row = 0; row < logits.length; row++) logits[row] = (logits[row] as number) / sum;
  return most + Math.log(sum);
}

/** Mulberry32: a small generator of numbers in [0, 1), so that training can be repeated. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffle<T>(values: T[], random: () => number): void {
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const value = values[at] as T;
    values[at] = values[other] as T;
    values[other] = value;
  }
}
