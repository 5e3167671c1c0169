/** Replies on their way to a channel that is pushed to: workers of several processes, crashes between steps, and what never moves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from 'botbuilder';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { DeliveryWorker, type Send } from '../../src/channels/delivery.ts';
import { decide } from '../../src/conversation/conversation.ts';
import { initial } from '../../src/conversation/fold.ts';
import { indexes } from '../../src/conversation/placement.ts';
import { commitDecided } from '../../src/desk/commit.ts';
import { Desk } from '../../src/desk/desk.ts';
import { startSweeper } from '../../src/desk/sweeper.ts';
import { shippedTerms } from '../../src/desk/terms.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import { type Listed, type Store, Unavailable, Unreadable } from '../../src/store/store.ts';
import { until } from '../support/wait.ts';

let directory: string;
let store: Store;
let number = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firstline-delivery-'));
  store = await openLmdb(directory);
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

/** A conversation of a pushed channel in which the bot has said these things. */
async function told(...replies: string[]): Promise<string> {
  const id = `msteams:${++number}`;
  const world = { ...shippedTerms, now: Date.now(), notices: texts, by: { role: 'desk' } as const };
  const channel = { kind: 'connector', channelId: 'msteams', reference: { id } } as const;
  const opened = await commitDecided(
    store,
    initial(id),
    decide(initial(id), { type: 'open', channel, visitor: { id: 'v', signed: true }, language: 'en' }, world),
    { at: world.now, key: 'open' },
  );
  const turn = { type: 'turn', findings: [], replies: replies.map((text) => ({ text })) } as const;
  await commitDecided(store, opened, decide(opened, turn, world), { at: world.now, key: 'turn' });
  return id;
}

interface Line {
  level: number;
  conversation?: string;
}

/** A worker as another process has it, and what it logs. */
function worker(send: Send, on: Store = store): { worker: DeliveryWorker; lines: Line[] } {
  const lines: Line[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line) as Line) });
  const desk = new Desk({ store: on, notices: texts });
  return { worker: new DeliveryWorker({ store: on, desk, send, log }), lines };
}

function taker(): { send: Send; taken: string[] } {
  const taken: string[] = [];
  return {
    taken,
    send: async (_reference, activity: Partial<Activity>) => {
      await new Promise((resolve) => setImmediate(resolve));
      taken.push(activity.text ?? '');
    },
  };
}

const delivered = async (id: string) => {
  const [c] = await store.load([id]);
  return c?.delivery?.through === c?.delivery?.last;
};

describe('delivery', () => {
  it('D1 by five workers at once hands over every reply once, in order', async () => {
    const id = await told('one', 'two', 'three');
    const { send, taken } = taker();
    const workers = Array.from({ length: 5 }, () => worker(send).worker);
    await until(async () => {
      await Promise.all(workers.map((one) => one.deliver(id)));
      return delivered(id);
    }, 'all is delivered');
    expect(taken).toEqual(['one', 'two', 'three']);
  });

  it('D2 that dies between sending and noting sends that reply again, and none is left out', async () => {
    const id = await told('one', 'two');
    const { send, taken } = taker();
    const forgetful = new Proxy(store, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (name === 'commit') return () => Promise.reject(new Unavailable('gone'));
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await worker(send, forgetful).worker.deliver(id);
    await worker(send).worker.deliver(id);
    expect(taken).toEqual(['one', 'one', 'two']);
    expect(await delivered(id)).toBe(true);
  });

  it('D3 that outlives its lease leaves the lease of whoever took over', async () => {
    const id = await told('one');
    const slow: Send = () => store.records.put('delivering', id, 'another process', 20_000);
    await worker(slow).worker.deliver(id);
    expect(await store.records.get('delivering', id)).toBe('another process');
  });

  it('H6 of a conversation that cannot be read is told of once, however often the sweeper asks', async () => {
    const broken = new Proxy(store, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (name === 'load') return (ids: string[]) => Promise.reject(new Unreadable(ids[0] ?? '', 'it is not JSON.'));
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const { worker: one, lines } = worker(taker().send, broken);
    for (let i = 0; i < 5; i++) await one.deliver('msteams:broken');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 50, conversation: 'msteams:broken' });
  });
});

describe('the sweeper', () => {
  it('D5 comes to the last that is due, though hundreds before it never move and one never ends', async () => {
    const due: Listed[] = Array.from({ length: 450 }, (_, i) => ({ member: `c${i}`, score: i }));
    const list: Store['list'] = async (index, { limit, after }) => {
      expect(index).toBe(indexes.wake);
      return due.filter(({ score }) => score > (after?.score ?? -1)).slice(0, limit);
    };
    const asked: string[] = [];
    const sweeper = startSweeper(
      { list, now: Date.now },
      [
        async (conversation) => {
          asked.push(conversation);
          if (conversation === 'c0') await new Promise(() => {});
          if (conversation === 'c1') throw new Error('a fault of one');
        },
      ],
      () => {},
    );
    await until(() => asked.filter((one) => one === 'c449').length >= 2, 'the last is handed on at two looks');
    sweeper.stop();
    expect(asked.filter((one) => one === 'c0')).toHaveLength(1);
    expect(asked.filter((one) => one === 'c1').length).toBeGreaterThanOrEqual(2);
  });

  it('D6 lets no role wait for another: all that one does may hang, the other comes to each at every look', async () => {
    const due: Listed[] = Array.from({ length: 300 }, (_, i) => ({ member: `c${i}`, score: i }));
    const hung: string[] = [];
    const woken: string[] = [];
    const sweeper = startSweeper(
      { list: async () => due, now: Date.now },
      [
        (conversation) => {
          hung.push(conversation);
          return new Promise(() => {});
        },
        async (conversation) => void woken.push(conversation),
      ],
      () => {},
    );
    await until(() => woken.filter((one) => one === 'c299').length >= 2, 'the last is woken at two looks');
    sweeper.stop();
    expect(hung).toHaveLength(200);
  });
});
