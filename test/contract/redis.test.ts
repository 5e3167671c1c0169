/** What the Redis engine promises beyond the common contract: restarts, broken links, lost answers, several processes, plain words. */
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { indexes } from '../../src/conversation/placement.ts';
import { openRedis, type RedisOptions } from '../../src/store/redis.ts';
import { type FeedItem, type Store, Unavailable, Unreadable, VersionConflict } from '../../src/store/store.ts';
import { stopwatch } from '../support/pace.ts';
import { freePort } from '../support/port.ts';
import { startProxy, type TcpProxy } from '../support/proxy.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { soon } from './soon.ts';
import { begin, commitOf, go, queued, said, sayOnce } from './story.ts';

describe.skipIf(!hasRedis)('Redis', () => {
  let redis: RedisProcess;
  let admin: Redis;
  const closers: (() => Promise<unknown>)[] = [];
  let desks = 0;

  beforeAll(async () => {
    redis = await startRedis({ appendonly: true });
    admin = new Redis(redis.url, { maxRetriesPerRequest: null });
    admin.on('error', () => {});
  });
  afterAll(async () => {
    admin.disconnect();
    await redis.stop();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const newDesk = (): string => `desk-${++desks}`;
  const open = async (desk: string, url = redis.url, options: RedisOptions = {}): Promise<Store> => {
    const store = await openRedis(url, desk, { onError: () => {}, ...options });
    closers.push(() => store.close());
    return store;
  };
  const through = async (): Promise<TcpProxy & { url: string }> => {
    const proxy = await startProxy(redis.port);
    closers.push(() => proxy.close());
    return Object.assign(proxy, { url: `redis://127.0.0.1:${proxy.port}` });
  };

  it('S14 has the time of Redis, however wrong the clock of its process', async () => {
    const right = await open(newDesk());
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => right.now() + 3_600_000);
    closers.push(async () => clock.mockRestore());
    const astray = await open(newDesk());
    expect(Date.now() - right.now()).toBeGreaterThan(3_000_000);
    expect(Math.abs(astray.now() - right.now())).toBeLessThan(1_000);
  });

  /** Writers that say numbered sentences, each once, and try again as long as the engine fails. */
  const load = (store: Store, writers: number) => {
    const said = new Map<string, string[]>();
    let ending = false;
    let failures = 0;
    const one = async (id: string): Promise<void> => {
      const own: string[] = [];
      said.set(id, own);
      for (let n = 0; !ending; n++) {
        for (;;) {
          try {
            await sayOnce(store, id, `${n}`, `${id}-${n}`);
            own.push(`${n}`);
            break;
          } catch (error) {
            expect(error).toBeInstanceOf(Unavailable);
            failures += 1;
            await new Promise((done) => setTimeout(done, 10));
          }
        }
      }
    };
    const running = Promise.all(Array.from({ length: writers }, (_, i) => one(`c${i}`)));
    const count = (): number => [...said.values()].reduce((sum, own) => sum + own.length, 0);
    return {
      said,
      count,
      failures: () => failures,
      /** Waits until so many more sentences were acknowledged. */
      more: async (n: number): Promise<void> => {
        const goal = count() + n;
        await soon(() => expect(count()).toBeGreaterThanOrEqual(goal));
      },
      end: async () => {
        ending = true;
        await running;
      },
    };
  };
  /** Every sentence that was acknowledged stands in the log exactly once, in order, without a gap of versions. */
  const expectExactlyOnce = async (store: Store, said: Map<string, string[]>): Promise<void> => {
    for (const [id, own] of said) {
      const events = await store.history(id, 0, 10_000);
      expect(events.flatMap((e) => (e.type === 'message' ? [e.text] : []))).toEqual(own);
      expect(events.map((e) => e.version)).toEqual(events.map((_, i) => i + 1));
    }
  };

  describe('several processes:', () => {
    it('S2 S7 S8 S10 share conversations, the feed, numbers and signals', async () => {
      const desk = newDesk();
      const one = await open(desk);
      const two = await open(desk);
      const items: FeedItem[] = [];
      const heard: unknown[] = [];
      await two.follow(undefined, (item) => items.push(item));
      two.onSignal((message) => heard.push(message));
      const state = await begin(one, 'c1');
      expect(await two.load(['c1'])).toEqual([state]);
      await soon(() => expect(items).toHaveLength(1));
      const outcomes = await Promise.allSettled([
        one.commit(commitOf(state, [said('from one')], 2)),
        two.commit(commitOf(state, [said('from two')], 2)),
      ]);
      expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
      const numbers = await Promise.all([one, two, one, two].map((store) => store.reserve('ticket')));
      expect(new Set(numbers).size).toBe(4);
      await one.signal('typing');
      await soon(() => expect(heard).toEqual(['typing']));
    });

    it('two desks on one Redis see nothing of each other', async () => {
      const [a, b] = [await open(newDesk()), await open(newDesk())];
      const items: FeedItem[] = [];
      await b.follow(undefined, (item) => items.push(item));
      await go(a, await begin(a, 'c1'), [queued(await a.reserve('ticket'))]);
      expect(await b.load(['c1'])).toEqual([undefined]);
      expect(await b.count(indexes.waiting)).toBe(0);
      expect(await b.reserve('ticket')).toBe(1);
      await begin(b, 'own');
      await soon(() => expect(items).toHaveLength(1));
    });
  });

  describe('a restart of Redis:', () => {
    it('S3 S11 killed with -9 under load, twice: what was acknowledged is there exactly once', async () => {
      const store = await open(newDesk());
      const writers = load(store, 24);
      for (let i = 0; i < 2; i++) {
        await writers.more(400);
        await redis.kill9();
        await redis.restart();
      }
      await writers.more(400);
      await writers.end();
      await expectExactlyOnce(store, writers.said);
    });

    it('S7 a follower goes on by itself and misses nothing; signals are heard again', async () => {
      const store = await open(newDesk());
      const items: FeedItem[] = [];
      const heard: unknown[] = [];
      await store.follow(undefined, (item) => items.push(item));
      store.onSignal((message) => heard.push(message));
      let state = await begin(store, 'c1');
      await soon(() => expect(items).toHaveLength(1));
      await redis.kill9();
      await redis.restart();
      for (let i = 0; i < 20; i++) state = await go(store, state, [said(`${i}`)]);
      await soon(() => expect(items).toHaveLength(21));
      expect(items.map((item) => item.kind === 'entry' && item.announcement.version)).toEqual(
        Array.from({ length: 21 }, (_, i) => i + 2),
      );
      await soon(async () => {
        await store.signal('again');
        expect(heard).toContain('again');
      });
    });

    it('S7 one that lost everything yields lost, then what follows', async () => {
      const forgetful = await startRedis();
      closers.push(() => forgetful.stop());
      const store = await open('desk', forgetful.url);
      const items: FeedItem[] = [];
      await store.follow(undefined, (item) => items.push(item));
      await begin(store, 'c1');
      await soon(() => expect(items).toHaveLength(1));
      await forgetful.restart();
      await begin(store, 'c1');
      await begin(store, 'c2');
      await soon(() => expect(items.slice(1).map(({ kind }) => kind)).toContain('lost'));
      await begin(store, 'c3');
      await soon(() => {
        const last = items.at(-1);
        expect(last?.kind === 'entry' && last.announcement.conversation).toBe('c3');
      });
      expect(items.filter(({ kind }) => kind === 'lost')).toHaveLength(1);
    });

    it('a forgotten script is loaded again, and the commit goes through', async () => {
      const store = await open(newDesk());
      let state = await begin(store, 'c1');
      for (let i = 0; i < 5; i++) {
        await admin.script('FLUSH');
        state = await go(store, state, [said(`${i}`)]);
      }
      expect(await store.history('c1', 0, 100)).toHaveLength(7);
    });
  });

  describe('a bad network:', () => {
    it('S11 links cut under load: what was acknowledged is there exactly once', async () => {
      const proxy = await through();
      const store = await open(newDesk(), proxy.url);
      const writers = load(store, 24);
      for (let i = 0; i < 8; i++) {
        await writers.more(100);
        proxy.cut();
      }
      await writers.more(200);
      await writers.end();
      await expectExactlyOnce(store, writers.said);
    });

    it('S11 answers lost on the way: each commit was applied once, and the writers find their own', async () => {
      const proxy = await through();
      const store = await open(newDesk(), proxy.url);
      const writers = load(store, 24);
      for (let i = 0; i < 5; i++) {
        await writers.more(100);
        proxy.withhold();
        await soon(() => expect(proxy.withheld).toBeGreaterThan(0));
        proxy.heal();
      }
      await writers.more(200);
      await writers.end();
      await expectExactlyOnce(store, writers.said);
    });

    it('S11 with nothing answering, every call rejects with Unavailable within 5 s, and all goes on when it answers again', async () => {
      const proxy = await through();
      const store = await open(newDesk(), proxy.url);
      const items: FeedItem[] = [];
      await store.follow(undefined, (item) => items.push(item));
      const state = await begin(store, 'c1');
      await soon(() => expect(items).toHaveLength(1));
      for (const trouble of ['withhold', 'refuse'] as const) {
        proxy[trouble]();
        const watch = stopwatch();
        const calls = [
          store.commit(commitOf(state, [said(trouble)], 2, trouble)),
          store.load(['c1']),
          store.history('c1', 0, 10),
          store.list('x', { limit: 10 }),
          store.count('x'),
          store.rank('x', 'm', 1),
          store.reserve('n'),
          store.position(),
          store.signal('s'),
          store.follow(undefined, () => {}),
          store.records.get('k', 'a'),
          store.records.put('k', 'a', 1),
          store.records.putIfAbsent('k', 'a', 1),
          store.records.increment('k', 'n', 1_000),
          store.records.remove('k', 'a'),
          store.records.list('k'),
          store.health(),
        ];
        for (const outcome of await Promise.allSettled(calls)) {
          expect(outcome.status === 'rejected' ? outcome.reason : outcome).toBeInstanceOf(Unavailable);
        }
        expect(watch()).toBeLessThan(5_000);
        proxy.heal();
        await soon(() => store.health());
      }
      await soon(() => sayOnce(store, 'c1', 'at last', 'key'));
      const last = (await store.load(['c1']))[0]?.version;
      await soon(() => expect(items.map((item) => item.kind === 'entry' && item.announcement.version)).toContain(last));
      expect(items.every(({ kind }) => kind === 'entry')).toBe(true);
    });

    it('S7 a half-dead link of the feed is noticed, and the follower catches up', async () => {
      const desk = newDesk();
      const proxy = await through();
      const far = await open(desk, proxy.url);
      const near = await open(desk);
      const items: FeedItem[] = [];
      await far.follow(undefined, (item) => items.push(item));
      let state = await begin(near, 'c1');
      await soon(() => expect(items).toHaveLength(1));
      proxy.silence();
      for (let i = 0; i < 10; i++) state = await go(near, state, [said(`${i}`)]);
      await soon(() => expect(items).toHaveLength(11));
      expect(proxy.withheld).toBeGreaterThan(0);
    });

    it('S10 a half-dead link of the signals is replaced, and signals are heard again', async () => {
      const desk = newDesk();
      const proxy = await through();
      const far = await open(desk, proxy.url);
      const near = await open(desk);
      const heard: unknown[] = [];
      far.onSignal((message) => heard.push(message));
      proxy.silence();
      await soon(async () => {
        await near.signal('typing');
        expect(heard).toContain('typing');
      });
    });

    it('S11 a half-dead link for commands is replaced, and what is asked then goes through', async () => {
      const proxy = await through();
      const store = await open(newDesk(), proxy.url);
      const state = await begin(store, 'c1');
      proxy.silence();
      await expect(go(store, state, [said('into the void')])).rejects.toThrow(Unavailable);
      await soon(() => sayOnce(store, 'c1', 'heard', 'key'));
      // The commit that got no answer was applied nonetheless, and once: that is what its writer must be ready for.
      const texts = (await store.history('c1', 2, 10)).map((event) => event.type === 'message' && event.text);
      expect(texts).toEqual(['into the void', 'heard']);
    });
  });

  describe('trouble in Redis itself:', () => {
    it('S1 S11 short of memory it refuses a commit whole, as Unavailable, and serves again when there is room', async () => {
      const small = await startRedis({ args: ['--maxmemory', '6mb'] });
      closers.push(() => small.stop());
      const store = await open('desk', small.url);
      let state = await begin(store, 'c1');
      const fill = async (): Promise<never> => {
        for (;;) state = await go(store, state, [said('x'.repeat(50_000))]);
      };
      const refusal = await fill().catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(Unavailable);
      expect(String(refusal)).toContain('OOM');
      expect(await store.load(['c1'])).toEqual([state]);
      expect(await store.history('c1', state.version, 10)).toEqual([]);
      const root = new Redis(small.url);
      await root.config('SET', 'maxmemory', '100mb');
      root.disconnect();
      await go(store, state, [said('room again')]);
    });

    it('S4 S12 a log that was dropped behind the desk’s back is not written on', async () => {
      const desk = newDesk();
      const store = await open(desk);
      const state = await begin(store, 'c1');
      await admin.del(`{${desk}}:log:c1`);
      await expect(go(store, state, [said('x')])).rejects.toThrow(Unreadable);
      await admin.del(`{${desk}}:state:c1`);
      await admin.rpush(`{${desk}}:log:c1`, '{}');
      await expect(begin(store, 'c1')).rejects.toThrow(Unreadable);
    });

    it('S1 a key of a wrong type is met before anything is written', async () => {
      const desk = newDesk();
      const store = await open(desk);
      const state = await begin(store, 'c1');
      const position = await store.position();
      await admin.set(`{${desk}}:index:waiting`, 'no sorted set');
      await expect(go(store, state, [queued(1)])).rejects.toThrow('WRONGTYPE');
      expect(await store.load(['c1'])).toEqual([state]);
      expect(await store.history('c1', 0, 10)).toHaveLength(2);
      expect(await store.position()).toBe(position);
    });

    it('S1 S2 S5 S12 commits of one moment go out in one call, and what refuses one of them leaves the others alone', async () => {
      const desk = newDesk();
      const store = await open(desk);
      const [first, late, full, torn, wrong, last] = await Promise.all(
        ['first', 'late', 'full', 'torn', 'wrong', 'last'].map((id) => begin(store, id)),
      );
      if (!first || !late || !full || !torn || !wrong || !last) throw new Error('A conversation is missing.');
      await go(store, late, [said('sooner')]);
      await admin.del(`{${desk}}:log:torn`);
      await admin.set(`{${desk}}:index:waiting`, 'no sorted set');
      await admin.config('RESETSTAT');
      const limit = { index: indexes.all, max: 5, of: 'members' } as const;
      const outcomes = await Promise.allSettled([
        go(store, first, [said('taken')]),
        go(store, late, [said('too late')]),
        store.commit({ ...commitOf(full, [said('too many')], 2_000), limit }),
        go(store, torn, [said('nowhere')]),
        go(store, wrong, [queued(1)]),
        go(store, last, [said('taken too'), said('and more')]),
      ]);
      expect(await admin.info('commandstats')).toContain('cmdstat_evalsha:calls=1,');
      const told = outcomes.map((o) => (o.status === 'fulfilled' ? 'applied' : (o.reason as Error).name));
      expect(told).toEqual(['applied', 'VersionConflict', 'LimitReached', 'Unreadable', 'ReplyError', 'applied']);
      expect(outcomes[4]).toMatchObject({ reason: { message: expect.stringContaining('WRONGTYPE') } });
      const versions = (await store.load(['first', 'late', 'full', 'wrong', 'last'])).map((c) => c?.version);
      expect(versions).toEqual([3, 3, 2, 2, 4]);
      expect(await store.history('wrong', 2, 10)).toEqual([]);
      expect(await store.history('last', 2, 10)).toMatchObject([{ text: 'taken too' }, { text: 'and more' }]);
      expect(await admin.xlen(`{${desk}}:feed`)).toBe(7 + 2);
    });

    it('S3 what is committed just before the store is closed is written', async () => {
      const desk = newDesk();
      const store = await open(desk);
      const state = await begin(store, 'c1');
      const last = go(store, state, [said('the last')]);
      await store.close();
      await last;
      expect(await (await open(desk)).history('c1', 2, 10)).toMatchObject([{ text: 'the last' }]);
    });

    it('S7 a feed entry that cannot be read does not keep the followers from those behind it', async () => {
      const desk = newDesk();
      const store = await open(desk);
      const items: FeedItem[] = [];
      closers.push(async () => stop());
      const stop = await store.follow(undefined, (item) => items.push(item));
      await admin.xadd(`{${desk}}:feed`, '*', 'a', '{not json');
      await begin(store, 'behind');
      await soon(() => {
        const told = items.flatMap((item) => (item.kind === 'entry' ? [item.announcement.conversation] : []));
        expect(told).toEqual(['', 'behind']);
      });
    });

    it('S9 ids of records long gone are forgotten when others come', async () => {
      const desk = newDesk();
      const store = await open(desk);
      const kind = `{${desk}}:kind:guess`;
      await admin.zadd(kind, Date.now() - 3_600_000, 'long-gone');
      await store.records.increment('guess', 'new', 60_000);
      expect(await admin.zrange(kind, '0', '-1')).toEqual(['new']);
    });

    it('every key of a desk carries its hash tag', async () => {
      const desk = newDesk();
      const store = await open(desk);
      await go(store, await begin(store, 'a{b}c'), [queued(await store.reserve('ticket'))]);
      await store.records.put('account', '{x}', 1);
      await store.records.increment('attempts', 'y', 60_000);
      const keys = await admin.keys(`*${desk}}*`);
      expect(keys.length).toBeGreaterThan(8);
      expect(keys.filter((key) => !key.startsWith(`{${desk}}:`))).toEqual([]);
    });
  });

  describe('its health', () => {
    const healthWith = async (settings: Parameters<typeof startRedis>[0]) => {
      const own = await startRedis(settings);
      closers.push(() => own.stop());
      return (await open('desk', own.url)).health();
    };

    it('says power-loss, process-crash or none by what Redis is set to', async () => {
      const always = await healthWith({ appendonly: true, args: ['--appendfsync', 'always'] });
      expect(always).toMatchObject({ durability: 'power-loss', warnings: [] });
      expect(await healthWith({ appendonly: true })).toMatchObject({
        durability: 'process-crash',
        detail: expect.stringMatching(/^Redis [\d.]+ with an append-only file, flushed every second\.$/),
        warnings: [],
      });
      const none = await healthWith({ args: ['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru'] });
      expect(none.durability).toBe('none');
      expect(none.warnings).toEqual([
        'Redis keeps nothing durably: set "appendonly yes", or a restart of Redis loses what was acknowledged.',
        'Redis may drop conversations when its memory is full (maxmemory-policy allkeys-lru): set it to noeviction.',
      ]);
    });

    it('goes without what a hosted Redis forbids to ask', async () => {
      const health = await healthWith({ appendonly: true, args: ['--rename-command', 'CONFIG', ''] });
      expect(health.durability).toBe('process-crash');
      expect(health.detail).toContain('unknown');
    });
  });

  describe('at start it says in one sentence what to do', () => {
    const refusal = async (url: string, desk = 'desk'): Promise<string> =>
      openRedis(url, desk, { connectWithin: 300, onError: () => {} }).then(
        () => 'opened',
        (error: Error) => error.message,
      );

    it('when nobody listens', async () => {
      const port = await freePort();
      expect(await refusal(`redis://127.0.0.1:${port}`)).toMatch(
        new RegExp(
          `^Redis at 127\\.0\\.0\\.1:${port} cannot be reached \\(.*ECONNREFUSED.*\\): start it, correct REDIS_URL, or unset`,
        ),
      );
    });

    it('when the URL or the desk is none', async () => {
      expect(await refusal('localhost:6379')).toContain('REDIS_URL must look like redis://host:6379');
      expect(await refusal('http://localhost')).toContain('REDIS_URL must look like');
      expect(await refusal(redis.url, 'a}b')).toContain("A desk's id is");
    });

    it('when the password is wrong, without showing it', async () => {
      const guarded = await startRedis({ args: ['--requirepass', 'right'], password: 'right' });
      closers.push(() => guarded.stop());
      const message = await refusal(`redis://:secret-wrong@127.0.0.1:${guarded.port}`);
      expect(message).toContain('refuses the sign-in');
      expect(message).not.toContain('secret');
      expect(await refusal(guarded.url)).toContain('refuses the sign-in');
      await (await open('desk', `redis://:right@127.0.0.1:${guarded.port}`)).health();
    });
  });

  it('S2 a commit that conflicts is not tried again', async () => {
    const desk = newDesk();
    const store = await open(desk);
    const state = await begin(store, 'c1');
    await go(store, state, [said('first')]);
    await admin.config('RESETSTAT');
    await expect(go(store, state, [said('second')])).rejects.toThrow(VersionConflict);
    expect(await admin.info('commandstats')).toContain('cmdstat_evalsha:calls=1,');
  });
});
