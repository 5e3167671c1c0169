/**
 * Redis, or the way to it, breaks again and again while visitors and an agent talk through two processes: what was acknowledged is there
 * once, and everybody is answered within 5 s, also meanwhile.
 */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/desk.ts';
import { startProxy, type TcpProxy } from '../support/proxy.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { times, told } from '../support/schedule.ts';
import { type RunningService, startService } from '../support/service.ts';
import { until } from '../support/wait.ts';
import { Crowd, inWords } from './crowd.ts';

/** Everybody is answered within this, whatever is broken, ms: the port's 5 s and what a loaded machine adds. */
const answeredWithin = 7_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!hasRedis)('under load', () => {
  let redis: RedisProcess;
  let proxy: TcpProxy;
  let root: Redis;
  let services: RunningService[] = [];
  let crowd: Crowd;

  beforeAll(async () => {
    redis = await startRedis({ appendonly: true });
    proxy = await startProxy(redis.port);
    root = new Redis(redis.url, { maxRetriesPerRequest: null });
    root.on('error', () => {});
    const env = { REDIS_URL: `redis://127.0.0.1:${proxy.port}`, LOG_LEVEL: 'error' };
    services = [await startService({ env }), await startService({ env })];
    crowd = await Crowd.gather(services.map(({ url }) => url));
  }, 120_000);
  afterAll(async () => {
    for (const service of services) await service.stop();
    root?.disconnect();
    await proxy?.close();
    await redis?.stop();
  });

  interface Fault {
    readonly name: string;
    readonly times: number;
    /** Breaks something and mends it. */
    strike(): Promise<void>;
  }

  const faults: readonly Fault[] = [
    {
      name: 'Redis killed and started again',
      times: times(2, 20),
      strike: async () => {
        await redis.kill9();
        await redis.restart();
      },
    },
    {
      name: 'links to Redis cut and refused',
      times: times(1, 20),
      strike: async () => {
        proxy.refuse();
        await pause(500);
        proxy.heal();
      },
    },
    {
      name: 'answers of Redis withheld',
      times: times(1, 20),
      strike: async () => {
        proxy.withhold();
        await pause(500);
        proxy.heal();
      },
    },
    {
      name: `link to Redis black-holed for ${times(3, 30)} s`,
      times: times(1, 3),
      strike: async () => {
        proxy.withhold();
        await pause(times(3_000, 30_000));
        proxy.heal();
      },
    },
    {
      name: 'SCRIPT FLUSH',
      times: times(5, 200),
      strike: async () => {
        await root.script('FLUSH');
      },
    },
    {
      name: 'Redis out of memory',
      times: times(1, 20),
      strike: async () => {
        await root.config('SET', 'maxmemory', '1mb');
        await pause(500);
        await root.config('SET', 'maxmemory', '0');
      },
    },
  ];

  for (const { name, times: strikes, strike } of faults) {
    it(
      `T2 T3 A4 ${name}: what was acknowledged is there once, and nobody waits for an answer`,
      async () => {
        // What the fault before has left behind is not this one's.
        for (const { url } of services)
          await until(async () => (await call(`${url}/readyz`)).status === 200, 'every process is ready', 30_000);
        crowd.seen();
        const before = crowd.acknowledged;
        crowd.talk();
        await crowd.on(16);
        for (let n = 0; n < strikes; n++) {
          await strike();
          await crowd.on(16);
        }
        await crowd.hush();
        const seen = crowd.seen();
        const tally = await crowd.tally();
        told({
          fault: name,
          engine: 'Redis',
          times: strikes,
          acknowledged: crowd.acknowledged - before,
          lost: tally.lost,
          doubled: tally.doubled,
          visitor: inWords(seen.visitor),
          agent: inWords(seen.agent),
        });
        expect(tally).toMatchObject({ lost: 0, doubled: 0, torn: 0 });
        expect(Math.max(seen.visitor.slowest, seen.agent.slowest)).toBeLessThan(answeredWithin);
      },
      times(60_000, 900_000),
    );
  }
});
