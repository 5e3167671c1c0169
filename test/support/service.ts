/** The built service as a process of its own, on a free port, with a directory of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { littleFaq } from './faqs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningService {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Its DATA_DIR. */
  readonly data: string;
  /** All that it has printed to stdout (JSON lines) and stderr. */
  output(): string;
  /** Ends it as a power cut would. */
  kill9(): Promise<void>;
  /** Asks it to stop; resolves with its exit code. */
  terminate(): Promise<number | null>;
  /** Starts it again on the same port and directory, after it has ended. */
  start(): Promise<void>;
  /** Ends it if it still runs, and removes its directory. */
  stop(): Promise<void>;
}

export interface ServiceSettings {
  readonly env?: Readonly<Record<string, string>>;
  /** Module to run instead of the service's own entry. */
  readonly entry?: string;
}

let built = false;
function buildOnce(): void {
  if (built) return;
  const result = spawnSync(process.execPath, [join(root, 'src/cli/build.mjs')], { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`The service does not build:\n${result.stderr}`);
  built = true;
}

export async function startService({
  env = {},
  entry = join(root, 'dist/main.js'),
}: ServiceSettings = {}): Promise<RunningService> {
  buildOnce();
  const directory = await mkdtemp(join(tmpdir(), 'firstline-'));
  let child: ChildProcess | undefined;
  let text = '';
  let port = 0;
  const launch = async (): Promise<void> => {
    text = '';
    const started = spawn(process.execPath, [entry], {
      // A directory without a .env of its own.
      cwd: directory,
      env: {
        PATH: process.env.PATH,
        NODE_NO_WARNINGS: '1',
        FAQ_DIR: littleFaq,
        DATA_DIR: join(directory, 'data'),
        ADMIN_PASSWORD: 'correct horse',
        ...env,
        PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    started.stdout?.on('data', (chunk) => {
      text += chunk;
    });
    await new Promise<void>((resolve, reject) => {
      started.stderr?.on('data', (chunk) => {
        text += chunk;
        const address = /console:\s+http:\/\/[^:]+:(\d+)\//.exec(text);
        if (address) {
          port = Number(address[1]);
          resolve();
        }
      });
      started.once('exit', (code) => reject(new Error(`The service ended with ${code}:\n${text}`)));
    });
  };
  const ended = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exit = once(child, 'exit');
    child.kill(signal);
    const [code] = (await exit) as [number | null];
    return code;
  };
  await launch();
  return {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    get port() {
      return port;
    },
    get pid() {
      return child?.pid ?? 0;
    },
    data: join(directory, 'data'),
    output: () => text,
    kill9: async () => {
      await ended('SIGKILL');
    },
    terminate: () => ended('SIGTERM'),
    start: launch,
    stop: async () => {
      await ended('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
