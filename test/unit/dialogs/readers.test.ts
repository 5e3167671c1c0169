/** How answers are read: dates, systems, names of choices, commands. */
import { describe, expect, it } from 'vitest';
import { isCorrection, says } from '../../../src/dialogs/commands.ts';
import { japaneseDate } from '../../../src/dialogs/dates.ts';
import type { Question } from '../../../src/dialogs/dialog.ts';
import { systemOf } from '../../../src/dialogs/known.ts';
import { library } from '../../../src/dialogs/library.ts';
import { namedIn } from '../../../src/dialogs/mentions.ts';
import { kanjiNumber } from '../../../src/dialogs/numerals.ts';
import { recognise } from '../../../src/dialogs/recognise.ts';
import { cpuOf } from '../../support/pace.ts';

/** A Monday. */
const now = new Date(2026, 10, 23, 12);

describe('a Japanese date', () => {
  it.each([
    ['今日', '2026-11-23'],
    ['昨日から', '2026-11-22'],
    ['おとといくらい', '2026-11-21'],
    ['3日前', '2026-11-20'],
    ['三日前から', '2026-11-20'],
    ['２週間前', '2026-11-09'],
    ['11月20日', '2026-11-20'],
    ['1/5', '2027-01-05'],
    ['2026年1月31日', '2026-01-31'],
    ['先週の金曜日', '2026-11-20'],
    ['金曜から', '2026-11-20'],
    ['先月', '2026-10-01'],
    ['明日の午後3時半', '2026-11-24T15:30'],
    ['今朝9時ごろ', '2026-11-23T09:00'],
    ['昨日の夕方から', '2026-11-22'],
    ['３日前', '2026-11-20'],
    ['三日くらい前', '2026-11-20'],
    ['二、三日前', '2026-11-20'],
    ['半年前', '2026-05-23'],
    ['3ヶ月ほど前から', '2026-08-23'],
    ['3時間前', '2026-11-23T09:00'],
    ['昨夜11時ごろ', '2026-11-22T23:00'],
    ['夜中の2時', '2026-11-23T02:00'],
    ['昨日の夜の12時', '2026-11-22T00:00'],
    ['正午から', '2026-11-23T12:00'],
    ['昼の1時', '2026-11-23T13:00'],
    ['20日', '2026-11-20'],
    ['先月の5日', '2026-10-05'],
    ['十一月二十日', '2026-11-20'],
    ['この前の金曜', '2026-11-20'],
    ['今度の月曜', '2026-11-30'],
    ['再来週の水曜日', '2026-12-09'],
    ['月末', '2026-11-30'],
    ['9月3日の午後2時半', '2026-09-03T14:30'],
  ])('%s is %s', (text, expected) => {
    expect(japaneseDate(text, now)).toBe(expected);
  });
  it.each(['2月30日', 'わからない', '', '五人'])('%s is none', (text) => {
    expect(japaneseDate(text, now)).toBeUndefined();
  });
});

describe('a Japanese date that words leave open', () => {
  it.each([
    ['12月1日', 'past', '2025-12-01'],
    ['12月1日', 'future', '2026-12-01'],
    ['火曜', 'past', '2026-11-17'],
    ['火曜', 'future', '2026-11-24'],
    ['25日', 'past', '2026-10-25'],
    ['25日', 'future', '2026-11-25'],
    ['午後3時', 'past', '2026-11-22T15:00'],
    ['午後3時', 'future', '2026-11-23T15:00'],
  ] as const)('%s on the side of the %s is %s', (text, side, expected) => {
    expect(japaneseDate(text, now, side)).toBe(expected);
  });
});

describe('a day said around midnight', () => {
  /** Thirty minutes past midnight of the 26th in Tokyo, still the 25th in London and the morning of the 25th in New York. */
  const moment = Date.UTC(2026, 10, 25, 15, 30);
  it.each([
    ['Asia/Tokyo', 'yesterday', '2026-11-25'],
    ['Asia/Tokyo', '昨日', '2026-11-25'],
    ['Asia/Tokyo', 'today', '2026-11-26'],
    ['Asia/Tokyo', '1時間前', '2026-11-25T23:30'],
    ['Europe/London', 'yesterday', '2026-11-24'],
    ['Europe/London', '今日', '2026-11-25'],
    ['America/New_York', '3 days ago', '2026-11-22'],
    ['America/New_York', '3日前', '2026-11-22'],
  ])('in %s, %s is %s by the desk’s clock', async (zone, text, expected) => {
    const said = { text, language: /[ぁ-んァ-ヶ一-龠]/.test(text) ? ('ja' as const) : ('en' as const), files: [] };
    const found = await recognise(question({ type: 'date', validate: { only: 'past' } }), said, {
      recognisers: library,
      now: moment,
      zone,
    });
    expect(found).toMatchObject({ answer: { value: expected } });
  });
});

describe('a number in kanji', () => {
  it.each([
    ['三', 3],
    ['十', 10],
    ['二十三', 23],
    ['百五', 105],
    ['千二百', 1200],
  ])('%s is %d', (text, expected) => {
    expect(kanjiNumber(text)).toBe(expected);
  });
});

describe('a browser', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36', { name: 'windows' }],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15', { name: 'macos' }],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)', { name: 'ios', version: 'iOS 17.5' }],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8)', { name: 'android', version: 'Android 14' }],
    ['curl/8', undefined],
  ])('%s tells its system, and a version only where it is true', (userAgent, expected) => {
    expect(systemOf(userAgent)).toEqual(expected);
  });
});

const choice = (value: string, en: string, ja: string, keywords: string[] = []) => ({
  value,
  label: { en, ja },
  keywords,
  solved: false,
});
const systems = [
  choice('windows', 'Windows', 'Windows', ['ウィンドウズ']),
  choice('macos', 'macOS', 'macOS', ['Mac', 'マック']),
  choice('other', 'Other', 'その他'),
];

describe('a choice named in a sentence', () => {
  it.each([
    ['Windows 11でOutlookが固まる', 'windows'],
    ['windows11です', 'windows'],
    ['うちのマックが', 'macos'],
    ['it is a MAC.', 'macos'],
    ['the machine is fine', undefined],
    ['works on Windows but not on the Mac', undefined],
    ['その他いろいろ', undefined],
  ])('%s: %s', (text, expected) => {
    expect(namedIn(systems, text)?.value).toBe(expected);
  });
});

const question = (more: Partial<Question> & { type: Question['type'] }): Question =>
  ({ id: 'q', ask: { en: '?' }, required: false, prefill: [], validate: {}, suggest: {}, ...more }) as Question;
const read = async (step: Question, text: string, language: 'en' | 'ja' = 'en') => {
  const found = await recognise(step, { text, language, files: [] }, { recognisers: library, now: now.getTime() });
  return 'answer' in found ? found.answer.value : undefined;
};

describe('an answer', () => {
  it('of a choice is read by button, number, ordinal, and in words', async () => {
    const step = question({ type: 'choice', choices: systems });
    const said = ['macOS', '2', 'the second one', "it's a Mac", 'おそらく２番目', 'blue'];
    expect(await Promise.all(said.map((text) => read(step, text)))).toEqual([
      'macos',
      'macos',
      'macos',
      'macos',
      'macos',
      undefined,
    ]);
  });

  it('of a yes or no is read in both languages', async () => {
    const step = question({ type: 'confirm' });
    for (const text of ['yes', 'yes it does', 'はい', '直りました', 'そうです'])
      expect([text, await read(step, text, /[ぁ-ん]/.test(text) ? 'ja' : 'en')]).toEqual([text, true]);
    for (const text of ['no', 'nope', 'いいえ', '直りません', 'まだです'])
      expect([text, await read(step, text, /[ぁ-ん]/.test(text) ? 'ja' : 'en')]).toEqual([text, false]);
    expect(await read(step, 'perhaps')).toBeUndefined();
  });

  it('of a number is read in digits and words, and kept within its bounds', async () => {
    const step = question({ type: 'number', validate: { min: 1, max: 100 } });
    expect(await read(step, 'twenty three')).toBe(23);
    expect(await read(step, '５人くらい', 'ja')).toBe(5);
    expect(await read(step, '五人', 'ja')).toBe(5);
    expect(await read(step, '500')).toBeUndefined();
    expect(await read(step, 'many')).toBeUndefined();
  });

  it.each([
    ['about 20 people', 20],
    ['a dozen or so', 12],
    ['a couple of us', 2],
    ['two or three', 2],
    ['twenty-five', 25],
    ['around fifty', 50],
    ['3-4', 3],
    ['20人くらい', 20],
    ['二十人くらい', 20],
    ['２０名', 20],
    ['三十五名ほど', 35],
    ['約50人', 50],
    ['十数人', 10],
    ['3〜4人', 3],
    ['2、3人', 2],
    ['2,3人', 2],
    ['1,200人', 1200],
    ['ひとりです', 1],
    ['ふたり', 2],
    ['全員', undefined],
    ['everyone', undefined],
  ])('of a number: %s is %s', async (text, expected) => {
    expect(await read(question({ type: 'number' }), text, /[ぁ-んァ-ヶ一-龠]/.test(text) ? 'ja' : 'en')).toBe(expected);
  });

  it.each([
    ['of course', true],
    ['I think so', true],
    ['perfect', true],
    ["I'm in", true],
    ['found it', true],
    ['nope still broken', false],
    ["can't find it", false],
    ['もちろん', true],
    ['うまくいきました', true],
    ['できた', true],
    ['イエス', true],
    ['ノー', false],
    ['見つからない', false],
    ['出ませんでした', false],
    ['違うと思う', false],
    ['たぶん', undefined],
    ['分からない', undefined],
    ['maybe', undefined],
  ])('of a yes or no: %s is %s', async (text, expected) => {
    expect(await read(question({ type: 'confirm' }), text, /[ぁ-んァ-ヶ一-龠]/.test(text) ? 'ja' : 'en')).toBe(
      expected,
    );
  });

  it.each([
    ['yesterday evening', '2026-11-22T16:00'],
    ['3 days ago', '2026-11-20'],
    ['since last Tuesday', '2026-11-17'],
    ['two weeks ago', '2026-11-09'],
    ['Nov 20', '2026-11-20'],
    ['an hour ago', '2026-11-23T11:00'],
    ['two days ago at 3pm', '2026-11-21T15:00'],
    ['since the update', undefined],
  ])('of a date: %s is %s', async (text, expected) => {
    expect(await read(question({ type: 'date', validate: { only: 'past' } }), text)).toBe(expected);
  });

  it('of a date is read in words, on the side of today that is asked for', async () => {
    expect(await read(question({ type: 'date' }), '2026-01-31')).toBe('2026-01-31');
    expect(await read(question({ type: 'date', validate: { only: 'past' } }), '明日', 'ja')).toBeUndefined();
    expect(await read(question({ type: 'date', validate: { only: 'future' } }), '昨日', 'ja')).toBeUndefined();
    expect(await read(question({ type: 'date' }), 'yesterday')).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('that is bait for slow readers is given up at once', async () => {
    await read(question({ type: 'date' }), 'today');
    for (const type of ['date', 'number', 'confirm'] as const)
      for (const bait of [
        '1/'.repeat(100),
        '1,000.'.repeat(40),
        '1:'.repeat(5_000),
        'last 1 '.repeat(30),
        '一'.repeat(9_000),
      ]) {
        expect(await cpuOf(() => read(question({ type }), bait))).toBeLessThan(1_000);
      }
  });

  it('of a text keeps to its form and length', async () => {
    const step = question({ type: 'text', validate: { pattern: '[A-Z]{2}\\d+', max: 6 } });
    expect(await read(step, 'AB12')).toBe('AB12');
    expect(await read(step, 'ab12')).toBeUndefined();
    expect(await read(step, 'AB12345678')).toBeUndefined();
  });
});

describe('a command', () => {
  it.each([
    ['cancel', 'never mind', true],
    ['cancel', 'キャンセルします', true],
    ['cancel', 'やめたい', true],
    ['cancel', 'I cannot cancel my order', false],
    ['cancel', 'キャンセル処理でエラーになります', false],
    ['back', 'go back', true],
    ['back', '前の質問に戻って', true],
    ['back', 'The backup failed', false],
    ['skip', 'スキップ', true],
    ['skip', 'skip this question please', true],
    ['skip', 'the skip button is grey', false],
    ['unknown', "I don't know", true],
    ['unknown', 'よく分かりません', true],
    ['no', '問題ありません', false],
  ] as const)('%s: "%s" is %s', (command, text, expected) => {
    expect(says(command, text)).toBe(expected);
  });

  it('of correction is heard in both languages', () => {
    for (const text of [
      'actually it was a Mac',
      'やっぱりMacでした',
      'WindowsじゃなくてMacです',
      'not Windows but Mac',
    ])
      expect([text, isCorrection(text)]).toEqual([text, true]);
    expect(isCorrection('It is a Mac')).toBe(false);
  });
});
