/**
 * The archive's files. A month has a data file, each conversation a gzip member of its own with one line of NDJSON (`zcat` shows all of
 * them), and an index that says where each begins and what it is found by. The index names its data file: whoever rewrites a month
 * makes a new data file first and then puts the new index in the old one's place, so a reader has the one or the other, whole.
 * One process writes at a time; any number read.
 */
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Event } from '../../conversation/event.ts';
import type { Conversation } from '../../conversation/state.ts';
import { type Facts, factsFormat } from '../figures/facts.ts';
import { writtenIn } from '../search/log.ts';
import { signatureOf } from '../search/signature.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** A conversation as it is archived. */
export interface Archived {
  readonly state: Conversation;
  readonly events: readonly Event[];
}

/** What is known of one without opening it. Times are ms since 1970. */
export interface Line {
  readonly id: string;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tickets: readonly { readonly number: number; readonly openedAt: number }[];
  /** Whose it is: ids, and mail addresses in lower case. */
  readonly identities: readonly string[];
  /** What it is searched by. */
  readonly text: string;
  /** Signature of all that people wrote in it, base64; absent in what older releases archived. */
  readonly written?: string;
  readonly facts: Facts;
  /** Of the fold that made the facts; absent in what the first one made. */
  readonly factsFormat?: number;
  /** Of its member in the data file, bytes. */
  readonly offset: number;
  readonly length: number;
}

export interface Placed extends Line {
  readonly month: string;
}

/** An archived conversation and what it is found by. */
export interface Entry extends Archived {
  readonly text: string;
  readonly facts: Facts;
}

interface Index {
  readonly data: string;
  readonly lines: readonly Line[];
}

/** `2025-03`, UTC, of its newest event. */
export const monthOf = ({ updatedAt }: Conversation): string => new Date(updatedAt).toISOString().slice(0, 7);

export class Shelf {
  readonly #directory: string;
  /** The index that was read last: one after the other is looked up in the same. */
  #last: { readonly stamp: string; readonly index: Index } | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Newest first. */
  async months(): Promise<string[]> {
    const names = await readdir(this.#directory).catch(absent([]));
    return names
      .flatMap((name) => /^(\d{4}-\d\d)\.index\.ndjson$/.exec(name)?.[1] ?? [])
      .sort()
      .reverse();
  }

  /** In the order they were archived; a conversation that was archived twice is there twice. */
  async lines(month: string): Promise<Placed[]> {
    return ((await this.#index(month))?.lines ?? []).map((line) => ({ ...line, month }));
  }

  /** @returns undefined where the month no longer has it. */
  async read(month: string, id: string, version: number): Promise<Archived | undefined> {
    for (;;) {
      const index = await this.#index(month);
      const line = index?.lines.find((one) => one.id === id && one.version === version);
      if (!index || !line) return undefined;
      const found = await this.#member(index.data, line).catch(absent(undefined));
      // Rewritten between the two reads: the index names another file now.
      if (found || (await this.#index(month))?.data === index.data) return found;
    }
  }

  /** Resolves when all of it is on the disk. */
  async append(month: string, entries: readonly Entry[]): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    const { data, lines: before } = (await this.#mended(month)) ?? (await this.#begun(month));
    const last = before.at(-1);
    let offset = last ? last.offset + last.length : 0;
    const members: Buffer[] = [];
    const lines: Line[] = [];
    for (const entry of entries) {
      const member = await pack(`${JSON.stringify({ state: entry.state, events: entry.events })}\n`);
      members.push(member);
      lines.push(lineOf(entry, offset, member.length));
      offset += member.length;
    }
    await this.#write(data, 'a', Buffer.concat(members));
    await this.#write(indexName(month), 'a', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }

  /** The index is there before its data: bytes that no index tells of are no archive's. */
  async #begun(month: string): Promise<Index> {
    const data = `${month}.1.ndjson.gz`;
    if (await stat(join(this.#directory, data)).catch(absent(undefined)))
      throw new Error(`${data} has no index: put ${indexName(month)} back from a backup.`);
    await this.#write(indexName(month), 'a', `${JSON.stringify({ format: 1, data })}\n`);
    return { data, lines: [] };
  }

  /** Removes what a process that was killed while it rewrote a month has left of the old one. */
  async tidy(): Promise<void> {
    const names = await readdir(this.#directory).catch(absent([]));
    for (const month of await this.months()) {
      const index = await this.#index(month);
      const isLeft = (name: string) =>
        name === `${indexName(month)}.new` || (/\.\d+\.ndjson\.gz$/.test(name) && name !== index?.data);
      if (!index) continue;
      for (const name of names.filter((one) => one.startsWith(`${month}.`) && isLeft(one)))
        await rm(join(this.#directory, name), { force: true });
    }
  }

  /** Takes out what is not to be kept. @returns how many were. */
  async rewrite(month: string, isKept: (line: Line) => boolean): Promise<number> {
    const index = await this.#mended(month);
    if (!index) return 0;
    const kept = index.lines.filter(isKept);
    if (kept.length === index.lines.length) return 0;
    const [, generation = '1'] = /\.(\d+)\.ndjson\.gz$/.exec(index.data) ?? [];
    const data = `${month}.${Number(generation) + 1}.ndjson.gz`;
    const old = await open(join(this.#directory, index.data), 'r');
    const lines: Line[] = [];
    try {
      await rm(join(this.#directory, data), { force: true });
      let offset = 0;
      for (const line of kept) {
        await this.#write(data, 'a', await bytesOf(old, line));
        lines.push({ ...line, offset });
        offset += line.length;
      }
    } finally {
      await old.close();
    }
    const name = indexName(month);
    const text = [{ format: 1, data }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
    await this.#write(`${name}.new`, 'w', text);
    await rename(join(this.#directory, `${name}.new`), join(this.#directory, name));
    await this.#sync();
    await rm(join(this.#directory, index.data), { force: true });
    return index.lines.length - kept.length;
  }

  async #index(month: string): Promise<Index | undefined> {
    const path = join(this.#directory, indexName(month));
    const now = await stat(path).catch(absent(undefined));
    if (!now) return undefined;
    const stamp = `${month} ${now.ino} ${now.size} ${now.mtimeMs}`;
    if (this.#last?.stamp === stamp) return this.#last.index;
    const index = await this.#parsed(path);
    // Written meanwhile, it may be newer than its stamp.
    if (index)
      this.#last = (await stat(path).catch(absent(undefined)))?.mtimeMs === now.mtimeMs ? { stamp, index } : undefined;
    return index;
  }

  async #parsed(path: string): Promise<Index | undefined> {
    const text = await readFile(path, 'utf8').catch(absent(undefined));
    if (text === undefined) return undefined;
    // What stands behind the last end of a line was never finished.
    const [head, ...lines] = text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean);
    if (!head) return undefined;
    const { data } = JSON.parse(head) as { data: string };
    return { data, lines: lines.map((line) => JSON.parse(line) as Line) };
  }

  /** Cuts off what a process that was killed left half written: nothing that it removed from the store is in it. */
  async #mended(month: string): Promise<Index | undefined> {
    const path = join(this.#directory, indexName(month));
    const bytes = await readFile(path).catch(absent(undefined));
    if (bytes === undefined) return undefined;
    const end = bytes.lastIndexOf('\n') + 1;
    if (end < bytes.length) await truncate(path, end);
    const index = await this.#index(month);
    if (!index) return undefined;
    const last = index.lines.at(-1);
    const data = join(this.#directory, index.data);
    const filled = last ? last.offset + last.length : 0;
    const size = (await stat(data).catch(absent(undefined)))?.size ?? 0;
    if (size < filled) throw new Error(`${data} is shorter than its index says: put it back from a backup.`);
    if (size > filled) await truncate(data, filled);
    return index;
  }

  async #member(data: string, line: Line): Promise<Archived> {
    const file = await open(join(this.#directory, data), 'r');
    try {
      return JSON.parse((await unpack(await bytesOf(file, line))).toString()) as Archived;
    } finally {
      await file.close();
    }
  }

  async #write(name: string, flags: 'a' | 'w', content: Buffer | string): Promise<void> {
    const file = await open(join(this.#directory, name), flags);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await this.#sync();
  }

  /** Names are durable once their directory is. */
  async #sync(): Promise<void> {
    // Windows cannot open a directory, and needs not.
    if (process.platform === 'win32') return;
    const directory = await open(this.#directory, constants.O_RDONLY);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}

const indexName = (month: string): string => `${month}.index.ndjson`;

async function bytesOf(file: FileHandle, { offset, length }: Line): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  if (bytesRead !== length) throw new Error('The archive ends before its index says.');
  return bytes;
}

function lineOf({ state, events, text, facts }: Entry, offset: number, length: number): Line {
  const { id, version, createdAt, updatedAt } = state;
  return {
    id,
    version,
    createdAt,
    updatedAt,
    tickets: facts.tickets.map(({ ticket, openedAt }) => ({ number: ticket, openedAt })),
    identities: identitiesOf(state),
    text,
    written: Buffer.from(signatureOf(events.flatMap(writtenIn))).toString('base64'),
    facts,
    factsFormat,
    offset,
    length,
  };
}

/** All that a customer may be named by when everything of theirs is asked for: ids, and mail addresses in lower case. */
export function identitiesOf({ visitor, customer }: Conversation): string[] {
  const known = [visitor, ...(customer ? [customer] : [])];
  return [...new Set(known.flatMap(({ id, email }) => [id, ...(email ? [email.toLowerCase()] : [])]))];
}

/** Instead of an error that says that there is no such file. */
const absent =
  <T>(instead: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
