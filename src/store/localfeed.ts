/** The feed of an engine whose only service is this process: followers read the stored entries and are woken by each commit. */
import type { Announcement, FeedItem } from './store.ts';

/** The stored feed; entries are numbered 1, 2, 3 … and the oldest are dropped. */
export interface StoredFeed {
  newest(): number;
  /** Number of the oldest entry held; newest + 1 when none is. */
  oldest(): number;
  /** At most `limit` entries behind number `after`, in order. */
  read(after: number, limit: number): { number: number; announcement: Announcement }[];
}

/** Entries read at once; between two batches others have their turn. */
const batch = 256;

export class LocalFeed {
  readonly #stored: StoredFeed;
  readonly #onError: (error: unknown) => void;
  readonly #followers = new Set<() => void>();
  #woken = false;

  constructor(stored: StoredFeed, onError: (error: unknown) => void) {
    this.#stored = stored;
    this.#onError = onError;
  }

  /** Something was committed. */
  wake(): void {
    if (this.#woken || this.#followers.size === 0) return;
    this.#woken = true;
    queueMicrotask(() => {
      this.#woken = false;
      for (const pump of [...this.#followers]) pump();
    });
  }

  follow(from: string | undefined, listener: (item: FeedItem) => void): () => void {
    let at = from === undefined ? this.#stored.newest() : /^\d{1,15}$/.test(from) ? Number(from) : Number.NaN;
    let pending = false;
    const tell = (item: FeedItem): void => {
      try {
        listener(item);
      } catch (error) {
        this.#onError(error);
      }
    };
    const pump = (): void => {
      if (pending) return;
      const newest = this.#stored.newest();
      if (!(at + 1 >= this.#stored.oldest() && at <= newest)) {
        at = newest;
        tell({ kind: 'lost', position: String(at) });
        return;
      }
      const entries = this.#stored.read(at, batch);
      for (const { number, announcement } of entries) {
        at = number;
        tell({ kind: 'entry', position: String(number), announcement });
        if (!this.#followers.has(pump)) return;
      }
      if (entries.length < batch) return;
      pending = true;
      setImmediate(() => {
        pending = false;
        if (this.#followers.has(pump)) pump();
      });
    };
    this.#followers.add(pump);
    // Not within the call: the caller has its stop function before the first item.
    setImmediate(() => this.#followers.has(pump) && pump());
    return () => void this.#followers.delete(pump);
  }

  close(): void {
    this.#followers.clear();
  }
}
