/** Kill -9 of the service while an agent works: each command that was acknowledged is one row of the trail. On both engines. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../src/cli/engine.ts';
import { readConfig } from '../../src/config.ts';
import type { Row } from '../../src/desk/audit/chain.ts';
import { Trail } from '../../src/desk/audit/trail.ts';
import { allRows, verify } from '../../src/desk/audit/verify.ts';
import { arrive, signIn } from '../support/desk.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { times } from '../support/schedule.ts';
import { type RunningService, startService } from '../support/service.ts';
import { until } from '../support/wait.ts';

/** Times the service is killed. */
const kills = Number(process.env.KILLS ?? times(2, 20));

function faults(engine: 'LMDB' | 'Redis'): void {
  let redis: RedisProcess | undefined;
  let service: RunningService;

  beforeAll(async () => {
    redis = engine === 'Redis' ? await startRedis({ appendonly: true }) : undefined;
    service = await startService({ env: { LOG_LEVEL: 'warn', ...(redis ? { REDIS_URL: redis.url } : {}) } });
  });
  afterAll(async () => {
    await service?.stop();
    await redis?.stop();
  });

  const rowsNow = async (): Promise<{ rows: Row[]; fault: string | undefined }> => {
    const environment = { DATA_DIR: service.data, ...(redis ? { REDIS_URL: redis.url } : {}) };
    const store = await openEngine(readConfig(environment), { shared: true });
    try {
      const trail = new Trail(store);
      const rows: Row[] = [];
      for await (const row of allRows(trail)) rows.push(row);
      return { rows, fault: (await verify(trail, () => trail.head(), [])).fault };
    } finally {
      await store.close();
    }
  };

  it(
    `K1 killed ${kills} times while an agent writes: every command once, the chain whole`,
    async () => {
      const visitor = await arrive(service.url, 'en');
      await visitor.say('talk to a person', 'first');
      let agent = await signIn(service.url);
      const { body } = await agent.post<{ epoch: number }>(`/conversations/${visitor.conversation}/claim`);
      let acknowledged = 0;
      /** Sends until it is acknowledged, as the console does. */
      const insist = async (): Promise<void> => {
        const clientId = randomUUID();
        await until(
          async () => {
            const sent = await agent
              .post(`/conversations/${visitor.conversation}/messages`, { text: 'x', epoch: body.epoch, clientId })
              .catch(() => undefined);
            return sent && (sent.status === 201 || sent.status === 200);
          },
          'the message to be taken',
          30_000,
        );
        acknowledged++;
      };
      for (let kill = 0; kill < kills; kill++) {
        const sending = Promise.all([insist(), insist(), insist(), insist()]);
        await insist();
        await service.kill9();
        await service.start();
        await sending;
      }
      agent = await signIn(service.url);
      const messages = (rows: readonly Row[]) =>
        rows.filter(
          ({ who, what, subject }) => who === 'agent:admin' && what === 'message' && subject === visitor.conversation,
        );
      await until(async () => messages((await rowsNow()).rows).length >= acknowledged, 'all rows', 30_000);
      const { rows, fault } = await rowsNow();
      expect(fault).toBeUndefined();
      expect(messages(rows)).toHaveLength(acknowledged);
      expect(rows.filter(({ what }) => what === 'claimed')).toHaveLength(1);
      expect(rows.filter(({ what }) => what === 'feed-lost')).toEqual([]);
    },
    times(120_000, 900_000),
  );
}

describe('LMDB', () => faults('LMDB'));
describe.skipIf(!hasRedis)('Redis', () => faults('Redis'));
