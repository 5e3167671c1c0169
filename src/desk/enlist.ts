/**
 * Conversations that a release before the index of all wrote, put into it: once for each desk, beside what the service does, by one process
 * at a time. What is in it already stays as it is, so a start after one that was cut short goes through the rest.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { ownerOf } from '../conversation/announcement.ts';
import { indexes, placements } from '../conversation/placement.ts';
import type { Conversation } from '../conversation/state.ts';
import { ticketName } from '../conversation/ticket-name.ts';
import { type Announcement, type Store, type Unreadable, VersionConflict } from '../store/store.ts';
import { alone, type Held } from './alone.ts';
import { isOwnLog } from './audit/deeds.ts';
import { loadReadable } from './readable.ts';

export interface EnlistOptions {
  readonly store: Store;
  readonly onUnreadable: (error: Unreadable) => void;
  /** Told now and then how many were looked at, and how many of them were missing. */
  readonly onProgress: (looked: number, enlisted: number) => void;
  /** Whether the service is being stopped. */
  readonly isStopping?: () => boolean;
}

/** Record that says it is done. */
const done = { kind: 'migration', id: 'index-all' } as const;
/** Conversations looked at between two words of progress. */
const stretch = 20_000;
/** Commits at once: visitors come first. */
const atOnce = 20;
const batch = 200;

/** @returns how many were put in; undefined where it was done before, or another process is at it. */
export async function enlistAll(options: EnlistOptions): Promise<number | undefined> {
  const { records } = options.store;
  if ((await records.get(done.kind, done.id)) !== undefined) return undefined;
  const worked = await alone(options.store, 'enlist', (held) => enlist(options, held));
  return worked?.result;
}

async function enlist({ store, onUnreadable, onProgress, isStopping = () => false }: EnlistOptions, held: Held) {
  let looked = 0;
  let enlisted = 0;
  let told = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await store.ids(cursor);
    const ids = page.ids.filter((id) => !isOwnLog(id));
    for (let at = 0; at < ids.length; at += batch) {
      if (isStopping()) return enlisted;
      await held.check();
      const some = await loadReadable(store, ids.slice(at, at + batch), onUnreadable);
      const known = some.filter((c): c is Conversation => c !== undefined);
      for (let next = 0; next < known.length; next += atOnce) {
        const added = await Promise.all(known.slice(next, next + atOnce).map((c) => add(store, c)));
        enlisted += added.filter(Boolean).length;
      }
      looked += known.length;
      if (looked - told >= stretch) onProgress(looked, enlisted);
      if (looked - told >= stretch) told = looked;
      await breathe();
    }
    if (page.next === undefined) break;
    cursor = page.next;
  }
  await store.records.put(done.kind, done.id, { looked, enlisted });
  onProgress(looked, enlisted);
  return enlisted;
}

/** @returns whether it was missing. */
async function add(store: Store, c: Conversation): Promise<boolean> {
  const place = placements(c).find(({ index }) => index === indexes.all);
  if (!place || (await store.rank(indexes.all, c.id, place.score)) !== undefined) return false;
  try {
    const moves = [{ index: place.index, member: place.member, from: undefined, to: place.score }];
    await store.commit({ id: c.id, expected: c.version, events: [], state: c, moves, announcement: announced(c) });
    return true;
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    const [now] = await store.load([c.id]);
    return now ? add(store, now) : false;
  }
}

/** Nothing has happened in it: nobody need look. */
export const isEnlisting = ({ type }: Announcement): boolean => type === 'enlisted';

const announced = (c: Conversation, owner = ownerOf(c)): Announcement => ({
  conversation: c.id,
  version: c.version,
  first: c.version,
  type: 'enlisted',
  types: ['enlisted'],
  at: c.updatedAt,
  by: { role: 'desk' },
  state: c.phase.at,
  ticket: c.ticket ? ticketName(c.ticket.number) : null,
  owner: owner && { name: owner.name, displayName: owner.displayName },
  outstanding: false,
});
