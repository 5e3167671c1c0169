/**
 * The one durable timer of every conversation: looks, in every process, for those whose `wakeAt` has come, and hands them on.
 * Two sweepers are harmless: what they decide is committed at a version.
 */
import { indexes } from '../conversation/placement.ts';
import type { Listed, Store } from '../store/store.ts';

/** How often it looks, ms. */
const period = 1_000;
/** Read from the index at once. */
const page = 200;
/** Handed on at the same time; the next waits until one of them is done. */
const mostUnderWay = 200;

export interface Sweeper {
  /** Looks no more. Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/** @param onDue told of each conversation that is due, at every look until its `wakeAt` moves, but never while it is under way. */
export function startSweeper(
  store: Pick<Store, 'list'>,
  onDue: (conversation: string) => Promise<void>,
  onError: (error: unknown) => void,
  now: () => number = Date.now,
): Sweeper {
  let stopped = false;
  let timer: NodeJS.Timeout;
  // One that is slow, or never moves, must not keep those behind it waiting.
  const underWay = new Map<string, Promise<void>>();
  const handOn = (conversation: string): void => {
    const done = onDue(conversation)
      .catch(onError)
      .finally(() => underWay.delete(conversation));
    underWay.set(conversation, done);
  };
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      const max = now();
      for (let after: Listed | undefined; !stopped; ) {
        const due = await store.list(indexes.wake, { max, limit: page, ...(after ? { after } : {}) });
        for (const { member } of due) {
          if (stopped) return;
          if (underWay.has(member)) continue;
          if (underWay.size >= mostUnderWay) await Promise.race(underWay.values());
          handOn(member);
        }
        if (due.length < page) break;
        after = due.at(-1);
      }
    } catch (error) {
      onError(error);
    }
    schedule();
  };
  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = look();
    }, period);
  };
  schedule();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      await Promise.all(underWay.values());
    },
  };
}
