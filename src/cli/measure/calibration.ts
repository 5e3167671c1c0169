/**
 * How true a confidence is: gaps between the mean confidence and the share right among questions of like confidence.
 *
 * - `ece`, the usual figure: ten bins of equal width, each gap weighed by its members. On few questions it is mostly chance.
 * - `chance`: the `ece` that confidences which are exactly true would score on as many questions, on average.
 * - `mass`: the same gaps over bins of equal count, of at least {@link LEAST} members, so that chance adds little.
 * - `ece.3`: `ece` with the questions without an answer weighed to 0.3 of all. Sets differ in that share, and a confidence
 *   allows for the one that is configured: on a set without any such question it is too low.
 */
import { randomNumbers } from '../../understanding/matcher/model.ts';

export interface Judged {
  readonly confidence: number;
  readonly right: boolean;
  readonly weight: number;
}

const BINS = 10;
/** Members from which a bin's share right is known to some six points. */
const LEAST = 50;
const DRAWS = 200;

/** Mean gap over bins of equal width, 0 to 1. */
export function calibrationError(all: readonly Judged[]): number {
  const gap = new Float64Array(BINS);
  let whole = 0;
  for (const { confidence, right, weight } of all) {
    const bin = Math.min(BINS - 1, Math.floor(confidence * BINS));
    gap[bin] = (gap[bin] as number) + weight * (Number(right) - confidence);
    whole += weight;
  }
  return gap.reduce((sum, difference) => sum + Math.abs(difference), 0) / whole;
}

/** What {@link calibrationError} is on average where each question is right with just its confidence. */
export function byChance(all: readonly Judged[]): number {
  const random = randomNumbers(all.length);
  let sum = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    sum += calibrationError(all.map((one) => ({ ...one, right: random() < one.confidence })));
  }
  return sum / DRAWS;
}

/** Mean gap over up to ten bins of equal count, 0 to 1. Weights are not looked at. */
export function equalMassError(all: readonly Judged[]): number {
  // Questions of one confidence may fall into two bins: each then bears the share right of all of them.
  const alike = new Map<number, { count: number; right: number }>();
  for (const { confidence, right } of all) {
    const group = alike.get(confidence) ?? { count: 0, right: 0 };
    alike.set(confidence, { count: group.count + 1, right: group.right + Number(right) });
  }
  const gaps = all
    .map(({ confidence }) => confidence)
    .sort((a, b) => a - b)
    .map((confidence) => {
      const { count, right } = alike.get(confidence) as { count: number; right: number };
      return right / count - confidence;
    });
  const bins = Math.max(1, Math.min(BINS, Math.floor(gaps.length / LEAST)));
  let sum = 0;
  for (let bin = 0; bin < bins; bin++) {
    const [from, to] = [bin, bin + 1].map((edge) => Math.floor((edge * gaps.length) / bins));
    sum += Math.abs(gaps.slice(from, to).reduce((whole, gap) => whole + gap, 0));
  }
  return sum / gaps.length;
}
