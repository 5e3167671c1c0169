import { describe, expect, it } from 'vitest';
import { startMatcher } from '../../../src/understanding/matcher/background.ts';
import { crossValidate } from '../../../src/understanding/matcher/evaluation.ts';
import { trainMatcher } from '../../../src/understanding/matcher/matcher.ts';
import { loadMatcher, saveMatcher } from '../../../src/understanding/matcher/saved.ts';
import { faq } from './matcher-faq.ts';

const questions = ['I forgot my password', 'メールが届かない', 'paper jma', 'which planet has the most moons', ''];

describe('a matcher made in the background', () => {
  it('serves from its index first, then trained, and answers as one trained at once', async () => {
    const training = startMatcher(faq);
    const indexed = await training.indexed;
    expect(indexed.trained).toBe(false);
    expect(indexed.match('I forgot my password', 'en').matches[0]?.id).toBe('password-forgotten');
    const trained = await training.trained;
    const atOnce = trainMatcher(faq);
    for (const text of questions) expect(trained.match(text, 'auto')).toEqual(atOnce.match(text, 'auto'));
    await training.close();
  });

  it('lets other work have its turn while it learns', async () => {
    const many = Array.from({ length: 12 }, (_, copy) =>
      faq.map((entry) => ({ ...entry, id: `${entry.id}-${copy}` })),
    ).flat();
    const training = startMatcher(many);
    let turns = 0;
    let running = true;
    const turn = () => {
      turns++;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    await training.trained;
    running = false;
    await training.close();
    expect(turns).toBeGreaterThan(10);
  });

  it('when closed, rejects what has not settled and says why', async () => {
    const training = startMatcher(faq);
    await training.close();
    await expect(training.indexed).rejects.toMatchObject({ code: 'matcher-work-closed' });
    await expect(training.trained).rejects.toMatchObject({ code: 'matcher-work-closed' });
  });
});

describe('a saved matcher', () => {
  const matcher = trainMatcher(faq);
  const bytes = saveMatcher(matcher, faq);

  it('answers as the one that was saved', () => {
    const loaded = loadMatcher(bytes, faq);
    expect(loaded?.trained).toBe(true);
    for (const text of questions) expect(loaded?.match(text, 'auto')).toEqual(matcher.match(text, 'auto'));
  });

  it('is not taken for one of other entries or options, nor when damaged or cut short', () => {
    expect(loadMatcher(bytes, faq.slice(1))).toBeUndefined();
    expect(loadMatcher(bytes, faq, { outOfScopeShare: 0.5 })).toBeUndefined();
    expect(loadMatcher(bytes.slice(0, bytes.length - 8), faq)).toBeUndefined();
    expect(loadMatcher(new Uint8Array(10), faq)).toBeUndefined();
    const damaged = bytes.slice();
    damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
    expect(loadMatcher(damaged, faq)).toBeUndefined();
  });

  it('loads from a place in memory that is not aligned', () => {
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(loadMatcher(shifted.subarray(3), faq)?.match('paper jam', 'en')).toEqual(matcher.match('paper jam', 'en'));
  });
});

describe('cross-validation', () => {
  it('asks every phrasing once as known and once as hidden, in each language, and strangers', async () => {
    const { predictions, outOfScopeShare } = await crossValidate(faq).result;
    expect(outOfScopeShare).toBe(0.14);
    for (const language of ['ja', 'en'] as const) {
      const texts = faq.flatMap(({ questions: asked }) => asked[language] ?? []).sort();
      for (const kind of ['known', 'hidden'] as const) {
        const asked = predictions.filter((one) => one.kind === kind && one.language === language);
        expect(asked.map(({ text }) => text).sort()).toEqual(texts);
      }
      expect(predictions.filter((one) => one.kind === 'stranger' && one.language === language).length).toBeGreaterThan(
        10,
      );
    }
  });

  it('calls only a known phrasing with its own entry first right', async () => {
    const { predictions } = await crossValidate(faq).result;
    for (const { kind, right, matches, entry } of predictions) {
      expect(right).toBe(kind === 'known' && matches[0]?.id === entry);
      if (kind === 'stranger') expect(entry).toBeUndefined();
    }
    expect(predictions.some(({ right }) => right)).toBe(true);
  });

  it('when closed, rejects and says why', async () => {
    const evaluation = crossValidate(faq);
    await evaluation.close();
    await expect(evaluation.result).rejects.toMatchObject({ code: 'matcher-work-closed' });
  });
});
