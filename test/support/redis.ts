/** A Redis of a test's own: on a free port, its files in a temporary directory, gone with `stop`. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './port.ts';

export interface RedisProcess {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Where its files are. */
  readonly directory: string;
  /** Kills it on the spot; what it had not written is gone. */
  kill9(): Promise<void>;
  /** Starts it again on its port and files, after `kill9`. */
  restart(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

export interface RedisSettings {
  /** Write-ahead file, flushed every second. Default: false, as redis-server has it. */
  readonly appendonly?: boolean;
  /** Further command-line arguments, such as `['--maxmemory', '5mb']`. */
  readonly args?: readonly string[];
  /** Where `args` ask for one. */
  readonly password?: string;
}

/** Whether redis-server is here; without it tests skip, loudly. @throws Error (at import) when CI says that all must run. */
export const hasRedis: boolean = look();

function look(): boolean {
  if (spawnSync('redis-server', ['--version']).status === 0) return true;
  const advice = 'redis-server is not installed (Debian: apt-get install redis-server)';
  if (process.env.CI === 'true') throw new Error(`${advice}; with CI=true its tests must run.`);
  console.warn(`SKIPPED: ${advice}; the tests that need it do not run.`);
  return false;
}

export async function startRedis({
  appendonly = false,
  args = [],
  password,
}: RedisSettings = {}): Promise<RedisProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-redis-'));
  const port = await freePort();
  let child = await start();

  async function start(): Promise<ChildProcess> {
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
    const started = spawn('redis-server', [...settings, '--appendonly', appendonly ? 'yes' : 'no', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const orphan = (): void => void started.kill('SIGKILL');
    process.once('exit', orphan);
    started.once('exit', () => process.off('exit', orphan));
    let log = '';
    started.stdout?.on('data', (data: Buffer) => {
      log = (log + data.toString()).slice(-4_000);
    });
    const ended = once(started, 'exit').then(() => {
      throw new Error(`redis-server ended at start:\n${log}`);
    });
    await Promise.race([ready(port, password), ended]);
    ended.catch(() => {});
    return started;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return child.pid ?? 0;
    },
    directory,
    kill9: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      child = await start();
    },
    stop: async () => {
      await end('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Asks until it says PONG: it listens before it has read its files back. */
async function ready(port: number, password: string | undefined): Promise<void> {
  for (;;) {
    const answer = await new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(password === undefined ? 'PING\r\n' : `AUTH ${password}\r\n`),
      );
      socket.once('data', (data) => done(data.toString()));
      socket.once('error', () => done(''));
      socket.once('close', () => done(''));
      socket.once('data', () => socket.destroy());
    });
    if (/^\+(PONG|OK)/.test(answer)) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}
