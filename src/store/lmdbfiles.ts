/** The files of the embedded engine: one LMDB environment to a directory, with a database for each kind of thing. */
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';

type Bytes = Database<string, Buffer>;

/** The directory's opened databases. */
export interface Files {
  readonly path: string;
  readonly env: RootDatabase;
  /** id → state, with the conversation's version as the entry's own. */
  readonly states: Bytes;
  /** id, version → event. */
  readonly events: Bytes;
  /** index, score, member. */
  readonly entries: Bytes;
  /** index, member → score: what makes a member stand in an index once. */
  readonly scores: Bytes;
  /** Counters, the sizes of indexes, the feed's newest number, and who holds the directory. */
  readonly numbers: Bytes;
  /** feed, number → announcement. */
  readonly feed: Bytes;
  /** kind, id → record. */
  readonly records: Bytes;
  /** expiry, then kind and id. */
  readonly expiries: Bytes;
  users: number;
  closed?: Promise<void>;
}

/**
 * By path. A process opens a directory's files once, whatever number of stores it has on them: opening them waits for running
 * transactions, and those wait for this process's one thread.
 */
const opened = new Map<string, Files>();

export async function openFiles(path: string): Promise<Files> {
  for (let files = opened.get(path); files; files = opened.get(path)) {
    if (!files.closed) {
      files.users += 1;
      return files;
    }
    await files.closed;
  }
  const env = open({
    path: join(path, 'desk.mdb'),
    // Flushed before it is visible: nobody reads, and nothing is acknowledged, that a power failure could take back.
    overlappingSync: false,
    maxDbs: 8,
  });
  const database = (name: string, useVersions = false): Bytes =>
    env.openDB<string, Buffer>(name, { encoding: 'string', keyEncoding: 'binary', useVersions });
  const files: Files = {
    path,
    env,
    states: database('states', true),
    events: database('events'),
    entries: database('entries'),
    scores: database('scores'),
    numbers: database('numbers'),
    feed: database('feed'),
    records: database('records'),
    expiries: database('expiries'),
    users: 1,
  };
  opened.set(path, files);
  return files;
}

export function closeFiles(files: Files): Promise<void> {
  files.users -= 1;
  if (files.users > 0) return Promise.resolve();
  files.closed = files.env.close().finally(() => opened.delete(files.path));
  return files.closed;
}
