import { describe, expect, it } from 'vitest';
import { byChance, calibrationError, equalMassError } from '../../../src/cli/measure/calibration.ts';
import { type Coefficients, probabilityOf, SIGNALS } from '../../../src/understanding/matcher/confidence.ts';
import type { Asked } from '../../../src/understanding/matcher/folds.ts';
import { confidenceFrom } from '../../../src/understanding/matcher/learn.ts';
import { atLevel, gainOfAll, levelAt } from '../../../src/understanding/matcher/level.ts';
import { buildIndex } from '../../../src/understanding/matcher/phrasing-index.ts';
import { PRIOR_SHARE } from '../../../src/understanding/matcher/prior.ts';
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

const logit = (p: number) => Math.log(p / (1 - p));

describe('the level', () => {
  const coefficients: Coefficients = { mean: [0, 1], deviation: [1, 2], weight: [0.5, 1] };
  const signals = (value: number) => Float64Array.of(1, value);

  it('is as fitted at the share it was fitted at, and falls with the odds of an answer, by less than they do', () => {
    expect(levelAt(PRIOR_SHARE)).toEqual({ shift: 0, stretch: 1 });
    const fall = levelAt(0.5).shift;
    expect(fall).toBeLessThan(0);
    expect(fall).toBeGreaterThan(-logit(1 - PRIOR_SHARE));
    expect(levelAt(0.05).shift).toBeGreaterThan(0);
  });

  it('moves and stretches the log-odds, whatever the signals', () => {
    const moved = atLevel(coefficients, { shift: -0.4, stretch: 0.8 });
    for (const value of [-3, 0, 1, 7]) {
      const before = logit(probabilityOf(signals(value), coefficients));
      expect(logit(probabilityOf(signals(value), moved))).toBeCloseTo(0.8 * before - 0.4, 9);
    }
  });
});

describe('what is gained when nothing is held back', () => {
  const shift = (...seen: number[]) => gainOfAll(seen).shift;

  it('is more the greater a part the folds hid, and nothing where they hid no more than of many phrasings', () => {
    expect(shift(1 / 2)).toBeGreaterThan(shift(2 / 3));
    expect(shift(2 / 3)).toBeGreaterThan(shift(4 / 5));
    expect(shift(4 / 5)).toBeGreaterThan(0);
    expect(shift(6 / 7, 0.9, 0.95)).toBe(0);
  });

  it('is that of the mean question', () => {
    expect(shift(1 / 2, 2 / 3)).toBeCloseTo((shift(1 / 2) + shift(2 / 3)) / 2, 9);
    expect(gainOfAll([1 / 2]).stretch).toBe(1);
  });
});

describe('the confidence that a FAQ teaches', () => {
  const COSINE = SIGNALS.indexOf('cosine of the nearest phrasing');
  const flat = (weight: (at: number) => number): Coefficients => ({
    mean: SIGNALS.map(() => 0),
    deviation: SIGNALS.map(() => 1),
    weight: SIGNALS.map((_, at) => weight(at)),
  });
  const prior = flat((at) => (at === COSINE ? 1 : 0));
  const signalsAt = (cosine: number) =>
    Float64Array.from(SIGNALS, (_, at) => (at === COSINE ? cosine : Number(at === 0)));
  const asked = (kind: Asked['kind'], count: number, cosine: number, right: (at: number) => boolean): Asked[] =>
    Array.from({ length: count }, (_, at) => ({
      text: '',
      row: kind === 'stranger' ? -1 : 0,
      kind,
      seen: 1,
      found: [{ row: right(at) ? 0 : 1, logProbability: -0.1 }],
      signals: signalsAt(cosine),
      clear: true,
    }));
  const known = asked('known', 400, 0.8, (at) => at % 10 !== 0);
  const hidden = asked('hidden', 100, 0.7, () => false);
  const strangers = asked('stranger', 100, 0.1, () => false);
  const confidence = (questions: readonly Asked[], cosine: number, outOfScopeShare: number) =>
    probabilityOf(
      signalsAt(cosine),
      runAtOnce(confidenceFrom(questions, { outOfScopeShare, prior: { trained: prior, plain: prior } })),
    );

  it('falls as the configured share of questions without an answer rises', () => {
    const all = [...known, ...hidden, ...strangers];
    const [few = 0, usual = 0, many = 0] = [0.05, 0.15, 0.4].map((share) => confidence(all, 0.8, share));
    expect(few).toBeGreaterThan(usual);
    expect(usual).toBeGreaterThan(many);
  });

  it('takes its level from near questions, however many strangers are told apart', () => {
    const some = confidence([...known, ...hidden, ...strangers], 0.8, 0.15);
    const more = confidence([...known, ...hidden, ...asked('stranger', 1000, 0.1, () => false)], 0.8, 0.15);
    expect(more).toBeCloseTo(some, 2);
    // Nine in ten of the known are right, of which the share without an answer leaves 0.765.
    expect(some).toBeGreaterThan(0.7);
    expect(some).toBeLessThan(0.86);
  });

  it('stands as shipped, at the level of the share, where the FAQ has too few questions to ask of itself', () => {
    const few = [...known.slice(0, 5), ...strangers];
    expect(confidence(few, 0.8, PRIOR_SHARE)).toBeCloseTo(probabilityOf(signalsAt(0.8), prior), 9);
    expect(confidence(few, 0.8, 0.5)).toBeLessThan(confidence(few, 0.8, PRIOR_SHARE));
  });

  it('is learnt against strangers where no entry could be hidden', () => {
    const learnt = confidence([...known, ...strangers], 0.8, 0.15);
    expect(learnt).toBeGreaterThan(confidence([...known, ...strangers], 0.1, 0.15));
    expect(learnt).toBeGreaterThan(0.75);
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
