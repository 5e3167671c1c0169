/** The engine, with the archive behind it: whoever loads a conversation that was archived gets it, and it is in the engine again. */
import type { Conversation } from '../../conversation/state.ts';
import type { Store } from '../../store/store.ts';
import { isOwnLog } from '../audit/deeds.ts';
import type { Archive } from './archive.ts';

export function reaching(store: Store, archive: Pick<Archive, 'restore'>): Store {
  return {
    async load(ids) {
      const found = await store.load(ids);
      const missing = ids.filter((id, i) => found[i] === undefined && !isOwnLog(id));
      if (missing.length === 0) return found;
      const restored = new Map<string, Conversation | undefined>();
      for (const id of missing) restored.set(id, await archive.restore(id));
      return found.map((c, i) => c ?? restored.get(ids[i] ?? ''));
    },
    commit: (commit) => store.commit(commit),
    remove: (removal) => store.remove(removal),
    history: (id, after, limit) => store.history(id, after, limit),
    list: (index, range) => store.list(index, range),
    ids: (cursor) => store.ids(cursor),
    count: (index) => store.count(index),
    rank: (index, member, score) => store.rank(index, member, score),
    reserve: (counter) => store.reserve(counter),
    follow: (from, listener) => store.follow(from, listener),
    position: () => store.position(),
    signal: (message) => store.signal(message),
    onSignal: (listener) => store.onSignal(listener),
    records: store.records,
    now: () => store.now(),
    health: () => store.health(),
    close: () => store.close(),
  };
}
