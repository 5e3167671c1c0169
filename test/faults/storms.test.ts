/** Many at once on one conversation, on both engines; and a store that goes away in the middle of a turn. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Store, Unavailable } from '../../src/store/store.ts';
import { arrive, call, signIn, startDesk, type TestDesk } from '../support/desk.ts';
import { fewFaq } from '../support/faqs.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';

interface Entry {
  readonly version: number;
  readonly type: string;
  readonly text?: string;
  readonly by: { readonly role: string };
}

function storms(engine: 'LMDB' | 'Redis'): void {
  let redis: RedisProcess | undefined;
  let desks: TestDesk[];
  beforeAll(async () => {
    redis = engine === 'Redis' ? await startRedis() : undefined;
    const env = redis ? { REDIS_URL: redis.url } : {};
    desks = [await startDesk({ env }), ...(redis ? [await startDesk({ env })] : [])];
  });
  afterAll(async () => {
    for (const desk of desks ?? []) await desk.stop();
    await redis?.stop();
  });
  /** Any process of the desk. */
  const url = (i: number) => desks[i % desks.length]?.url ?? '';

  it(`T1 T3 two hundred messages at once, each sent twice, are all there once (${engine})`, async () => {
    const visitor = await arrive(url(0));
    const base = (i: number) => `${url(i)}/v3/directline/conversations/${visitor.conversation}/activities`;
    const post = async (i: number, process: number) => {
      const body = {
        type: 'message',
        text: `line ${i} of the printer does not print`,
        channelData: { clientActivityID: `c${i}` },
      };
      const headers = { authorization: `Bearer ${visitor.token}` };
      return call<{ id: string }>(base(process), { method: 'POST', body, headers });
    };
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => Promise.all([post(i, i), post(i, i + 1)])),
    );
    for (const [one, two] of answers) {
      expect([one.status, two.status]).toEqual([200, 200]);
      expect(two.body.id).toBe(one.body.id);
    }
    const agent = await signIn(url(0));
    const { timeline } = (await agent.get<{ timeline: Entry[] }>(`/conversations/${visitor.conversation}`)).body;
    expect(timeline.map((entry) => entry.version)).toEqual(timeline.map((_, i) => i + 1));
    const lines = timeline.flatMap(({ text }) => (text?.startsWith('line ') ? [text] : []));
    expect(new Set(lines).size).toBe(200);
    expect(lines).toHaveLength(200);
  }, 120_000);

  it(`O1 O2 an owner replies amid a storm of claims and of the visitor's own words (${engine})`, async () => {
    const visitor = await arrive(url(0));
    await visitor.say('talk to a person', 'ask');
    const agent = await signIn(url(0));
    const path = `/conversations/${visitor.conversation}`;
    const { epoch } = (await agent.post<{ epoch: number }>(`${path}/claim`)).body;
    const outcomes = await Promise.all([
      ...Array.from({ length: 50 }, (_, i) => visitor.say(`word ${i}`, `w${i}`).then(({ status }) => status)),
      ...Array.from({ length: 50 }, () => agent.post(`${path}/claim`).then(({ status }) => status)),
      ...Array.from({ length: 50 }, (_, i) =>
        agent.post(`${path}/messages`, { text: `reply ${i}`, epoch, clientId: `r${i}` }).then(({ status }) => status),
      ),
    ]);
    expect(new Set(outcomes)).toEqual(new Set([200, 201]));
    const { timeline } = (await agent.get<{ timeline: Entry[] }>(path)).body;
    expect(timeline.filter((entry) => entry.type === 'claimed')).toHaveLength(1);
    const claimed = timeline.find((entry) => entry.type === 'claimed')?.version ?? 0;
    expect(timeline.filter((entry) => entry.version > claimed && entry.by.role === 'bot')).toEqual([]);
    for (const word of ['word', 'reply'])
      expect(timeline.filter(({ text }) => text?.startsWith(word))).toHaveLength(50);
  }, 120_000);
}

describe('a storm', () => storms('LMDB'));
describe.skipIf(!hasRedis)('a storm on two processes', () => storms('Redis'));

describe('a store that goes away', () => {
  it('T2 T4 before a commit or behind it: the message is refused, and sent again it is there once, answered once', async () => {
    let fault: { readonly at: 'before' | 'behind'; readonly conversation: string } | undefined;
    const commit = async (store: Store, given: Parameters<Store['commit']>[0]) => {
      // The trail is written meanwhile, and is not what is looked at.
      const at = given.id === fault?.conversation ? fault.at : undefined;
      if (at) fault = undefined;
      if (at !== 'before') await store.commit(given);
      if (at) throw new Unavailable('Redis does not answer: the link was cut');
    };
    const wrapStore = (store: Store): Store =>
      new Proxy(store, {
        get: (target, name) => {
          const value = Reflect.get(target, name);
          if (name === 'commit') return (given: Parameters<Store['commit']>[0]) => commit(target, given);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    const desk = await startDesk({ env: { FAQ_DIR: fewFaq }, wrapStore });
    for (const at of ['before', 'behind'] as const) {
      const visitor = await arrive(desk.url);
      fault = { at, conversation: visitor.conversation };
      expect((await visitor.say('I forgot my password', 'one')).status).toBe(503);
      expect((await visitor.say('I forgot my password', 'one')).status).toBe(200);
      const said = await visitor.texts();
      expect(said.filter((text) => text === 'I forgot my password')).toHaveLength(1);
      expect(said.filter((text) => text === 'Did that help?').length).toBeLessThanOrEqual(1);
      expect((await visitor.activities()).length).toBe(4);
    }
    await desk.stop();
  });

  it('H2 leaves the other figures at /metrics', async () => {
    let away = false;
    const wrapStore = (store: Store): Store =>
      new Proxy(store, {
        get: (target, name) => {
          const value = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return name === 'count' && away
            ? () => Promise.reject(new Unavailable('Redis does not answer: gone'))
            : value.bind(target);
        },
      });
    const desk = await startDesk({ env: { FAQ_DIR: fewFaq }, wrapStore });
    away = true;
    const figures = await fetch(`${desk.url}/metrics`);
    expect(figures.status).toBe(200);
    expect(await figures.text()).toContain('firstline_visitor_sockets 0');
    await desk.stop();
  });
});
