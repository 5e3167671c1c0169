/**
 * Logistic regression with a Gaussian prior: maximum a posteriori by Newton's method (iteratively reweighted least squares).
 */
import type { Coefficients } from './confidence.ts';

export interface Sample {
  readonly signals: Float64Array;
  readonly right: boolean;
  /** How many observations it counts as. */
  readonly weight: number;
}

const ITERATIONS = 25;

/**
 * The coefficients that explain the samples best, when each is believed beforehand to stand where `prior` has it with
 * variance 1 / `strength`. The signals are scaled as the prior scales them.
 */
export function fitLogistic(samples: readonly Sample[], prior: Coefficients, strength: number): Coefficients {
  const size = prior.weight.length;
  const scaled = samples.map(({ signals }) =>
    signals.map((value, at) => (value - (prior.mean[at] as number)) / (prior.deviation[at] as number)),
  );
  let weight = Float64Array.from(prior.weight);
  for (let round = 0; round < ITERATIONS; round++) {
    const slope = Float64Array.from(weight, (value, at) => strength * (value - (prior.weight[at] as number)));
    const curve = Array.from({ length: size }, (_, row) => {
      const line = new Float64Array(size);
      line[row] = strength;
      return line;
    });
    for (const [number, signals] of scaled.entries()) {
      const { right, weight: counts } = samples[number] as Sample;
      let sum = 0;
      for (let at = 0; at < size; at++) sum += (weight[at] as number) * (signals[at] as number);
      const p = 1 / (1 + Math.exp(-sum));
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
    const step = solve(curve, slope);
    let largest = 0;
    weight = weight.map((value, at) => {
      largest = Math.max(largest, Math.abs(step[at] as number));
      return value - (step[at] as number);
    });
    if (largest < 1e-7) break;
  }
  return { mean: prior.mean, deviation: prior.deviation, weight: [...weight] };
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
