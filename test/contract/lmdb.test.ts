/** What the embedded engine promises beyond the common contract: one service to a directory, and nothing lost to kill -9. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLmdb } from '../../src/store/lmdb.ts';
import { type FeedItem, Unavailable } from '../../src/store/store.ts';
import { soon } from './soon.ts';
import { begin, commitOf, go, said } from './story.ts';

describe('LMDB', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'firstline-lmdb-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  describe('one service to a directory:', () => {
    it('a second service is refused in one sentence that names the directory', async () => {
      const first = await openLmdb(directory);
      await expect(openLmdb(directory)).rejects.toThrow(
        `Another firstline service already uses ${directory}: stop it, give this one its own DATA_DIR, or set REDIS_URL to run several.`,
      );
      await begin(first, 'c1');
      await first.close();
      const second = await openLmdb(directory);
      expect(await second.load(['c1'])).toHaveLength(1);
      await second.close();
    });

    it('of ten that start together exactly one gets it', async () => {
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => openLmdb(directory)));
      const won = outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : []));
      expect(won).toHaveLength(1);
      await won[0]?.close();
      expect((await readdir(directory)).filter((name) => name.endsWith('.sock'))).toEqual([]);
    });

    it('a command works beside a running service, and each sees what the other writes', async () => {
      const service = await openLmdb(directory);
      const command = await openLmdb(directory, { shared: true });
      await command.records.put('account', 'ken', { role: 'agent' });
      await soon(async () => expect(await service.records.get('account', 'ken')).toEqual({ role: 'agent' }));
      const state = await begin(service, 'c1');
      await soon(async () => expect(await command.load(['c1'])).toEqual([state]));
      await command.close();
      await go(service, state, [said('goes on')]);
      await service.close();
    });

    it('a directory whose path is too long for a socket is held just as well', async () => {
      const deep = join(directory, 'x'.repeat(60), 'y'.repeat(60));
      const first = await openLmdb(deep);
      await expect(openLmdb(deep)).rejects.toThrow('Another firstline service');
      await first.close();
      await (await openLmdb(deep)).close();
    });
  });

  describe('killed with -9 while it writes under load', () => {
    let child: ChildProcess;

    /** Starts the writer and kills it once it has acknowledged so many. @returns newest acknowledged version of each conversation. */
    const killAfter = async (acknowledged: number): Promise<Map<string, number>> => {
      const newest = new Map<string, number>();
      const program = fileURLToPath(new URL('./writer.mjs', import.meta.url));
      child = spawn(process.execPath, [program, directory, '16'], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'exit');
      let count = 0;
      for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
        const [id = '', version = ''] = line.split(' ');
        newest.set(id, Number(version));
        count += 1;
        if (count === acknowledged) child.kill('SIGKILL');
      }
      await ended;
      return newest;
    };
    afterEach(() => child.kill('SIGKILL'));

    it('S3 S4 S7 nothing acknowledged is lost, no version is missing, the feed tells of each, and the directory is free', async () => {
      for (const acknowledged of [300, 700]) {
        const newest = await killAfter(acknowledged);
        expect(newest.size).toBe(16);
        const store = await openLmdb(directory);
        const items: FeedItem[] = [];
        const stop = await store.follow('0', (item) => items.push(item));
        let commits = 0;
        for (const [id, version] of newest) {
          const [state] = await store.load([id]);
          const events = await store.history(id, 0, 10_000);
          expect(state?.version).toBeGreaterThanOrEqual(version);
          expect(events.map((event) => event.version)).toEqual(
            Array.from({ length: state?.version ?? 0 }, (_, i) => i + 1),
          );
          // The first commit holds two events, each other one.
          commits += events.length - 1;
        }
        await soon(() => expect(items).toHaveLength(commits));
        stop();
        await store.close();
      }
    });
  });

  it('S7 the feed keeps as many entries as it is told, and is cut when it is told to keep fewer', async () => {
    const store = await openLmdb(directory, { feedLength: 20 });
    let state = await begin(store, 'c1');
    for (let i = 0; i < 50; i++) state = await go(store, state, [said(`${i}`)]);
    const heard = async (from: string, of = store): Promise<FeedItem[]> => {
      const items: FeedItem[] = [];
      const stop = await of.follow(from, (item) => items.push(item));
      await soon(() => expect(items.length).toBeGreaterThan(0));
      await soon(async () => expect(items.at(-1)?.position).toBe(await of.position()));
      stop();
      return items;
    };
    expect((await heard('31')).map(({ kind }) => kind)).toEqual(Array(20).fill('entry'));
    expect((await heard('30')).map(({ kind }) => kind)).toEqual(['lost']);
    await store.close();
    const shorter = await openLmdb(directory, { feedLength: 5 });
    expect((await heard('46', shorter)).map(({ kind }) => kind)).toEqual(Array(5).fill('entry'));
    expect((await heard('45', shorter)).map(({ kind }) => kind)).toEqual(['lost']);
    await shorter.close();
  });

  it('S9 expired records are swept from the disk', async () => {
    const store = await openLmdb(directory, { sweepEvery: 20 });
    for (let i = 0; i < 1_200; i++) void store.records.put('session', `${i}`, 'x', 30);
    await store.records.put('session', 'stays', 'x', 60_000);
    await store.records.put('account', 'stays', 'x');
    // Opened to read only: it takes no part in the store's transactions.
    const env = open({ path: join(directory, 'desk.mdb'), readOnly: true });
    const records = env.openDB<string, Buffer>('records', { encoding: 'string', keyEncoding: 'binary' });
    const expiries = env.openDB<string, Buffer>('expiries', { encoding: 'string', keyEncoding: 'binary' });
    await soon(() => expect([records.getKeysCount(), expiries.getKeysCount()]).toEqual([2, 1]));
    await env.close();
    await store.close();
  });

  it('S11 after close every call rejects, and says why', async () => {
    const store = await openLmdb(directory);
    const state = await begin(store, 'c1');
    await store.close();
    await store.close();
    await expect(go(store, state, [said('x')])).rejects.toThrow(Unavailable);
    await expect(store.load(['c1'])).rejects.toThrow('The store is closed.');
    await expect(store.records.get('a', 'b')).rejects.toThrow(Unavailable);
  });

  it('a listener that throws is reported and keeps nobody else from hearing', async () => {
    const errors: unknown[] = [];
    const store = await openLmdb(directory, { onError: (error) => errors.push(error) });
    const items: FeedItem[] = [];
    await store.follow(undefined, () => {
      throw new Error('broken follower');
    });
    await store.follow(undefined, (item) => items.push(item));
    await begin(store, 'c1');
    await soon(() => expect(items).toHaveLength(1));
    expect(errors.map(String)).toEqual(['Error: broken follower']);
    await store.close();
  });

  it('S1 S7 a commit that fails while it is written is undone alone, and those of its moment are applied, once', async () => {
    const store = await openLmdb(directory);
    const states = await Promise.all(['c1', 'c2', 'c3'].map((id) => begin(store, id)));
    const outcomes = await Promise.allSettled(
      states.map((state) => {
        const commit = commitOf(state, [said('of one moment')], 2_000);
        const tooLong = { index: 'all', member: 'x'.repeat(2_000), from: undefined, to: 1 };
        return store.commit(state.id === 'c2' ? { ...commit, moves: [tooLong] } : commit);
      }),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { name: 'RangeError' } });
    expect((await store.load(['c1', 'c2', 'c3'])).map((c) => c?.version)).toEqual([3, 2, 3]);
    expect(await store.history('c2', 2, 10)).toEqual([]);
    expect(await store.position()).toBe('5');
    await store.close();
  });

  it('an id too long for a key is refused before anything is written', async () => {
    const store = await openLmdb(directory);
    await expect(begin(store, 'x'.repeat(3_000))).rejects.toThrow(RangeError);
    expect(await store.position()).toBe('0');
    await store.close();
  });
});
