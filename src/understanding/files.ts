/**
 * Reads a FAQ directory. Every fault becomes a Problem with file, line and column; nothing a person may have typed throws.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nearest } from './nearest.ts';
import { type ParsedFile, type Placed, parseFaq } from './parse.ts';
import type { Entry, Problem } from './understanding.ts';
import { notUtf8 } from './yaml-text.ts';

export interface Reading {
  /** Short hash over the files' paths and bytes. */
  readonly version: string;
  readonly files: readonly ParsedFile[];
  /** Sound entries and drafts, ids unique, in the order of the files' names. */
  readonly placed: readonly Placed[];
  /** In the order of file and line. Empty: everything on disk can be served. */
  readonly problems: readonly Problem[];
}

/** The entries of a reading that can be served, each `related` only to others of them. */
export function servedEntries(reading: Reading): Entry[] {
  const entries = reading.placed.filter((placed) => placed.served).map((placed) => placed.entry);
  const ids = new Set(entries.map((entry) => entry.id));
  return entries.map((entry) => ({ ...entry, related: entry.related.filter((id) => ids.has(id) && id !== entry.id) }));
}

/** Where a served entry names the dialog it leads to. Whether there is such a dialog is not for the FAQ to know. */
export interface Lead extends Omit<Problem, 'message'> {
  readonly entry: string;
  readonly dialog: string;
}

export function leadsOf(reading: Reading): Lead[] {
  return reading.placed.flatMap(({ entry: { id, dialog }, marks, file: parsed, served }) => {
    if (!served || dialog === undefined) return [];
    const { file, line, column } = parsed.at(marks.dialog, '');
    return [{ entry: id, dialog, file, line, column }];
  });
}

/** Larger files are refused: 10,000 entries with ten phrasings take about 7 MB. */
const largestFile = 64 * 1024 * 1024;

/** Parsed files by path, with the hash of the bytes they were parsed from. */
export type FileCache = Map<string, { readonly hash: string; readonly file: ParsedFile }>;

/** Reads all of `directory`; with `cache`, only what changed since is parsed, and `cache` brought up to date. Only a defect of the program throws; a directory that cannot be read is a Problem. */
export async function readFaq(directory: string, cache: FileCache = new Map()): Promise<Reading> {
  const hash = createHash('sha256');
  const files: ParsedFile[] = [];
  const problems: Problem[] = [];
  let paths: string[] = [];
  try {
    paths = await faqFiles(directory);
    if (paths.length === 0)
      problems.push(whole(directory, 'no FAQ files here; allowed are files ending in .yaml or .yml'));
  } catch (error) {
    problems.push(whole(directory, `cannot read the FAQ directory: ${reason(error)}`));
  }
  for (const path of paths) {
    const shown = join(directory, path);
    try {
      const { size } = await stat(shown);
      if (size > largestFile) {
        problems.push(whole(shown, `found ${size} bytes; allowed are ${largestFile}: split the file`));
        continue;
      }
      const bytes = await readFile(shown);
      const own = createHash('sha256').update(bytes).digest('hex');
      hash.update(`${path}\0${own}\0`);
      const cached = cache.get(path);
      if (cached?.hash === own) files.push(cached.file);
      else if (isUtf8(bytes)) {
        const file = parseFaq(shown, nameOf(path), bytes.toString('utf8'));
        files.push(file);
        cache.set(path, { hash: own, file });
      } else problems.push(notUtf8(shown, bytes));
    } catch (error) {
      problems.push(whole(shown, `cannot read the file: ${reason(error)}`));
    }
  }
  for (const path of cache.keys()) if (!paths.includes(path)) cache.delete(path);
  const { placed, clashes } = unique(files);
  // What a file holds that cannot be read at all is not known, so nothing is said of links into it: one fault would show as many.
  const hidden =
    problems.length > 0 ||
    files.some((file) => file.problems.length > 0 && file.placed.length === 0 && file.faultyIds.length === 0);
  problems.push(...files.flatMap((file) => file.problems), ...clashes, ...(hidden ? [] : deadLinks(files, placed)));
  problems.sort((a, b) => order(a.file, b.file) || a.line - b.line || a.column - b.column);
  return { version: hash.digest('hex').slice(0, 12), files, placed, problems };
}

/** Ways inside `directory` of its FAQ files, sorted. Dot files are editors' and mounts' own; links are followed, circles are not. */
export async function faqFiles(directory: string): Promise<string[]> {
  const found: string[] = [];
  const been = new Set<string>();
  const walk = async (inside: string): Promise<void> => {
    const real = await realpath(join(directory, inside));
    if (been.has(real)) return;
    been.add(real);
    for (const item of await readdir(real, { withFileTypes: true })) {
      if (item.name.startsWith('.')) continue;
      const way = inside ? `${inside}/${item.name}` : item.name;
      const isFaq = /\.ya?ml$/i.test(item.name);
      const kind = item.isSymbolicLink() ? await stat(join(real, item.name)).catch(() => undefined) : item;
      if (kind?.isDirectory()) await walk(way);
      // A dangling link to a FAQ file is listed too: reading it then says what is wrong.
      else if (isFaq) found.push(way);
    }
  };
  await walk('');
  return found.sort(order);
}

/** Keeps the first bearer of each id; later ones are problems. */
function unique(files: readonly ParsedFile[]): { placed: Placed[]; clashes: Problem[] } {
  const first = new Map<string, Placed>();
  const clashes: Problem[] = [];
  for (const file of files)
    for (const placed of file.placed) {
      const other = first.get(placed.entry.id);
      if (!other) first.set(placed.entry.id, placed);
      else {
        const where = other.file.at(other.marks.id, '');
        const message = `id "${placed.entry.id}" is already used at ${where.file}:${where.line}; allowed is a name of its own`;
        clashes.push(file.at(placed.marks.id, message));
      }
    }
  return { placed: [...first.values()], clashes };
}

/** `related` must lead somewhere. Entries left out for faults of their own still count, or one fault would show as many. */
function deadLinks(files: readonly ParsedFile[], placed: readonly Placed[]): Problem[] {
  const known = new Set([...placed.map((p) => p.entry.id), ...files.flatMap((file) => file.faultyIds)]);
  return placed.flatMap(({ entry, marks, file }) =>
    entry.related.flatMap((id, i) => {
      if (id === entry.id)
        return [file.at(marks.related[i] ?? marks.id, `related "${id}" is the entry itself; leave it out`)];
      if (known.has(id)) return [];
      const meant = nearest(id, known);
      const hint = meant ? `; did you mean "${meant}"?` : '; allowed are ids of entries in this directory';
      return [file.at(marks.related[i] ?? marks.id, `related entry "${id}" does not exist${hint}`)];
    }),
  );
}

const whole = (file: string, message: string): Problem => ({ file, line: 1, column: 1, message });
const nameOf = (path: string) => basename(path).replace(/\.ya?ml$/i, '');
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
/** Why a file or directory cannot be read or written, in plain words. */
export const reason = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EACCES') return 'no permission';
  if (code === 'ENOTDIR') return 'it is not a directory';
  if (code === 'EISDIR') return 'it is a directory';
  return error instanceof Error ? error.message : String(error);
};
