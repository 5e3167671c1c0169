/**
 * Finds cases by their words among all there are. Each process holds what cases are searched by in memory, newest last, and keeps it up
 * with the feed: the text of their facts, and a signature of all that people wrote, read beside the service's work. A search costs a look
 * through that and no read of the store but for what it seems to have found; that is checked against the conversation as it stands.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { indexes } from '../../conversation/placement.ts';
import type { Conversation } from '../../conversation/state.ts';
import { type FeedItem, type FeedPosition, type Listed, type Store, Unreadable } from '../../store/store.ts';
import { isEnlisting } from '../enlist.ts';
import { loadReadable } from '../readable.ts';
import { isInLog, pagesOf, writtenIn } from './log.ts';
import { addTo, mayHold, type Probe, probeOf, type Signature, signatureOf } from './signature.ts';
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
  readonly version: number;
  /** Of the log up to version `signed`. */
  signature: Signature | undefined;
  signed: number;
}

/** Conversations loaded at once, and cases looked at between two breaths. */
const batch = 200;
const stretch = 20_000;
/** Logs read at once for signatures; and of one search, before it gives what it has found so far. */
const logsAtOnce = 25;
const mostLogs = 1_000;
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
  /** Whose signature is missing or old, in the order they are read. */
  readonly #unsigned = new Set<string>();
  #signing: Promise<void> | undefined;
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

  /** Reads all cases and their logs, so that the first search need not. */
  async warm(): Promise<void> {
    await this.#ready();
    await this.#signing;
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
    const probes = sought.words.map(probeOf);
    let logs = 0;
    let from = after ? this.#place(after) : this.#order.length;
    while (from > 0) {
      const candidates: Held[] = [];
      let looked = 0;
      let last: Held | undefined;
      while (from > 0 && candidates.length < limit - found.length + 1 && looked < stretch) {
        last = this.#order[--from] as Held;
        looked++;
        if (last.at < sought.from) from = 0;
        else if (last.at <= sought.to && mayBeFound(last, sought.words, probes)) candidates.push(last);
      }
      const loaded = await loadReadable(
        this.#store,
        candidates.map(({ id }) => id),
        this.#onUnreadable,
      );
      const wanted = loaded.flatMap((c) => (c && (sought.isWanted?.(c) ?? true) ? [c] : []));
      const holding = await Promise.all(wanted.map((c) => this.#holds(c, sought.words)));
      logs += wanted.filter((c) => !isFound(searchedText(c), sought.words)).length;
      for (const c of wanted.filter((_, i) => holding[i])) {
        // One more than fits is behind the page.
        if (found.length === limit) return { found, after: lastOf(found) };
        found.push(c);
      }
      // Words that seem to be everywhere and are nowhere: whoever asks is told where to go on.
      if (logs >= mostLogs && from > 0 && last) return { found, after: { at: last.at, id: last.id } };
      await breathe();
      // What came and went meanwhile has moved the places.
      if (from > 0 && last) from = this.#place(last);
    }
    return { found, after: undefined };
  }

  /** @returns false also where the log cannot be read. */
  async #holds(c: Conversation, words: readonly string[]): Promise<boolean> {
    try {
      return await isInLog(this.#store, c, searchedText(c), words);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#onUnreadable(error);
      return false;
    }
  }

  /** Reads the logs whose signature is missing or old, until none is. */
  #sign(): void {
    if (this.#signing || this.#unsigned.size === 0) return;
    const run = async (): Promise<void> => {
      while (this.#unsigned.size > 0) {
        const some = [...take(this.#unsigned, logsAtOnce)];
        const held = some.flatMap((id) => this.#held.get(id) ?? []);
        await Promise.all(held.map((one) => this.#signOne(one)));
        for (const id of some) this.#unsigned.delete(id);
        // What changed under it is behind again.
        for (const { id } of held) if (isBehind(this.#held.get(id))) this.#unsigned.add(id);
        await breathe();
      }
    };
    this.#signing = run()
      // The store is away: what is unsigned is looked up until the next search sets this going again.
      .catch(() => undefined)
      .finally(() => {
        this.#signing = undefined;
      });
  }

  async #signOne(one: Held): Promise<void> {
    const read = async (after: number): Promise<string[]> => {
      const written: string[] = [];
      for await (const events of pagesOf(this.#store, one.id, after, one.version))
        written.push(...events.flatMap(writtenIn));
      return written;
    };
    try {
      const isEnough = one.signature !== undefined && addTo(one.signature, await read(one.signed));
      if (!isEnough) one.signature = signatureOf(await read(0));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      // Named by whoever finds it; it is not asked for again until it changes.
      one.signature = signatureOf([]);
    }
    one.signed = one.version;
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
    this.#sign();
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
          const one = c && heldOf(c, this.#held.get(c.id));
          if (one) held.set(one.id, one);
        }
        if (listed.length < batch) break;
        after = listed.at(-1);
        await breathe();
      }
    }
    this.#held = held;
    this.#order = [...held.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    // The newest first: they are what is asked for most.
    for (const one of this.#order.toReversed()) if (isBehind(one)) this.#unsigned.add(one.id);
    this.#sign();
  }

  #hold(id: string, c: Conversation | undefined): void {
    const before = this.#held.get(id);
    if (before) {
      this.#held.delete(id);
      this.#order.splice(this.#place(before), 1);
    }
    const one = c && heldOf(c, before);
    if (!one) return;
    if (isBehind(one)) this.#unsigned.add(id);
    this.#held.set(id, one);
    this.#order.splice(this.#place(one), 0, one);
  }
}

const lastOf = (found: readonly Conversation[]): After | undefined => {
  const c = found.at(-1);
  return c?.ticket && { at: c.ticket.openedAt, id: c.id };
};

/** Undefined for a conversation without a case. @param before it, as it was held; its log only grew since. */
function heldOf(c: Conversation, before?: Held): Held | undefined {
  if (!c.ticket) return undefined;
  const { signature, signed = 0 } = before ?? {};
  return { id: c.id, at: c.ticket.openedAt, text: searchedText(c), version: c.version, signature, signed };
}

const isBehind = (one: Held | undefined): boolean => one !== undefined && one.signed < one.version;

/** Whether a look at the conversation is worth while. */
const mayBeFound = (one: Held, words: readonly string[], probes: readonly Probe[]): boolean =>
  words.every(
    (word, i) =>
      one.text.includes(word) || isBehind(one) || !one.signature || mayHold(one.signature, probes[i] as Probe),
  );

function* take<T>(all: Iterable<T>, most: number): Generator<T> {
  let taken = 0;
  for (const one of all) {
    if (taken++ >= most) return;
    yield one;
  }
}
