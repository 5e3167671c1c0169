import { describe, expect, it } from 'vitest';
import { byChance, calibrationError, equalMassError } from '../../../src/cli/measure/calibration.ts';
import { buildIndex } from '../../../src/understanding/matcher/phrasing-index.ts';
import { PRIOR_SHARE, priorAt, shippedPrior } from '../../../src/understanding/matcher/prior.ts';
import { runAtOnce } from '../../../src/understanding/matcher/steps.ts';

/** `right` of `count` questions, all of one confidence. */
const judged = (confidence: number, right: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ confidence, right: at < right, weight: 1 }));

describe('how true a confidence is', () => {
  it('is no gap where the share right is the confidence, and the gap where it is not', () => {
    expect(calibrationError(judged(0.8, 80, 100))).toBeCloseTo(0, 9);
    expect(calibrationError(judged(0.8, 60, 100))).toBeCloseTo(0.2, 9);
    expect(equalMassError(judged(0.8, 60, 100))).toBeCloseTo(0.2, 9);
  });

  it('tells apart what cancels out over the whole', () => {
    const both = [...judged(0.9, 70, 100), ...judged(0.1, 30, 100)];
    expect(calibrationError(both)).toBeCloseTo(0.2, 9);
    expect(equalMassError(both)).toBeCloseTo(0.2, 9);
  });

  it('counts each question by its weight', () => {
    const light = judged(0.8, 60, 100).map((one) => ({ ...one, weight: 1 / 3 }));
    expect(calibrationError([...light, ...judged(0.3, 30, 100)])).toBeCloseTo(0.05, 9);
  });

  it('owes much to chance on few questions and little on many', () => {
    const spread = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ confidence: (at + 0.5) / count, right: false, weight: 1 }));
    expect(byChance(spread(60))).toBeGreaterThan(0.08);
    expect(byChance(spread(6000))).toBeLessThan(0.02);
  });
});

describe('what is believed beforehand', () => {
  const prior = { mean: [0, 1], deviation: [1, 2], weight: [0.5, 1], slope: [0.4, -0.1] };

  it('is as fitted at the share it was fitted at, and moves with the log-odds of an answer', () => {
    expect(priorAt(prior, PRIOR_SHARE).weight).toEqual(prior.weight);
    const [constant = 0, other = 0] = priorAt(prior, 0.5).weight;
    const odds = Math.log((1 - PRIOR_SHARE) / PRIOR_SHARE);
    expect(constant).toBeCloseTo(0.5 - 0.4 * odds, 9);
    expect(other).toBeCloseTo(1 + 0.1 * odds, 9);
  });

  it('is less sure the more questions have no answer, and by less than their odds, as some are wrong for want of no answer', () => {
    for (const { weight, slope } of [shippedPrior.trained, shippedPrior.plain]) {
      expect(slope).toHaveLength(weight.length);
      expect(slope[0]).toBeGreaterThan(0);
      expect(slope[0]).toBeLessThan(1);
    }
  });
});

describe('cohesion', () => {
  const row = (entry: number, ...phrasings: string[]) => ({ entry, phrasings, keywords: [], answer: '' });

  it('is greater for an entry whose phrasings are alike; a lone phrasing takes the mean', () => {
    const { cohesion } = runAtOnce(
      buildIndex([
        row(0, 'the printer does not print', 'the printer did not print', 'the printers do not print'),
        row(1, 'how can I reset my password', 'locked out since monday', 'please let me in again'),
        row(2, 'no sound from the speakers'),
      ]),
    );
    const [alike = 0, unlike = 0, lone = 0] = cohesion;
    expect(alike).toBeGreaterThan(unlike);
    expect(lone).toBeCloseTo((alike + unlike) / 2, 5);
  });

  it('is a usual figure where no entry has two phrasings, and none where there is no entry', () => {
    expect(runAtOnce(buildIndex([row(0, 'no sound')])).cohesion[0]).toBeCloseTo(0.4, 5);
    expect(runAtOnce(buildIndex([])).cohesion).toHaveLength(0);
  });
});
