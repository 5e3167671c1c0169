/**
 * The feed of an engine that is asked over a network. One reader waits at the feed's end for all followers of this process; a
 * follower that is behind first catches up by itself, then joins.
 */
import type { Announcement, FeedItem } from './store.ts';

export interface FeedEntry {
  readonly position: string;
  readonly announcement: Announcement;
}

export interface Page {
  /** False when the position read from is no longer (or was never) in the feed: what lies between is unknown. */
  readonly held: boolean;
  readonly entries: readonly FeedEntry[];
}

export interface FeedSource {
  newest(): Promise<string>;
  /** Entries behind a position, at most `pageSize`. */
  read(after: string): Promise<Page>;
  /** The same, on a connection of its own: when there are none it waits for the first, some seconds at most. */
  wait(after: string): Promise<Page>;
  /** Less than 0 when `a` stands before `b`. */
  compare(a: string, b: string): number;
}

export const pageSize = 500;
/** Pause after a failed read, ms. */
const pause = 250;

interface Follower {
  at: string;
  stopped: boolean;
  readonly listener: (item: FeedItem) => void;
}

export class RemoteFeed {
  readonly #source: FeedSource;
  readonly #onError: (error: unknown) => void;
  readonly #joined = new Set<Follower>();
  /** Where the common reader stands; undefined while nobody follows. */
  #end: string | undefined;
  #closed = false;

  constructor(source: FeedSource, onError: (error: unknown) => void) {
    this.#source = source;
    this.#onError = onError;
  }

  async follow(from: string | undefined, listener: (item: FeedItem) => void): Promise<() => void> {
    const follower: Follower = { at: from ?? (await this.#source.newest()), stopped: false, listener };
    const first = await this.#source.read(follower.at);
    // Not within the call: the caller has its stop function before the first item.
    setImmediate(() => void this.#catchUp(follower, first));
    return () => {
      follower.stopped = true;
      this.#joined.delete(follower);
    };
  }

  close(): void {
    this.#closed = true;
    for (const follower of this.#joined) follower.stopped = true;
    this.#joined.clear();
  }

  async #catchUp(follower: Follower, first: Page): Promise<void> {
    for (let page: Page | undefined = first; !follower.stopped && !this.#closed; ) {
      try {
        page ??= await this.#source.read(follower.at);
        if (!page.held) await this.#lose([follower]);
        else for (const entry of page.entries) this.#tell(follower, entry);
        if (page.held && page.entries.length < pageSize && this.#join(follower)) return;
      } catch (error) {
        await this.#rest(error);
      }
      page = undefined;
    }
  }

  /** @returns false when the common reader is already further: there is more to catch up on. */
  #join(follower: Follower): boolean {
    if (follower.stopped || this.#closed) return true;
    if (this.#end !== undefined && this.#source.compare(follower.at, this.#end) < 0) return false;
    this.#joined.add(follower);
    if (this.#end === undefined) {
      this.#end = follower.at;
      void this.#readOn();
    }
    return true;
  }

  async #readOn(): Promise<void> {
    while (this.#end !== undefined && this.#joined.size > 0 && !this.#closed) {
      try {
        const { held, entries } = await this.#source.wait(this.#end);
        if (!held) {
          this.#end = await this.#lose([...this.#joined]);
          continue;
        }
        this.#end = entries.at(-1)?.position ?? this.#end;
        for (const entry of entries) for (const follower of [...this.#joined]) this.#tell(follower, entry);
      } catch (error) {
        await this.#rest(error);
      }
    }
    this.#end = undefined;
  }

  async #lose(followers: readonly Follower[]): Promise<string> {
    const newest = await this.#source.newest();
    for (const follower of followers) {
      follower.at = newest;
      this.#call(follower, { kind: 'lost', position: newest });
    }
    return newest;
  }

  #tell(follower: Follower, { position, announcement }: FeedEntry): void {
    if (this.#source.compare(position, follower.at) <= 0) return;
    follower.at = position;
    this.#call(follower, { kind: 'entry', position, announcement });
  }

  #call(follower: Follower, item: FeedItem): void {
    if (follower.stopped) return;
    try {
      follower.listener(item);
    } catch (error) {
      this.#onError(error);
    }
  }

  /** After a failed read: what was missed is read when the engine answers again, for positions stand. */
  async #rest(error: unknown): Promise<void> {
    if (this.#closed) return;
    this.#onError(error);
    await new Promise((done) => setTimeout(done, pause).unref());
  }
}
