import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/console/web/api.ts';
import { add, hastened, type Outbox, type Outgoing } from '../../../src/console/web/outbox.ts';
import { createSender } from '../../../src/console/web/sender.ts';

/** A desk whose answers the test gives one by one, with a clock that only the test moves. */
function desk() {
  let outbox: Outbox = [];
  let agent: string | null = 'aiko';
  let now = 0;
  let timer: { at: number; then: () => void } | null = null;
  const sent: { reply: Outgoing; answer: (version: number) => void; fail: (error: unknown) => void }[] = [];
  const answered: string[] = [];
  const pump = createSender({
    read: () => outbox,
    write: (changed) => {
      outbox = changed;
    },
    agent: () => agent,
    send: (reply) =>
      new Promise((resolve, reject) => {
        sent.push({ reply, answer: (version) => resolve({ version }), fail: reject });
      }),
    now: () => now,
    random: () => 0,
    after(ms, then) {
      const mine = { at: now + ms, then };
      timer = mine;
      return () => {
        if (timer === mine) timer = null;
      };
    },
    answered: (reply) => answered.push(reply.clientId),
  });
  return {
    sent,
    answered,
    pump,
    states: () => outbox.map((o) => o.state.kind),
    write(clientId: string, conversation = 'c1') {
      const at = '2026-01-01T00:00:00.000Z';
      outbox = add(outbox, { clientId, conversation, agent: 'aiko', text: clientId, epoch: 3, at, basis: 0 });
      pump();
    },
    hasten() {
      outbox = hastened(outbox);
      pump();
    },
    signOut() {
      agent = null;
    },
    signIn() {
      agent = 'aiko';
    },
    /** Moves the clock to the next moment something was put off to; returns it. */
    wake() {
      if (!timer) return null;
      const { at, then } = timer;
      timer = null;
      now = at;
      then();
      return at;
    },
  };
}

/** Lets settled promises reach the sender. */
const settle = async () => {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
};
const clientIds = (d: ReturnType<typeof desk>) => d.sent.map((s) => s.reply.clientId);

describe('sending a reply', () => {
  it('repeats the same clientId after a lost answer until it is acknowledged', async () => {
    const d = desk();
    d.write('a');
    d.sent[0]?.fail(new ApiError(0, 'network', 'cut'));
    await settle();
    expect(d.states()).toEqual(['queued']);
    expect(d.wake()).toBe(500);
    d.sent[1]?.fail(new ApiError(503, 'busy', 'busy'));
    await settle();
    expect(d.wake()).toBe(1500);
    d.sent[2]?.answer(12);
    await settle();
    expect(clientIds(d)).toEqual(['a', 'a', 'a']);
    expect(d.states()).toEqual(['acknowledged']);
    expect(d.answered).toEqual(['a']);
  });

  it('keeps the order in which replies were written', async () => {
    const d = desk();
    d.write('a');
    d.write('b');
    expect(clientIds(d)).toEqual(['a']);
    d.sent[0]?.fail(new ApiError(500, 'failed', 'failed'));
    await settle();
    expect(clientIds(d)).toEqual(['a']);
    d.wake();
    d.sent[1]?.answer(1);
    await settle();
    expect(clientIds(d)).toEqual(['a', 'a', 'b']);
  });

  it('waits as long as the service asks for', async () => {
    const d = desk();
    d.write('a');
    d.sent[0]?.fail(new ApiError(429, 'wait', 'wait', { retryAfter: 4 }));
    await settle();
    expect(d.wake()).toBe(4000);
  });

  it('stops at a refusal, with its reason, and goes on with the next', async () => {
    const d = desk();
    d.write('a');
    d.write('b');
    d.sent[0]?.fail(
      new ApiError(409, 'not-owner', 'Kenji has it.', { owner: { name: 'kenji', displayName: 'Kenji' } }),
    );
    await settle();
    expect(d.states()).toEqual(['refused', 'sending']);
    expect(d.answered).toEqual(['a']);
  });

  it('holds everything back while nobody is signed in, and goes on after', async () => {
    const d = desk();
    d.write('a');
    d.signOut();
    d.sent[0]?.fail(new ApiError(401, 'signed-out', 'sign in'));
    await settle();
    expect(d.states()).toEqual(['queued']);
    d.pump();
    expect(d.sent).toHaveLength(1);
    d.signIn();
    d.hasten();
    expect(clientIds(d)).toEqual(['a', 'a']);
  });
});
