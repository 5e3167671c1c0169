/** Sentiment by lexicon, against sentences that people labelled: what is found, and above all what is not. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/conversation/language.ts';
import { type Signal, signals } from '../../../src/conversation/sentiment.ts';
import { feltIn } from '../../../src/understanding/sentiment/sentiment.ts';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

interface Labelled {
  readonly text: string;
  readonly signals: ReadonlySet<Signal>;
}

/** Lines of `anger,urgent<TAB>sentence`; `-` for a calm one. */
const labelled = (name: string): Labelled[] =>
  read(`sentiment/${name}.tsv`)
    .trim()
    .split('\n')
    .map((line) => {
      const [labels = '', text = ''] = line.split('\t');
      const named = labels === '-' ? [] : labels.split(',').map((label) => (label === 'urgent' ? 'urgency' : label));
      return { text, signals: new Set(named as Signal[]) };
    });

const found = (text: string, language: Language): Set<Signal> =>
  new Set(feltIn(text, language)?.terms.map(({ signal }) => signal) ?? []);

interface Score {
  /** Of the signals found, the share that is labelled so. */
  readonly precision: number;
  /** Of those labelled, the share that is found. */
  readonly recall: number;
  /** Of the calm sentences, the share in which nothing is found. */
  readonly calm: number;
}

function scoreOf(rows: readonly Labelled[], language: Language): Score {
  const pairs = rows.flatMap(({ text, signals: wanted }) => {
    const got = found(text, language);
    return signals.map((signal) => ({ got: got.has(signal), wanted: wanted.has(signal) }));
  });
  const share = (of: typeof pairs, which: (pair: (typeof pairs)[number]) => boolean) =>
    of.filter(which).length / of.length;
  const quiet = rows.filter(({ signals: wanted }) => wanted.size === 0);
  return {
    precision: share(
      pairs.filter(({ got }) => got),
      ({ wanted }) => wanted,
    ),
    recall: share(
      pairs.filter(({ wanted }) => wanted),
      ({ got }) => got,
    ),
    calm: quiet.filter(({ text }) => found(text, language).size === 0).length / quiet.length,
  };
}

for (const language of ['en', 'ja'] as const) {
  describe(`sentiment in ${language}`, () => {
    it('P1 finds what is labelled, and nothing in calm sentences', () => {
      const rows = labelled(language);
      expect(rows.length).toBeGreaterThanOrEqual(150);
      const { precision, recall, calm } = scoreOf(rows, language);
      expect(precision).toBeGreaterThanOrEqual(0.96);
      expect(recall).toBeGreaterThanOrEqual(0.97);
      expect(calm).toBeGreaterThanOrEqual(0.98);
    });

    it('P1 errs towards silence with sentences that were written after the lexicon', () => {
      const { precision, recall, calm } = scoreOf(labelled(`unseen-${language}`), language);
      expect(calm).toBe(1);
      expect(precision).toBe(1);
      expect(recall).toBeGreaterThanOrEqual({ en: 0.4, ja: 0.6 }[language]);
    });

    it('P1 makes no case of ordinary questions more pressing', () => {
      const questions = ['starter-a', 'starter-b']
        .flatMap((name) => read(`questions/${name}.tsv`).trim().split('\n'))
        .map((line) => line.split('\t'))
        .filter(([locale]) => locale === language);
      const heavy = questions.filter(([, , text = '']) => {
        const got = found(text, language);
        return got.has('anger') && got.size === 1;
      });
      expect(questions.length).toBeGreaterThan(200);
      expect(heavy.map(([, , text]) => text)).toEqual([]);
    });
  });
}

describe('what is found', () => {
  it('is denied by the words around it', () => {
    for (const text of ['急ぎではありません', '急ぎません', '怒っていません', '緊急ではございません'])
      expect(feltIn(text, 'ja')).toBeUndefined();
    for (const text of [
      'no rush',
      'I am not angry',
      "it's not really urgent",
      "this isn't an emergency",
      'no need to hurry',
    ])
      expect(feltIn(text, 'en')).toBeUndefined();
  });

  it('holds the lexicon’s terms with their weights, and no more of what was said', () => {
    const felt = feltIn('Mr Tanaka, my card is 4111 1111 and this is ridiculous, it is urgent', 'en');
    expect(felt).toEqual({
      type: 'felt',
      terms: [
        { signal: 'anger', term: 'ridiculous', weight: 0.8 },
        { signal: 'urgency', term: 'urgent', weight: 0.7 },
      ],
    });
  });

  it('counts the people who are hit, and not those who are invited', () => {
    expect(feltIn('約100名がメールを開けません', 'ja')?.people).toBe(100);
    expect(feltIn('社員二十五人が影響を受けています', 'ja')?.people).toBe(25);
    expect(feltIn('about 20 people are affected', 'en')?.people).toBe(20);
    expect(feltIn('can I invite 20 people to a call?', 'en')?.people).toBeUndefined();
  });

  it('takes a raised voice as more of what is said, and for nothing by itself', () => {
    expect(found('HOW DO I PRINT ON BOTH SIDES?', 'en').size).toBe(0);
    expect(found('This is ridiculous!!!', 'en')).toEqual(new Set(['anger']));
    expect(feltIn('This is ridiculous!!!', 'en')?.terms).toHaveLength(2);
  });

  it('is looked for in a bounded part of the text, and named at most eight times', () => {
    const log = `${'x'.repeat(5_000)} urgent! ${'x'.repeat(5_000)}`;
    expect(feltIn(log, 'en')).toBeUndefined();
    const everything = labelled('en')
      .map(({ text }) => text)
      .join('. ')
      .slice(-2_000);
    expect(feltIn(everything, 'en')?.terms.length).toBeLessThanOrEqual(8);
  });
});
