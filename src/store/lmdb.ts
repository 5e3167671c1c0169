/**
 * The embedded engine: LMDB in a directory, for one service process. Each commit is one write transaction, flushed to disk before it
 * is seen or acknowledged; commits that wait together share one flush. Commands (accounts, export) may open it beside the service.
 */
import { mkdir, realpath, statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Event } from '../conversation/event.ts';
import type { Conversation, Json } from '../conversation/state.ts';
import { holdDirectory } from './directory.ts';
import { steady } from './engineclock.ts';
import { aboveKey, numberAndLast, numberedKey, textKey } from './keys.ts';
import { outliveFailedCommits, reasonOf } from './lmdbfailure.ts';
import { closeFiles, type Files, openFiles } from './lmdbfiles.ts';
import { Together } from './lmdbtogether.ts';
import { LocalFeed } from './localfeed.ts';
import { LocalIndexes } from './localindexes.ts';
import { LocalRecords } from './localrecords.ts';
import { LocalSignals } from './localsignals.ts';
import {
  type Announcement,
  type Commit,
  type FeedItem,
  type FeedPosition,
  type Health,
  type Ids,
  LimitReached,
  type Listed,
  type Range,
  type Removal,
  type Store,
  slack,
  Unavailable,
  Unreadable,
  VersionConflict,
} from './store.ts';
import { type CommitText, checkedRemoval, checkLimit, commitText, parseEvents, parseState } from './text.ts';

export interface LmdbOptions {
  /** Opened beside a running service, by a command; holds nothing and sweeps nothing. */
  readonly shared?: boolean;
  /** Feed entries kept. Default: 100,000. */
  readonly feedLength?: number;
  /** How often expired records are swept, ms. Default: 60,000. */
  readonly sweepEvery?: number;
  /** Told of what no caller awaits: a listener that throws, a sweep that fails. Default: the console. */
  readonly onError?: (error: unknown) => void;
}

/** Below this much free disk the operator is warned, bytes. */
const scarceDisk = 512 * 1024 * 1024;
const feedName = 'feed';
const feedNumber = textKey(feedName);

/** @throws Error in one sentence when another service uses the directory. */
export async function openLmdb(directory: string, options: LmdbOptions = {}): Promise<Store> {
  outliveFailedCommits();
  await mkdir(directory, { recursive: true });
  const store = new LmdbStore(await openFiles(await realpath(directory)), resolve(directory), options);
  try {
    await store.start();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/** Names of logs in a page. */
const idsAtOnce = 1_000;

class LmdbStore implements Store {
  readonly records: LocalRecords;
  /** The one process's clock is the engine's. */
  readonly now = steady(Date.now);
  readonly #files: Files;
  readonly #indexes: LocalIndexes;
  readonly #commits = new Together<Error | undefined>((action) => this.#write(() => this.#announcing(action)));
  /** Number of the feed's newest entry, while a transaction announces. */
  #announced = 0;
  readonly #directory: string;
  readonly #options: LmdbOptions;
  readonly #feedLength: number;
  readonly #followers: LocalFeed;
  readonly #signals: LocalSignals;
  #sweeper: NodeJS.Timeout | undefined;
  #release: (() => Promise<void>) | undefined;
  #closing = false;
  #closed = false;

  constructor(files: Files, directory: string, options: LmdbOptions) {
    const onError = options.onError ?? ((error: unknown) => console.error(error));
    this.#files = files;
    this.#indexes = new LocalIndexes(files);
    this.#directory = directory;
    this.#options = { ...options, onError };
    this.#feedLength = options.feedLength ?? 100_000;
    this.#signals = new LocalSignals(onError);
    this.#followers = new LocalFeed(
      {
        newest: () => this.#newest(),
        oldest: () => this.#oldest(),
        read: (after, limit) => this.#readFeed(after, limit),
      },
      onError,
    );
    this.records = new LocalRecords(files, {
      read: (action) => this.#read(action),
      write: (action) => this.#write(action),
    });
  }

  async start(): Promise<void> {
    if (this.#options.shared) return;
    const key = textKey('holder');
    this.#release = await holdDirectory(this.#directory, {
      read: () => {
        this.#files.env.resetReadTxn();
        return this.#files.numbers.get(key);
      },
      swap: (from, to) =>
        this.#write(() => {
          if (this.#files.numbers.get(key) !== from) return false;
          if (to === undefined) this.#files.numbers.removeSync(key);
          else this.#files.numbers.putSync(key, to);
          return true;
        }),
    });
    await this.#write(() => this.#trimFeed());
    await this.#sweep();
    this.#sweeper = setInterval(() => {
      if (!this.#closing) this.#sweep().catch((error: unknown) => this.#options.onError?.(error));
    }, this.#options.sweepEvery ?? 60_000).unref();
  }

  async commit(commit: Commit): Promise<void> {
    const text = commitText(commit);
    const refusal = await this.#commits.write(() => this.#apply(text));
    if (refusal) throw refusal;
    this.#followers.wake();
  }

  /** Runs inside a write transaction. @returns why nothing was written, if so. */
  #apply(c: CommitText): Error | undefined {
    const id = textKey(c.id);
    const stands = c.expected === 0 ? !this.#files.states.doesExist(id) : this.#files.states.doesExist(id, c.expected);
    if (!stands) return new VersionConflict(c.id, c.expected);
    if (c.basis && !this.#files.states.get(id)?.startsWith(c.basis)) return new VersionConflict(c.id, c.expected);
    if (c.limit && this.#indexes.fullness(c.limit, c.moves) > c.limit.max + slack) return new LimitReached(c.limit);
    for (const [i, event] of c.events.entries()) {
      this.#files.events.putSync(numberedKey(c.id, c.expected + 1 + i), event);
    }
    this.#files.states.putSync(id, c.state, c.version);
    for (const { index, member, to } of c.moves) this.#indexes.move(index, member, to);
    this.#announce(c.announcement);
    return undefined;
  }

  /** Runs inside a write transaction: the feed's end is read and written once, whatever is announced between. */
  #announcing<T>(action: () => T): T {
    const newest = this.#newest();
    this.#announced = newest;
    const result = action();
    if (this.#announced > newest) this.#files.numbers.putSync(feedNumber, String(this.#announced));
    return result;
  }

  #announce(announcement: string): void {
    this.#announced += 1;
    const number = this.#announced;
    this.#files.feed.putSync(numberedKey(feedName, number), announcement);
    if (number > this.#feedLength) this.#files.feed.removeSync(numberedKey(feedName, number - this.#feedLength));
  }

  async remove(removal: Removal): Promise<void> {
    const { id, expected, places } = checkedRemoval(removal);
    const announcement = JSON.stringify(removal.announcement);
    const isRemoved = await this.#write(() =>
      this.#announcing(() => {
        if (!this.#files.states.doesExist(textKey(id), expected)) return false;
        for (const { index, member } of places) this.#indexes.move(index, member, undefined);
        const events = [...this.#files.events.getKeys({ start: numberedKey(id, 1), end: aboveKey(id) })];
        for (const key of events) this.#files.events.removeSync(key);
        this.#files.states.removeSync(textKey(id));
        this.#announce(announcement);
        return true;
      }),
    );
    if (!isRemoved) throw new VersionConflict(id, expected);
    this.#followers.wake();
  }

  load(ids: readonly string[]): Promise<(Conversation | undefined)[]> {
    return this.#read(() => {
      if (ids.length > 1_000) throw new RangeError(`At most 1,000 conversations are loaded at once, not ${ids.length}`);
      return ids.map((id) => {
        const entry = this.#files.states.getEntry(textKey(id));
        return entry && parseState(id, entry.value, entry.version ?? 0);
      });
    });
  }

  ids(cursor?: string): Promise<Ids> {
    return this.#read(() => {
      const start = cursor === undefined ? {} : { start: textKey(cursor), exclusiveStart: true };
      const ids = Array.from(this.#files.states.getKeys({ ...start, limit: idsAtOnce }), (key) =>
        key.toString('utf8', 0, key.length - 1),
      );
      return { ids, next: ids.length < idsAtOnce ? undefined : ids.at(-1) };
    });
  }

  history(id: string, after: number, limit: number): Promise<Event[]> {
    return this.#read(() => {
      checkLimit(limit);
      const texts: string[] = [];
      const range = { start: numberedKey(id, after + 1), end: aboveKey(id), limit };
      for (const { key, value } of this.#files.events.getRange(range)) {
        const version = after + 1 + texts.length;
        if (numberAndLast(key).number !== version) throw new Unreadable(id, `event ${version} is missing.`);
        texts.push(value);
      }
      return parseEvents(id, after, texts);
    });
  }

  list(index: string, range: Range): Promise<Listed[]> {
    return this.#read(() => this.#indexes.list(index, range));
  }

  count(index: string): Promise<number> {
    return this.#read(() => this.#indexes.size(index));
  }

  rank(index: string, member: string): Promise<number | undefined> {
    return this.#read(() => this.#indexes.rank(index, member));
  }

  reserve(counter: string): Promise<number> {
    return this.#write(() => {
      const key = textKey(`counter:${counter}`);
      const next = Number(this.#files.numbers.get(key) ?? 0) + 1;
      this.#files.numbers.putSync(key, String(next));
      return next;
    });
  }

  follow(from: FeedPosition | undefined, listener: (item: FeedItem) => void): Promise<() => void> {
    return this.#read(() => this.#followers.follow(from, listener));
  }

  position(): Promise<FeedPosition> {
    return this.#read(() => String(this.#newest()));
  }

  signal(message: Json): Promise<void> {
    return this.#read(() => this.#signals.send(message));
  }

  onSignal(listener: (message: Json) => void): () => void {
    return this.#signals.listen(listener);
  }

  async health(): Promise<Health> {
    await this.#read(() => this.#newest());
    const free = await statfs(this.#directory).then(
      (disk) => disk.bavail * disk.bsize,
      (error: unknown) => {
        throw new Unavailable(`The data directory cannot be read: ${String(error)}`, { cause: error });
      },
    );
    return {
      durability: 'power-loss',
      detail: `Embedded store in ${resolve(this.#directory)}; every commit is flushed to disk before it is acknowledged.`,
      warnings:
        free < scarceDisk
          ? [
              `Only ${Math.floor(free / 1024 / 1024)} MB are free on the disk of ${resolve(this.#directory)}: make room.`,
            ]
          : [],
    };
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    clearInterval(this.#sweeper);
    this.#followers.close();
    await this.#release?.();
    this.#closed = true;
    await closeFiles(this.#files);
  }

  #newest(): number {
    return Number(this.#files.numbers.get(feedNumber) ?? 0);
  }

  #oldest(): number {
    for (const key of this.#files.feed.getKeys({ limit: 1 })) return numberAndLast(key).number;
    return this.#newest() + 1;
  }

  #readFeed(after: number, limit: number): { number: number; announcement: Announcement }[] {
    const entries = this.#files.feed.getRange({ start: numberedKey(feedName, after + 1), limit });
    return Array.from(entries, ({ key, value }) => ({
      number: numberAndLast(key).number,
      announcement: JSON.parse(value) as Announcement,
    }));
  }

  #trimFeed(): void {
    const end = numberedKey(feedName, this.#newest() - this.#feedLength + 1);
    for (const key of [...this.#files.feed.getKeys({ end })]) this.#files.feed.removeSync(key);
  }

  /** Removes what has expired, some at a time so that commits are not held up. */
  async #sweep(): Promise<void> {
    const some = 500;
    for (let swept = some; swept === some && !this.#closing; ) swept = await this.records.sweep(some);
  }

  async #read<T>(action: () => T): Promise<T> {
    if (this.#closed) throw new Unavailable('The store is closed.');
    return action();
  }

  /** One transaction, undone whole if the action throws; resolves when it is on disk. */
  async #write<T>(action: () => T): Promise<T> {
    if (this.#closed) throw new Unavailable('The store is closed.');
    let thrown: unknown;
    try {
      return await this.#files.env.childTransaction(() => {
        try {
          return action();
        } catch (error) {
          thrown = error;
          throw error;
        }
      });
    } catch (error) {
      if (error === thrown) throw error;
      const reason = await reasonOf(error);
      throw new Unavailable(`The store could not write to ${resolve(this.#directory)}: ${String(reason)}`, {
        cause: reason,
      });
    }
  }
}
