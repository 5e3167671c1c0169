/** One process of the desk runs on a machine whose clock is an hour fast, or slow: its visitors and agents notice little. */
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { arrive, call, signIn } from '../support/desk.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { littleFaq, times, told } from '../support/schedule.ts';
import { startService } from '../support/service.ts';
import { Crowd, inWords } from './crowd.ts';

const entry = fileURLToPath(new URL('./shifted-service.mjs', import.meta.url));
const hour = 3_600_000;

const running: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

interface Entry {
  readonly version: number;
  readonly at: string;
  readonly type: string;
  readonly text?: string;
}

describe.skipIf(!hasRedis)('a process whose clock', () => {
  for (const [wrong, shift] of [
    ['is an hour fast', hour],
    ['is an hour slow', -hour],
  ] as const) {
    it(
      `T2 T3 H1 ${wrong} takes part: each message once, the owner keeps the cases, and /readyz says what is wrong`,
      async () => {
        const redis = await startRedis({ appendonly: true });
        running.push(redis);
        const env = { REDIS_URL: redis.url, FAQ_DIR: littleFaq, LOG_LEVEL: 'silent' };
        const right = await startService({ env });
        running.push(right);
        const astray = await startService({ entry, env: { ...env, CLOCK_SHIFT: String(shift) } });
        running.push(astray);
        const crowd = await Crowd.gather([right.url, astray.url]);
        crowd.talk();
        await crowd.on(times(60, 1_500));
        await crowd.hush();
        const seen = crowd.seen();
        const tally = await crowd.tally();
        expect(tally).toMatchObject({ lost: 0, doubled: 0, torn: 0 });

        // Who waits through both waits once, is told so once, and is found by an agent of either.
        const visitor = await arrive(astray.url, 'en');
        await visitor.say(texts.en.talkToPerson, 'ask');
        const agent = await signIn(right.url);
        expect((await agent.post(`/conversations/${visitor.conversation}/claim`)).status).toBe(200);
        const { timeline } = (await agent.get<{ timeline: Entry[] }>(`/conversations/${visitor.conversation}`)).body;
        expect(timeline.filter(({ type }) => type === 'claimed')).toHaveLength(1);
        expect(timeline.filter(({ type }) => type === 'released')).toHaveLength(0);

        const { body } = await call<{ store: unknown }>(`${astray.url}/readyz`);
        expect(JSON.stringify(body)).toContain('clock');
        expect(JSON.stringify((await call(`${right.url}/readyz`)).body)).not.toContain('clock');
        told({
          fault: `clock of one process ${wrong}`,
          engine: 'Redis',
          times: 1,
          acknowledged: tally.acknowledged,
          lost: tally.lost,
          doubled: tally.doubled,
          visitor: inWords(seen.visitor),
          agent: 'keeps the cases; what is timed comes up to an hour early or late; /readyz warns',
        });
      },
      times(120_000, 300_000),
    );
  }
});
