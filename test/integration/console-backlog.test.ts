import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, handle } from '../../src/channels/http.ts';
import { EventStreams } from '../../src/console/events.ts';
import type { Sessions } from '../../src/console/sessions.ts';
import { LocalFeed } from '../../src/store/localfeed.ts';
import type { Store } from '../../src/store/store.ts';
import { until } from '../support/wait.ts';

const announcement = (version: number) => ({
  conversation: 'c-1',
  version,
  type: 'message',
  state: 'human',
  ticket: 'T-000001',
  owner: { name: 'aiko', displayName: 'あいこ' },
});

/** An event stream over a feed in memory that holds `length` entries; sessions hold until they are `over`. */
async function startStreams(length: number) {
  let newest = length;
  let unfollowed = 0;
  const feed = new LocalFeed(
    {
      newest: () => newest,
      oldest: () => 1,
      read: (after, limit) =>
        Array.from({ length: Math.min(limit, newest - after) }, (_, n) => ({
          number: after + 1 + n,
          announcement: announcement(after + 1 + n),
        })),
    },
    (error) => {
      throw error;
    },
  );
  const store = {
    position: async () => String(newest),
    follow: async (from: string | undefined, listener: Parameters<Store['follow']>[1]) => {
      const unfollow = feed.follow(from, listener);
      return () => {
        unfollowed++;
        unfollow();
      };
    },
  };
  let isOver = false;
  const sessions = { holds: async () => !isOver };
  const log = pino({ level: 'silent' });
  const streams = new EventStreams({
    store: store as unknown as Store,
    sessions: sessions as unknown as Sessions,
    log,
    heartbeat: 20,
  });
  feed.follow(undefined, (item) => streams.announced(item));
  const http = createHttp(log);
  http.server.get(
    '/events',
    handle(log, (request, response) => streams.open(request, response, 'session')),
  );
  const port = await http.listen(0, '127.0.0.1');
  return {
    port,
    streams,
    unfollowed: () => unfollowed,
    more: (count: number) => {
      newest += count;
      feed.wake();
    },
    endSession: () => {
      isOver = true;
    },
    stop: async () => {
      streams.close();
      await http.stop(50);
      feed.close();
    },
  };
}

async function ask(port: number, lastEventId: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  // A cut connection is what is tested for; it may end in a reset.
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(`GET /events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: ${lastEventId}\r\n\r\n`);
  return socket;
}

/** Reads on until the version has come. @returns all versions, in the order they came. */
async function readUntil(socket: Socket, version: number): Promise<number[]> {
  const needle = `"version":${version},`;
  const chunks: string[] = [];
  let isThere = false;
  const take = (chunk: Buffer) => {
    isThere ||= `${chunks.at(-1)?.slice(-100) ?? ''}${chunk}`.includes(needle);
    chunks.push(chunk.toString());
  };
  socket.on('data', take);
  await until(() => isThere, `version ${version}`, 30_000);
  socket.off('data', take);
  // The chunks of HTTP's transfer coding may part a number; their sizes stand on lines of their own.
  const body = chunks.join('').replace(/\r\n[0-9a-f]+\r\n/g, '');
  return [...body.matchAll(/"version":(\d+),/g)].map((match) => Number(match[1]));
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('a console that is slow to read', () => {
  let desk: Awaited<ReturnType<typeof startStreams>>;
  afterEach(() => desk?.stop());

  it('A6 gets a backlog of many megabytes whole and in order, at its own pace, while more comes', async () => {
    desk = await startStreams(100_000);
    const socket = await ask(desk.port, '0');
    // It reads nothing until the server sends no more.
    await until(() => desk.unfollowed() > 0, 'the server waits');
    expect(desk.streams.size).toBe(1);
    desk.more(5);
    const versions = await readUntil(socket, 100_005);
    expect(versions).toEqual(numbers(1, 100_005));
    desk.more(5);
    expect(await readUntil(socket, 100_010)).toEqual(numbers(100_006, 100_010));
    socket.destroy();
  });

  it('A6 is cut off when it has joined and takes no more, and others are not', async () => {
    desk = await startStreams(10);
    const [slow, quick] = await Promise.all([ask(desk.port, '10'), ask(desk.port, '10')]);
    await until(() => desk.streams.size === 2, 'both are open');
    slow.pause();
    const reading = readUntil(quick, 60_010);
    const all = numbers(11, 60_010);
    for (let sent = 0; sent < 60_000; sent += 500) {
      desk.more(500);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await reading).toEqual(all);
    await until(() => desk.streams.size === 1, 'the slow one is gone');
    quick.destroy();
    slow.destroy();
    await until(() => desk.streams.size === 0, 'nobody is left');
  });

  it('A1 hears a heartbeat, and the end when its session is over', async () => {
    desk = await startStreams(1);
    const socket = await ask(desk.port, '1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    await until(() => text.includes('\nevent: beat\n'), 'a heartbeat');
    desk.endSession();
    await until(() => desk.streams.size === 0, 'the stream is ended');
    socket.destroy();
  });
});
