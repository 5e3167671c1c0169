import { describe, expect, it } from 'vitest';
import { type Command, decide } from '../../../src/conversation/conversation.ts';
import { initial, record } from '../../../src/conversation/fold.ts';
import { type Packet, packetOf, type TitleOf } from '../../../src/conversation/packet.ts';
import type { Conversation } from '../../../src/conversation/state.ts';
import { summaryOf } from '../../../src/conversation/summary.ts';
import type { World } from '../../../src/conversation/world.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import { notices } from './notices.ts';

const world: World = {
  ...shippedTerms,
  now: 1_000,
  by: { role: 'desk' },
  notices,
  nextTicket: 7,
};
const tell = (c: Conversation, command: Command, now = world.now): Conversation =>
  record(c, decide(c, command, { ...world, now, nextTicket: now }), now).next;
const titleOf: TitleOf = (entry, language) =>
  entry === 'printer' ? { en: 'My printer does not print', ja: '印刷できない' }[language] : undefined;

const turn = (text: string, extra: Partial<Extract<Command, { type: 'turn' }>> = {}): Command => ({
  type: 'turn',
  inbound: { type: 'message', text },
  findings: [],
  replies: [],
  ...extra,
});
const lookedUp = (text: string): Command =>
  turn(text, {
    findings: [
      { type: 'matched', decision: 'answer', confidence: 0.82, matches: [{ id: 'printer', confidence: 0.82 }] },
      { type: 'answered', entry: 'printer', confidence: 0.82 },
    ],
  });

function storied(): Conversation {
  let c = tell(initial('c1'), {
    type: 'open',
    channel: { kind: 'website' },
    visitor: { id: 'v', signed: true },
    language: 'ja',
  });
  const products = [{ name: 'Printer', model: 'L5210', warrantyUntil: '2027-01-21' }, { name: 'Laptop' }];
  c = tell(c, { type: 'know-customer', customer: { id: 'v', name: '田中 花子', plan: 'premium', products } });
  c = tell(c, lookedUp('印刷できません'));
  c = tell(c, turn('いいえ', { findings: [{ type: 'feedback', entry: 'printer', helped: false }] }));
  const answers = [
    { step: 'os', label: 'OS', value: 'Windows 11' },
    { step: 'since', label: 'いつから', value: '昨日' },
  ];
  const open = [{ step: 'error-text', label: 'エラーの文' }];
  c = tell(c, lookedUp('紙が詰まりました'));
  c = tell(
    c,
    turn('業務が止まっています。20人に影響', {
      inbound: {
        type: 'message',
        text: '業務が止まっています。20人に影響',
        attachments: [{ contentType: 'image/png', name: '画面.png', contentUrl: 'firstline:file/1' }],
      },
      findings: [
        {
          type: 'felt',
          people: 20,
          terms: [
            { signal: 'stopped', term: '業務が止まる', weight: 0.9 },
            { signal: 'many', term: '20人', weight: 1 },
          ],
        },
        { type: 'collected', dialog: 'collect-environment', answers, open },
      ],
      handoff: { reason: 'not-helped', confidence: 0.82, subject: '印刷できません', tier: 2, skills: ['printer'] },
    }),
  );
  return c;
}

const handed = (c: Conversation): Packet => {
  const packet = packetOf(c, titleOf);
  if (!packet) throw new Error('nothing was handed off');
  return packet;
};

describe('the packet', () => {
  it('P6 holds why, what was asked and tried, what is known and what is missing, how it presses, and who should take it', () => {
    expect(handed(storied())).toEqual({
      reason: 'not-helped',
      confidence: 0.82,
      question: '印刷できません',
      questions: [
        { version: 4, text: '印刷できません' },
        { version: 9, text: '紙が詰まりました' },
      ],
      tries: [
        { entry: 'printer', title: '印刷できない', confidence: 0.82, helped: false },
        { entry: 'printer', title: '印刷できない', confidence: 0.82, helped: null },
      ],
      language: 'ja',
      channel: 'website',
      customer: { id: 'v', signed: true, name: '田中 花子', plan: 'premium' },
      products: [{ name: 'Printer', model: 'L5210', warrantyUntil: '2027-01-21' }, { name: 'Laptop' }],
      environment: { OS: 'Windows 11' },
      details: { エラーの文: null, OS: 'Windows 11', いつから: '昨日' },
      missing: ['エラーの文'],
      sentiment: {
        levels: { anger: 0, repeated: 0, urgency: 0, stopped: 0.9, many: 1 },
        people: 20,
        words: [
          { signal: 'stopped', term: '業務が止まる', weight: 0.9, version: 12 },
          { signal: 'many', term: '20人', weight: 1, version: 12 },
        ],
        pressure: { start: 0.91, now: 0.91 },
      },
      attachments: [{ version: 11, contentType: 'image/png', name: '画面.png', contentUrl: 'firstline:file/1' }],
      suggested: { tier: 2, skills: ['printer'], priority: 'urgent' },
    });
  });

  it('P6 stays with its case when that is closed, and the next case begins without it', () => {
    const owned = tell(storied(), { type: 'claim', agent: { name: 'aiko', displayName: 'Aiko' } });
    const closed = tell(owned, { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'done' });
    expect(handed(closed)).toEqual(handed(owned));
    const again = tell(closed, lookedUp('別の質問です'));
    expect(handed(again).questions).toEqual(handed(owned).questions);
    const asks = turn('人と話したい', { handoff: { reason: 'asked', subject: '別の質問です' } });
    // Soon after, it is the same case again; later, another.
    expect(handed(tell(again, asks)).questions).toHaveLength(3);
    const next = handed(tell(again, asks, world.now + 60 * 24 * 3_600_000));
    expect(next.questions.map(({ text }) => text)).toEqual(['別の質問です']);
    expect(next.attachments).toEqual([]);
    expect(next.sentiment).toBeNull();
    expect(next.tries).toHaveLength(1);
    const reopened = tell(closed, { type: 'reopen' });
    expect(handed(reopened)).toEqual(handed(owned));
  });

  it('is bounded, whatever is asked and sent', () => {
    let c = storied();
    for (let i = 0; i < 60; i++) {
      const attachments = [{ contentType: 'image/png', contentUrl: `data:image/png;base64,${'A'.repeat(5_000)}` }];
      c = tell(c, turn('x'.repeat(3_000), { inbound: { type: 'message', text: 'x'.repeat(3_000), attachments } }));
      c = tell(c, lookedUp('y'.repeat(3_000)));
    }
    const packet = handed(c);
    expect(packet.questions).toHaveLength(20);
    expect(packet.attachments).toHaveLength(20);
    expect(JSON.stringify(packet).length).toBeLessThan(20_000);
  });
});

describe('the summary', () => {
  const lines = (packet: Packet, language: 'ja' | 'en') =>
    summaryOf(packet, language).map(({ label, text }) => `${label}: ${text}`);

  it('P7 is five lines, in the language of who reads it', () => {
    const packet = handed(storied());
    expect(lines(packet, 'ja')).toEqual([
      'お客様: 田中 花子 · premium · 日本語 · Printer L5210（保証 2027-01-21 まで） · ほか1件の製品',
      'ご用件: 印刷できません（ほかに質問1件）',
      '引継理由: ボットの回答では解決しませんでした。（最有力候補の確信度 82%）業務停止、20人に影響（業務が止まる, 20人）',
      '案内済み: 印刷できない：解決せず、印刷できない：結果不明',
      '次の対応: Tier 2・printer・優先度緊急。未確認：エラーの文。添付1件。確認済み：OS Windows 11、いつから 昨日。',
    ]);
    expect(lines(packet, 'en')).toEqual([
      'Who: 田中 花子 · premium · speaks Japanese · Printer L5210 (warranty until 2027-01-21) · 1 more product',
      'Problem: 印刷できません (and 1 more question)',
      "Why you: The bot's answers did not help. (surest match 82%) Work stands still; 20 people hit (業務が止まる, 20人)",
      'Tried: 印刷できない: did not help; 印刷できない: no word whether it helped',
      'Next: Tier 2, printer, priority urgent. Still to ask: エラーの文. 1 file sent. Known: OS Windows 11; いつから 昨日.',
    ]);
  });

  it('P7 tells what was asked first, and what it came to', () => {
    const packet = { ...handed(storied()), question: 'まだ直りません' };
    expect(lines(packet, 'ja')[1]).toBe('ご用件: 印刷できません → まだ直りません（ほかに質問1件）');
    expect(lines({ ...packet, questions: [] }, 'en')[1]).toBe('Problem: まだ直りません');
  });

  it('P7 says so where nothing is known', () => {
    const c = tell(initial('c2'), {
      type: 'open',
      channel: { kind: 'connector', channelId: 'msteams', reference: {} },
      visitor: { id: 'v', signed: false },
      language: 'en',
    });
    const packet = handed(tell(c, turn('agent', { handoff: { reason: 'asked', subject: '' } })));
    expect(packet.channel).toBe('msteams');
    expect(lines(packet, 'en')).toEqual([
      'Who: Visitor without a name · speaks English · identity not proven',
      'Problem: Not said yet.',
      'Why you: Asked for a person.',
      'Tried: No answer was given yet.',
      'Next: Tier 1, priority normal.',
    ]);
    expect(lines(packet, 'ja')[0]).toBe('お客様: お名前不明のお客様 · 英語 · 本人確認なし');
  });

  it('P7 keeps each line short, and cuts no character in two', () => {
    const c = storied();
    const packet = { ...handed(c), question: '𠮷'.repeat(300), details: { a: '😀'.repeat(200), b: '😀'.repeat(200) } };
    for (const { text } of summaryOf(packet, 'ja')) {
      expect(text.length).toBeLessThanOrEqual(280);
      expect(text).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    }
  });
});
