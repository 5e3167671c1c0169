/** Tells when admins' files have changed and settled, on any file system. */
import { type BigIntStats, type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { faqFiles } from './files.ts';

export interface Watching {
  /** Ends it; `changed` is not called after. */
  close(): void;
}

/** Milliseconds without a further change before one counts as done: editors write in several steps, and some rename twice. */
const settled = 75;
/** Milliseconds between looks when the system sends no events (network mounts, too many watchers, a replaced directory). */
const poll = 800;

/**
 * Calls `changed` after each change of the set of FAQ files, their sizes, times or inodes, once two looks in a row agree.
 * What is there when it is called counts as known. Holds no process open.
 */
export function watchFaq(directory: string, changed: () => void): Promise<Watching> {
  return watchBy(() => lookAtFaq(directory), changed);
}

/** The same for one file, which may be away, or a link. */
export function watchFile(path: string, changed: () => void): Promise<Watching> {
  return watchBy(() => lookAtFile(path), changed);
}

async function watchBy(look: () => Promise<Look>, changed: () => void): Promise<Watching> {
  const watchers = new Map<string, FSWatcher>();
  const first = await look();
  let known = first.print;
  let candidate = known;
  let closed = false;
  let looking = false;
  let stirred = false;
  let timer: NodeJS.Timeout | undefined;

  const next = (ms: number) => {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(turn, ms).unref();
  };
  const stir = () => {
    stirred = true;
    if (!looking) next(settled);
  };
  const turn = async () => {
    looking = true;
    stirred = false;
    const { print, folders } = await look();
    looking = false;
    if (closed) return;
    follow(folders);
    const isNew = print !== known;
    if (isNew && print === candidate) {
      known = print;
      changed();
    }
    next(stirred || print !== known ? settled : poll);
    candidate = print;
  };
  const follow = (folders: ReadonlyMap<string, string>) => {
    for (const [key, watcher] of watchers)
      if (!folders.has(key)) {
        watcher.close();
        watchers.delete(key);
      }
    for (const [key, folder] of folders) {
      if (watchers.has(key)) continue;
      try {
        const watcher = watch(folder, { persistent: false }, stir);
        // Looking at intervals goes on without it.
        watcher.on('error', () => watcher.close());
        watchers.set(key, watcher);
      } catch {
        return;
      }
    }
  };

  follow(first.folders);
  next(poll);
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

interface Look {
  /** Equal as long as nothing changed. */
  readonly print: string;
  /** Folders to watch, by their identity: a replaced one is another. */
  readonly folders: ReadonlyMap<string, string>;
}

async function lookAtFaq(directory: string): Promise<Look> {
  const folders = new Map<string, string>();
  let paths: string[];
  try {
    paths = await faqFiles(directory);
  } catch (error) {
    return { print: `unreadable: ${String(error)}`, folders };
  }
  const prints = await Promise.all(
    paths.map(async (path) => `${path}\0${await identity(join(directory, path), true)}`),
  );
  for (const folder of new Set(['.', ...paths.map((path) => dirname(path))])) {
    const path = join(directory, folder);
    folders.set(`${path}\0${await identity(path, false)}`, path);
  }
  return { print: prints.join('\0'), folders };
}

async function lookAtFile(path: string): Promise<Look> {
  const folder = dirname(path);
  return {
    print: await identity(path, true),
    folders: new Map([[await identity(folder, false), folder]]),
  };
}

async function identity(path: string, withTimes: boolean): Promise<string> {
  try {
    const s: BigIntStats = await stat(path, { bigint: true });
    return withTimes ? `${s.dev}:${s.ino}:${s.size}:${s.mtimeNs}:${s.ctimeNs}` : `${s.dev}:${s.ino}`;
  } catch {
    return 'gone';
  }
}
