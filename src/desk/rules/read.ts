/** Reads `desk.yaml`: the desk's own rules. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Problem } from '../../understanding/understanding.ts';
import { notUtf8 } from '../../understanding/yaml-text.ts';
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
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return { unreadable: (error as NodeJS.ErrnoException).code ?? 'unknown' };
  }
  const read = parseBytes(path, bytes);
  if ('problems' in read) return read;
  return { rules: read.rules, version: createHash('sha256').update(bytes).digest('hex').slice(0, 12) };
}

/** Larger files are refused: they would hold up the service while they are read. The shipped one has about 10 KB. */
const largestFile = 1024 * 1024;

/** @returns the rules, or what is wrong and where. */
export function parseBytes(path: string, bytes: Buffer): { rules: Rules } | { problems: readonly Problem[] } {
  if (bytes.length > largestFile) {
    const message = `found ${bytes.length} bytes; allowed are ${largestFile}`;
    return { problems: [{ file: path, line: 1, column: 1, message }] };
  }
  // An editor that was stopped while it saved leaves an empty file: that is no wish for the shipped rules.
  if (bytes.toString('utf8').trim() === '') {
    const message = 'found nothing; allowed are sections such as "desk:", or comments alone for the shipped rules';
    return { problems: [{ file: path, line: 1, column: 1, message }] };
  }
  if (!isUtf8(bytes)) return { problems: [notUtf8(path, bytes)] };
  return parseRules(path, bytes.toString('utf8'));
}
