import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cutEnglish } from '../../../src/cli/vectors/english.ts';
import { cutJapanese, explainingWords } from '../../../src/cli/vectors/japanese.ts';
import { dictionaryForm } from '../../../src/understanding/matcher/dictionary-form.ts';
import { buildMatcher, trainMatcher } from '../../../src/understanding/matcher/matcher.ts';
import {
  addedUp,
  MEANING_UNIT,
  MeaningsBuilder,
  meaningDot,
  meaningOf,
} from '../../../src/understanding/matcher/meaning.ts';
import { randomNumbers } from '../../../src/understanding/matcher/model.ts';
import { readPhrasing } from '../../../src/understanding/matcher/reading.ts';
import { runAtOnce } from '../../../src/understanding/matcher/steps.ts';
import { packedWords, unpackedWords } from '../../../src/understanding/matcher/vector-file.ts';
import { DIMENSIONS, shippedVectors, WordVectors } from '../../../src/understanding/matcher/word-vectors.ts';
import type { Entry } from '../../../src/understanding/understanding.ts';

const shipped = (name: string) =>
  fileURLToPath(new URL(`../../../src/understanding/matcher/vectors/${name}`, import.meta.url));

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, at) => sum + value * (y[at] as number), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

const likeness = (one: string, other: string, vectors = shippedVectors()) => {
  const [a, b] = [one, other].map((text) => addedUp(readPhrasing(text).tokens, vectors)) as [
    Float32Array,
    Float32Array,
  ];
  return cosine(a, b);
};

/** A long list of made-up words, a little dictionary, and what the script makes of them. */
const random = randomNumbers(7);
const words = ['printer', 'zz9', 'screen', 'forget', 'startup', 'slow', 'rare', 'rarer'];
const long = new Map(words.map((word) => [word, Array.from({ length: 60 }, () => random() - 0.5)]));
const dictionary = [
  '　？？？ /EDICT, EDICT_SUB(P), EDICT2 Japanese-English Electronic Dictionary Files/',
  'プリンター /(n) printer/(P)/',
  '画面 [がめん] /(n) screen/image/(P)/EntL1/',
  '起動 [きどう] /(n,vs) startup/(comp) rarer (term)/(P)/',
  '忘れる [わすれる] /(v1,vt) to forget/to rare/(P)/',
  '奇語 [きご] /(n) rare/',
  'スマホ /(n) (abbr) screen/',
  '遅い [おそい] /(adj-i) slow/(P)/',
].join('\n');
const english = cutEnglish(
  { words, vector: (word) => long.get(word) as number[] },
  5,
  DIMENSIONS,
  explainingWords(`${dictionary}\n再起動 /(n) (comp) rarer/`),
);
const japanese = cutJapanese(dictionary, new Map(english.words.map((word, place) => [word, place])));
const tiny = new WordVectors(packedWords(english), japanese);

describe('the cut', () => {
  it('takes the most frequent English words, and those that the dictionary explains with again and again', () => {
    expect(english.words).toEqual(['printer', 'screen', 'forget', 'startup', 'slow', 'rarer']);
  });

  it('keeps how words lie to each other', () => {
    const kept = english.words.map((word) => long.get(word) as number[]);
    const mean = Array.from({ length: 60 }, (_, at) => kept.reduce((sum, one) => sum + (one[at] as number), 0) / 6);
    const centred = kept.map((one) => one.map((number, at) => number - (mean[at] as number)));
    const cut = kept.map((_, place) => english.numbers.subarray(place * DIMENSIONS, (place + 1) * DIMENSIONS));
    for (let one = 1; one < 6; one++) {
      const [before, after] = [centred, cut].map((all) => cosine(all[0] as number[], all[one] as number[]));
      expect(after).toBeCloseTo(before as number, 1);
    }
  });

  it('takes common Japanese words and things in katakana, as they are normalised, with their English words', () => {
    expect(japanese.split('\n')).toEqual([
      'スマホ\tscreen',
      'プリンタ\tprinter',
      '忘れる\tforget',
      '画面\tscreen',
      '起動\tstartup rarer',
      '遅い\tslow',
      '',
    ]);
  });

  it('is read again as it was written, and refused where it is cut short', () => {
    expect(unpackedWords(packedWords(english))).toEqual(english);
    expect(() => unpackedWords(packedWords(english).subarray(0, -1))).toThrow(RangeError);
  });

  it('a Japanese word lies where its English one does, and an inflected one with its dictionary form', () => {
    expect(likeness('プリンター', 'printer', tiny)).toBeCloseTo(1, 3);
    expect(likeness('忘れました', 'forget', tiny)).toBeCloseTo(1, 3);
    expect(addedUp(readPhrasing('奇語').tokens, tiny)).toBeUndefined();
  });
});

describe('the shipped words', () => {
  it('are two files of under two megabytes together, and every Japanese word leads to English ones', () => {
    const size = ['english.bin', 'japanese.tsv'].reduce((sum, name) => sum + statSync(shipped(name)).size, 0);
    expect(size).toBeLessThan(1.8e6);
    const known = new Set(unpackedWords(readFileSync(shipped('english.bin'))).words);
    const lines = readFileSync(shipped('japanese.tsv'), 'utf8').trimEnd().split('\n');
    const leads = (line: string) => /^\S+(?:\t| [a-z]+)+$/u.test(line.replace(/\t([a-z]+)/, '\t $1'));
    expect(lines.filter((line) => !leads(line))).toEqual([]);
    expect(
      lines.flatMap((line) => (line.split('\t')[1] as string).split(' ')).filter((word) => !known.has(word)),
    ).toEqual([]);
  });

  it('hold the words of a help desk in both languages', () => {
    const vectors = shippedVectors();
    const sum = () => new Float32Array(DIMENSIONS);
    const missing =
      'wifi vpn outlook printer bluetooth usb password login screenshot driver router reboot malware webcam'
        .split(' ')
        .filter((word) => !vectors.addEnglish(word, sum()));
    const missingJapanese =
      'プリンタ 無線 起動 画面 電源 パスワード ログイン アカウント ルータ フォルダ スマホ 印刷 充電 忘れる 遅い'
        .split(' ')
        .filter((word) => !vectors.knowsJapanese(word));
    expect([...missing, ...missingJapanese]).toEqual([]);
  });

  it.each([
    ['invoice', 'receipt', 'the screen is dark'],
    ['slow laptop', 'sluggish computer', 'expensive cafeteria'],
    ['明日の天気', '明日の気温', '銀行の口座'],
    ['パソコンが遅い', 'my computer is slow', 'the printer is out of paper'],
    ['音が出ません', 'there is no sound', 'cannot sign in to my account'],
  ])('bring “%s” nearer to “%s” than to “%s”', (text, near, far) => {
    expect(likeness(text, near)).toBeGreaterThan(likeness(text, far) + 0.2);
  });
});

describe('the dictionary form', () => {
  const known = new Set(['忘れる', '消す', '使う', '使い', '遅い', '止まる', '読む', 'プリンタ']);
  it.each([
    ['忘れ', '忘れる'],
    ['消し', '消す'],
    ['使い', '使う'],
    ['遅く', '遅い'],
    ['遅', '遅い'],
    ['止まっ', '止まる'],
    ['読ん', '読む'],
    ['プリンタ', 'プリンタ'],
    ['まし', undefined],
    ['走り', undefined],
  ])('of %s is %s', (piece, form) => {
    expect(dictionaryForm(piece, (word) => known.has(word))).toBe(form);
  });
});

describe('meanings of a FAQ', () => {
  it('lose what all have in common, and are nothing where no word is known', () => {
    const builder = new MeaningsBuilder();
    for (const text of ['my printer is slow', 'my screen is slow', 'qqqq', 'my printer is slow'])
      builder.push(meaningOf(readPhrasing(text).tokens));
    const meanings = runAtOnce(builder.done());
    const floats = Float32Array.from(meanings.numbers, (number) => number * MEANING_UNIT);
    const between = (one: number, other: number) => meaningDot(floats, one, meanings, other);
    expect(between(0, 3)).toBeCloseTo(1, 1);
    expect(between(0, 1)).toBeLessThan(likeness('my printer is slow', 'my screen is slow'));
    expect(between(0, 2)).toBe(0);
    const length = (phrasing: number) => Math.sqrt(between(phrasing, phrasing));
    expect([0, 1, 3].map(length).every((one) => Math.abs(one - 1) < 5 * MEANING_UNIT)).toBe(true);
  });
});

describe('words the FAQ does not have', () => {
  const entry = (id: string, ...en: string[]): Entry => ({
    id,
    topic: 'test',
    tags: [],
    questions: { en },
    answer: { en: id },
    related: [],
    keywords: {},
  });
  const faq = [
    entry('battery', 'the battery drains quickly', 'my laptop does not charge'),
    entry('salary', 'when is my salary transferred', 'my wage was not paid'),
    entry('canteen', 'what is for lunch in the canteen', 'is the cafeteria open'),
    entry('parking', 'where can I park my car', 'the garage barrier is closed'),
  ];
  const matchers = [buildMatcher(faq), trainMatcher(faq)];
  it.each([
    ['restaurant with breakfast', 'canteen'],
    ['pay day', 'salary'],
    ['食堂は何時からですか', 'canteen'],
    ['自動車', 'parking'],
    ['昼食', 'canteen'],
    ['車庫', 'parking'],
    ['電池の減りが早い', 'battery'],
  ])('U10 find their entry by what they mean, in either language: “%s” → %s', (text, id) => {
    for (const matcher of matchers) {
      expect(matcher.match(text, 'auto').matches[0]?.id).toBe(id);
    }
  });
});
