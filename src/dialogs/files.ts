/** Reads a directory of dialogs. Every fault becomes a Problem with file, line and column; nothing a person may have typed throws. */
import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { faqFiles } from '../understanding/files.ts';
import type { Problem } from '../understanding/understanding.ts';
import type { Dialog } from './dialog.ts';
import type { Lead } from './leads.ts';
import { type ParsedDialog, parseDialog } from './parse.ts';

export interface Reading {
  /** Sound dialogs, ids unique. */
  readonly dialogs: readonly Dialog[];
  /** In the order of file and line. Empty: everything on disk can be served. */
  readonly problems: readonly Problem[];
  /** Entries of the FAQ that the dialogs end with. */
  readonly leads: readonly Lead[];
}

/** Files beside the dialogs that are something else. */
const notDialogs = /^signatures\.ya?ml$/i;

/** Larger files are refused, in bytes: 40 steps in two languages take about 20 KB. */
const largestFile = 1024 * 1024;

/** @param required whether a directory that does not exist is a problem. */
export async function readDialogs(directory: string, required: boolean): Promise<Reading> {
  let paths: readonly string[];
  try {
    paths = (await faqFiles(directory)).filter((path) => !notDialogs.test(path));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing && !required) return { dialogs: [], problems: [], leads: [] };
    const problem = whole(directory, `cannot read the dialogs' directory: ${reason(error)}`);
    return { dialogs: [], problems: [problem], leads: [] };
  }
  const parsed = await Promise.all(paths.map((path) => read(join(directory, path))));
  const problems = parsed.flatMap((file) => file.problems);
  const first = new Map<string, ParsedDialog>();
  for (const file of parsed) {
    if (file.id === undefined) continue;
    const other = first.get(file.id);
    if (!other) first.set(file.id, file);
    else {
      const { file: name, line } = other.atId('');
      problems.push(file.atId(`id "${file.id}" is already used at ${name}:${line}; allowed is a name of its own`));
    }
  }
  problems.sort((a, b) => order(a.file, b.file) || a.line - b.line || a.column - b.column);
  const sound = [...first.values()].filter(({ dialog }) => dialog);
  return {
    dialogs: sound.flatMap(({ dialog }) => dialog ?? []),
    problems,
    leads: sound.flatMap(({ leads }) => leads),
  };
}

async function read(path: string): Promise<ParsedDialog> {
  const refused = (message: string): ParsedDialog => ({
    dialog: undefined,
    problems: [whole(path, message)],
    leads: [],
    id: undefined,
    atId: (text) => whole(path, text),
  });
  try {
    const { size } = await stat(path);
    if (size > largestFile) return refused(`found ${size} bytes; allowed are ${largestFile}`);
    const bytes = await readFile(path);
    if (!isUtf8(bytes)) return refused('found bytes that are not UTF-8 (Shift_JIS perhaps?); save the file as UTF-8');
    return parseDialog(path, bytes.toString('utf8'));
  } catch (error) {
    return refused(`cannot read the file: ${reason(error)}`);
  }
}

const whole = (file: string, message: string): Problem => ({ file, line: 1, column: 1, message });
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const reason = (error: unknown) => {
  const { code } = error as NodeJS.ErrnoException;
  const known = { ENOENT: 'it does not exist', EACCES: 'no permission', ENOTDIR: 'it is not a directory' };
  return known[code as keyof typeof known] ?? (error instanceof Error ? error.message : String(error));
};
