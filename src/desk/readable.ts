/** Loading many conversations of which one may be broken: it is named, and the others are there. */
import type { Conversation } from '../conversation/state.ts';
import { type Store, Unreadable } from '../store/store.ts';

/** In the order asked; undefined where there is none, and for each that was told to `onUnreadable`. At most 1,000 ids. */
export async function loadReadable(
  store: Store,
  ids: readonly string[],
  onUnreadable: (error: Unreadable) => void,
): Promise<(Conversation | undefined)[]> {
  if (ids.length === 0) return [];
  try {
    return await store.load(ids);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    if (ids.length === 1) {
      onUnreadable(error);
      return [undefined];
    }
  }
  const half = Math.ceil(ids.length / 2);
  return [
    ...(await loadReadable(store, ids.slice(0, half), onUnreadable)),
    ...(await loadReadable(store, ids.slice(half), onUnreadable)),
  ];
}
