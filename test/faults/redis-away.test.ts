/** Redis is killed under a talk and comes back: what visitors and agents see meanwhile, and that nothing is lost or doubled. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrive, call, signIn } from '../support/desk.ts';
import { stopwatch } from '../support/pace.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { type RunningService, startService } from '../support/service.ts';
import { until } from '../support/wait.ts';

describe.skipIf(!hasRedis)('Redis goes away', () => {
  let redis: RedisProcess;
  let service: RunningService;

  beforeAll(async () => {
    redis = await startRedis({ appendonly: true });
    service = await startService({ env: { REDIS_URL: redis.url, LOG_LEVEL: 'warn' } });
  });
  afterAll(async () => {
    await service?.stop();
    await redis?.stop();
  });

  it('H1 T2 T3 A4 visitors and agents are told within 5 s, /readyz says so, and afterwards each message is there once', async () => {
    const visitor = await arrive(service.url);
    await visitor.say('I forgot my password', 'before');
    await visitor.say('talk to a person', 'person');
    const agent = await signIn(service.url);
    const claimed = await agent.post<{ epoch: number }>(`/conversations/${visitor.conversation}/claim`);
    await redis.kill9();

    const watch = stopwatch();
    expect((await visitor.say('are you there?', 'meanwhile')).status).toBe(503);
    expect(watch()).toBeLessThan(5_000);
    const reply = { text: 'yes', epoch: claimed.body.epoch, clientId: 'r1' };
    expect((await agent.post(`/conversations/${visitor.conversation}/messages`, reply)).status).toBe(503);
    const ready = await call<{ ready: boolean; store: { ok: boolean } }>(`${service.url}/readyz`);
    expect(ready).toMatchObject({ status: 503, body: { ready: false, store: { ok: false } } });

    await redis.restart();
    await until(async () => (await call(`${service.url}/readyz`)).status === 200, 'the service is ready again', 20_000);
    expect((await visitor.say('are you there?', 'meanwhile')).status).toBe(200);
    expect((await agent.post(`/conversations/${visitor.conversation}/messages`, reply)).status).toBe(201);
    expect((await agent.post(`/conversations/${visitor.conversation}/messages`, reply)).status).toBe(200);
    const texts = await visitor.texts();
    for (const text of ['I forgot my password', 'talk to a person', 'are you there?', 'yes']) {
      expect(
        texts.filter((one) => one === text),
        text,
      ).toHaveLength(1);
    }
  }, 60_000);
});
