import { describe, expect, it } from 'vitest';
import { type Command, decide } from '../../../src/conversation/conversation.ts';
import { initial, record } from '../../../src/conversation/fold.ts';
import { type Felt, higher, pressureOf, priorityOf, type Term } from '../../../src/conversation/sentiment.ts';
import type { Conversation, Priority } from '../../../src/conversation/state.ts';
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
const tell = (c: Conversation, command: Command): Conversation => record(c, decide(c, command, world), world.now).next;

const opened = tell(initial('c1'), {
  type: 'open',
  channel: { kind: 'website' },
  visitor: { id: 'v', signed: false },
  language: 'en',
});
const anger: Term = { signal: 'anger', term: 'ridiculous', weight: 0.8 };
const stopped: Term = { signal: 'stopped', term: 'production down', weight: 0.9 };
const urgency: Term = { signal: 'urgency', term: 'urgent', weight: 0.7 };
const feels = (...terms: Term[]): Felt => ({ type: 'felt', terms });
const says = (felt?: Felt, extra: Partial<Extract<Command, { type: 'turn' }>> = {}): Command => ({
  type: 'turn',
  inbound: { type: 'message', text: 'words' },
  findings: felt ? [felt] : [],
  replies: [],
  ...extra,
});
const handedOff = (c: Conversation, priority?: Priority, felt?: Felt): Conversation =>
  tell(c, says(felt, { handoff: { reason: 'asked', subject: 's', ...(priority ? { priority } : {}) } }));
const pressure = (c: Conversation): number => (c.sentiment ? pressureOf(c.sentiment) : 0);

describe('sentiment', () => {
  it('P2 fades with calm words but for the facts, and has bounds', () => {
    let c = tell(opened, says(feels(anger, stopped)));
    expect(c.sentiment?.levels).toEqual({ anger: 0.8, repeated: 0, urgency: 0, stopped: 0.9, many: 0 });
    c = tell(tell(c, says()), says());
    expect(c.sentiment?.levels).toEqual({ anger: 0.51, repeated: 0, urgency: 0, stopped: 0.9, many: 0 });
    for (let i = 0; i < 50; i++) c = tell(c, says(feels(anger, stopped)));
    expect(c.sentiment?.levels).toMatchObject({ anger: 1, stopped: 1 });
    expect(c.sentiment?.terms).toHaveLength(12);
    expect(c.sentiment?.terms.at(-1)?.version).toBe(c.version);
  });

  it('P2 raises the priority of a hand-off and of a case that waits, and never lowers one', () => {
    expect(handedOff(opened).ticket?.priority).toBe('normal');
    expect(handedOff(opened, undefined, feels(stopped)).ticket?.priority).toBe('urgent');
    expect(handedOff(opened, 'low', feels(anger, urgency)).ticket?.priority).toBe('high');
    expect(handedOff(opened, 'urgent', feels(anger)).ticket?.priority).toBe('urgent');
    const waiting = handedOff(opened, 'high');
    expect(tell(waiting, says(feels(stopped))).ticket?.priority).toBe('urgent');
    const same = tell(waiting, says(feels(anger, urgency)));
    expect(same.version).toBe(waiting.version + 2);
    const told = says(undefined, { handoff: { reason: 'asked', subject: '', priority: 'low', tier: 2 } });
    expect(tell(waiting, told).ticket).toMatchObject({ priority: 'high', tier: 2 });
  });

  it('P2 is kept by the case, as it was at the start and at the end, and starts anew with the next', () => {
    const before = tell(opened, says(feels(anger)));
    const waiting = handedOff(before);
    expect(waiting.ticket?.pressure).toBe(pressure(waiting));
    expect(waiting.ticket?.pressure).toBeGreaterThan(0);
    const owned = tell(waiting, { type: 'claim', agent: { name: 'aiko', displayName: 'Aiko' } });
    const worse = tell(owned, says(feels(stopped)));
    expect(worse.ticket?.sentiment?.levels.stopped).toBe(0.9);
    const closed = tell(worse, { type: 'resolve', agent: 'aiko', code: 'duplicate', summary: 'done' });
    expect(closed.sentiment).toBeUndefined();
    expect(closed.ticket?.sentiment?.levels.stopped).toBe(0.9);
    expect(handedOff(closed).ticket?.sentiment).toBeUndefined();
  });

  it('asks for no priority while all is calm, for high when it presses, for urgent when work stands still', () => {
    const of = (...terms: Term[]) => {
      const { sentiment } = tell(opened, says(feels(...terms)));
      return sentiment && priorityOf(sentiment, shippedTerms.rules.sentiment);
    };
    expect(of({ signal: 'repeated', term: 'again', weight: 0.6 })).toBeUndefined();
    expect(of(urgency)).toBeUndefined();
    expect(of(urgency, anger)).toBe('high');
    expect(of(stopped)).toBe('urgent');
    expect(higher('low', 'normal')).toBe('normal');
    expect(higher('urgent', 'high')).toBe('urgent');
    expect(higher('low', undefined)).toBe('low');
  });
});
