import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { deskGauges } from '../../src/channels/desk-gauges.ts';
import { defaultProfile } from '../../src/console/accounts.ts';
import { listView } from '../../src/console/lists.ts';
import { claimNext } from '../../src/console/next.ts';
import type { PasswordHash } from '../../src/console/passwords.ts';
import { Desk } from '../../src/desk/desk.ts';
import { Line } from '../../src/desk/line.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import { type Store, Unreadable } from '../../src/store/store.ts';
import { makeWaiting } from './console-desk.ts';

describe('a conversation that cannot be read', () => {
  const log = pino({ level: 'silent' });
  let directory: string;
  let engine: Store;
  let store: Store;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'firstline-unreadable-'));
    engine = await openLmdb(directory);
    for (let n = 0; n < 9; n++) await makeWaiting(engine, { id: `c-${n}`, at: 1_000 + n });
    const broken = ['c-0', 'c-4', 'c-5'];
    store = new Proxy(engine, {
      get: (target, name) => {
        if (name === 'load') {
          return async (ids: readonly string[]) => {
            const bad = ids.find((id) => broken.includes(id));
            if (bad) throw new Unreadable(bad, 'its state is not JSON.');
            return target.load(ids);
          };
        }
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  });
  afterAll(async () => {
    await engine?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('H6 is named by its list, which shows all others', async () => {
    const page = await listView(store, log, { view: 'waiting', agent: 'aiko', q: '' });
    expect(page.unreadable).toEqual(['c-0', 'c-4', 'c-5']);
    expect(page.items.map(({ id }) => id)).toEqual(['c-1', 'c-2', 'c-3', 'c-6', 'c-7', 'c-8']);
  });

  it('H6 does not keep the next one from whoever asks', async () => {
    const desk = new Desk({ store, notices: texts });
    const account = { ...defaultProfile('aiko'), name: 'aiko', password: {} as PasswordHash };
    const named: string[] = [];
    const line = new Line({
      store,
      onUnreadable: ({ conversation }) => named.push(conversation),
      onError: (error) => {
        throw error;
      },
    });
    expect((await claimNext(desk, line, account))?.id).toBe('c-1');
    expect((await claimNext(desk, line, account))?.id).toBe('c-2');
    expect(named).toEqual(['c-0', 'c-4', 'c-5']);
  });

  it('H6 leaves the figures of all others in the metrics', async () => {
    const registry = new Registry();
    deskGauges({
      registry,
      store,
      available: async () => [],
      onError: (error) => {
        throw error;
      },
      now: () => 61_003,
    });
    expect(await registry.metrics()).toContain('firstline_waiting_longest_seconds 60\n');
  });
});
