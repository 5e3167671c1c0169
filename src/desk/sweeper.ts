/**
 * The one durable timer of every conversation: looks, in every process, for those whose `wakeAt` has come, and hands them on.
 * Two sweepers are harmless: what they decide is committed at a version.
 */
import { indexes } from '../conversation/placement.ts';
import type { Store } from '../store/store.ts';

/** How often it looks, ms. */
const period = 1_000;
/** At most this many at one look. */
const batch = 200;

export interface Sweeper {
  stop(): void;
}

export function startSweeper(
  store: Store,
  onDue: (conversation: string) => Promise<void>,
  onError: (error: unknown) => void,
  now: () => number = Date.now,
): Sweeper {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const look = async (): Promise<void> => {
    try {
      const due = await store.list(indexes.wake, { max: now(), limit: batch });
      await Promise.all(due.map(({ member }) => onDue(member)));
    } catch (error) {
      onError(error);
    }
    if (!stopped) timer = setTimeout(look, period);
  };
  timer = setTimeout(look, period);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
