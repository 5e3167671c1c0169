/** Runs a built command of ours, in a directory of its own so that no .env is read. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, ['src/cli/build.mjs', '--server'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The commands do not build:\n${stderr}`);
}

export interface RunSettings {
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input, whole; null: left open, with nothing in it. */
  readonly input: string | null;
}

/** @param command such as `agents` */
export async function run(
  command: string,
  args: readonly string[],
  { directory, env = {}, input }: RunSettings,
): Promise<Run> {
  const child = spawn(process.execPath, [`${root}/dist/cli/${command}.js`, ...args], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      ...(process.env.TZ ? { TZ: process.env.TZ } : {}),
      NODE_NO_WARNINGS: '1',
      DATA_DIR: directory,
      ...env,
    },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    err += chunk;
  });
  if (input !== null) child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  child.stdin.destroy();
  return { code, out, err };
}
