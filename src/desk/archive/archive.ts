/**
 * Conversations at rest, out of the engine. What is archived is on the disk before it leaves the engine; where a process dies in between,
 * both have it, and the engine's counts. A note in the store says which copy of the archive is the right one and finds it again when
 * its visitor comes back: then it is brought back whole, and its numbers go on.
 */
import { isUndelivered } from '../../conversation/delivery.ts';
import type { Event } from '../../conversation/event.ts';
import { isOpen } from '../../conversation/handoff.ts';
import { indexes, placements } from '../../conversation/placement.ts';
import type { Conversation } from '../../conversation/state.ts';
import { type Announcement, type Listed, type Store, Unreadable, VersionConflict } from '../../store/store.ts';
import type { Held } from '../alone.ts';
import { FactsFold } from '../figures/facts.ts';
import { loadReadable } from '../readable.ts';
import { searchedText } from '../search/text.ts';
import { type Archived, type Entry, identitiesOf, monthOf, type Placed, type Shelf } from './shelf.ts';

/** Which copy of the archive is the conversation's. */
interface Note {
  readonly month: string;
  readonly version: number;
}

const kind = 'archived';
/** Conversations looked at, and written, at once. */
const batch = 100;
const historyPage = 1_000;

export class Archive {
  readonly #store: Store;
  readonly #shelf: Shelf;

  /** @param store the engine itself: not one that brings back what is archived. */
  constructor(store: Store, shelf: Shelf) {
    this.#store = store;
    this.#shelf = shelf;
  }

  /**
   * Moves what has been at rest since before `until` (ms since 1970).
   * @param held one process at a time writes the archive.
   * @returns how many were moved.
   */
  async moveBefore(until: number, held: Held, onUnreadable: (error: Unreadable) => void): Promise<number> {
    await held.check();
    await this.#shelf.tidy();
    let moved = 0;
    for (let after: Listed | undefined; ; ) {
      const listed = await this.#store.list(indexes.all, { max: until, limit: batch, ...(after ? { after } : {}) });
      const ids = listed.map(({ member }) => member);
      const loaded = await loadReadable(this.#store, ids, onUnreadable);
      const atRest = loaded.filter((c): c is Conversation => c !== undefined && c.updatedAt < until && isAtRest(c));
      moved += await this.#move(atRest, held, onUnreadable);
      if (listed.length < batch) return moved;
      after = listed.at(-1);
    }
  }

  async #move(atRest: readonly Conversation[], held: Held, onUnreadable: (error: Unreadable) => void): Promise<number> {
    const months = new Map<string, Entry[]>();
    const ready: Conversation[] = [];
    for (const c of atRest) {
      const note = await this.#note(c.id);
      // Brought back to be looked at, and unchanged since.
      const isThere =
        note?.version === c.version && (await this.#shelf.read(note.month, c.id, c.version)) !== undefined;
      try {
        if (!isThere) months.set(monthOf(c), [...(months.get(monthOf(c)) ?? []), await this.#entry(c)]);
        ready.push(c);
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        onUnreadable(error);
      }
    }
    for (const [month, entries] of months) {
      await held.check();
      await this.#shelf.append(month, entries);
      for (const { state } of entries) await this.#store.records.put(kind, state.id, { month, version: state.version });
    }
    let moved = 0;
    for (const c of ready) {
      if (!(await this.#remove(c, 'archived'))) continue;
      await this.#store.records.remove('figures', c.id);
      moved++;
    }
    return moved;
  }

  /** @throws Unreadable */
  async #entry(c: Conversation): Promise<Entry> {
    const events = await this.#history(c);
    const fold = new FactsFold(c.id);
    for (const event of events) fold.take(event);
    return { state: c, events, text: searchedText(c), facts: fold.facts() };
  }

  async #history(c: Conversation): Promise<Event[]> {
    const events: Event[] = [];
    while (events.length < c.version) {
      const page = await this.#store.history(c.id, events.length, Math.min(historyPage, c.version - events.length));
      if (page.length === 0) throw new Unreadable(c.id, `event ${events.length + 1} is missing.`);
      events.push(...page);
    }
    return events;
  }

  /** @returns false when something has happened in it meanwhile. */
  async #remove(c: Conversation, why: 'archived' | 'erased'): Promise<boolean> {
    try {
      await this.#store.remove({
        id: c.id,
        expected: c.version,
        places: placements(c).map(({ index, member }) => ({ index, member })),
        announcement: announced(c, why),
      });
      return true;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      const [now] = await this.#store.load([c.id]);
      return now === undefined;
    }
  }

  /** Brings it back into the engine. @returns its state, or undefined where the archive does not have it. */
  async restore(id: string): Promise<Conversation | undefined> {
    const found = await this.find(id);
    if (!found) return undefined;
    const { state, events } = found;
    const moves = placements(state).map(({ index, member, score }) => ({ index, member, from: undefined, to: score }));
    try {
      await this.#store.commit({ id, expected: 0, events, state, moves, announcement: announced(state, 'restored') });
      return state;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      // Another process has brought it back, or it was never away.
      return (await this.#store.load([id]))[0];
    }
  }

  async find(id: string): Promise<Archived | undefined> {
    const note = await this.#note(id);
    return note && this.#shelf.read(note.month, id, note.version);
  }

  /**
   * All that is archived and not in the engine, newest month first. Holds one month's index in memory.
   * @param isWanted leaves out the others before it is asked of each whether it is the right copy.
   */
  async *lines(isWanted: (line: Placed) => boolean = () => true): AsyncGenerator<Placed> {
    for (const month of await this.#shelf.months()) {
      const all = await this.#shelf.lines(month);
      // Twice in one state, where a process was killed between writing and noting.
      const last = new Map(all.map((line, i) => [`${line.id}\n${line.version}`, i]));
      const lines = all.filter((line, i) => last.get(`${line.id}\n${line.version}`) === i && isWanted(line));
      for (let at = 0; at < lines.length; at += batch) yield* await this.#current(lines.slice(at, at + batch));
    }
  }

  /** Of copies those that are the conversation's. */
  async #current(lines: readonly Placed[]): Promise<Placed[]> {
    const notes = await Promise.all(lines.map(({ id }) => this.#note(id)));
    const noted = lines.filter((line, i) => notes[i]?.month === line.month && notes[i]?.version === line.version);
    const unreadable = new Set<string>();
    const live = await loadReadable(
      this.#store,
      noted.map(({ id }) => id),
      (error) => unreadable.add(error.conversation),
    );
    return noted.filter(({ id }, i) => live[i] === undefined && !unreadable.has(id));
  }

  /** @returns copies, and conversations in the engine, of one customer: by id, or by mail address in whatever case. */
  async ofCustomer(who: string): Promise<{ readonly live: readonly string[]; readonly copies: readonly Placed[] }> {
    const live: string[] = [];
    for (let after: Listed | undefined; ; ) {
      const listed = await this.#store.list(indexes.all, { limit: batch, ...(after ? { after } : {}) });
      const loaded = await loadReadable(
        this.#store,
        listed.map(({ member }) => member),
        () => undefined,
      );
      live.push(...loaded.flatMap((c) => (c && isNamed(identitiesOf(c), who) ? [c.id] : [])));
      if (listed.length < batch) break;
      after = listed.at(-1);
    }
    const copies: Placed[] = [];
    for (const month of await this.#shelf.months())
      copies.push(...(await this.#shelf.lines(month)).filter(({ identities }) => isNamed(identities, who)));
    return { live, copies };
  }

  /** Takes it out of the engine for good. @returns its log as it was; undefined where it was not there. */
  async eraseLive(id: string): Promise<readonly Event[] | undefined> {
    for (;;) {
      const [c] = await this.#store.load([id]);
      if (!c) return undefined;
      const events = await this.#history(c);
      if (await this.#remove(c, 'erased')) return events;
    }
  }

  /** Takes every copy out of the archive for good. */
  async eraseCopies(copies: readonly Placed[], held: Held): Promise<void> {
    await held.check();
    await this.#shelf.tidy();
    const ids = new Set(copies.map(({ id }) => id));
    for (const month of new Set(copies.map((copy) => copy.month))) {
      await held.check();
      await this.#shelf.rewrite(month, ({ id }) => !ids.has(id));
    }
  }

  async copyOf({ month, id, version }: Pick<Placed, 'month' | 'id' | 'version'>): Promise<Archived | undefined> {
    return this.#shelf.read(month, id, version);
  }

  async #note(id: string): Promise<Note | undefined> {
    return (await this.#store.records.get(kind, id)) as unknown as Note | undefined;
  }
}

/** Nothing is open, nothing is due, nobody waits for anything. */
const isAtRest = (c: Conversation): boolean =>
  !isOpen(c.ticket) && (c.phase.at === 'closed' || c.phase.at === 'bot') && c.wakeAt === undefined && !isUndelivered(c);

const isNamed = (identities: readonly string[], who: string): boolean =>
  identities.includes(who) || (who.includes('@') && identities.includes(who.toLowerCase()));

const announced = (c: Conversation, type: 'archived' | 'restored' | 'erased'): Announcement => ({
  conversation: c.id,
  version: c.version,
  first: c.version,
  type,
  types: [type],
  at: c.updatedAt,
  by: { role: 'desk' },
  state: c.phase.at,
  ticket: null,
  owner: null,
  outstanding: false,
});
