/**
 * Kill -9 of the archiver at every step of what it writes: half a file, an index without its data, a note, a removal. Each time all cases
 * are there once, in export and search, and the next archiver finishes the work. On both engines.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { openEngine } from '../../src/cli/engine.ts';
import { readConfig } from '../../src/config.ts';
import { defaultProfile } from '../../src/console/accounts.ts';
import { conversations } from '../../src/console/exported-conversations.ts';
import { searchCases } from '../../src/console/search.ts';
import { tickets } from '../../src/console/tickets.ts';
import { ticketName } from '../../src/conversation/ticket-name.ts';
import { Archive } from '../../src/desk/archive/archive.ts';
import { Shelf } from '../../src/desk/archive/shelf.ts';
import { Desk } from '../../src/desk/desk.ts';
import { Finder } from '../../src/desk/search/finder.ts';
import type { Store } from '../../src/store/store.ts';
import { build } from '../integration/cli-agents-run.ts';
import { makeWaiting } from '../integration/console-desk.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { times, told } from '../support/schedule.ts';
import { drawSeed } from '../support/seed.ts';

const entry = fileURLToPath(new URL('./archiving.mjs', import.meta.url));
const run = promisify(execFile);
const ever = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const fail = (error: unknown): never => {
  throw error;
};
const seed = drawSeed();
/** Of all steps each so-manieth is one to be killed at; in the long run every one. */
const stride = times(9, 1);

function faults(engine: 'LMDB' | 'Redis'): void {
  let directory: string;
  let redis: RedisProcess | undefined;
  let store: Store;
  let archive: Archive;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    build();
    directory = await mkdtemp(join(tmpdir(), 'firstline-archiving-'));
    redis = engine === 'Redis' ? await startRedis({ appendonly: true }) : undefined;
    environment = { ...process.env, DATA_DIR: directory, REDIS_URL: redis?.url ?? '' };
    store = await openEngine(readConfig(environment), { shared: true });
    archive = new Archive(store, new Shelf(join(directory, 'archive')));
  }, 120_000);
  afterAll(async () => {
    await store?.close();
    await redis?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** A case that ended in that month. */
  const add = async (month: number): Promise<void> => {
    const at = Date.UTC(2025, month, 10);
    const desk = new Desk({ store, notices: texts, now: () => at });
    const { id } = await makeWaiting(store, { at });
    const by = { role: 'agent', name: 'aiko', displayName: 'Aiko' } as const;
    const { version } = await desk.claim(id, { ...defaultProfile('aiko'), name: 'aiko', capacity: 1_000 });
    await desk.execute(id, { type: 'reply', agent: 'aiko', epoch: version, content: { text: 'Here you are' } }, by);
    await desk.execute(id, { type: 'resolve', agent: 'aiko', code: 'solved', summary: 'Done' }, by);
  };

  /** @returns the steps it did, or undefined when it was killed. */
  const archiver = async (step: number): Promise<number | undefined> => {
    const done = await run(process.execPath, [entry], { env: { ...environment, STEP: `${step}` } }).catch(
      (error: { signal?: string }) => (error.signal === 'SIGKILL' ? undefined : fail(error)),
    );
    // What a dead archiver holds runs out by itself, half a minute later.
    await store.records.remove('alone', 'archive');
    return done && Number(done.stdout);
  };

  const whole = async () => {
    const found = { logs: new Map<string, string>(), tickets: [] as string[] };
    for await (const one of conversations(store, archive, ever, fail)) {
      expect(found.logs.has(one.conversation)).toBe(false);
      found.logs.set(one.conversation, JSON.stringify(one));
    }
    for await (const ticket of tickets(store, archive, ever, fail)) found.tickets.push(JSON.stringify(ticket));
    return found;
  };

  /** By its number, once, wherever it is. */
  const search = async (number: number) => {
    const request = {
      view: 'all',
      agent: '',
      q: ticketName(number),
      from: 0,
      to: Date.now(),
      state: undefined,
    } as const;
    const { items } = await searchCases(new Finder(store, fail), archive, { ...request, cursor: undefined });
    return items.length;
  };

  it(
    `K8 killed at any step the archiver loses and doubles nothing (seed ${seed})`,
    async () => {
      let kills = 0;
      let checked = 0;
      // Each round begins further on; the first that comes to its end has no step left.
      for (let step = 1 + (seed % stride); ; step += stride) {
        // Two months, so that there are two files; one of them with two cases.
        for (const month of [1, 1, 2]) await add(month);
        const before = await whole();
        const isDone = (await archiver(step)) !== undefined;
        if (!isDone) kills++;
        expect(await whole()).toEqual(before);
        expect(await search((await store.reserve('ticket')) - 1)).toBe(1);
        checked += before.logs.size;
        // Another one, that nobody kills, finishes what the dead one left; what is open stays.
        expect(await archiver(0)).toBeGreaterThanOrEqual(0);
        expect(await whole()).toEqual(before);
        if (isDone) break;
      }
      expect(kills).toBeGreaterThan(times(1, 10));
      told({
        fault: 'archiver killed at a step of what it writes',
        engine,
        times: kills,
        acknowledged: checked,
        lost: 0,
        doubled: 0,
        visitor: 'nothing',
        agent: 'every case, once, in search and export',
      });
    },
    times(120_000, 900_000),
  );
}

describe('LMDB', () => faults('LMDB'));
describe.skipIf(!hasRedis)('Redis', () => faults('Redis'));
