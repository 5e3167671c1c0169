/** Files that visitors send. The store of files is a small port, so that another (an object store) can take its place. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { z } from 'zod';

export interface StoredFile {
  readonly name: string;
  /** What the bytes are, not what the sender called them. */
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface FileStore {
  /** @returns the new file's id. Resolves when the file is there to be read. */
  put(conversation: string, file: StoredFile): Promise<string>;
  /** @returns undefined when that conversation has no such file. */
  get(conversation: string, id: string): Promise<StoredFile | undefined>;
  remove(conversation: string, id: string): Promise<void>;
  /** How many files a conversation has. */
  count(conversation: string): Promise<number>;
  /** How many files a conversation has, and their bytes. */
  held(conversation: string): Promise<{ readonly files: number; readonly bytes: number }>;
  /** Every file of a conversation. @returns how many there were. */
  removeAll(conversation: string): Promise<number>;
}

/** In the log a file is `firstline-file:ID`; each reader makes the address its own audience may open. */
const scheme = 'firstline-file:';
export const fileReference = (id: string): string => `${scheme}${id}`;
export const fileIdOf = (url: string | undefined): string | undefined =>
  url?.startsWith(scheme) ? url.slice(scheme.length) : undefined;

const safeId = /^[\w:-]{1,200}$/;
const metadata = z.object({ name: z.string(), contentType: z.string() });

/** Files under `directory/CONVERSATION/ID`, what is known of each beside it in `ID.json`. */
export function filesOnDisk(directory: string): FileStore {
  const folder = (conversation: string): string => join(directory, encodeURIComponent(conversation));
  const place = (conversation: string, id: string): string | undefined =>
    safeId.test(conversation) && safeId.test(id) ? join(folder(conversation), id) : undefined;
  /** Names of the descriptions: one for each file that is there whole. */
  const described = async (conversation: string): Promise<string[]> => {
    const names = await readdir(folder(conversation)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => name.endsWith('.json'));
  };
  return {
    async put(conversation, { name, contentType, bytes }) {
      const id = randomUUID();
      const path = place(conversation, id);
      if (!path) throw new Error('This conversation id cannot name a directory.');
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, bytes);
      // The description makes the file readable, so it comes last and whole.
      await writeFile(`${path}.new`, JSON.stringify({ name, contentType }));
      await rename(`${path}.new`, `${path}.json`);
      return id;
    },
    async get(conversation, id) {
      const path = place(conversation, id);
      if (!path) return undefined;
      try {
        const { name, contentType } = metadata.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')));
        return { name, contentType, bytes: await readFile(path) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async remove(conversation, id) {
      const path = place(conversation, id);
      if (!path) return;
      await Promise.all([rm(path, { force: true }), rm(`${path}.json`, { force: true })]);
    },
    async count(conversation) {
      return safeId.test(conversation) ? (await described(conversation)).length : 0;
    },
    async held(conversation) {
      if (!safeId.test(conversation)) return { files: 0, bytes: 0 };
      const names = await described(conversation);
      const sizes = await Promise.all(
        names.map((name) => sizeOf(join(folder(conversation), name.slice(0, -'.json'.length)))),
      );
      return { files: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
    },
    async removeAll(conversation) {
      if (!safeId.test(conversation)) return 0;
      const { length } = await described(conversation);
      await rm(folder(conversation), { recursive: true, force: true });
      return length;
    },
  };
}

/** Bytes; 0 for a file that is removed just now. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** At most 200 characters, whole ones, and none that steers a terminal or a path, or turns what is read round ("exe.png" for a program). */
export const fileName = (given: string): string =>
  [...(given || 'file').replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029/\\]/gu, '_')].slice(0, 200).join('');

/** What a browser may show in place; anything else is offered for saving, so that no file becomes a page of ours. */
const shownInPlace: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/**
 * The type the bytes show. Text is called text whatever its sender called it: an SVG or HTML page is never taken at its word.
 */
export async function sniff(bytes: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(bytes);
  if (found && !/xml|svg|html/.test(found.mime)) return found.mime;
  return bytes.subarray(0, 4096).includes(0) ? 'application/octet-stream' : 'text/plain';
}

/** Response headers for a stored file. */
export function fileHeaders({ name, contentType, bytes }: StoredFile): Record<string, string | number> {
  const disposition = shownInPlace.includes(contentType) ? 'inline' : 'attachment';
  return {
    'Content-Type': contentType === 'text/plain' ? 'text/plain; charset=utf-8' : contentType,
    'Content-Length': bytes.length,
    'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(name.replace(/\p{Cs}/gu, '_')).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=3600',
  };
}
