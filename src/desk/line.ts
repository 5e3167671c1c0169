/**
 * The queue as one process knows it: every waiting case with what it asks for, in the queue's order, kept by the feed. Reading it costs
 * nothing, however many wait. It may be a moment behind; whoever acts on it commits at a version and is told so.
 */

import { indexes } from '../conversation/placement.ts';
import type { Conversation } from '../conversation/state.ts';
import { type Waiting, waitingIn } from '../conversation/waiting.ts';
import type { FeedItem, Listed, Store, Unreadable } from '../store/store.ts';
import { loadReadable } from './readable.ts';

export interface Case extends Waiting {
  readonly id: string;
  readonly version: number;
}

export interface LineOptions {
  readonly store: Store;
  /** Told once of each waiting conversation that cannot be read. */
  readonly onUnreadable: (error: Unreadable) => void;
  /** Told of what nobody awaits. */
  readonly onError: (error: unknown) => void;
}

/** Of the index, read at once. */
const page = 1_000;
/** The head of the queue that `look` compares. */
const head = 20;

export class Line {
  readonly #o: LineOptions;
  readonly #byId = new Map<string, Case>();
  /** In the queue's order. */
  readonly #cases: Case[] = [];
  /** Versions at which cases left while something was being read, which may know less. */
  readonly #left = new Map<string, number>();
  readonly #unreadable = new Set<string>();
  #reading = 0;
  #refreshing: Promise<void> | undefined;

  constructor(options: LineOptions) {
    this.#o = options;
  }

  get length(): number {
    return this.#cases.length;
  }

  /** In the queue's order; what comes or goes meanwhile is not seen. */
  cases(): readonly Case[] {
    return [...this.#cases];
  }

  /** One at a time, each the next behind the one before as the queue stands then: for whoever looks at a few of many. */
  *inOrder(): Generator<Case> {
    for (let at = 0; at < this.#cases.length; ) {
      const waiting = this.#cases[at] as Case;
      yield waiting;
      if (this.#cases[at] !== waiting) at = this.#placeOf(waiting);
      if (this.#cases[at]?.id === waiting.id) at += 1;
    }
  }

  get(id: string): Case | undefined {
    return this.#byId.get(id);
  }

  /** How many stand before it; undefined where it does not wait. */
  rank(id: string): number | undefined {
    const found = this.#byId.get(id);
    return found && this.#placeOf(found);
  }

  /** To be told every item of the process's follower, in order. */
  announced(item: FeedItem): void {
    if (item.kind === 'lost') {
      this.refresh().catch(this.#o.onError);
      return;
    }
    const { conversation: id, version, state, waiting } = item.announcement;
    if (state !== 'queued') this.#put(id, version, undefined);
    else if (waiting) this.#put(id, version, waiting as unknown as Waiting);
    // A process of an older release does not say what waits.
    else this.#read([id]).catch(this.#o.onError);
  }

  /** What whoever has just committed knows. */
  learn(c: Conversation): void {
    this.#put(c.id, c.version, waitingIn(c));
  }

  /** Sees what has come to the head of the queue, though the feed has not said so yet. */
  async look(): Promise<void> {
    const listed = await this.#o.store.list(indexes.waiting, { limit: head });
    await this.#read(listed.filter((entry) => this.#isNew(entry)).map(({ member }) => member));
  }

  /** Makes sure of one case. */
  reread(id: string): Promise<void> {
    return this.#read([id]);
  }

  /** Compares the whole with the store. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    const seen = new Set<string>();
    for (let after: Listed | undefined; ; ) {
      const listed = await this.#o.store.list(indexes.waiting, { limit: page, ...(after ? { after } : {}) });
      for (const { member } of listed) seen.add(member);
      await this.#read(listed.filter((entry) => this.#isNew(entry)).map(({ member }) => member));
      after = listed.at(-1);
      if (listed.length < page) break;
    }
    const missed = [...this.#byId.keys()].filter((id) => !seen.has(id));
    for (let i = 0; i < missed.length; i += page) await this.#read(missed.slice(i, i + page));
  }

  #isNew({ member, score }: Listed): boolean {
    return this.#byId.get(member)?.dueAt !== score;
  }

  async #read(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    this.#reading++;
    try {
      const found = await loadReadable(this.#o.store, ids, (error) => this.#tellOnce(error));
      ids.forEach((id, i) => {
        const c = found[i];
        if (c) this.#put(id, c.version, waitingIn(c));
        else this.#remove(id);
      });
    } finally {
      this.#reading--;
      if (this.#reading === 0) this.#left.clear();
    }
  }

  #tellOnce(error: Unreadable): void {
    if (this.#unreadable.has(error.conversation)) return;
    this.#unreadable.add(error.conversation);
    this.#o.onUnreadable(error);
  }

  #put(id: string, version: number, waiting: Waiting | undefined): void {
    const known = this.#byId.get(id);
    if ((known?.version ?? this.#left.get(id) ?? 0) > version) return;
    if (known) this.#remove(id);
    if (waiting) {
      this.#left.delete(id);
      const entry: Case = { ...waiting, id, version };
      this.#byId.set(id, entry);
      this.#cases.splice(this.#placeOf(entry), 0, entry);
    } else if (this.#reading > 0) this.#left.set(id, version);
  }

  #remove(id: string): void {
    const known = this.#byId.get(id);
    if (!known) return;
    const place = this.#placeOf(known);
    // Most leave from the head, and of a long array that costs a fortieth of a splice.
    if (place === 0) this.#cases.shift();
    else this.#cases.splice(place, 1);
    this.#byId.delete(id);
  }

  /** Where it stands, or belongs. */
  #placeOf(entry: Case): number {
    let from = 0;
    let to = this.#cases.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isBefore(this.#cases[middle] as Case, entry)) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

const isBefore = (a: Case, b: Case): boolean => a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.id < b.id);
