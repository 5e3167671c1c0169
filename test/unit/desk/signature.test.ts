import { describe, expect, it } from 'vitest';
import { addTo, probeOf, type Signature, signatureOf, mayHold as test } from '../../../src/desk/search/signature.ts';
import { drawSeed, randomFrom } from '../../support/seed.ts';

const seed = drawSeed();
const mayHold = (signature: Signature, word: string) => test(signature, probeOf(word));

describe('a signature', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789あいうえおかきくけこ印刷機障害復旧';
  const random = randomFrom(seed);
  const word = (length: number) =>
    Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');

  it(`K11 holds every word of its texts, and few that are not in them (seed ${seed})`, () => {
    const texts = Array.from({ length: 40 }, () => Array.from({ length: 6 }, () => word(5)).join(' '));
    const signature = signatureOf(texts);
    const words = texts.flatMap((text) => text.split(' '));
    for (const one of words)
      for (const part of [one, one.slice(1, 4), one.slice(0, 2), one.slice(0, 1)])
        expect([part, mayHold(signature, part)]).toEqual([part, true]);
    const others = Array.from({ length: 2_000 }, () => word(4)).filter(
      (one) => !texts.some((text) => text.includes(one)),
    );
    expect(others.filter((one) => mayHold(signature, one)).length).toBeLessThan(others.length * 0.05);
    const strange = Array.from({ length: 2_000 }, (_, n) => String.fromCharCode(0x4e00 + n * 7, 0x5000 + n * 3));
    expect(strange.filter((one) => mayHold(signature, one)).length).toBeLessThan(strange.length * 0.03);
  });

  it('K11 takes more, says when it is too full, and stays within 16 KB', () => {
    const signature = signatureOf(['printer']);
    expect(addTo(signature, ['ok'])).toBe(true);
    expect(mayHold(signature, 'ok')).toBe(true);
    expect(addTo(signature, [word(600)])).toBe(false);
    const large = signatureOf([
      Array.from({ length: 60_000 }, (_, n) => String.fromCharCode(0x4e00 + (n % 20_000))).join('') + word(50_000),
    ]);
    expect(large.length).toBeLessThanOrEqual(16 * 1024);
    expect(addTo(large, ['more'])).toBe(true);
  });
});
