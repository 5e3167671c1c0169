/** Visitors' sockets on long logs and dead lines. */
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { texts } from '../../src/bot/texts.ts';
import { Streams } from '../../src/channels/streams.ts';
import { decide } from '../../src/conversation/conversation.ts';
import { initial } from '../../src/conversation/fold.ts';
import type { Decided } from '../../src/conversation/world.ts';
import { commitDecided } from '../../src/desk/commit.ts';
import { shippedTerms } from '../../src/desk/terms.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import type { Store } from '../../src/store/store.ts';
import { until } from '../support/wait.ts';

const log = pino({ level: 'silent' });
/** Twelve megabytes in all. */
const messages = 300;
const text = 'あ'.repeat(40_000);

let directory: string;
let store: Store;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firstline-streams-'));
  store = await openLmdb(directory);
  const fresh = initial('long');
  const world = { ...shippedTerms, now: 1, notices: texts, by: { role: 'desk' } as const };
  const visitor = { id: 'v', signed: false };
  const opened = decide(fresh, { type: 'open', channel: { kind: 'website' }, visitor, language: 'ja' }, world);
  const said = Array.from(
    { length: messages },
    (): Decided => ({ body: { type: 'message', text }, by: { role: 'visitor', id: 'v' } }),
  );
  await commitDecided(store, fresh, [...opened, ...said], { at: 1, key: 'k' });
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

/** A server that gives each socket to the streams. */
async function serve(streams: Streams, conversation = 'long') {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket) => streams.add(conversation, socket, 0, () => ''));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    stop: async () => {
      streams.close();
      sockets.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

interface Frame {
  readonly activities: readonly { readonly id: string; readonly text?: string }[];
  readonly watermark?: string;
}

describe('a visitor’s socket', () => {
  it('V5 gets a log of many megabytes whole, in order, each frame with its watermark', async () => {
    const server = await serve(new Streams(store, log));
    const socket = new WebSocket(server.url);
    const frames: Frame[] = [];
    let ended = false;
    socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Frame));
    socket.on('close', () => {
      ended = true;
    });
    const last = () => frames.findLast((frame) => frame.watermark)?.watermark;
    await until(() => ended || last() === String(messages + 1), 'the last message');
    expect(ended).toBe(false);
    const got = frames.flatMap((frame) => frame.activities.filter((activity) => activity.text));
    expect(got.map(({ id }) => Number(id.split('|')[1]))).toEqual(Array.from({ length: messages }, (_, i) => i + 2));
    for (const frame of frames.filter((one) => one.watermark))
      expect(frame.watermark).toBe(String(Number(frame.activities.at(-1)?.id.split('|')[1])));
    await server.stop();
    socket.terminate();
  });

  it('V5 that takes nothing holds one frame in memory, not the log', async () => {
    const streams = new Streams(store, log);
    let handed = 0;
    const taken: (() => void)[] = [];
    const deaf = Object.assign(new EventEmitter(), {
      readyState: WebSocket.OPEN as number,
      OPEN: WebSocket.OPEN,
      close: () => {},
      send: (data: string, done?: () => void) => {
        handed += data.length;
        if (done) taken.push(done);
      },
    });
    streams.add('long', deaf as unknown as WebSocket, 0, () => '');
    await until(() => taken.length > 0, 'the first frame');
    // Whatever would follow unasked would follow within the store's next answers.
    for (let i = 0; i < 20; i++) await store.count('waiting');
    expect(handed).toBeLessThan(512 * 1024);
    deaf.readyState = WebSocket.CLOSED;
    deaf.emit('close');
    for (const done of taken) done();
    streams.close();
  });

  it('V11 whose peer has gone without a word is let go, and one that lives is not', async () => {
    const streams = new Streams(store, log, 100);
    const server = await serve(streams, 'empty');
    const living = new WebSocket(server.url);
    const dead = new WebSocket(server.url, { autoPong: false });
    const gone = new Promise((resolve) => dead.once('close', resolve));
    let isOver = false;
    living.on('close', () => {
      isOver = true;
    });
    await gone;
    let beats = 0;
    living.on('ping', () => beats++);
    await until(() => beats >= 3 || isOver, 'three more heartbeats');
    expect(isOver).toBe(false);
    expect(streams.size).toBe(1);
    await server.stop();
    living.terminate();
  });
});
