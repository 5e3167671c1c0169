/** The archive and erasure on both engines: what moves, what stays, what is found again, and what a kill between two steps leaves. */
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { filesOnDisk } from '../../src/channels/files.ts';
import { defaultProfile } from '../../src/console/accounts.ts';
import { tickets } from '../../src/console/tickets.ts';
import type { Event } from '../../src/conversation/event.ts';
import { indexes } from '../../src/conversation/placement.ts';
import { alone } from '../../src/desk/alone.ts';
import { Archive } from '../../src/desk/archive/archive.ts';
import { archiveNow } from '../../src/desk/archive/archiver.ts';
import { eraseCustomer, findCustomer } from '../../src/desk/archive/erase.ts';
import { reaching } from '../../src/desk/archive/reaching.ts';
import { Shelf } from '../../src/desk/archive/shelf.ts';
import { Trail } from '../../src/desk/audit/trail.ts';
import { allRows } from '../../src/desk/audit/verify.ts';
import { Desk } from '../../src/desk/desk.ts';
import { enlistAll } from '../../src/desk/enlist.ts';
import { report } from '../../src/desk/figures/aggregate.ts';
import { collect } from '../../src/desk/figures/collect.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import { openRedis } from '../../src/store/redis.ts';
import type { Store } from '../../src/store/store.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { build, run } from './cli-agents-run.ts';
import { type Case, engines, makeAgent, makeWaiting, signedIn } from './console-desk.ts';

const march = Date.UTC(2025, 2, 10);
const minute = 60_000;
const day = 24 * 60 * minute;
const ever = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const fail = (error: unknown): never => {
  throw error;
};

interface Place {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  open(): Promise<Store>;
  stop(): Promise<void>;
}

function archiveOn(name: string, makePlace: () => Promise<Place>): void {
  describe(`the archive on ${name}`, () => {
    let place: Place;
    let store: Store;
    let shelf: Shelf;
    let archive: Archive;

    beforeEach(async () => {
      place = await makePlace();
      store = await place.open();
      shelf = new Shelf(join(place.directory, 'archive'));
      archive = new Archive(store, shelf);
    });
    afterEach(async () => {
      await store.close();
      await place.stop();
    });

    /** A case that ended at `at`. */
    const closed = async (id: string, at: number, facts: Case = {}): Promise<string> => {
      let now = at - 10 * minute;
      const desk = new Desk({ store, notices: texts, now: () => now });
      await makeWaiting(store, { id, at: now, ...facts });
      now = at;
      const by = { role: 'agent', name: 'aiko', displayName: 'Aiko' } as const;
      const { version } = await desk.claim(id, { ...defaultProfile('aiko'), name: 'aiko', capacity: 1_000 });
      await desk.execute(id, { type: 'reply', agent: 'aiko', epoch: version, content: { text: 'Here you are' } }, by);
      await desk.execute(id, { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'Done' }, by);
      return id;
    };
    const move = (until = march + 30 * day, by = archive) =>
      alone(store, 'archive', (held) => by.moveBefore(until, held, fail)).then((done) => done?.result);
    const exported = async () => {
      const found = [];
      for await (const ticket of tickets(store, archive, ever, fail)) found.push(ticket);
      return found;
    };
    const archived = async () => {
      const found = [];
      for await (const { id } of archive.lines()) found.push(id);
      return found.sort();
    };
    const figures = async () =>
      report(await collect({ store, archive, onUnreadable: fail }, ever), undefined, () => '');

    it('K8 moves what has been at rest for long, and nothing that is open or young', async () => {
      await closed('old', march);
      await closed('older', march - 40 * day);
      await closed('young', march + 40 * day);
      await makeWaiting(store, { id: 'open', at: march });
      const [tickets, before] = [await exported(), await figures()];
      expect(await move()).toBe(2);
      expect(await archived()).toEqual(['old', 'older']);
      expect(await store.load(['old', 'older'])).toEqual([undefined, undefined]);
      expect((await store.load(['young', 'open'])).map((c) => c?.id)).toEqual(['young', 'open']);
      expect([
        await store.count(indexes.all),
        await store.count(indexes.closed),
        await store.count(indexes.tickets),
      ]).toEqual([2, 1, 2]);
      expect(await shelf.months()).toEqual(['2025-03', '2025-01']);
      // Everybody who asks for the whole still has it.
      expect(await exported()).toEqual(tickets);
      expect(await figures()).toEqual(before);
      expect(await move()).toBe(0);
    });

    it('K8 is plain NDJSON in gzip', async () => {
      await closed('a', march);
      await closed('b', march);
      await move();
      const text = gunzipSync(await readFile(join(place.directory, 'archive', '2025-03.1.ndjson.gz'))).toString();
      const lines = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { state: { id: string }; events: Event[] });
      expect(lines.map(({ state }) => state.id)).toEqual(['a', 'b']);
      expect(lines[0]?.events.map(({ version }) => version)).toEqual(lines[0]?.events.map((_, i) => i + 1));
    });

    it('K9 brings a conversation back whole when its visitor does, and its numbers go on', async () => {
      await closed('c', march);
      const [before] = await store.load(['c']);
      const log = await store.history('c', 0, 100);
      await move();
      const desk = new Desk({ store: reaching(store, archive), notices: texts });
      const visit = () =>
        desk.execute(
          'c',
          { type: 'turn', inbound: { type: 'message', text: 'me again' }, findings: [], replies: [] },
          { role: 'desk' },
        );
      const [first, second] = await Promise.all([visit(), visit()]);
      const last = before?.version ?? 0;
      expect([first?.version, second?.version].sort()).toEqual([last + 1, last + 2]);
      expect((await store.history('c', 0, 100)).slice(0, last)).toEqual(log);
      expect(await store.count(indexes.tickets)).toBe(1);
      expect(await archived()).toEqual([]);
      expect(await exported()).toHaveLength(1);
      // At rest again: the newer copy counts.
      expect(await move(Date.now() + day)).toBe(1);
      expect(await archived()).toEqual(['c']);
      expect((await archive.find('c'))?.state.version).toBe(last + 2);
      expect(await exported()).toHaveLength(1);
      expect((await figures()).total.tickets).toBe(1);
    });

    it('K9 a look brings it back for a while, and leaves no second copy', async () => {
      await closed('c', march);
      await move();
      const size = (await stat(join(place.directory, 'archive', '2025-03.1.ndjson.gz'))).size;
      const reached = reaching(store, archive);
      expect((await reached.load(['c', 'never'])).map((c) => c?.id)).toEqual(['c', undefined]);
      expect(await store.count(indexes.closed)).toBe(1);
      expect(await move()).toBe(1);
      expect((await stat(join(place.directory, 'archive', '2025-03.1.ndjson.gz'))).size).toBe(size);
    });

    it.each(['before anything', 'in the data', 'in the index', 'before the note', 'before the removal'] as const)(
      'K8 killed %s it loses and doubles nothing',
      async (step) => {
        await closed('first', march);
        await move();
        await closed('c', march);
        const whole = await exported();
        const killed = new Error('killed');
        const dying = new Shelf(join(place.directory, 'archive'));
        const append = dying.append.bind(dying);
        dying.append = async (month, entries) => {
          if (step === 'before anything') throw killed;
          await append(month, entries);
          const data = join(place.directory, 'archive', '2025-03.1.ndjson.gz');
          const index = join(place.directory, 'archive', '2025-03.index.ndjson');
          const text = await readFile(index, 'utf8');
          const end = text.trimEnd().lastIndexOf('\n') + 1;
          if (step === 'in the data') {
            await truncate(index, Buffer.byteLength(text.slice(0, end)));
            await truncate(data, (await stat(data)).size - 7);
          }
          if (step === 'in the index') await truncate(index, Buffer.byteLength(text.slice(0, end)) + 20);
          if (step !== 'before the removal') throw killed;
        };
        const half: Store = Object.create(store, { remove: { value: () => Promise.reject(killed) } });
        const bound = new Proxy(store, {
          get: (target, member) => {
            const value: unknown =
              member === 'remove' && step === 'before the removal' ? half.remove : Reflect.get(target, member, target);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        });
        await expect(move(march + 30 * day, new Archive(bound, dying))).rejects.toThrow(killed);
        expect(await exported()).toEqual(whole);
        expect((await store.load(['c']))[0]?.id).toBe('c');
        expect(await archived()).toEqual(['first']);
        expect(await move()).toBe(1);
        expect(await archived()).toEqual(['c', 'first']);
        expect(await exported()).toEqual(whole);
        expect((await archive.find('first'))?.events).toHaveLength((await archive.find('first'))?.state.version ?? 0);
      },
    );

    it('K14 what a release before the index of all wrote enters it, once, whoever else is at it', async () => {
      for (const id of ['a', 'b', 'c']) await closed(id, march);
      await makeWaiting(store, { id: 'waits', at: march });
      const announcement = (c: { id: string; version: number }) => ({ conversation: c.id, version: c.version });
      for (const state of await store.load(['a', 'b', 'waits'])) {
        if (!state) continue;
        const moves = [{ index: indexes.all, member: state.id, from: state.createdAt, to: undefined }];
        const commit = { id: state.id, expected: state.version, events: [], state, moves };
        await store.commit({ ...commit, announcement: announcement(state) });
      }
      expect(await store.count(indexes.all)).toBe(1);
      const progress: number[] = [];
      const options = {
        store,
        onUnreadable: fail,
        onProgress: (_: number, enlisted: number) => progress.push(enlisted),
      };
      // Cut short by a stop, it is gone on with at the next start.
      expect(await enlistAll({ ...options, isStopping: () => true })).toBe(0);
      const both = await Promise.all([enlistAll(options), enlistAll(options)]);
      expect(both.filter((one) => one !== undefined)).toEqual([3]);
      expect([await store.count(indexes.all), progress]).toEqual([4, [3]]);
      expect((await store.load(['waits']))[0]?.phase.at).toBe('queued');
      expect(await enlistAll(options)).toBeUndefined();
      expect(await move()).toBe(3);
    });

    it('K8 leaves alone what something happens in meanwhile', async () => {
      await closed('c', march);
      const append = shelf.append.bind(shelf);
      shelf.append = async (month, entries) => {
        await append(month, entries);
        const desk = new Desk({ store, notices: texts });
        await desk.execute('c', { type: 'reopen' }, { role: 'agent', name: 'aiko', displayName: 'Aiko' });
      };
      expect(await move()).toBe(0);
      expect((await store.load(['c']))[0]?.phase.at).toBe('queued');
      expect(await archived()).toEqual([]);
      expect(await exported()).toHaveLength(1);
    });

    it('K8 is written by one process at a time, and the trail says how much', async () => {
      for (let n = 0; n < 5; n++) await closed(`c${n}`, march);
      const trail = new Trail(store);
      const after = () => 180 * day;
      const options = { store, archive, trail, after, onUnreadable: fail, onError: fail, now: () => march + 200 * day };
      const moved = await Promise.all([archiveNow(options), archiveNow(options), archiveNow(options)]);
      expect(moved.sort()).toEqual([0, 0, 5]);
      expect(await archived()).toHaveLength(5);
      const rows = [];
      for await (const row of allRows(trail)) rows.push(row);
      expect(rows).toMatchObject([{ what: 'archived', facts: { conversations: 5 } }]);
      expect(await archiveNow({ ...options, after: () => undefined })).toBe(0);
    });

    it('K10 erases a customer everywhere, nobody else, and leaves a proof without personal data', async () => {
      const hanako = {
        visitor: { id: 'v-hanako', name: 'Hanako Erasable', email: 'Hanako@Example.com' },
        subject: 'My secret trouble',
      };
      await closed('archived', march, hanako);
      await closed('archived-too', march - 40 * day, { visitor: { id: 'other-id', email: 'hanako@example.com' } });
      await closed('other', march);
      await move();
      // Brought back and gone on with: a copy in the archive, and the conversation in the engine.
      await closed('live', march + 100 * day, hanako);
      await makeWaiting(store, { id: 'open', ...hanako });
      await makeWaiting(store, { id: 'stays' });
      // Known by the company's record alone.
      const customer = { id: 'CRM-7', name: 'Hanako Erasable', email: 'hanako@example.com', products: [] };
      await makeWaiting(store, { id: 'by-record', visitor: { id: 'v-3', name: 'H' } });
      await new Desk({ store, notices: texts }).execute(
        'by-record',
        { type: 'know-customer', customer },
        { role: 'desk' },
      );
      await figures();
      const files = filesOnDisk(join(place.directory, 'files'));
      await files.put('live', { name: 'Hanako.txt', contentType: 'text/plain', bytes: Buffer.from('secret') });
      await store.records.put('visitor', 'open', { id: 'v-hanako', name: 'Hanako Erasable', signed: true }, 60_000);
      expect(await store.records.get('figures', 'live')).toBeDefined();
      const kept = await files.put('stays', { name: 'b', contentType: 'text/plain', bytes: Buffer.from('b') });

      expect(await findCustomer(archive, 'HANAKO@example.com')).toEqual({ live: 3, archived: 2 });
      const found = await run('erase', ['--customer', 'hanako@example.com'], {
        directory: place.directory,
        env: place.env,
        input: 'no\n',
      });
      expect([found.code, found.out]).toEqual([1, '']);
      expect((await store.load(['open']))[0]?.id).toBe('open');
      const done = await run('erase', ['--customer', 'hanako@example.com', '--yes'], {
        directory: place.directory,
        env: place.env,
        input: '',
      });
      expect([done.code, done.err]).toEqual([0, '']);
      const proof = JSON.parse(done.out) as Record<string, unknown>;
      expect(proof).toMatchObject({ conversations: 5, archived: 2, files: 1 });

      expect(await findCustomer(archive, 'hanako@example.com')).toEqual({ live: 0, archived: 0 });
      expect(await store.load(['archived', 'archived-too', 'live', 'open'])).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      expect((await reaching(store, archive).load(['archived', 'live'])).every((c) => c === undefined)).toBe(true);
      expect((await exported()).map(({ conversation }) => conversation).sort()).toEqual(['other', 'stays']);
      expect(await files.get('stays', kept)).toBeDefined();
      for (const [kind, id] of [
        ['visitor', 'open'],
        ['figures', 'live'],
        ['archived', 'archived'],
      ] as const)
        expect([kind, await store.records.get(kind, id)]).toEqual([kind, undefined]);
      expect(await archived()).toEqual(['other']);
      for (const file of await readdir(place.directory, { recursive: true })) {
        const path = join(place.directory, file);
        if (file.startsWith('store') || !(await stat(path)).isFile()) continue;
        const bytes = await readFile(path);
        expect([
          file,
          (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().match(/erasable|hanako@|my secret/i),
        ]).toEqual([file, null]);
      }
      for (const kind of ['archived', 'figures']) {
        const ids = (await store.records.list(kind)).map(({ id }) => id);
        for (const id of ids) expect(['other', 'stays']).toContain(id);
      }
      const rows = [];
      for await (const row of allRows(new Trail(store))) rows.push(row);
      expect(rows.at(-1)).toMatchObject({ what: 'erased', subject: proof.receipt, facts: proof });
      expect(JSON.stringify(rows)).not.toMatch(/hanako|secret/i);
    }, 60_000);

    it('K10 waits for nobody: while the archive is being written it says so', async () => {
      const trail = new Trail(store);
      const options = { store, archive, trail, removeFiles: async () => 0, who: 'desk' };
      await alone(store, 'archive', () =>
        expect(eraseCustomer(options, 'v-1')).rejects.toThrow('try again in a minute'),
      );
      expect(await eraseCustomer(options, 'v-1')).toMatchObject({ conversations: 0 });
    });
  });
}

beforeAll(build, 120_000);
archiveOn('LMDB', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-archive-'));
  return {
    directory,
    env: {},
    open: () => openLmdb(join(directory, 'store')),
    stop: () => rm(directory, { recursive: true, force: true }),
  };
});
describe.skipIf(!hasRedis)('with a redis-server', () => {
  let redis: RedisProcess;
  let desks = 0;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  archiveOn('Redis', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'firstline-archive-'));
    const desk = `archive-${++desks}`;
    return {
      directory,
      env: { REDIS_URL: redis.url, DESK_ID: desk },
      open: () => openRedis(redis.url, desk, { onError: () => {} }),
      stop: () => rm(directory, { recursive: true, force: true }),
    };
  });
});

describe('erasing at the console', () => {
  for (const { name, open } of engines) {
    it(`K10 on ${name} is for admins, who say it twice`, async () => {
      const engine = await open();
      try {
        const { url } = await engine.process();
        await makeAgent(engine.store, 'ren', { role: 'lead' });
        await makeAgent(engine.store, 'root', { role: 'admin' });
        await makeWaiting(engine.store, { id: 'c', visitor: { id: 'v-9' } });
        const lead = await signedIn(engine.store, url, 'ren');
        const admin = await signedIn(engine.store, url, 'root');
        expect((await lead.post('/erase', { customer: 'v-9' })).status).toBe(403);
        expect((await admin.post('/erase', { customer: 'v-9' })).body).toMatchObject({ live: 1, archived: 0 });
        expect((await admin.post('/erase', { customer: 'v-9', confirm: 'v-8' })).status).toBe(422);
        expect((await admin.post('/erase', { customer: 'v-9', confirm: 'v-9' })).body).toMatchObject({
          conversations: 1,
        });
        expect((await admin.get('/conversations/c')).status).toBe(404);
        const { body } = await lead.get<{ items: { who: string; what: string }[] }>('/audit?who=root');
        expect(body.items[0]).toMatchObject({ who: 'agent:root', what: 'erased' });
      } finally {
        await engine.stop();
      }
    });

    it(`K13 on ${name} goes on, once, whatever becomes of the request, and any process knows how it ended`, async () => {
      const engine = await open();
      try {
        const [first, second] = [await engine.process(), await engine.process()];
        await makeAgent(engine.store, 'root', { role: 'admin' });
        await makeAgent(engine.store, 'other', { role: 'admin' });
        await makeWaiting(engine.store, { id: 'c', visitor: { id: 'v-9', name: 'Hanako' } });
        await engine.files.put('c', { name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('a') });
        const admin = await signedIn(engine.store, first.url, 'root');
        expect((await admin.post('/erase', { customer: 'v-9' })).body).toMatchObject({
          tickets: 1,
          messages: 2,
          files: 1,
          conversations: [{ id: 'c', name: 'Hanako', open: true, archived: false }],
        });
        const told = { customer: 'v-9', confirm: 'v-9', clientId: 'mine' };
        await Promise.all([admin.post('/erase', told), admin.at(second.url).post('/erase', told)]);
        for (const at of [first, second]) {
          const { body } = await admin.at(at.url).get('/works/mine');
          expect(body).toMatchObject({ state: 'done', result: { conversations: 1, files: 1 } });
        }
        const stranger = await signedIn(engine.store, first.url, 'other');
        expect((await stranger.get('/works/mine')).status).toBe(404);
        const rows = await admin.get<{ items: { what: string }[] }>('/audit?what=erased');
        expect(rows.body.items).toHaveLength(1);
      } finally {
        await engine.stop();
      }
    });
  }
});

describe('a shelf', () => {
  it('K8 says so where its data is shorter than its index, and writes nothing over it', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'firstline-shelf-'));
    await writeFile(
      join(directory, '2025-03.index.ndjson'),
      '{"format":1,"data":"2025-03.1.ndjson.gz"}\n{"id":"x","version":1,"offset":0,"length":90}\n',
    );
    await writeFile(join(directory, '2025-03.1.ndjson.gz'), 'short');
    await expect(new Shelf(directory).append('2025-03', [])).rejects.toThrow('put it back from a backup');
    await rm(directory, { recursive: true, force: true });
  });
});
