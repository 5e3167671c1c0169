/**
 * No dead end: whatever stands in the way, on the website and on a channel that is pushed to, a visitor who asks for a person gets exactly
 * one message, the right one, within 5 s, in their language.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import type { Event } from '../../src/conversation/event.ts';
import { indexes } from '../../src/conversation/placement.ts';
import type { Store } from '../../src/store/store.ts';
import { appId, type Connector, startConnector } from '../support/connector.ts';
import { type AgentSession, arrive, call, signIn, startDesk, type TestDesk } from '../support/desk.ts';
import { stopwatch } from '../support/pace.ts';
import { startProxy } from '../support/proxy.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { told } from '../support/schedule.ts';
import { until } from '../support/wait.ts';

/** A message is there within this, ms. */
const promised = 5_000;
const minute = 60_000;
const day = 24 * 60 * minute;

const clock = Date.now;
/** By which the service's clock is ahead, ms: what is due in a minute is made due now. */
let ahead = 0;
vi.spyOn(Date, 'now').mockImplementation(() => clock() + ahead);

let directory: string;
let connector: Connector;
const running: { stop(): Promise<unknown> }[] = [];

beforeAll(async () => {
  connector = await startConnector();
  directory = await mkdtemp(join(tmpdir(), 'firstline-matrix-'));
});
afterEach(async () => {
  ahead = 0;
  for (const one of running.splice(0).reverse()) await one.stop();
});
afterAll(async () => {
  await connector.close();
  await rm(directory, { recursive: true, force: true });
  vi.restoreAllMocks();
});

/** Somebody on one of the two ways to the desk. */
interface Person {
  readonly way: 'website' | 'connector';
  readonly language: 'en' | 'ja';
  readonly id: string;
  /** @returns the answer's status. */
  say(text: string, key: string): Promise<number>;
  /** What has reached them since they arrived, or since `forget`. */
  heard(): Promise<string[]>;
}

interface Place {
  readonly desk: TestDesk;
  readonly store: Store;
  /** Faults of the engine that the bot meets. */
  readonly broken: { isCountWrong: boolean };
  readonly people: readonly Person[];
  signIn(): Promise<AgentSession>;
}

let number = 0;

async function onWebsite(url: string): Promise<Person> {
  const visitor = await arrive(url, 'en');
  return {
    way: 'website',
    language: 'en',
    id: visitor.conversation,
    say: async (text, key) => (await visitor.say(text, key)).status,
    heard: async () =>
      (await visitor.activities()).filter(({ from }) => from.role === 'bot').map(({ text }) => text ?? ''),
  };
}

async function onConnector(url: string): Promise<Person> {
  const conversation = `a:matrix-${++number}`;
  const say = async (text: string, id: string): Promise<number> => {
    const body = {
      type: 'message',
      id,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: { id: '29:user', name: '花子', aadObjectId: 'aad' },
      recipient: { id: `28:${appId}`, name: 'firstline' },
      conversation: { conversationType: 'personal', tenantId: 'tenant', id: conversation },
      locale: 'ja-JP',
      text,
      channelData: { tenant: { id: 'tenant' } },
    };
    const headers = { authorization: `Bearer ${await connector.token()}` };
    return (await call(`${url}/api/messages`, { method: 'POST', body, headers })).status;
  };
  const heard = async () =>
    connector.received.flatMap(({ conversation: at, text }) => (at?.id === conversation ? [text ?? ''] : []));
  const person: Person = { way: 'connector', language: 'ja', id: `msteams:${conversation}`, say, heard };
  await say('こんにちは', 'hello');
  await until(async () => (await heard()).length > 0, 'the first words of the bot');
  return person;
}

async function place(rules: string, env: Readonly<Record<string, string>> = {}): Promise<Place> {
  const file = join(directory, `desk-${++number}.yaml`);
  await writeFile(file, rules);
  const broken = { isCountWrong: false };
  let store: Store | undefined;
  const wrapStore = (engine: Store): Store => {
    store = engine;
    return new Proxy(engine, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'count') return value.bind(target);
        return async (index: string) => {
          if (broken.isCountWrong && index === indexes.waiting) throw new TypeError('a fault of the bot');
          return target.count(index);
        };
      },
    });
  };
  const desk = await startDesk({
    env: {
      DESK_FILE: file,
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'secret',
      ...env,
    },
    authentication: connector.authentication,
    wrapStore,
  });
  running.push(desk);
  if (!store) throw new Error('The service has opened no store.');
  const people = [await onWebsite(desk.url), await onConnector(desk.url)];
  return { desk, store, broken, people, signIn: () => signIn(desk.url) };
}

const spoken = (log: readonly Event[]): string[] =>
  log.flatMap((event) =>
    event.type === 'message' && (event.by.role === 'bot' || event.by.role === 'desk') ? [event.text ?? ''] : [],
  );

/**
 * Does something to each person, and holds what they hear of it against what they should.
 * @param expected from the ticket's number, `T-000000` where there is none.
 */
async function hears(
  situation: string,
  { store, people }: Pick<Place, 'store' | 'people'>,
  act: (person: Person) => Promise<unknown>,
  expected: (person: Person, ticket: string) => string,
): Promise<void> {
  const logs: { person: Person; before: number; from: number }[] = [];
  for (const person of people) {
    const before = (await person.heard()).length;
    logs.push({ person, before, from: (await store.load([person.id]))[0]?.version ?? 0 });
  }
  for (const { person, before } of logs) {
    const watch = stopwatch();
    await act(person);
    const [message = ''] = await until(async () => {
      const heard = (await person.heard()).slice(before);
      return heard.length > 0 && heard;
    }, `a message on the ${person.way}`);
    const took = watch();
    const ticket = (await store.load([person.id]))[0]?.ticket?.number ?? 0;
    expect([person.way, message]).toEqual([person.way, expected(person, `T-${String(ticket).padStart(6, '0')}`)]);
    expect(took, person.way).toBeLessThan(promised);
  }
  // The sweeper and the feed have gone round since for the first: still one, in the log and with the visitor.
  for (const { person, from } of logs) {
    expect([person.way, spoken(await store.history(person.id, from, 100))]).toEqual([person.way, [expect.any(String)]]);
  }
  told({
    fault: situation,
    engine: situation === 'engine down' ? 'Redis' : 'LMDB',
    times: people.length,
    acknowledged: people.length,
    lost: 0,
    doubled: 0,
    visitor: `one message: ${expected({ language: 'en' } as Person, 'T-000001').split('\n')[0]}`,
    agent: 'the case in the queue',
  });
}

const asks = (person: Person) => person.say(texts[person.language].talkToPerson, 'person');
const [today] = [Math.floor((clock() + 9 * 60 * minute) / day)];
const isoDay = (n: number) => new Date(n * day).toISOString().slice(0, 10);
const tokyoMidnight = (n: number) => n * day - 9 * 60 * minute;
const opens = ({ language }: Person, at: number) => texts[language].instant(at, 'Asia/Tokyo');

describe('a visitor who asks for a person hears once, and the right thing, when', () => {
  it('N1 nobody is signed in', async () => {
    await hears('nobody signed in', await place('{}'), asks, ({ language }, ticket) =>
      texts[language].nobody(ticket, undefined),
    );
  });

  it('N1 the desk is closed', async () => {
    const weekday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][new Date((today + 2) * day).getUTCDay()];
    const there = await place(`calendar: {hours: {${weekday}: ["09:00-17:00"]}}`);
    await there.signIn();
    await hears('closed', there, asks, (person, ticket) =>
      texts[person.language].closed(ticket, opens(person, tokyoMidnight(today + 2) + 9 * 60 * minute)),
    );
  });

  it('N1 it is a holiday', async () => {
    const closed = `${isoDay(today)}..${isoDay(today + 1)}`;
    const there = await place(
      `calendar: {hours: {mon-sun: ["00:00-24:00"]}, holidays: {closed: [{days: ${closed}, name: {ja: 休, en: Off}}]}}`,
    );
    await there.signIn();
    await hears('holiday', there, asks, (person, ticket) =>
      texts[person.language].closed(ticket, opens(person, tokyoMidnight(today + 2))),
    );
  });

  it('N1 the queue is full', async () => {
    const there = await place('queue: {mostWaiting: 1}');
    await there.signIn();
    const first = await arrive(there.desk.url);
    await first.say(texts.en.talkToPerson, 'first');
    await hears('queue full', there, asks, ({ language }, ticket) => texts[language].full(ticket, undefined));
  });

  it('N1 the bot fails in that turn', async () => {
    const there = await place('{}');
    await there.signIn();
    there.broken.isCountWrong = true;
    await hears('bot error', there, asks, ({ language }) => texts[language].trouble);
  });

  it('N1 nobody has answered in time', async () => {
    const there = await place('sla: {plans: {default: {normal: {firstResponse: 1m}}}}');
    await there.signIn();
    for (const person of there.people) {
      const before = (await person.heard()).length;
      await asks(person);
      await until(async () => (await person.heard()).length > before, 'the place in the queue');
    }
    const pass = async () => {
      ahead = 61_000;
    };
    await hears('queue time-out', there, pass, ({ language }, ticket) => texts[language].waitsLong(ticket));
  });

  it('N1 the agent has fallen silent', async () => {
    const there = await place('silence: {remind: 10s, handOn: 11s}');
    const agent = await there.signIn();
    for (const person of there.people) {
      await asks(person);
      expect((await agent.post(`/conversations/${encodeURIComponent(person.id)}/claim`)).status).toBe(200);
      await person.say({ en: 'hello?', ja: 'もしもし' }[person.language], 'and then');
      const joined = texts[person.language].claimed({ name: 'admin', displayName: 'admin' });
      await until(async () => (await person.heard()).includes(joined), 'that somebody has joined');
    }
    const pass = async () => {
      ahead = 10_500;
    };
    await hears('silent agent', there, pass, ({ language }) => texts[language].released());
  });

  it.skipIf(!hasRedis)('N1 the engine is down: a refusal within 5 s, and one answer when it is back', async () => {
    const redis = await startRedis({ appendonly: true });
    running.push(redis);
    const proxy = await startProxy(redis.port);
    running.push({ stop: () => proxy.close() });
    const there = await place('{}', { REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
    const agent = await there.signIn();
    proxy.refuse();
    const watch = stopwatch();
    expect(await Promise.all(there.people.map(asks))).toEqual([503, 503]);
    expect(watch()).toBeLessThan(promised);
    proxy.heal();
    await until(
      async () => (await call(`${there.desk.url}/readyz`)).status === 200,
      'the service is ready again',
      20_000,
    );
    await agent.get('/me');
    await until(() => there.store.records.get('lease', 'admin'), 'the agent is there');
    // As the widget and the channel do: the same message, again.
    await hears('engine down', there, asks, ({ language, way }, ticket) =>
      texts[language].queued(ticket, way === 'connector' ? 1 : 0),
    );
  });
});
