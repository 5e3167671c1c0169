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
  ])('%s is %s', (text, expected) => {
    expect(japaneseDate(text, now)).toBe(expected);
  });
  it.each(['2月30日', 'わからない', '', '五人'])('%s is none', (text) => {
    expect(japaneseDate(text, now)).toBeUndefined();
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
        const started = performance.now();
        await read(question({ type }), bait);
        expect(performance.now() - started).toBeLessThan(1_000);
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
