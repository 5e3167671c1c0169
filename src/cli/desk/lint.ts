import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { readConfig } from '../../config.ts';
import { listAccounts } from '../../console/accounts.ts';
import { doubtsOf } from '../../desk/rules/doubts.ts';
import { parseBytes, shippedPath } from '../../desk/rules/read.ts';
import type { Problem } from '../../understanding/understanding.ts';
import { readYaml } from '../../understanding/yaml-text.ts';
import { withStore } from '../command.ts';
import { place } from '../faq/lint.ts';
import { Misuse, write } from '../faq/streams.ts';

export interface Linting {
  /** Undefined: `./desk.yaml`. */
  readonly path: string | undefined;
  /** ms since 1970. */
  readonly now: number;
  readonly env: NodeJS.ProcessEnv;
}

export interface Output {
  readonly out: Writable;
  readonly err: Writable;
}

/** Prints problems and advice in the order of the file, then a count on stderr. @returns 1 if there is a problem; advice does not fail */
export async function lint({ path = shippedPath, now, env }: Linting, { out, err }: Output): Promise<number> {
  const bytes = await bytesOf(path);
  const read = parseBytes(path, bytes);
  const problems: Problem[] = 'problems' in read ? [...read.problems] : [];
  const advice: Problem[] = [];
  if ('rules' in read) {
    const yaml = readYaml(path, bytes.toString('utf8'));
    const accounts = Object.keys(read.rules.calendar.rosters).length > 0 ? await accountsKnown(err) : undefined;
    for (const doubt of doubtsOf(read.rules, { now, env, ...(accounts ? { accounts } : {}) })) {
      const name = doubt.path.filter((step) => typeof step === 'string').join('.');
      const message = `${name}: ${doubt.message}`;
      const mark = yaml.markOf({ path: doubt.path });
      if (doubt.isProblem) problems.push(yaml.at(mark, message));
      else advice.push(yaml.at(mark, `advice: ${message}`));
    }
  }
  const found = [...problems, ...advice].sort((a, b) => a.line - b.line || a.column - b.column);
  for (const one of found) await write(out, `${place(one)}\n`);
  const faults = problems.length === 0 ? 'no problems' : counted(problems.length, 'problem', 'problems');
  err.write(`desk: ${path}; ${faults}, ${counted(advice.length, 'piece', 'pieces')} of advice\n`);
  return problems.length === 0 ? 0 : 1;
}

/** @throws Misuse where the file cannot be read. */
export async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Misuse(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

/** Names of the accounts, where there is a store to ask; a check of rules must not make one, nor fail for want of it. */
async function accountsKnown(err: Writable): Promise<string[] | undefined> {
  const { REDIS_URL, DATA_DIR } = readConfig(process.env);
  if (!REDIS_URL && !(await stat(join(DATA_DIR, 'store')).catch(() => undefined))) return undefined;
  try {
    return await withStore(async (store) => (await listAccounts(store)).map(({ name }) => name));
  } catch (error) {
    err.write(`desk: rosters are not compared with the accounts: ${error instanceof Error ? error.message : error}\n`);
    return undefined;
  }
}

const counted = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
