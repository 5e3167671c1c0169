/**
 * Logistic regression with a Gaussian prior: maximum a posteriori by Newton's method (iteratively reweighted least squares).
 */
import type { Coefficients } from './confidence.ts';
import type { Steps } from './steps.ts';

export interface Sample {
  readonly signals: Float64Array;
  readonly right: boolean;
  /** How many observations it counts as. */
  readonly weight: number;
}

const ITERATIONS = 40;
/** Where no coefficient moves by more, the fit has settled. */
const SETTLED = 1e-6;
/** Samples between two yields: a millisecond or so. */
const BATCH = 1000;

/**
 * The coefficients that explain the samples best, when each is believed beforehand to stand where `prior` has it with
 * variance 1 / `strength`. The signals are scaled as the prior scales them.
 */
export function* fitLogistic(samples: readonly Sample[], prior: Coefficients, strength: number): Steps<Coefficients> {
  const believed = Float64Array.from(prior.weight);
  const scaled = yield* scaledTo(prior, samples);
  let weight = believed.slice();
  let loss = yield* lossOf(scaled, weight, believed, strength);
  for (let round = 0; round < ITERATIONS; round++) {
    const step = yield* newtonStep(scaled, weight, believed, strength);
    // Far from the optimum a whole step may overshoot: the longest part of it is taken that does not.
    let part = 1;
    let next = weight.map((value, at) => value - (step[at] as number));
    let nextLoss = yield* lossOf(scaled, next, believed, strength);
    while (!(nextLoss <= loss) && part > 1e-6) {
      part /= 2;
      const share = part;
      next = weight.map((value, at) => value - share * (step[at] as number));
      nextLoss = yield* lossOf(scaled, next, believed, strength);
    }
    if (!(nextLoss <= loss)) break;
    weight = next;
    loss = nextLoss;
    if (step.every((move) => Math.abs(move * part) < SETTLED)) break;
  }
  return { mean: prior.mean, deviation: prior.deviation, weight: [...weight] };
}

function* scaledTo({ mean, deviation }: Coefficients, samples: readonly Sample[]): Steps<Sample[]> {
  const scaled: Sample[] = [];
  for (const sample of samples) {
    const signals = sample.signals.map((value, at) => (value - (mean[at] as number)) / (deviation[at] as number));
    if (scaled.push({ ...sample, signals }) % BATCH === 0) yield;
  }
  return scaled;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

/** The negative logarithm of the posterior, up to a constant. */
function* lossOf(
  samples: readonly Sample[],
  weight: Float64Array,
  believed: Float64Array,
  strength: number,
): Steps<number> {
  let loss = 0;
  for (let at = 0; at < weight.length; at++)
    loss += (strength / 2) * ((weight[at] as number) - (believed[at] as number)) ** 2;
  for (const [at, { signals, right, weight: counts }] of samples.entries()) {
    if (at % BATCH === BATCH - 1) yield;
    const margin = right ? dot(weight, signals) : -dot(weight, signals);
    loss += counts * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin);
  }
  return loss;
}

/** The slope of the loss over its curvature. */
function* newtonStep(
  samples: readonly Sample[],
  weight: Float64Array,
  believed: Float64Array,
  strength: number,
): Steps<Float64Array> {
  const size = weight.length;
  const slope = weight.map((value, at) => strength * (value - (believed[at] as number)));
  const curve = Array.from({ length: size }, (_, row) => {
    const line = new Float64Array(size);
    line[row] = strength;
    return line;
  });
  for (const [at, { signals, right, weight: counts }] of samples.entries()) {
    if (at % BATCH === BATCH - 1) yield;
    const p = 1 / (1 + Math.exp(-dot(weight, signals)));
    const error = counts * (p - (right ? 1 : 0));
    const bend = counts * Math.max(p * (1 - p), 1e-6);
    for (let row = 0; row < size; row++) {
      slope[row] = (slope[row] as number) + error * (signals[row] as number);
      const line = curve[row] as Float64Array;
      const factor = bend * (signals[row] as number);
      for (let column = 0; column <= row; column++) {
        line[column] = (line[column] as number) + factor * (signals[column] as number);
      }
    }
  }
  for (let row = 0; row < size; row++) {
    for (let column = row + 1; column < size; column++) {
      (curve[row] as Float64Array)[column] = (curve[column] as Float64Array)[row] as number;
    }
  }
  return solve(curve, slope);
}

/** Solves a symmetric positive definite system by Gaussian elimination with pivoting; destroys its arguments. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const at = (row: number, column: number) => (matrix[row] as Float64Array)[column] as number;
  for (let pivot = 0; pivot < size; pivot++) {
    let greatest = pivot;
    for (let row = pivot + 1; row < size; row++) {
      if (Math.abs(at(row, pivot)) > Math.abs(at(greatest, pivot))) greatest = row;
    }
    [matrix[pivot], matrix[greatest]] = [matrix[greatest] as Float64Array, matrix[pivot] as Float64Array];
    [right[pivot], right[greatest]] = [right[greatest] as number, right[pivot] as number];
    for (let row = pivot + 1; row < size; row++) {
      const factor = at(row, pivot) / at(pivot, pivot);
      for (let column = pivot; column < size; column++) {
        (matrix[row] as Float64Array)[column] = at(row, column) - factor * at(pivot, column);
      }
      right[row] = (right[row] as number) - factor * (right[pivot] as number);
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] as number;
    for (let column = row + 1; column < size; column++) sum -= at(row, column) * (right[column] as number);
    right[row] = sum / at(row, row);
  }
  return right;
}
