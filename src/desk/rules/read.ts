/** `desk.yaml`: the desk's own rules, read at start. */
import { readFile } from 'node:fs/promises';
import { type Rules, shippedRules } from './file.ts';
import { parseRules } from './parse.ts';

export class RulesError extends Error {
  override readonly name = 'RulesError';
}

/**
 * @param path undefined: `./desk.yaml`, if it is there.
 * @throws RulesError naming each fault as file:line:col.
 */
export async function readRules(path: string | undefined): Promise<Rules> {
  const place = path ?? './desk.yaml';
  let text: string;
  try {
    text = await readFile(place, 'utf8');
  } catch (error) {
    if (path === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return shippedRules;
    throw new RulesError(
      `DESK_FILE: ${place} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); set it to where the desk's rules are.`,
    );
  }
  const read = parseRules(place, text);
  if ('rules' in read) return read.rules;
  throw new RulesError(
    read.problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n'),
  );
}
