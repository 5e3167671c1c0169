/** The audit trail on both engines: rows of every command, once, through restarts, rivals and a feed that was lost; and its tampering. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { open } from 'lmdb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { defaultProfile } from '../../src/console/accounts.ts';
import { type Auditor, startAuditor } from '../../src/desk/audit/auditor.ts';
import type { Row } from '../../src/desk/audit/chain.ts';
import { segmentId } from '../../src/desk/audit/deeds.ts';
import { segmentSize, Trail } from '../../src/desk/audit/trail.ts';
import { allRows, verify } from '../../src/desk/audit/verify.ts';
import { Desk } from '../../src/desk/desk.ts';
import { numberedKey } from '../../src/store/keys.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import { openRedis } from '../../src/store/redis.ts';
import type { Store } from '../../src/store/store.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { until } from '../support/wait.ts';
import { build, run } from './cli-agents-run.ts';
import { engines, makeAgent, makeWaiting, signedIn, signIn } from './console-desk.ts';

interface Place {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  open(feedLength?: number): Promise<Store>;
  /** Changes the stored text of a row (by its number), or takes it away. No store is open meanwhile where the engine serves one. */
  tamper(row: number, change: (text: string) => string | undefined): Promise<void>;
  stop(): Promise<void>;
}

async function lmdbPlace(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-audit-'));
  return {
    directory,
    env: {},
    open: (feedLength) => openLmdb(join(directory, 'store'), feedLength ? { feedLength } : {}),
    tamper: async (row, change) => {
      const env = open({ path: join(directory, 'store', 'desk.mdb'), overlappingSync: false });
      const db = env.openDB<string, Buffer>('events', { encoding: 'string', keyEncoding: 'binary' });
      const key = numberedKey(segmentId(1), row);
      const text = change(db.get(key) ?? '');
      if (text === undefined) await db.remove(key);
      else await db.put(key, text);
      await env.close();
    },
    stop: () => rm(directory, { recursive: true, force: true }),
  };
}

async function redisPlace(redis: RedisProcess, desk: string): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-audit-'));
  return {
    directory,
    env: { REDIS_URL: redis.url, DESK_ID: desk },
    open: (feedLength) => openRedis(redis.url, desk, { onError: () => {}, ...(feedLength ? { feedLength } : {}) }),
    tamper: async (row, change) => {
      const client = new Redis(redis.url);
      const key = `{${desk}}:log:${segmentId(1)}`;
      const text = change((await client.lindex(key, row - 1)) ?? '');
      await client.lset(key, row - 1, text ?? 'gone');
      if (text === undefined) await client.lrem(key, 1, 'gone');
      await client.quit();
    },
    stop: () => rm(directory, { recursive: true, force: true }),
  };
}

const rowsOf = async (store: Store): Promise<Row[]> => {
  const rows: Row[] = [];
  for await (const row of allRows(new Trail(store))) rows.push(row);
  return rows;
};
const holds = async (store: Store) => {
  const trail = new Trail(store);
  return verify(trail, () => trail.head(), []);
};

function trailOn(name: string, makePlace: () => Promise<Place>): void {
  describe(`the audit trail on ${name}`, () => {
    let place: Place;
    let store: Store;
    const auditors = new Set<Auditor>();
    const start = async (on: Store = store): Promise<Auditor> => {
      const auditor = await startAuditor({ store: on, trail: new Trail(on), onError: () => {}, gather: 5 });
      auditors.add(auditor);
      return auditor;
    };
    beforeEach(async () => {
      place = await makePlace();
      store = await place.open();
    });
    afterEach(async () => {
      for (const auditor of auditors) await auditor.stop();
      auditors.clear();
      await store.close();
      await place.stop();
    });
    /** An agent takes a case, writes, and closes it: three commands. */
    const work = async (agent: string): Promise<string> => {
      const c = await makeWaiting(store);
      const desk = new Desk({ store, notices: texts });
      const by = { role: 'agent', name: agent, displayName: agent } as const;
      const { version } = await desk.claim(c.id, { ...defaultProfile(agent), name: agent, capacity: 100 });
      await desk.execute(c.id, { type: 'reply', agent, epoch: version, content: { text: 'Secret words' } }, by);
      await desk.execute(c.id, { type: 'resolve', agent, code: 'solved', summary: 'Secret end' }, by);
      return c.id;
    };
    const deedsIn = (rows: readonly Row[], id: string) =>
      rows.filter(({ subject }) => subject === id).map(({ who, what }) => `${who} ${what}`);
    const whole = ['desk opened', 'bot queued', 'agent:aiko claimed', 'agent:aiko message', 'agent:aiko resolved'];

    it('K1 has one row for each command, in order, and nothing that was said', async () => {
      await start();
      const ids = await Promise.all([work('aiko'), work('aiko'), work('aiko')]);
      await until(async () => (await rowsOf(store)).length >= 1 + 15, 'the rows');
      const rows = await rowsOf(store);
      expect(rows[0]).toMatchObject({ n: 1, who: 'desk', what: 'audit-began' });
      for (const id of ids) expect(deedsIn(rows, id)).toEqual(whole);
      expect(rows).toHaveLength(16);
      expect(JSON.stringify(rows)).not.toMatch(/Secret|Hanako|printer/);
      expect(await holds(store)).toMatchObject({ rows: 16, fault: undefined });
    });

    it('K1 has it once across auditors that stop, come back and compete, and none of what happened meanwhile is missing', async () => {
      const first = await start();
      const before = await work('aiko');
      await first.stop();
      const meanwhile = await work('aiko');
      await Promise.all([start(), start(), start()]);
      const after = await work('aiko');
      await until(async () => deedsIn(await rowsOf(store), after).length === whole.length, 'the rows');
      const rows = await rowsOf(store);
      for (const id of [before, meanwhile, after]) expect(deedsIn(rows, id)).toEqual(whole);
      expect((await holds(store)).fault).toBeUndefined();
    });

    it('K1 two auditors that both believe to be at work write each deed once', async () => {
      const trail = new Trail(store);
      const deed = (what: string) => ({ at: 1, who: 'desk', what, subject: '', facts: {} });
      expect(await trail.appendFrom(undefined, [{ deed: deed('a'), cursor: '1' }])).toBe('1');
      const both = await Promise.all([
        trail.appendFrom('1', [
          { deed: deed('b'), cursor: '2' },
          { deed: deed('c'), cursor: '3' },
        ]),
        new Trail(store).appendFrom('1', [{ deed: deed('b'), cursor: '2' }]),
      ]);
      expect(both[0]).toBe(both[1]);
      const rows = (await rowsOf(store)).map(({ what }) => what);
      expect([
        ['a', 'b', 'c'],
        ['a', 'b'],
      ]).toContainEqual(rows);
    });

    it('K3 says so when the feed was lost before it was read', async () => {
      const first = await start();
      await until(async () => (await rowsOf(store)).length === 1, 'the rows');
      await first.stop();
      await store.close();
      store = await place.open(3);
      // Redis trims about: by whole nodes of a hundred entries.
      for (let n = 0; n < 130; n++) await makeWaiting(store);
      await start();
      await until(async () => (await rowsOf(store)).some(({ what }) => what === 'feed-lost'), 'the rows');
      const after = await work('aiko');
      await until(async () => deedsIn(await rowsOf(store), after).length === whole.length, 'the rows');
      expect((await holds(store)).fault).toBeUndefined();
    }, 30_000);

    it('K1 appended by many at once every deed is there once, and the chain is one', async () => {
      const trails = Array.from({ length: 5 }, () => new Trail(store));
      await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          trails[n % 5]?.append({ at: n, who: 'agent:aiko', what: 'signed-in', subject: `${n}`, facts: {} }),
        ),
      );
      const rows = await rowsOf(store);
      expect(rows.map(({ subject }) => Number(subject)).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 60 }, (_, n) => n),
      );
      expect(await holds(store)).toMatchObject({ rows: 60, fault: undefined });
    });

    it('K2 goes on in a new segment when one is full', async () => {
      const trail = new Trail(store);
      const items = Array.from({ length: segmentSize + 700 }, (_, n) => ({
        deed: { at: n, who: 'desk', what: 'x', subject: '', facts: {} },
        cursor: `${n + 1}`,
      }));
      let cursor: string | undefined;
      for (let at = 0; at < items.length; at = Number(cursor)) cursor = await trail.appendFrom(cursor, items.slice(at));
      expect((await new Trail(store).head())?.segment).toBe(2);
      await trail.append({ at: 1, who: 'desk', what: 'y', subject: '', facts: {} });
      expect(await holds(store)).toMatchObject({ rows: segmentSize + 701, fault: undefined });
    }, 30_000);

    it('K4 is no conversation: in no list, no view, no export', async () => {
      await new Trail(store).append({ at: 1, who: 'desk', what: 'x', subject: '', facts: {} });
      for (const index of ['all', 'open', 'closed', 'waiting', 'tickets']) expect(await store.count(index)).toBe(0);
      const { code, out } = await run('export', [], { directory: place.directory, env: place.env, input: '' });
      expect([code, out]).toEqual([0, '']);
    });

    describe('is checked by the command', () => {
      const audit = (args: readonly string[]) =>
        run('audit', args, { directory: place.directory, env: place.env, input: '' });
      const fill = async () => {
        const trail = new Trail(store);
        for (let n = 1; n <= 12; n++)
          await trail.append({
            at: n * 3_600_000,
            who: n % 2 ? 'agent:aiko' : 'desk',
            what: 'x',
            subject: `s${n}`,
            facts: { n },
          });
      };

      it('K2 which names the row that was changed or removed, and notices a shortened end', async () => {
        await fill();
        const good = await audit(['verify']);
        expect([good.code, good.err]).toEqual([0, '']);
        expect(good.out).toMatch(/^The audit trail holds: 12 rows\. Head: 12:[0-9a-f]{64}\n$/);
        const noted = /12:[0-9a-f]{64}/.exec(good.out)?.[0] ?? '';
        expect((await audit(['verify', '--head', noted])).code).toBe(0);
        expect(await audit(['verify', '--head', `3:${'0'.repeat(64)}`])).toMatchObject({ code: 1 });
        await store.close();
        let original = '';
        await place.tamper(5, (text) => {
          original = text;
          return text.replace('agent:aiko', 'agent:ben');
        });
        const changed = await audit(['verify']);
        expect([changed.code, changed.out]).toEqual([
          1,
          'The audit trail does not hold: row 5 was changed. The 4 rows before it hold.\n',
        ]);
        await place.tamper(5, () => original);
        await place.tamper(12, () => undefined);
        const cut = await audit(['verify']);
        expect([cut.code, cut.out]).toEqual([
          1,
          'The audit trail does not hold: row 12 is gone. The 11 rows before it hold.\n',
        ]);
        await place.tamper(7, () => undefined);
        const removed = await audit(['verify']);
        expect(removed.code).toBe(1);
        expect(removed.out).toMatch(/^The audit trail does not hold: row 7 is missing/);
        store = await place.open();
      }, 60_000);

      it('K5 which lists and exports what is asked for, and is itself noted', async () => {
        await fill();
        const listed = await audit(['list', '--who', 'aiko']);
        expect(listed.out.trim().split('\n')).toHaveLength(6);
        expect(listed.out).toContain('1970-01-01T01:00:00.000Z\tagent:aiko\tx\ts1\tn=1');
        const some = await audit(['export', '--from', '1970-01-01T02:00:00Z', '--to', '1970-01-01T03:00:00Z']);
        const lines = some.out
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Row);
        expect(lines.map(({ n }) => n)).toEqual([2, 3]);
        const rows = await rowsOf(store);
        expect(rows.at(-1)).toMatchObject({ what: 'exported', subject: 'audit' });
        expect(rows.at(-1)?.who).toMatch(/^command:/);
        expect(await audit(['burn'])).toMatchObject({ code: 2, out: '' });
        expect(await audit(['list', '--from', 'yesterday'])).toMatchObject({ code: 2, out: '' });
      }, 60_000);
    });
  });
}

beforeAll(build, 120_000);
trailOn('LMDB', lmdbPlace);
describe.skipIf(!hasRedis)('with a redis-server', () => {
  let redis: RedisProcess;
  let desks = 0;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  trailOn('Redis', () => redisPlace(redis, `audit-${++desks}`));
});

describe('the audit trail at the console', () => {
  for (const { name, open: openEngine } of engines) {
    it(`K5 on ${name} notes sign-ins, wrong and locked ones, sign-outs; leads read it, agents do not`, async () => {
      const engine = await openEngine();
      try {
        const { url } = await engine.process();
        await makeAgent(engine.store, 'aiko');
        await makeAgent(engine.store, 'ren', { role: 'lead' });
        const aiko = await signIn(url, 'aiko');
        await aiko.remove('/session');
        await expect(signIn(url, 'aiko', 'wrong')).rejects.toThrow('401');
        await expect(signIn(url, 'my-password-typed-here', 'x')).rejects.toThrow('401');
        await expect(signIn(url, 'another-typed', 'x')).rejects.toThrow('401');
        const lead = await signIn(url, 'ren');
        const agent = await signedIn(engine.store, url, 'aiko');
        expect((await agent.get('/audit')).status).toBe(403);
        const all = await lead.get<{ items: Row[]; before: number | null }>('/audit');
        expect(all.body.items.map(({ who, what, subject }) => [who, what, subject])).toEqual([
          ['agent:ren', 'signed-in', 'ren'],
          ['unknown', 'sign-in-failed', ''],
          ['unknown', 'sign-in-failed', 'aiko'],
          ['agent:aiko', 'signed-out', 'aiko'],
          ['agent:aiko', 'signed-in', 'aiko'],
        ]);
        expect(all.body.before).toBeNull();
        expect(JSON.stringify(all.body)).not.toContain('typed');
        expect((await lead.get<{ items: Row[] }>('/audit?who=aiko')).body.items).toHaveLength(2);
        expect((await lead.get<{ items: Row[] }>('/audit?to=2001-01-01')).body.items).toEqual([]);
        expect((await lead.get('/audit?from=never')).status).toBe(422);
        const about = await lead.get<{ items: Row[] }>('/audit?what=sign-in-failed,signed-out&about=aiko');
        expect(about.body.items.map(({ n }) => n)).toEqual([3, 2]);
      } finally {
        await engine.stop();
      }
    });

    it(`K12 on ${name} checks the chain for leads and admins, and lets them take it along`, async () => {
      const engine = await openEngine();
      try {
        const { url } = await engine.process();
        await makeAgent(engine.store, 'aiko');
        await makeAgent(engine.store, 'ren', { role: 'lead' });
        const agent = await signedIn(engine.store, url, 'aiko');
        const lead = await signIn(url, 'ren');
        expect((await agent.post('/audit/verify')).status).toBe(403);
        expect((await agent.get('/audit/export')).status).toBe(403);
        const held = await lead.post<{ rows: number; hash: string }>('/audit/verify');
        expect(held).toMatchObject({ status: 200, body: { rows: 1, fault: null, kind: null } });
        const head = { n: 1, hash: held.body.hash };
        const csv = await lead.get<{ text: string }>('/audit/export?format=csv&about=ren');
        expect(csv.body.text.split('\r\n')).toEqual([
          expect.stringContaining('n,at,who,what'),
          expect.stringMatching(/^1,.*,agent:ren,signed-in,ren,/),
          '',
        ]);
        const again = await lead.post('/audit/verify', { head });
        expect(again.body).toMatchObject({ rows: 2, fault: null });
        const other = await lead.post('/audit/verify', { head: { n: 1, hash: 'a'.repeat(64) } });
        expect(other.body).toMatchObject({ rows: 0, kind: 'rewritten' });
        const { body } = await lead.get<{ items: Row[] }>('/audit');
        expect(body.items[0]).toMatchObject({ who: 'agent:ren', what: 'exported', subject: 'audit' });
        expect(body.items[0]?.facts).toMatchObject({ format: 'csv', narrowed: true });
      } finally {
        await engine.stop();
      }
    });
  }
});
