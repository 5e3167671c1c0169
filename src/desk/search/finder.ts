/**
 * Finds cases by their words among all there are. Each process holds what cases are searched by in memory, newest last, and keeps it up
 * with the feed: a search costs a look through that and no read of the store but for what it found. What was found is checked against
 * the conversation as it stands.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { indexes } from '../../conversation/placement.ts';
import type { Conversation } from '../../conversation/state.ts';
import type { FeedItem, FeedPosition, Listed, Store, Unreadable } from '../../store/store.ts';
import { isEnlisting } from '../enlist.ts';
import { loadReadable } from '../readable.ts';
import { isFound, searchedText } from './text.ts';

export interface Sought {
  /** Folded words that must all occur; none: every case. */
  readonly words: readonly string[];
  /** When the newest ticket was opened, ms since 1970, both inclusive. */
  readonly from: number;
  readonly to: number;
  /** Undefined: whatever it is. */
  readonly isWanted?: (c: Conversation) => boolean;
}

/** Where a page ended. */
export interface After {
  readonly at: number;
  readonly id: string;
}

export interface FoundPage {
  readonly found: readonly Conversation[];
  /** Undefined at the end. */
  readonly after: After | undefined;
}

interface Held {
  readonly id: string;
  readonly at: number;
  readonly text: string;
}

/** Conversations loaded at once, and cases looked at between two breaths. */
const batch = 200;
const stretch = 20_000;
/** How long a search waits for news that are on their way, ms. */
const patience = 500;

export class Finder {
  readonly #store: Store;
  readonly #onUnreadable: (error: Unreadable) => void;
  #held = new Map<string, Held>();
  /** Ordered by `at`, then by id. */
  #order: Held[] = [];
  /** Changed since they were read. */
  readonly #changed = new Set<string>();
  #built: Promise<void> | undefined;
  /** Where the process's follower stands, as far as is known. */
  #seen: FeedPosition | undefined;
  readonly #listening = new Set<(position: FeedPosition) => void>();

  constructor(store: Store, onUnreadable: (error: Unreadable) => void) {
    this.#store = store;
    this.#onUnreadable = onUnreadable;
  }

  /** An item of the feed, as the process's follower has it. */
  announced(item: FeedItem): void {
    this.#seen = item.position;
    for (const hear of this.#listening) hear(item.position);
    if (!this.#built) return;
    if (item.kind === 'lost') this.#built = undefined;
    else if (!isEnlisting(item.announcement)) this.#changed.add(item.announcement.conversation);
  }

  /** Reads all cases, so that the first search need not. */
  async warm(): Promise<void> {
    await this.#ready();
  }

  /** How many cases there are. */
  async count(): Promise<number> {
    const [open, closed] = await Promise.all([this.#store.count(indexes.open), this.#store.count(indexes.closed)]);
    return open + closed;
  }

  /** Newest case first. @param limit most of a page */
  async find(sought: Sought, limit: number, after?: After): Promise<FoundPage> {
    await this.#ready();
    const found: Conversation[] = [];
    let from = after ? this.#place(after) : this.#order.length;
    while (from > 0) {
      const candidates: Held[] = [];
      let looked = 0;
      let last: Held | undefined;
      while (from > 0 && candidates.length < limit - found.length + 1 && looked < stretch) {
        last = this.#order[--from] as Held;
        looked++;
        if (last.at < sought.from) from = 0;
        else if (last.at <= sought.to && isFound(last.text, sought.words)) candidates.push(last);
      }
      const loaded = await loadReadable(
        this.#store,
        candidates.map(({ id }) => id),
        this.#onUnreadable,
      );
      for (const c of loaded) {
        if (c && isFound(searchedText(c), sought.words) && (sought.isWanted?.(c) ?? true)) {
          // One more than fits is behind the page.
          if (found.length === limit) return { found, after: lastOf(found) };
          found.push(c);
        }
      }
      await breathe();
      // What came and went meanwhile has moved the places.
      if (from > 0 && last) from = this.#place(last);
    }
    return { found, after: undefined };
  }

  /** How many stand before that place in the order. */
  #place({ at, id }: After): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const one = this.#order[middle] as Held;
      if (one.at < at || (one.at === at && one.id < id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What was committed before the search is found by it, on whatever process: the feed is heard through up to now, or for a while. */
  async #hearFeed(): Promise<void> {
    const heard = new Set([this.#seen]);
    let noteNews = (): void => {};
    const hear = (position: FeedPosition): void => {
      heard.add(position);
      noteNews();
    };
    this.#listening.add(hear);
    let timer: NodeJS.Timeout | undefined;
    try {
      const newest = await this.#store.position();
      if (heard.has(newest)) return;
      await new Promise<void>((done) => {
        noteNews = () => heard.has(newest) && done();
        timer = setTimeout(done, patience);
      });
      this.#seen ??= newest;
    } finally {
      clearTimeout(timer);
      this.#listening.delete(hear);
    }
  }

  async #ready(): Promise<void> {
    if (this.#built) await this.#hearFeed();
    this.#built ??= this.#build().catch((error: unknown) => {
      this.#built = undefined;
      throw error;
    });
    const built = this.#built;
    await built;
    while (this.#changed.size > 0) {
      const some = [...this.#changed].slice(0, batch);
      for (const id of some) this.#changed.delete(id);
      try {
        const loaded = await loadReadable(this.#store, some, this.#onUnreadable);
        // All is read anew meanwhile: what was read here belongs into that.
        if (this.#built !== built) {
          for (const id of some) this.#changed.add(id);
          return this.#ready();
        }
        for (const [i, id] of some.entries()) this.#hold(id, loaded[i]);
      } catch (error) {
        for (const id of some) this.#changed.add(id);
        throw error;
      }
    }
  }

  async #build(): Promise<void> {
    this.#seen ??= await this.#store.position();
    this.#changed.clear();
    // Beside what is held so far, which a search may be going through.
    const held = new Map<string, Held>();
    for (const index of [indexes.closed, indexes.open]) {
      for (let after: Listed | undefined; ; ) {
        const listed = await this.#store.list(index, { limit: batch, ...(after ? { after } : {}) });
        const ids = listed.map(({ member }) => member);
        for (const c of await loadReadable(this.#store, ids, this.#onUnreadable)) {
          const one = c && heldOf(c);
          if (one) held.set(one.id, one);
        }
        if (listed.length < batch) break;
        after = listed.at(-1);
        await breathe();
      }
    }
    this.#held = held;
    this.#order = [...held.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  #hold(id: string, c: Conversation | undefined): void {
    const before = this.#held.get(id);
    if (before) {
      this.#held.delete(id);
      this.#order.splice(this.#place(before), 1);
    }
    const one = c && heldOf(c);
    if (!one) return;
    this.#held.set(id, one);
    this.#order.splice(this.#place(one), 0, one);
  }
}

const lastOf = (found: readonly Conversation[]): After | undefined => {
  const c = found.at(-1);
  return c?.ticket && { at: c.ticket.openedAt, id: c.id };
};

/** Undefined for a conversation without a case. */
function heldOf(c: Conversation): Held | undefined {
  return c.ticket && { id: c.id, at: c.ticket.openedAt, text: searchedText(c) };
}
