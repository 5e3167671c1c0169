import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutCourtesy } from '../../../src/understanding/matcher/courtesy.ts';
import { hashTable, hashText, lookUp, numberOf } from '../../../src/understanding/matcher/hash.ts';
import { withLoans } from '../../../src/understanding/matcher/loans.ts';
import { fitLogistic } from '../../../src/understanding/matcher/logistic.ts';
import { randomNumbers } from '../../../src/understanding/matcher/model.ts';
import { normalise } from '../../../src/understanding/matcher/normalise.ts';
import { partsOf } from '../../../src/understanding/matcher/parts.ts';
import { withKanji } from '../../../src/understanding/matcher/readings.ts';
import { buildVocabulary, repaired } from '../../../src/understanding/matcher/spelling.ts';
import { stem } from '../../../src/understanding/matcher/stem.ts';
import { runAtOnce } from '../../../src/understanding/matcher/steps.ts';
import { buildSuggester } from '../../../src/understanding/matcher/suggest.ts';
import { tokens } from '../../../src/understanding/matcher/tokens.ts';
import { drawSeed } from '../../support/seed.ts';
import { faq } from './matcher-faq.ts';

describe('normalising', () => {
  it.each([
    ['ﾊﾟｽﾜｰﾄﾞ', 'パスワード'],
    ['プリンター', 'プリンタ'],
    ['I CAN’T log in', 'i can not log in'],
    ["What's my e-mail?", 'what is my email?'],
    ['ＶＰＮ１２３', 'vpn123'],
    ['help😀me', 'help me'],
    ['zero\u200bwidth', 'zerowidth'],
  ])('%s → %s', (text, normal) => {
    expect(normalise(text)).toBe(normal);
  });

  it('a text normalised twice is as normalised once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const once = normalise(text);
        expect(normalise(normalise(once))).toBe(normalise(once));
      }),
      { seed: drawSeed() },
    );
  });
});

describe('courtesy', () => {
  it.each([
    ['hello there, could you please tell me how to print? thanks a lot!', 'how to print'],
    ['hi, i have a question. my screen is black', 'my screen is black'],
    ['お世話になっております。印刷できません。よろしくお願いいたします。', '印刷できません'],
    ['すみませんが、パスワードの変更方法を教えてください。', 'パスワードの変更方法'],
    ['営業部の山田です。印刷できません', '印刷できません'],
    ['佐藤と申します。印刷できません', '印刷できません'],
    ['this is kate from the sales team. my screen is black', 'my screen is black'],
    ['my name is kate, my screen is black', 'my screen is black'],
    ['this is a printer problem, it does not print', 'this is a printer problem, it does not print'],
    ['thanks', 'thanks'],
    ['こんにちは', 'こんにちは'],
  ])('%s → %s', (text, question) => {
    expect(withoutCourtesy(text)).toBe(question);
  });
});

describe('parts of a message', () => {
  it('are its sentences, less the courtesies', () => {
    expect(partsOf('my pc is slow. the printer jams too! thanks')).toEqual(['my pc is slow', 'the printer jams too']);
    expect(partsOf('画面が黒いです。メールも届きません。')).toHaveLength(2);
    expect(partsOf('画面が黒いのと、あとメールも届きません')).toHaveLength(2);
    expect(partsOf('PLEASE HELP!!! my pc is slow'.toLowerCase())).toEqual([]);
    expect(partsOf('only one question?')).toEqual([]);
  });

  it('of a long log are its first and last lines', () => {
    const log = Array.from({ length: 100 }, (_, line) => `line number ${line}`).join('\n');
    expect(partsOf(log)).toEqual([0, 1, 2, 97, 98, 99].map((line) => `line number ${line}`));
  });
});

describe('words', () => {
  it.each([
    ['printers', 'printer'],
    ['resetting', 'reset'],
    ['installation', 'installations'],
    ['copied', 'copy'],
    ['crashed', 'crashing'],
    ['verify', 'verified'],
  ])('%s and %s have one stem', (one, other) => {
    expect(stem(one)).toBe(stem(other));
  });

  it.each([
    ['vpnが繋がりません', ['vpn', 'が', '繋がり']],
    ['wifiつながらない', ['wifi']],
    ['午前4時に設定', ['午前', '4', '設定']],
    ['usbメモリ', ['usb', 'メモリ']],
  ])('end where the script changes: %s', (text, words) => {
    expect(tokens(text).map((token) => token.text)).toEqual(expect.arrayContaining(words));
  });

  it('of Japanese that say how something is asked weigh little or nothing', () => {
    const weights = new Map(tokens('パスワードを忘れました').map(({ text, weight }) => [text, weight]));
    expect(weights.get('パスワード')).toBe(1);
    expect(weights.get('を')).toBe(0);
  });
});

describe('spelling', () => {
  const vocabulary = runAtOnce(
    buildVocabulary(
      new Map([
        ['password', 9],
        ['printer', 5],
        ['connection', 3],
        ['train', 2],
        ['vpn', 4],
      ]),
      [],
    ),
  );

  it.each([
    ['pasword', 'password'],
    ['pritner', 'printer'],
    ['conection', 'connection'],
    ['connnectoin', 'connection'],
  ])('%s is taken for %s', (written, meant) => {
    expect(repaired(vocabulary, written)).toBe(meant);
  });

  it.each(['password', 'passwords', 'rain', 'vpm', 'umbrella', 'x'.repeat(100)])('%s is left as it is', (word) => {
    expect(repaired(vocabulary, word)).toBeUndefined();
  });
});

describe('readings', () => {
  it('become the kanji that the FAQ knows, and no other', () => {
    const knows = (word: string) => ['印刷', '設定'].includes(word);
    expect(withKanji('いんさつのせってい', knows)).toBe('印刷の設定');
    expect(withKanji('へんこうしたい', knows)).toBe('へんこうしたい');
  });
});

describe('the hash table', () => {
  it('numbers keys in the order they came and finds each again', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ maxLength: 12 }), { maxLength: 300 }), (texts) => {
        const table = hashTable(4);
        const numbers = new Map<number, number>();
        for (const text of texts) {
          const key = hashText(0, text);
          numbers.set(key, numberOf(table, key));
        }
        expect([...numbers.values()]).toEqual([...numbers.keys()].map((_, number) => number));
        for (const [key, number] of numbers) expect(lookUp(table, key)).toBe(number);
        expect(lookUp(table, hashText(1, 'absent'))).toBe(-1);
      }),
      { seed: drawSeed() },
    );
  });
});

describe('English words in Japanese', () => {
  it('become Japanese ones, but for those that the FAQ itself writes in English, names, addresses and codes', () => {
    const none = () => false;
    expect(withLoans('outlookでメールがsendできない', none)).toBe('outlookでメールが送信できない');
    expect(withLoans('accountがlockされた', (word) => word === 'account')).toBe('accountがロックされた');
    expect(withLoans('mail.example.jpとerror-printが出る', none)).toBe('mail.example.jpとerror-printが出る');
    expect(withLoans('i cannot send mail', none)).toBe('i cannot send mail');
  });
});

describe('a plea', () => {
  it('is no wish for repair where it only follows what is wrong', () => {
    expect(withoutCourtesy('my laptop keeps freezing, fix it')).toBe('my laptop keeps freezing');
    expect(withoutCourtesy('pcが固まる、直して')).toBe('pcが固まる');
    expect(withoutCourtesy('pc激重なんだけどなんとかして')).toBe('pc激重');
    expect(withoutCourtesy('how do i fix it')).toBe('how do i fix it');
    expect(withoutCourtesy('パソコンを直してください')).toBe('パソコンを直してください');
  });
});

describe('the logistic fit', () => {
  const prior = { mean: [0, 0], deviation: [1, 1], weight: [0, 0] };

  it('finds the coefficients that made the data', () => {
    const random = randomNumbers(1);
    const samples = Array.from({ length: 4000 }, () => {
      const x = random() * 6 - 3;
      return { signals: Float64Array.of(1, x), right: random() < 1 / (1 + Math.exp(-(0.5 + 1.5 * x))), weight: 1 };
    });
    const { weight } = runAtOnce(fitLogistic(samples, prior, 0.01));
    expect(weight[0]).toBeCloseTo(0.5, 0);
    expect(weight[1]).toBeCloseTo(1.5, 0);
  });

  it('pauses after each thousand samples, so that it can share a thread', () => {
    const samples = Array.from({ length: 5000 }, (_, at) => ({
      signals: Float64Array.of(1, at % 7),
      right: at % 2 === 0,
      weight: 1,
    }));
    const steps = fitLogistic(samples, prior, 1);
    let pauses = 0;
    while (!steps.next().done) pauses++;
    // Scaling them, the first loss and one step of Newton's method at the least.
    expect(pauses).toBeGreaterThanOrEqual(3 * 5);
  });

  it('stays finite where the data are parted cleanly, and at the prior without data', () => {
    const samples = [-2, -1, 1, 2].map((x) => ({ signals: Float64Array.of(1, x), right: x > 0, weight: 100 }));
    for (const value of runAtOnce(fitLogistic(samples, { ...prior, weight: [5, -5] }, 0.1)).weight)
      expect(Number.isFinite(value)).toBe(true);
    expect(runAtOnce(fitLogistic([], { ...prior, weight: [1, 2] }, 10)).weight).toEqual([1, 2]);
  });
});

describe('suggestions while typing', () => {
  const suggester = buildSuggester(faq);

  it('find a title by its beginning, its middle, a slip, or a keyword', () => {
    expect(suggester.suggest('passw', 'en')[0]?.id).toBe('password-forgotten');
    expect(suggester.suggest('paswo', 'en')[0]?.id).toBe('password-forgotten');
    expect(suggester.suggest('pwd', 'en')[0]?.id).toBe('password-forgotten');
    expect(suggester.suggest('ぱすわ', 'ja')[0]?.id).toBe('password-forgotten');
    expect(suggester.suggest('請求', 'ja')[0]?.id).toBe('invoice-copy');
  });

  it('tell which part of the title was typed', () => {
    const { title, highlights } = suggester.suggest('jammed', 'en')[0] ?? { title: '', highlights: [] };
    expect(highlights.map(([from, to]) => title.slice(from, to))).toContain('jammed');
  });

  it('never throw, and highlight within the title', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 100 }),
        fc.constantFrom('ja' as const, 'en' as const),
        (typed, language) => {
          for (const { title, highlights } of suggester.suggest(typed, language)) {
            let before = 0;
            for (const [from, to] of highlights) {
              expect(from).toBeGreaterThanOrEqual(before);
              expect(to).toBeGreaterThan(from);
              before = to;
            }
            expect(before).toBeLessThanOrEqual(title.length);
          }
        },
      ),
      { seed: drawSeed() },
    );
  });
});
