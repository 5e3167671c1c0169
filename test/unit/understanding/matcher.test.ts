import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMatcher, trainMatcher } from '../../../src/understanding/matcher/matcher.ts';
import { cpuOf } from '../../support/pace.ts';
import { drawSeed } from '../../support/seed.ts';
import { faq } from './matcher-faq.ts';

const trained = trainMatcher(faq);
const plain = buildMatcher(faq);
const firstOf = (text: string) => trained.match(text, 'auto').matches[0]?.id;

describe('what a person asks finds its entry', () => {
  it.each([
    ['password reset please', 'password-forgotten'],
    ['I CANT REMEMBER MY PASSWORD!!!', 'password-forgotten'],
    ['i forgto my pasword', 'password-forgotten'],
    ['Hello, sorry to bother you. The printer has a paper jam again. Thanks in advance!', 'printer-jam'],
    ['pwd', 'password-forgotten'],
    ['there is nothing on my dispaly', 'screen-black'],
    ['パスワード忘れた', 'password-forgotten'],
    ['ﾊﾟｽﾜｰﾄﾞを再設定したいのですが', 'password-forgotten'],
    ['お世話になっております。営業部の佐藤です。メールが届きません。よろしくお願いいたします。', 'mail-not-arriving'],
    ['いんさつちゅうにかみがつまった', 'printer-jam'],
    ['せいきゅうしょがほしい', 'invoice-copy'],
    ['家からvpnに繋がらないです😢', 'vpn-connect'],
    ['VPN cannot connect 自宅から', 'vpn-connect'],
  ])('%s → %s', (text, id) => {
    expect(firstOf(text)).toBe(id);
  });

  it('without a trained model as well', () => {
    expect(plain.trained).toBe(false);
    expect(trained.trained).toBe(true);
    expect(plain.match('How do I reset my password', 'en').matches[0]?.id).toBe('password-forgotten');
    expect(plain.match('請求書を送ってください', 'ja').matches[0]?.id).toBe('invoice-copy');
  });

  it('answers a phrasing of the FAQ outright, and hands over what has nothing to do with it', () => {
    expect(trained.match('Paper is stuck in the printer', 'en').decision).toBe('answer');
    expect(trained.match('VPNに接続できません', 'ja').decision).toBe('answer');
    expect(trained.match('which planet has the most moons', 'en').decision).toBe('handoff');
    expect(trained.match('鎌倉幕府を開いた人物は', 'ja').decision).toBe('handoff');
  });

  it('offers both where a message asks two things, answering neither outright', () => {
    const { decision, matches } = trained.match('I forgot my password. Also paper is stuck in the printer.', 'en');
    expect(decision).toBe('choose');
    expect(matches.slice(0, 2).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['password-forgotten', 'printer-jam']),
    );
  });

  it('reads a text in the language it is told, unless it is plainly written in the other', () => {
    expect(trained.match('VPN', 'ja').locale).toBe('ja');
    expect(trained.match('VPN', 'auto').locale).toBe('en');
    expect(trained.match('I forgot my password', 'ja').locale).toBe('en');
    expect(trained.match('パスワードを忘れました', 'en').locale).toBe('ja');
    expect(trained.match('404', 'ja').locale).toBe('ja');
  });

  it('finds an entry that has the other language only, by its product names', () => {
    const japaneseOnly = faq.map((entry) => ({ ...entry, questions: { ja: entry.questions.ja ?? [] } }));
    expect(trainMatcher(japaneseOnly).match('vpn', 'en').matches[0]?.id).toBe('vpn-connect');
  });
});

describe('for any text', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom('password', 'VPN', 'パスワード', '紙', 'ー', '。', '？', '\n', '\u0000', '😀', 'ﾊﾟ', "'s", ' '),
      )
      .map((parts) => parts.join('')),
  );

  it('a match never throws, has at most five entries, and confidences between 0 and 1 that fall', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom('ja' as const, 'en' as const, 'auto' as const), (text, locale) => {
        for (const matcher of [trained, plain]) {
          const { matches, confidence, decision } = matcher.match(text, locale);
          expect(matches.length).toBeLessThanOrEqual(5);
          expect(new Set(matches.map(({ id }) => id)).size).toBe(matches.length);
          expect(confidence).toBe(matches[0]?.confidence ?? 0);
          let before = 1;
          for (const match of matches) {
            expect(match.confidence).toBeGreaterThanOrEqual(0);
            expect(match.confidence).toBeLessThanOrEqual(before);
            before = match.confidence;
          }
          if (matches.length === 0) expect(decision).toBe('handoff');
        }
      }),
      { seed: drawSeed(), numRuns: 300 },
    );
  });

  it('the same text gets the same answer, whatever was asked in between, from matchers trained apart', () => {
    const again = trainMatcher(faq);
    fc.assert(
      fc.property(anything, anything, (text, between) => {
        const first = trained.match(text, 'auto');
        trained.match(between, 'auto');
        expect(trained.match(text, 'auto')).toEqual(first);
        expect(again.match(text, 'auto')).toEqual(first);
      }),
      { seed: drawSeed(), numRuns: 100 },
    );
  });

  it('a million characters are read without delay', async () => {
    const read = () => {
      for (const unit of ['a', 'ab ', '。', '... ', 'すみません', 'パスワード', '\n', "'"])
        trained.match(unit.repeat(1_000_000 / unit.length), 'auto');
    };
    expect(await cpuOf(read)).toBeLessThan(4_000);
  });
});

describe('a FAQ of any shape', () => {
  it.each([0, 1, 2, 3])('of %i entries is learnt and asked', (count) => {
    const matcher = trainMatcher(faq.slice(0, count));
    expect(matcher.match('I forgot my password', 'en').matches[0]?.id).toBe(
      count > 0 ? 'password-forgotten' : undefined,
    );
    expect(matcher.match('which planet has the most moons', 'en').decision).not.toBe('answer');
  });

  it('with phrasings that hold no letter, or twice the same, is learnt and asked', () => {
    const odd = faq.map((entry, place) => ({
      ...entry,
      questions: place % 2 === 0 ? { en: ['???', '', '!'] } : { en: ['the same words', 'the same words'] },
    }));
    expect(() => trainMatcher(odd).match('the same words', 'en')).not.toThrow();
  });
});

describe('the thresholds', () => {
  it('may be set, for each language apart', () => {
    const strict = trainMatcher(faq, { answerAt: { ja: 1, en: 0 }, chooseAt: { ja: 1 } });
    expect(strict.match('VPNに接続できません', 'ja').decision).toBe('handoff');
    expect(strict.match('The VPN does not connect', 'en').decision).toBe('answer');
  });

  it('a greater share of questions without an answer makes the matcher less sure', () => {
    const wary = trainMatcher(faq, { outOfScopeShare: 0.8 });
    const text = 'the printer';
    expect(wary.match(text, 'en').confidence).toBeLessThan(trained.match(text, 'en').confidence);
  });
});
