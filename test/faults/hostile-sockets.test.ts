/** Peers that break the line, ask for nonsense, or never go away. The service is a process of its own: a crash must show as one. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrive, call, type Visitor } from '../support/desk.ts';
import { stopwatch } from '../support/pace.ts';
import { type RunningService, startService } from '../support/service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ env: { LOG_LEVEL: 'warn' } });
});
afterAll(() => service?.stop());

const upgrade = (path: string) =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n');
const stream = ({ conversation, token }: Pick<Visitor, 'conversation' | 'token'>) =>
  `/v3/directline/conversations/${conversation}/stream?t=${token}`;

/** A peer that closes its half only when it is told to. */
const peer = (): Socket =>
  connect({ port: service.port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
const closed = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once('close', resolve));
const alive = async () => (await call(`${service.url}/healthz`)).status;

describe('the service outlives', () => {
  it('V11 a peer that resets the line amid its upgrade', async () => {
    const pid = service.pid;
    for (let i = 0; i < 40; i++) {
      const socket = peer();
      const gone = closed(socket);
      socket.write(upgrade(stream({ conversation: 'nobodys', token: 'x' })) + 'x'.repeat(i * 2_000), () =>
        setImmediate(() => socket.resetAndDestroy()),
      );
      await gone;
    }
    expect(await alive()).toBe(200);
    expect(service.pid).toBe(pid);
  });

  it('V11 upgrades to addresses that cannot be read', async () => {
    for (const path of ['//', 'http://', '/v3/directline/conversations/%zz/stream?t=x', '/%00', '*']) {
      const socket = peer();
      const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
      socket.write(upgrade(path));
      expect(await answer, path).toMatch(/^HTTP\/1\.1 (400|403|404) /);
      socket.destroy();
    }
    expect(await alive()).toBe(200);
  });

  it('V11 a peer that was refused and does not go: its line is let go', async () => {
    const socket = peer();
    const gone = closed(socket);
    let refused = false;
    socket.on('data', () => {
      refused = true;
    });
    socket.write(upgrade('/elsewhere'));
    socket.once('end', () => {
      // Whoever writes on learns that nobody is there any more.
      const beat = setInterval(() => socket.write('x'), 10);
      socket.once('close', () => clearInterval(beat));
    });
    await gone;
    expect(refused).toBe(true);
  });
});

describe('a stop', () => {
  it('H5 waits for no peer that never answers: all is closed in order, and nothing is cut by force', async () => {
    const visitor = await arrive(service.url);
    const socket = peer();
    const shaken = new Promise((resolve) => socket.once('data', resolve));
    socket.write(upgrade(stream(visitor)));
    await shaken;
    const gone = closed(socket);
    const watch = stopwatch();
    expect(await service.terminate()).toBe(0);
    expect(watch()).toBeLessThan(3_500);
    await Promise.race([gone, new Promise((resolve) => setImmediate(resolve))]);
    socket.destroy();
    await service.start();
  });
});
