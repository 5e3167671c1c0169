/**
 * The trail in the store: logs of the port like a conversation's, so that a row is durable when it is acknowledged and two processes
 * cannot fork the chain. It is kept in segments: when one is full the next begins, and a full one never changes again.
 */
import { randomUUID } from 'node:crypto';
import { type Commit, type FeedPosition, type Store, VersionConflict } from '../../store/store.ts';
import { inLane } from '../lane.ts';
import { beginning, type Deed, type Row, rowOf } from './chain.ts';
import { segmentId } from './deeds.ts';

/** Rows of a full segment. A part of the format: whoever reads knows from a row's number where it is. */
export const segmentSize = 10_000;
/** Rows of one commit at most. */
const mostAtOnce = 500;
/** Keys of single deeds remembered, by which one whose answer was lost is recognised. */
const keysKept = 200;

/** What a segment folds to. */
export interface Head {
  readonly id: string;
  readonly version: number;
  readonly segment: number;
  /** Number and hash of the newest row. */
  readonly n: number;
  readonly hash: string;
  /** The feed has been read through up to here; absent before an auditor began. */
  readonly cursor?: FeedPosition;
  readonly keys: readonly string[];
}

/** Where the newest row is, kept beside the log: a log that was cut off is shorter than this says. */
export interface Checkpoint {
  readonly n: number;
  readonly hash: string;
  readonly segment: number;
}

/** A deed that comes from the feed carries the position behind it. */
export interface Item {
  readonly deed: Deed;
  readonly cursor?: FeedPosition;
}

export class Trail {
  readonly #store: Store;
  /** A segment that is known to be there, or 1. */
  #segment: number | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Appends what was done. Resolves when it is durable. @throws Unavailable */
  async append(deed: Deed): Promise<void> {
    const key = randomUUID();
    await this.#inLane(async () => {
      for (;;) {
        const head = await this.head();
        if (head?.keys.includes(key)) return;
        try {
          await this.#commit(head, [{ deed }], key);
          return;
        } catch (error) {
          if (!(error instanceof VersionConflict)) throw error;
        }
      }
    });
  }

  /**
   * Appends what the feed told, if the feed has been read up to `cursor` and not further: of two auditors one is told to begin anew.
   * @returns the cursor that stands now.
   */
  appendFrom(cursor: FeedPosition | undefined, items: readonly Item[]): Promise<FeedPosition | undefined> {
    return this.#inLane(async () => {
      for (;;) {
        const head = await this.head();
        if (head?.cursor !== cursor) return head?.cursor;
        const some = items.slice(0, Math.min(mostAtOnce, roomIn(head)));
        try {
          return (await this.#commit(head, some)).cursor;
        } catch (error) {
          if (!(error instanceof VersionConflict)) throw error;
        }
      }
    });
  }

  /** Undefined before the first row. */
  async head(): Promise<Head | undefined> {
    const hint = this.#segment ?? (await this.checkpoint())?.segment ?? 1;
    let newest: Head | undefined;
    for (let segment = hint; ; segment++) {
      const found = await this.segment(segment);
      if (!found) break;
      newest = found;
      this.#segment = segment;
      if (found.version < segmentSize) break;
    }
    return newest;
  }

  async segment(segment: number): Promise<Head | undefined> {
    // The port gives back what was committed; that a segment is no conversation only we know.
    const [found] = (await this.#store.load([segmentId(segment)])) as unknown as (Head | undefined)[];
    return found;
  }

  /** @param n of the row behind which to read. @returns at most `limit` rows, in order, of one segment; none at the end. */
  async rows(after: number, limit: number): Promise<Row[]> {
    const segment = Math.floor(after / segmentSize) + 1;
    const events = await this.#store.history(segmentId(segment), after % segmentSize, limit);
    return events as unknown as Row[];
  }

  async checkpoint(): Promise<Checkpoint | undefined> {
    return (await this.#store.records.get(kind, 'head')) as Checkpoint | undefined;
  }

  /** Notes how far the feed has been read without a deed being found; holds only as long as the cursor does. */
  async noteSeen(cursor: FeedPosition | undefined, seen: FeedPosition): Promise<void> {
    await this.#store.records.put(kind, 'seen', { cursor: cursor ?? null, seen });
  }

  /** Where to go on reading the feed. */
  async resumeAt(head: Head | undefined): Promise<FeedPosition | undefined> {
    const noted = (await this.#store.records.get(kind, 'seen')) as { cursor: string | null; seen: string } | undefined;
    return noted && head?.cursor !== undefined && noted.cursor === head.cursor ? noted.seen : head?.cursor;
  }

  async #commit(head: Head | undefined, items: readonly Item[], key?: string): Promise<Head> {
    const isNew = head === undefined || head.version >= segmentSize;
    const segment = head === undefined ? 1 : isNew ? head.segment + 1 : head.segment;
    const version = isNew ? 0 : head.version;
    const id = segmentId(segment);
    const rows: Row[] = [];
    for (const { deed } of items) {
      const last = rows.at(-1) ?? head;
      rows.push(rowOf(deed, (last?.n ?? 0) + 1, last?.hash ?? beginning));
    }
    const last = rows.at(-1);
    if (!last) throw new TypeError('The audit trail was given nothing to append.');
    const cursor = items.findLast((item) => item.cursor !== undefined)?.cursor ?? head?.cursor;
    const state: Head = {
      id,
      version: version + rows.length,
      segment,
      n: last.n,
      hash: last.hash,
      ...(cursor === undefined ? {} : { cursor }),
      keys: [...(head?.keys ?? []), ...(key ? [key] : [])].slice(-keysKept),
    };
    const commit: Commit = {
      id,
      expected: version,
      events: rows.map((row, i) => ({ ...row, version: version + 1 + i })),
      state,
      moves: [],
      announcement: { conversation: id, version: state.version },
    };
    await this.#store.commit(commit);
    this.#segment = segment;
    const checkpoint: Checkpoint = { n: state.n, hash: state.hash, segment };
    await this.#store.records.put(kind, 'head', { ...checkpoint });
    return state;
  }

  /** Two of one process would meet at one version again and again. */
  #inLane<T>(work: () => Promise<T>): Promise<T> {
    return inLane(this.#store, segmentId(0), work);
  }
}

const kind = 'audit';

const roomIn = (head: Head | undefined): number =>
  head === undefined || head.version >= segmentSize ? segmentSize : segmentSize - head.version;
