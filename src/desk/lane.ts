/**
 * Commands of one process to one conversation go one behind the other. Without it they would be no less right, for a commit at an old
 * version conflicts; but of three hundred at once each would be decided hundreds of times, and the last might give up.
 */
import type { Store } from '../store/store.ts';

/** Whoever comes next waits for the one before, at most this long from when that one began, ms: a store that hangs is no queue's fault. */
const patience = 1_000;

/** The newest in each conversation's lane; by store, for a process may have several. */
const lanes = new WeakMap<Store, Map<string, Promise<void>>>();

export async function inLane<T>(store: Store, conversation: string, work: () => Promise<T>): Promise<T> {
  const lane = lanes.get(store) ?? new Map<string, Promise<void>>();
  lanes.set(store, lane);
  const before = lane.get(conversation) ?? Promise.resolve();
  const result = before.then(work);
  const over = before.then(() => ended(result));
  lane.set(conversation, over);
  try {
    return await result;
  } finally {
    if (lane.get(conversation) === over) lane.delete(conversation);
  }
}

/** Resolves when the work has ended, however it did, or has had its time. */
function ended(work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patience);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    // How it ended is told to whoever asked for it.
    work.then(end, end);
  });
}
