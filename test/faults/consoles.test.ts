/** Consoles whose line is cut, who read slowly, or who come back after the feed has forgotten where they stood, while a desk works. */
import { connect, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, signIn } from '../integration/console-desk.ts';
import { type EventReader, readEvents, type StreamedEvent } from '../integration/console-stream.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { times, told } from '../support/schedule.ts';
import { type RunningService, startService } from '../support/service.ts';
import { until } from '../support/wait.ts';
import { Crowd, inWords } from './crowd.ts';

const versions = (events: readonly StreamedEvent[]): string[] =>
  events.filter(({ data }) => data.version !== undefined).map(({ data }) => `${data.conversation}#${data.version}`);

describe.skipIf(!hasRedis)('a console on two processes', () => {
  let redis: RedisProcess;
  let root: Redis;
  let services: RunningService[] = [];
  let crowd: Crowd;
  let agent: Browser;
  const url = (n: number) => services[n % services.length]?.url ?? '';

  beforeAll(async () => {
    redis = await startRedis({ appendonly: true });
    root = new Redis(redis.url);
    const env = { REDIS_URL: redis.url, LOG_LEVEL: 'silent' };
    services = [await startService({ env }), await startService({ env })];
    crowd = await Crowd.gather(services.map((service) => service.url));
    agent = await signIn(url(0), 'admin');
  }, 120_000);
  afterAll(async () => {
    for (const service of services) await service.stop();
    root?.disconnect();
    await redis?.stop();
  });

  const row = async (fault: string, strikes: number, agentSaw: string): Promise<void> => {
    const tally = await crowd.tally();
    const { acknowledged, lost, doubled } = tally;
    const visitor = inWords(crowd.seen().visitor);
    told({ fault, engine: 'Redis', times: strikes, acknowledged, lost, doubled, visitor, agent: agentSaw });
    expect(tally).toMatchObject({ lost: 0, doubled: 0, torn: 0 });
  };

  it(
    'A5 whose socket is destroyed again and again sees what one that stands sees, in order, each once',
    async () => {
      const cuts = times(5, 100);
      const steady = await readEvents(url(0), agent);
      const seen: StreamedEvent[] = [];
      let reader: EventReader = await readEvents(url(1), agent, steady.lastId || undefined);
      await until(() => steady.lastId && reader.lastId, 'both to know where they stand');
      crowd.talk();
      for (let n = 0; n < cuts; n++) {
        const current = reader;
        await current.until((events) => versions(events).length >= 4);
        current.close();
        seen.push(...current.events);
        reader = await readEvents(url(n), agent, current.lastId);
      }
      await crowd.hush();
      const last = versions(steady.events);
      await until(
        () => versions(steady.events).length > 0 && steady.lastId === reader.lastId,
        'both to stand at the end',
      );
      const whole = versions(steady.events);
      expect(whole.length).toBeGreaterThanOrEqual(last.length);
      const resumed = versions([...seen, ...reader.events]);
      expect(new Set(resumed).size).toBe(resumed.length);
      // They did not begin at the same moment.
      expect(whole.slice(whole.indexOf(resumed[0] ?? ''))).toEqual(resumed);
      steady.close();
      reader.close();
      await row("agent's socket destroyed", cuts, 'resumes; every event once, in order');
    },
    times(60_000, 600_000),
  );

  it(
    'A5 whose place the feed no longer holds is told to read anew, and goes on from there',
    async () => {
      const trims = times(1, 20);
      for (let n = 0; n < trims; n++) {
        const before = await readEvents(url(n), agent);
        crowd.talk();
        await before.until((events) => events.length >= 8);
        before.close();
        await crowd.on(8);
        await crowd.hush();
        await root.xtrim('{default}:feed', 'MAXLEN', '=', 1);
        const after = await readEvents(url(n + 1), agent, before.lastId);
        crowd.talk();
        const events = await after.until((all) => versions(all).length >= 4);
        await crowd.hush();
        expect(events.filter(({ event }) => event === 'refresh')).toHaveLength(1);
        expect(events[0]?.event).toBe('refresh');
        after.close();
      }
      await row("feed trimmed past a console's place", trims, 'one refresh, then every event');
    },
    times(60_000, 600_000),
  );

  it(
    'A6 that reads nothing for long holds nobody up, and then has all of it in order',
    async () => {
      const steady = await readEvents(url(0), agent);
      const slow = await deaf(url(0), agent);
      crowd.talk();
      await crowd.on(times(200, 5_000));
      await crowd.hush();
      const newest =
        versions(await steady.until((events) => versions(events).length >= times(200, 5_000))).at(-1) ?? '';
      const text = await slow.readUntil(newest);
      const heard = versions(
        [...text.matchAll(/data: (\{"conversation".*\})/g)].map(([, data = '']) => ({
          id: '',
          event: 'message',
          data: JSON.parse(data),
        })),
      );
      const whole = versions(steady.events);
      // They did not begin at the same moment, and what was read last may hold more than the newest asked for.
      expect(heard.slice(0, heard.indexOf(newest) + 1)).toEqual(
        whole.slice(whole.indexOf(heard[0] ?? ''), whole.indexOf(newest) + 1),
      );
      steady.close();
      slow.close();
      await row('slow console', 1, 'all of it, late and in order');
    },
    times(90_000, 900_000),
  );
});

/** A console that opens the event stream and takes nothing from its socket until it is asked to. */
async function deaf(url: string, { cookie }: Browser) {
  const { port } = new URL(url);
  const socket: Socket = connect(Number(port), '127.0.0.1').on('error', () => {});
  socket.pause();
  socket.write(`GET /console/api/events HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n\r\n`);
  let text = '';
  return {
    async readUntil(last: string): Promise<string> {
      const [conversation, version] = last.split('#');
      const frame = `"conversation":"${conversation}","version":${version},`;
      socket.on('data', (data) => {
        text += data.toString();
      });
      socket.resume();
      // The chunks of HTTP's transfer coding may part a frame; their sizes stand on lines of their own.
      await until(() => text.replace(/\r\n[0-9a-f]+\r\n/g, '').includes(frame), 'the newest event', 60_000);
      return text.replace(/\r\n[0-9a-f]+\r\n/g, '');
    },
    close: () => socket.destroy(),
  };
}
