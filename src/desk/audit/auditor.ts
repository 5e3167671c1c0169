/**
 * Writes the feed's deeds into the trail. How far it has read stands in the same commit as the rows, so a deed is there once, whoever
 * is killed when. Every process has an auditor; a lease lets one of them work at a time, and the cursor sees to it should two do so.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FeedItem, FeedPosition, Store } from '../../store/store.ts';
import { letGo } from '../alone.ts';
import { deedOf } from './deeds.ts';
import type { Item, Trail } from './trail.ts';

export interface AuditorOptions {
  readonly store: Store;
  readonly trail: Trail;
  readonly onError: (error: unknown) => void;
  /** ms since 1970 */
  readonly now?: () => number;
  /** Deeds are gathered for this long before they are written, ms. */
  readonly gather?: number;
}

export interface Auditor {
  /** Writes what has been gathered, and lets another process take over at once. */
  stop(): Promise<void>;
}

/** A process that died holds the work for this long, ms. */
const lease = 6_000;
const renewEvery = 2_000;
/** The feed is read no further while so many deeds are unwritten. */
const mostGathered = 5_000;
/** How far the feed has been read is noted this often though nothing was found, ms. */
const noteEvery = 10_000;

/** Resolves once it is certain that nothing from now on is missed. */
export async function startAuditor(options: AuditorOptions): Promise<Auditor> {
  const auditor = new FeedAuditor(options);
  await auditor.begin();
  return auditor;
}

class FeedAuditor implements Auditor {
  readonly #o: Required<AuditorOptions>;
  readonly #process = randomUUID();
  readonly #ending = new AbortController();
  #run: Promise<void> = Promise.resolve();

  constructor(options: AuditorOptions) {
    this.#o = { now: Date.now, gather: 250, ...options };
  }

  /** The very first row says from where on deeds are known. */
  async begin(): Promise<void> {
    const { store, trail, now } = this.#o;
    if ((await trail.head())?.cursor === undefined) {
      const cursor = await store.position();
      const deed = { at: now(), who: 'desk', what: 'audit-began', subject: '', facts: {} };
      await trail.appendFrom(undefined, [{ deed, cursor }]);
    }
    this.#run = this.#loop();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#run;
  }

  async #loop(): Promise<void> {
    while (!this.#isEnding) {
      try {
        if (await this.#take()) await this.#work();
        else await this.#rest(1_000);
      } catch (error) {
        this.#o.onError(error);
        await this.#rest(1_000);
      }
    }
  }

  /** Follows the feed until it stops, the lease is another's, or another auditor has written. */
  async #work(): Promise<void> {
    const { store, trail, gather, now } = this.#o;
    try {
      const head = await trail.head();
      let cursor = head?.cursor;
      let seen = await trail.resumeAt(head);
      let gathered: Item[] = [];
      let isFull = false;
      let renewedAt = now();
      let notedAt = now();
      const take = (item: FeedItem): void => {
        if (isFull) return;
        const found = itemOf(item, seen, now());
        seen = item.position;
        if (found) gathered.push(found);
        isFull = gathered.length >= mostGathered;
      };
      let unfollow = await store.follow(seen, take);
      try {
        for (let isLast = false; !isLast; ) {
          isLast = this.#isEnding;
          const some = gathered;
          gathered = [];
          for (let left = some; left.length > 0; ) {
            const stands = await trail.appendFrom(cursor, left);
            const through = left.findIndex((item) => item.cursor === stands);
            // Another auditor has gone on: what is gathered here may be written already.
            if (through < 0) return;
            cursor = stands;
            left = left.slice(through + 1);
          }
          if (isFull) {
            unfollow();
            isFull = false;
            unfollow = await store.follow(seen, take);
          }
          if (isLast) break;
          if (now() - renewedAt > renewEvery) {
            if (!(await this.#renew())) return;
            renewedAt = now();
          }
          if (now() - notedAt > noteEvery && gathered.length === 0 && seen !== undefined && seen !== cursor) {
            await trail.noteSeen(cursor, seen);
            notedAt = now();
          }
          await this.#rest(gather);
        }
      } finally {
        unfollow();
      }
    } finally {
      await letGo(store, { kind: 'alone', id: 'auditor', owner: this.#process });
    }
  }

  async #take(): Promise<boolean> {
    return this.#o.store.records.putIfAbsent('alone', 'auditor', this.#process, lease);
  }

  async #renew(): Promise<boolean> {
    const { records } = this.#o.store;
    const holder = await records.get('alone', 'auditor');
    if (holder !== undefined && holder !== this.#process) return false;
    await records.put('alone', 'auditor', this.#process, lease);
    return true;
  }

  get #isEnding(): boolean {
    return this.#ending.signal.aborted;
  }

  /** Ends early when it is to stop. */
  async #rest(ms: number): Promise<void> {
    const { signal } = this.#ending;
    await pause(ms, undefined, { signal, ref: false }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** What an item of the feed adds to the trail. */
function itemOf(item: FeedItem, after: FeedPosition | undefined, now: number): Item | undefined {
  if (item.kind === 'lost') {
    const facts = { after: after ?? null, until: item.position };
    return { deed: { at: now, who: 'desk', what: 'feed-lost', subject: '', facts }, cursor: item.position };
  }
  const deed = deedOf(item.announcement);
  return deed && { deed, cursor: item.position };
}
