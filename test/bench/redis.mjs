/** A Redis of a benchmark's own, its append-only file flushed every second. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function startRedis() {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-bench-redis-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  const settings = [
    '--port',
    port,
    '--dir',
    directory,
    '--save',
    '',
    '--appendonly',
    'yes',
    '--appendfsync',
    'everysec',
  ];
  const child = spawn('redis-server', settings.map(String), { stdio: 'ignore' });
  const failed = once(child, 'error').then(([error]) => {
    throw error;
  });
  const listens = async () => {
    for (;;) {
      const socket = connect(port, '127.0.0.1');
      if (await new Promise((done) => socket.once('connect', () => done(true)).once('error', () => done(false))))
        return socket.destroy();
    }
  };
  await Promise.race([listens(), failed]);
  const stop = async () => {
    child.kill();
    await once(child, 'exit');
    await rm(directory, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, stop };
}
