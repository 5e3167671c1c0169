/**
 * The states that this process has committed last, so that what comes next in a conversation need not load it. Nothing is ever answered
 * from them: a decision on a remembered state stands only when it is committed, at its version and on that very state; whatever else
 * comes of it is decided anew on what is loaded.
 */
import type { Conversation } from '../conversation/state.ts';
import type { FeedItem, Store } from '../store/store.ts';

/** States kept, those committed longest ago are dropped first. */
const most = 1_000;

/** By store, for a process may have several. */
const kept = new WeakMap<Store, Map<string, Conversation>>();

/** @returns the state, which is remembered no more. */
export function take(store: Store, id: string): Conversation | undefined {
  const states = kept.get(store);
  const found = states?.get(id);
  if (found) states?.delete(id);
  return found;
}

/** To be called with what was committed, and nothing else. */
export function remember(store: Store, c: Conversation): void {
  const states = kept.get(store) ?? new Map<string, Conversation>();
  kept.set(store, states);
  states.delete(c.id);
  states.set(c.id, c);
  if (states.size <= most) return;
  for (const oldest of states.keys()) {
    states.delete(oldest);
    return;
  }
}

/** To be told every item of the process's follower: what others have committed, archived or erased is not kept. */
export function forgetOutdated(store: Store, item: FeedItem): void {
  const states = kept.get(store);
  if (item.kind === 'lost') states?.clear();
  else {
    const { conversation, version, type } = item.announcement;
    const known = states?.get(conversation);
    if (known && (version > known.version || type === 'archived' || type === 'erased')) states?.delete(conversation);
  }
}

/** How the text of a state begins that was folded here: no other state of the desk's begins so, in this life of the id or another. */
export const beginningOf = ({ id, version, createdAt, updatedAt }: Conversation): string =>
  `${JSON.stringify({ id, version, createdAt, updatedAt }).slice(0, -1)},`;
