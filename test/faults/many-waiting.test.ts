/** Ten thousand wait: whoever comes next is told so at once, agents get whoever has waited longest, and a kill -9 changes no place. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import { openRedis } from '../../src/store/redis.ts';
import { makeWaiting } from '../integration/console-desk.ts';
import { arrive, call, signIn } from '../support/desk.ts';
import { stopwatch } from '../support/pace.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { times, told } from '../support/schedule.ts';
import { startService } from '../support/service.ts';
import { until } from '../support/wait.ts';

const crowd = times(300, 10_000);
/** Cases that an agent takes and closes. */
const taken = times(10, 100);

const running: { stop(): Promise<unknown> }[] = [];
afterAll(async () => {
  for (const one of running.reverse()) await one.stop();
});

async function line(engine: 'LMDB' | 'Redis'): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-many-'));
  running.push({ stop: () => rm(directory, { recursive: true, force: true }) });
  const redis = engine === 'Redis' ? await startRedis({ appendonly: true }) : undefined;
  if (redis) running.push(redis);
  const store = redis ? await openRedis(redis.url, 'default') : await openLmdb(join(directory, 'store'));
  const began = Date.now() - crowd * 10;
  // Some at a time: all at once would be timed out by their own number.
  for (let n = 0; n < crowd; n += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, crowd - n) }, (_, i) =>
        makeWaiting(store, { id: `c-${n + i}`, at: began + (n + i) * 10 }),
      ),
    );
  await store.close();
  const env = {
    LOG_LEVEL: 'silent',
    DATA_DIR: directory,
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
  const service = await startService({ env });
  running.push(service);

  const visitor = await arrive(service.url, 'en');
  const agent = await signIn(service.url);
  // Whoever has asked for something is there.
  await agent.get('/me');
  const ready = await call(`${service.url}/readyz`);
  expect(ready.status).toBe(200);
  const watch = stopwatch();
  expect((await visitor.say(texts.en.talkToPerson, 'ask')).status).toBe(200);
  expect(watch()).toBeLessThan(5_000);
  const said = (await visitor.texts()).filter((text) => /T-\d{6}/.test(text));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(String(crowd));

  const order: string[] = [];
  for (let n = 0; n < taken; n++) {
    // Half way a power cut: who is next is still next.
    if (n === Math.floor(taken / 2)) {
      await service.kill9();
      await service.start();
    }
    const next = await agent.post<{ id: string }>('/next');
    expect(next.status).toBe(200);
    order.push(next.body.id);
    const done = { code: 'solved', summary: 'done' };
    expect((await agent.post(`/conversations/${next.body.id}/resolve`, done)).status).toBe(200);
  }
  expect(order).toEqual(Array.from({ length: taken }, (_, n) => `c-${n}`));
  const waiting = await until(async () => {
    const { body } = await agent.get<{ items: unknown[]; total: number }>('/conversations?view=waiting');
    return body.total > 0 && body;
  }, 'the list');
  expect(waiting.total).toBe(crowd + 1 - taken);
  told({
    fault: `${crowd} waiting, and a kill -9`,
    engine,
    times: 1,
    acknowledged: crowd + 1,
    lost: crowd + 1 - taken - waiting.total,
    doubled: 0,
    visitor: 'ticket and place within 5 s, once',
    agent: 'the cases in their order, each once',
  });
}

describe(`with ${crowd} waiting`, () => {
  it('Q1 T2 who is next is next, also behind a kill -9 (LMDB)', () => line('LMDB'), times(120_000, 900_000));
  it.runIf(hasRedis)(
    'Q1 T2 who is next is next, also behind a kill -9 (Redis)',
    () => line('Redis'),
    times(120_000, 900_000),
  );
});
