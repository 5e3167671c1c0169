/** One conversation of a working desk can no longer be read: its state, or one event of its log. It is set apart, and nobody else notices. */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { type AgentSession, arrive, call, signIn, type Visitor } from '../support/desk.ts';
import { stopwatch } from '../support/pace.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { times, told } from '../support/schedule.ts';
import { type RunningService, startService } from '../support/service.ts';
import { Crowd, inWords } from './crowd.ts';

describe.skipIf(!hasRedis)('a conversation that cannot be read', () => {
  let redis: RedisProcess;
  let root: Redis;
  let service: RunningService;
  let crowd: Crowd;
  let agent: AgentSession;
  beforeAll(async () => {
    redis = await startRedis({ appendonly: true });
    root = new Redis(redis.url);
    service = await startService({ env: { REDIS_URL: redis.url, LOG_LEVEL: 'error' } });
    crowd = await Crowd.gather([service.url]);
    agent = await signIn(service.url);
  }, 120_000);
  afterAll(async () => {
    await service?.stop();
    root?.disconnect();
    await redis?.stop();
  });

  /** Somebody who waits, amid others who do. */
  const waits = async (): Promise<Visitor> => {
    const visitor = await arrive(service.url, 'en');
    await visitor.say(texts.en.talkToPerson, 'ask');
    return visitor;
  };

  it(
    'H6 is named once and set apart; everybody else talks on, and the next in line is found',
    async () => {
      const breaks = times(2, 20);
      crowd.talk();
      for (let n = 0; n < breaks; n++) {
        const broken = await waits();
        const behind = await waits();
        const { conversation } = broken;
        if (n % 2 === 0) await root.set(`{default}:state:${conversation}`, '{"not": "a state"');
        else await root.lset(`{default}:log:${conversation}`, -1, 'no event');
        const watch = stopwatch();
        const said = await broken.say('is anybody there?', 'more');
        expect(watch()).toBeLessThan(5_000);
        // Where only the log is broken the state still stands, and what is said is kept behind it.
        expect(said.status).toBe(n % 2 === 0 ? 500 : 200);
        const headers = { authorization: `Bearer ${broken.token}` };
        const read = await call<{ code: string }>(`${broken.base}/activities`, { headers });
        if (n % 2 === 1) expect([read.status, read.body.code]).toEqual([500, 'quarantined']);
        const list = await agent.get<{ items: { id: string }[]; unreadable: string[] }>('/conversations?view=waiting');
        expect(list.body.items.map(({ id }) => id)).toContain(behind.conversation);
        if (n % 2 === 0) expect(list.body.unreadable).toContain(conversation);
        const claimed = await agent.post(`/conversations/${behind.conversation}/claim`);
        expect(claimed.status).toBe(200);
        await agent.post(`/conversations/${behind.conversation}/resolve`, { code: 'solved', summary: 'done' });
      }
      await crowd.on(16);
      await crowd.hush();
      const seen = crowd.seen();
      const tally = await crowd.tally();
      told({
        fault: 'unparsable event or state',
        engine: 'Redis',
        times: breaks,
        acknowledged: tally.acknowledged,
        lost: tally.lost,
        doubled: tally.doubled,
        visitor: `the one: "cannot be read; the operator has been told"; others: ${inWords(seen.visitor)}`,
        agent: 'the list names the one; all others are there',
      });
      expect(tally).toMatchObject({ lost: 0, doubled: 0, torn: 0 });
    },
    times(60_000, 300_000),
  );
});
