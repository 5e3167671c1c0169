/** One process of the desk runs on a machine whose clock is an hour fast, or slow: all that is timed comes on time. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { arrive, call, signIn } from '../support/desk.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { times, told } from '../support/schedule.ts';
import { startService } from '../support/service.ts';
import { until } from '../support/wait.ts';
import { Crowd, inWords } from './crowd.ts';

const entry = fileURLToPath(new URL('./shifted-service.mjs', import.meta.url));
const hour = 3_600_000;

const running: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

/** A desk that owes the first answer after a minute, and is warned after 3 s. */
async function hurriedDesk(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-rules-'));
  running.push({ stop: () => rm(directory, { recursive: true, force: true }) });
  const file = join(directory, 'desk.yaml');
  await writeFile(file, 'sla:\n  warnAt: 0.05\n  plans:\n    default:\n      normal: { firstResponse: 1m }\n');
  return file;
}

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
      `T2 T3 X1 H1 ${wrong} takes part: each message once, each mark on time, and /readyz says what is wrong`,
      async () => {
        const redis = await startRedis({ appendonly: true });
        running.push(redis);
        const env = { REDIS_URL: redis.url, DESK_FILE: await hurriedDesk(), LOG_LEVEL: 'silent' };
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

        // Decided by the one that is astray: its clocks begin now, and whichever process is first marks them when they are due.
        const waiter = await arrive(astray.url, 'en');
        const began = Date.now();
        await waiter.say(texts.en.talkToPerson, 'ask');
        const lead = await signIn(right.url);
        const timelineOf = async (id: string) =>
          (await lead.get<{ timeline: Entry[] }>(`/conversations/${id}`)).body.timeline;
        const marks = async () => (await timelineOf(waiter.conversation)).filter(({ type }) => type.startsWith('sla-'));
        // The mark itself is a minute away: the short schedule sees that it does not come with the warning.
        const expected = [['sla-warned', 3_000] as const, ...times([], [['sla-breached', 60_000] as const])];
        await until(async () => (await marks()).length >= expected.length, 'the marks are made', 90_000);
        expect((await marks()).map(({ type }) => type)).toEqual(expected.map(([type]) => type));
        for (const [i, { at }] of (await marks()).entries()) {
          const late = Date.parse(at) - began - (expected[i]?.[1] ?? 0);
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late).toBeLessThan(5_000);
        }

        // Who waits through both waits once, is told so once, and is found by an agent of either.
        const visitor = await arrive(astray.url, 'en');
        await visitor.say(texts.en.talkToPerson, 'ask');
        expect((await lead.post(`/conversations/${visitor.conversation}/claim`)).status).toBe(200);
        const timeline = await timelineOf(visitor.conversation);
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
          agent: 'keeps the cases; SLA marks come on time, once; /readyz warns',
        });
      },
      times(120_000, 300_000),
    );
  }
});
