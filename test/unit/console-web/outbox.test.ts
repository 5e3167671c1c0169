import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/console/web/model.ts';
import {
  acknowledged,
  add,
  backoff,
  hastened,
  nextAt,
  type Outbox,
  pendingIn,
  postponed,
  refused,
  removed,
  retried,
  sendable,
  sending,
  settled,
} from '../../../src/console/web/outbox.ts';

const reply = (clientId: string, conversation = 'c1', agent = 'aiko') => ({
  clientId,
  conversation,
  agent,
  text: `text of ${clientId}`,
  epoch: 7,
  at: '2026-01-01T00:00:00.000Z',
  basis: 10,
});
const outbox = (...replies: ReturnType<typeof reply>[]): Outbox => replies.reduce<Outbox>(add, []);
const ids = (some: Outbox) => some.map((o) => o.clientId);
const message = (version: number, more: Partial<Entry> = {}): Entry => ({
  version,
  at: '2026-01-01T00:00:01.000Z',
  type: 'message',
  by: { role: 'agent', name: 'aiko' },
  ...more,
});
const refusal = { code: 'not-owner', message: 'Kenji has it.', owner: { name: 'kenji', displayName: 'Kenji' } };

describe('replies on their way', () => {
  it('go out one after the other in each conversation, and side by side in different ones', () => {
    const box = outbox(reply('a'), reply('b'), reply('c', 'c2'));
    expect(ids(sendable(box, 'aiko', 0))).toEqual(['a', 'c']);
    expect(ids(sendable(sending(box, 'a'), 'aiko', 0))).toEqual(['c']);
    expect(ids(sendable(acknowledged(box, 'a', 11), 'aiko', 0))).toEqual(['b', 'c']);
  });

  it('never overtake one that waits for its next attempt', () => {
    const box = postponed(sending(outbox(reply('a'), reply('b')), 'a'), 'a', 500);
    expect(sendable(box, 'aiko', 499)).toEqual([]);
    expect(nextAt(box, 'aiko')).toBe(500);
    expect(ids(sendable(box, 'aiko', 500))).toEqual(['a']);
  });

  it('of another agent at this browser stay where they are', () => {
    const box = outbox(reply('a', 'c1', 'kenji'));
    expect(sendable(box, 'aiko', 0)).toEqual([]);
    expect(nextAt(box, 'aiko')).toBeNull();
  });

  it('are queued once per clientId', () => {
    expect(outbox(reply('a'), reply('a'))).toHaveLength(1);
  });

  it('that were refused let the later ones go, and can be sent again with the same clientId and a new epoch', () => {
    const box = refused(sending(outbox(reply('a'), reply('b')), 'a'), 'a', refusal);
    expect(ids(sendable(box, 'aiko', 0))).toEqual(['b']);
    const again = retried(box, 'a', 19);
    expect(sendable(again, 'aiko', 0)[0]).toMatchObject({ clientId: 'a', epoch: 19, attempts: 0 });
    expect(ids(removed(box, 'a'))).toEqual(['b']);
  });

  it('need not wait any longer once the connection is back', () => {
    const box = hastened(postponed(sending(outbox(reply('a')), 'a'), 'a', 9_000));
    expect(ids(sendable(box, 'aiko', 0))).toEqual(['a']);
  });

  it('are tried again after 0.5 s, then twice as long each time, up to 15 s', () => {
    expect([1, 2, 3, 6, 60].map((attempts) => backoff(attempts, 0))).toEqual([500, 1000, 2000, 15_000, 15_000]);
    expect(backoff(1, 1)).toBe(400);
  });
});

describe('a reply below the thread', () => {
  it('shows until the timeline has its clientId', () => {
    const box = sending(outbox(reply('a')), 'a');
    expect(ids(pendingIn(box, 'aiko', 'c1', []))).toEqual(['a']);
    expect(pendingIn(box, 'aiko', 'c1', [message(11, { clientId: 'a' })])).toEqual([]);
    expect(pendingIn(box, 'aiko', 'c2', [])).toEqual([]);
    expect(pendingIn(box, 'kenji', 'c1', [])).toEqual([]);
  });

  it('is not shown twice while its answer is still on its way', () => {
    const box = sending(outbox(reply('a')), 'a');
    expect(pendingIn(box, 'aiko', 'c1', [message(11, { text: 'text of a' })])).toEqual([]);
    // The same words from before it was written are another message.
    expect(ids(pendingIn(box, 'aiko', 'c1', [message(10, { text: 'text of a' })]))).toEqual(['a']);
  });

  it('is dropped from the outbox when it is acknowledged and the timeline reaches its version', () => {
    const box = acknowledged(outbox(reply('a')), 'a', 11);
    expect(settled(box, 'c1', [message(10)])).toBe(box);
    expect(settled(box, 'c1', [message(10), message(11)])).toEqual([]);
    expect(settled(sending(outbox(reply('b')), 'b'), 'c1', [message(11)])).toHaveLength(1);
  });
});
