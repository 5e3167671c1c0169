/** Runs the faq command as people do, from the built files. */
import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds what is older than its sources; quick where nothing is. */
export async function built(): Promise<void> {
  await promisify(execFile)(process.execPath, ['src/cli/build.mjs', '--server'], { cwd: root });
}

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const running = new Set<ChildProcessWithoutNullStreams>();

/** Ends what a failed test left running. */
export function stopAll(): void {
  for (const child of running) child.kill();
}

export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, ['dist/cli/faq.js', ...args], {
    cwd: root,
    env: { ...process.env, LANG: 'C', ...env },
  });
  running.add(child);
  child.on('close', () => running.delete(child));
  return child;
}

/** Feeds `input` and waits for the end. */
export async function run(
  args: readonly string[],
  input: string | Uint8Array = '',
  env: NodeJS.ProcessEnv = {},
): Promise<Run> {
  const child = start(args, env);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  // A command that ends before it has read everything closes the pipe; that is its right.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, out, err };
}
