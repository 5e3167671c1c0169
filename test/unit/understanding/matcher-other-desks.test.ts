import { describe, expect, it } from 'vitest';
import { OtherDesks } from '../../../src/understanding/matcher/other-desks.ts';
import type { Entry } from '../../../src/understanding/understanding.ts';

const entry = (id: string, questions: Entry['questions'], answer = 'Do this.'): Entry => ({
  id,
  topic: 'test',
  tags: [],
  questions,
  answer: { en: answer },
  related: [],
  keywords: {},
});

const printer = entry(
  'printer',
  { en: ['my printer does not print'], ja: ['プリンターが印刷しない'] },
  'A new one may cost money.',
);
const price = entry('price', { en: ['what does a printer cost'], ja: ['プリンターの値段'] });
const others = Array.from({ length: 30 }, (_, i) => entry(`other-${i}`, { en: [`question ${i}`] }));
const sure = [
  { entry: 0, confidence: 0.97 },
  { entry: 1, confidence: 0.2 },
];

describe('a matter of another desk', () => {
  const desks = new OtherDesks([printer, price, ...others]);

  it.each([
    'printer lease invoice',
    'プリンターのリース料の請求書',
    'how much does the printer cost',
    'プリンター修理工の求人に応募したい',
    'who won the printer match, tell me a joke',
  ])('makes an entry that never speaks of it unlikely: %s', (text) => {
    const { replies } = desks.weigh(text, sure);
    expect(replies.find(({ entry }) => entry === 0)?.confidence).toBeLessThan(0.7);
  });

  it('is not asked for by who only says where they are from', () => {
    expect(desks.weigh('This is Kate from the sales team. My printer does not print', sure).lessened).toBe(false);
    expect(desks.weigh('Can the sales team call me about a printer', sure).lessened).toBe(true);
  });

  it('is not spoken of by a word that only holds its name', () => {
    expect(desks.weigh('リリース後にプリンターが印刷しない', sure).replies).toEqual(sure);
    expect(desks.weigh('プリンターが身代金を要求する', sure).replies).toEqual(sure);
  });

  it('leaves an entry that speaks of it as it is, and lets it come first', () => {
    const { replies, lessened } = desks.weigh('how much does the printer cost', [
      { entry: 0, confidence: 0.6 },
      { entry: 1, confidence: 0.5 },
    ]);
    expect(replies[0]).toEqual({ entry: 1, confidence: 0.5 });
    expect(lessened).toBe(false);
  });

  it.each([
    'my printer does not print',
    'プリンターが印刷しません',
    'the paper is stuck',
    '新しいパソコンを買ったのでデータを移したい',
  ])('is not seen where there is none: %s', (text) =>
    expect(desks.weigh(text, sure)).toEqual({ replies: sure, lessened: false }),
  );

  it('is the FAQ’s own where a good part of it speaks of it', () => {
    const shop = new OtherDesks([printer, price, price, price]);
    expect(shop.weigh('printer invoice price', sure).replies).toEqual(sure);
  });
});
