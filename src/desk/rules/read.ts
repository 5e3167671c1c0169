/** Reads `desk.yaml`: the desk's own rules. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Problem } from '../../understanding/understanding.ts';
import { type Rules, shippedRules } from './file.ts';
import { parseRules } from './parse.ts';

export const shippedPath = './desk.yaml';

export class RulesError extends Error {
  override readonly name = 'RulesError';
}

export interface RulesFile {
  readonly rules: Rules;
  /** Short content hash of the file; `shipped` where there is none. */
  readonly version: string;
}

/**
 * @param path undefined: `./desk.yaml`, if it is there.
 * @throws RulesError naming each fault as file:line:col.
 */
export async function readRules(path: string | undefined): Promise<Rules> {
  return (await rulesAtStart(path)).rules;
}

/** @throws RulesError as {@link readRules}. */
export async function rulesAtStart(path: string | undefined): Promise<RulesFile> {
  const read = await readRulesFile(path ?? shippedPath);
  if ('rules' in read) return read;
  if ('unreadable' in read) {
    if (path === undefined && read.unreadable === 'ENOENT') return { rules: shippedRules, version: 'shipped' };
    throw new RulesError(
      `DESK_FILE: ${path ?? shippedPath} cannot be read (${read.unreadable}); set it to where the desk's rules are.`,
    );
  }
  throw new RulesError(
    read.problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n'),
  );
}

/** @returns the rules, or what is wrong and where; `unreadable` is the system's code. */
export async function readRulesFile(
  path: string,
): Promise<RulesFile | { problems: readonly Problem[] } | { unreadable: string }> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return { unreadable: (error as NodeJS.ErrnoException).code ?? 'unknown' };
  }
  const read = parseRules(path, text);
  if ('problems' in read) return read;
  return { rules: read.rules, version: createHash('sha256').update(text).digest('hex').slice(0, 12) };
}
