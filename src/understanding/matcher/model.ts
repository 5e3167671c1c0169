/**
 * A multinomial logistic model over the features: the probability of each entry given the question's vector, learnt from
 * the phrasings by stochastic gradient descent. Weights stand feature by feature, so that a question's few features are read
 * in long runs.
 */
import type { PhrasingIndex } from './phrasing-index.ts';
import type { Steps } from './steps.ts';

export interface Model {
  readonly rows: number;
  /** Weight of feature `f` for row `r` at `f * rows + r`. */
  readonly weights: Float32Array;
}

const RATE = 4;
/** Samples already this probable teach nothing more; rows this improbable are left alone. */
const LEARNT = 0.995;
const NEGLIGIBLE = 0.002;

/** Multiplications between two yields. */
const BATCH = 400_000;

export function epochsFor(phrasings: number): number {
  return phrasings > 5000 ? 10 : 20;
}

/** Learns from the index's phrasings, but those `hidden`. The same phrasings give the same model. */
export function* trainModel(index: PhrasingIndex, hidden?: Uint8Array): Steps<Model> {
  const rows = index.rowStart.length - 1;
  const weights = new Float32Array(rows * index.idf.length);
  const { start, item, value } = index.vectors;
  const order = [...index.phrasingRow.keys()].filter((phrasing) => !hidden?.[phrasing]);
  const epochs = epochsFor(order.length);
  const steps = epochs * order.length;
  const random = randomNumbers(order.length);
  const probability = new Float32Array(rows);
  const movedRow = new Int32Array(rows);
  const change = new Float32Array(rows);
  let step = 0;
  let work = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const phrasing of order) {
      const rate = RATE * (1 - step++ / steps);
      const from = start[phrasing] as number;
      const to = start[phrasing + 1] as number;
      const row = index.phrasingRow[phrasing] as number;
      work += (to - from) * rows;
      if (work > BATCH) {
        work = 0;
        yield;
      }
      probability.fill(0);
      for (let at = from; at < to; at++)
        addScaled(probability, weights, (item[at] as number) * rows, value[at] as number);
      softmax(probability);
      if ((probability[row] as number) > LEARNT) continue;
      let moved = 0;
      for (let other = 0; other < rows; other++) {
        const error = (probability[other] as number) - (other === row ? 1 : 0);
        if (other !== row && error < NEGLIGIBLE) continue;
        movedRow[moved] = other;
        change[moved++] = -rate * error;
      }
      for (let at = from; at < to; at++) {
        const base = (item[at] as number) * rows;
        const x = value[at] as number;
        for (let move = 0; move < moved; move++) {
          const place = base + (movedRow[move] as number);
          weights[place] = (weights[place] as number) + (change[move] as number) * x;
        }
      }
    }
  }
  return { rows, weights };
}

/** The rows' logits for a question's vector, into `logits`. */
export function logitsOf(
  model: Model,
  vector: { readonly item: Int32Array; readonly value: Float32Array },
  logits: Float32Array,
): void {
  logits.fill(0);
  for (let at = 0; at < vector.item.length; at++) {
    addScaled(logits, model.weights, (vector.item[at] as number) * model.rows, vector.value[at] as number);
  }
}

function addScaled(sum: Float32Array, weights: Float32Array, from: number, by: number): void {
  for (let row = 0; row < sum.length; row++) sum[row] = (sum[row] as number) + (weights[from + row] as number) * by;
}

/** In place; returns the logarithm of the sum of exponentials. */
export function softmax(logits: Float32Array): number {
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
