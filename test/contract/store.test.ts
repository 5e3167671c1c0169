import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { open } from 'lmdb';
import { afterAll, beforeAll, describe } from 'vitest';
import { numberedKey, textKey } from '../../src/store/keys.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import { openRedis } from '../../src/store/redis.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { storeContract } from './store.contract.ts';

storeContract('LMDB', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-lmdb-'));
  return {
    open: (options) => openLmdb(directory, options),
    damage: async (id, what) => {
      const env = open({ path: join(directory, 'desk.mdb'), overlappingSync: false });
      const name = what === 'state' ? 'states' : 'events';
      const db = env.openDB<string, Buffer>(name, {
        encoding: 'string',
        keyEncoding: 'binary',
        useVersions: what === 'state',
      });
      if (what === 'state') await db.put(textKey(id), '{"half": ', 2);
      else await db.put(numberedKey(id, what), '{"half": ');
      await env.close();
    },
    dispose: () => rm(directory, { recursive: true, force: true }),
  };
});

describe.skipIf(!hasRedis)('with a redis-server', () => {
  let redis: RedisProcess;
  let desks = 0;

  beforeAll(async () => {
    redis = await startRedis({ appendonly: true });
  });
  afterAll(() => redis.stop());

  storeContract('Redis', async () => {
    desks += 1;
    const desk = `desk-${desks}`;
    return {
      open: (options) => openRedis(redis.url, desk, options),
      damage: async (id, what) => {
        const client = new Redis(redis.url);
        if (what === 'state') await client.set(`{${desk}}:state:${id}`, '{"half": ');
        else await client.lset(`{${desk}}:log:${id}`, what - 1, '{"half": ');
        await client.quit();
      },
      dispose: async () => {},
    };
  });
});
