import { describe, expect, test } from 'vitest';
import type { Language } from '../../../src/conversation/language.ts';
import { worsening } from '../../../src/understanding/guard.ts';
import { type Evaluated, heldBack } from '../../../src/understanding/held-back.ts';
import type { Prediction } from '../../../src/understanding/matcher/evaluation.ts';
import { type Judged, measure, thresholdFor } from '../../../src/understanding/measures.ts';
import type { Decision, Entry } from '../../../src/understanding/understanding.ts';

const judged = (
  expected: string | undefined,
  ids: readonly string[],
  confidence: number,
  decision: Decision,
): Judged => ({
  text: `about ${expected}`,
  expected,
  understood: {
    locale: 'en',
    decision,
    confidence,
    matches: ids.map((id, i) => ({ id, confidence: confidence / (i + 1) })),
  },
});

const six: readonly Judged[] = [
  judged('a', ['a', 'b'], 0.95, 'answer'),
  judged('a', ['b', 'a'], 0.85, 'answer'),
  judged('b', ['c', 'd', 'b'], 0.55, 'choose'),
  judged('b', ['c', 'd', 'e', 'b'], 0.45, 'choose'),
  judged(undefined, ['a'], 0.2, 'handoff'),
  judged('c', [], 0, 'handoff'),
];

describe('measures', () => {
  test('count what was right, answered, offered and handed off', () => {
    const m = measure(six);
    const pairs = Object.fromEntries(
      (
        [
          'accuracy',
          'topThree',
          'answered',
          'precision',
          'offered',
          'offeredRight',
          'reached',
          'handedOff',
          'handedOffInScope',
          'handedOffOutOfScope',
          'refused',
        ] as const
      ).map((key) => [key, `${m[key].n}/${m[key].of}`]),
    );
    expect(pairs).toEqual({
      accuracy: '1/5',
      topThree: '3/5',
      answered: '2/6',
      precision: '1/2',
      offered: '2/6',
      offeredRight: '1/2',
      reached: '2/5',
      handedOff: '2/6',
      handedOffInScope: '1/5',
      handedOffOutOfScope: '1/1',
      refused: '1/1',
    });
    expect(m.confusions.map(({ expected, got, n }) => [expected, got, n])).toEqual([
      ['b', 'c', 2],
      ['a', 'b', 1],
    ]);
  });

  test('give the interval of Wilson and say nothing of no cases', () => {
    expect(measure(six).accuracy).toMatchObject({
      share: 0.2,
      low: expect.closeTo(0.0362, 3),
      high: expect.closeTo(0.6245, 3),
    });
    expect(measure([]).accuracy).toEqual({ n: 0, of: 0, share: null, low: null, high: null });
    expect(measure([])).toMatchObject({ auroc: null, calibrationError: null, confusions: [] });
  });

  test('tell how well the confidence parts right from wrong, ties counting half', () => {
    expect(measure(six).auroc).toBe(1);
    expect(measure([judged('a', ['a'], 0.5, 'choose'), judged('a', ['b'], 0.5, 'choose')]).auroc).toBe(0.5);
    expect(measure([judged('a', ['a'], 0.1, 'choose'), judged('a', ['b'], 0.5, 'choose')]).auroc).toBe(0);
  });

  test('tell how far the confidence is from the truth', () => {
    const sure = Array.from({ length: 10 }, (_, i) => judged('a', [i < 8 ? 'a' : 'b'], 0.95, 'answer'));
    expect(measure(sure).calibrationError).toBeCloseTo(0.15);
    expect(measure(sure).reliability[9]).toMatchObject({
      from: 0.9,
      to: 1,
      confidence: expect.closeTo(0.95),
      right: { n: 8, of: 10 },
    });
  });

  test('suggest the lowest confidence that is right as often as wished, or none', () => {
    const line = Array.from({ length: 100 }, (_, i) => judged('a', [i >= 20 ? 'a' : 'b'], i / 100, 'answer'));
    expect(thresholdFor(1, line)?.at).toBe(0.2);
    expect(thresholdFor(0.8, line)?.at).toBe(0);
    expect(thresholdFor(0.95, line.slice(0, 20))).toBeUndefined();
    // One right answer alone proves nothing.
    expect(thresholdFor(0.95, [judged('a', ['a'], 0.99, 'answer'), judged('a', ['b'], 0.5, 'choose')])).toBeUndefined();
  });
});

describe('cross-validation', () => {
  const prediction = (kind: Prediction['kind'], right: boolean, decision: Decision): Prediction => ({
    language: 'en',
    text: 't',
    kind,
    entry: 'a',
    right,
    decision,
    confidence: 0.8,
    matches: [{ id: right ? 'a' : 'b', confidence: 0.8 }],
  });
  const entry = (id: string, language: Language): Entry => ({
    id,
    topic: 't',
    tags: [],
    questions: { [language]: ['t'] },
    answer: { [language]: 'x' },
    related: [],
    keywords: {},
  });
  const entries = [entry('a', 'en'), entry('b', 'en')];
  const evaluation = (...predictions: Prediction[]): Evaluated => ({
    entries,
    evaluation: { predictions, outOfScopeShare: 0.3 },
  });

  test('is weighted to the share of questions that nothing answers', () => {
    const list = heldBack(
      evaluation(prediction('known', true, 'answer'), prediction('hidden', false, 'answer'), {
        ...prediction('stranger', false, 'handoff'),
        entry: undefined,
      }),
    );
    expect(list.map(({ weight }) => weight)).toEqual([expect.closeTo(2.1), expect.closeTo(0.45), expect.closeTo(0.45)]);
    expect(list.map(({ expected }) => expected)).toEqual(['a', undefined, undefined]);
    expect(measure(list).precision.share).toBeCloseTo(2.1 / 2.55);
  });

  test('leaves out what is asked in a language its entry does not have', () => {
    const known = prediction('known', true, 'answer');
    const list = heldBack(
      evaluation(known, { ...known, language: 'ja' }, { ...known, language: 'ja', kind: 'stranger', entry: undefined }),
    );
    expect(list).toHaveLength(1);
  });

  test('guards an edit: a fall beyond the margin is told, with what it newly confuses', () => {
    const good = evaluation(...Array.from({ length: 10 }, () => prediction('known', true, 'answer')));
    const worse = evaluation(...Array.from({ length: 10 }, (_, i) => prediction('known', i > 0, 'answer')));
    expect(worsening(good, worse, { margin: 0.05, hold: true })).toBe(
      'of what is answered outright, 90.0 % would be right; it was 100.0 %, and allowed is a fall of 5.0 points; newly confused: "t" of a with b',
    );
    expect(worsening(good, worse, { margin: 0.1, hold: true })).toBeUndefined();
    expect(worsening(worse, good, { margin: 0, hold: true })).toBeUndefined();
    expect(worsening(good, evaluation(prediction('known', true, 'choose')), { margin: 0, hold: true })).toBeUndefined();
  });
});
