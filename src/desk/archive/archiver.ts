/** Moves what is at rest into the archive, every hour, on one process at a time. */
import type { Store, Unreadable } from '../../store/store.ts';
import { alone } from '../alone.ts';
import type { Trail } from '../audit/trail.ts';
import type { Archive } from './archive.ts';

export interface ArchiverOptions {
  readonly store: Store;
  readonly archive: Archive;
  readonly trail: Trail;
  /** ms a conversation must have been at rest; undefined: nothing is archived. */
  readonly after: () => number | undefined;
  readonly onUnreadable: (error: Unreadable) => void;
  readonly onError: (error: unknown) => void;
  /** ms since 1970 */
  readonly now?: () => number;
}

/** First look after the start, and pause between two looks, ms. */
const firstLook = 60_000;
const lookEvery = 3_600_000;

/** @returns how many were moved; 0 also when another process is at it. */
export async function archiveNow(options: ArchiverOptions): Promise<number> {
  const { store, archive, trail, after, onUnreadable, now = () => store.now() } = options;
  const age = after();
  if (age === undefined) return 0;
  const until = now() - age;
  const done = await alone(store, 'archive', (held) => archive.moveBefore(until, held, onUnreadable));
  const moved = done?.result ?? 0;
  if (moved > 0) {
    const facts = { conversations: moved, before: new Date(until).toISOString() };
    await trail.append({ at: now(), who: 'desk', what: 'archived', subject: '', facts });
  }
  return moved;
}

export function startArchiver(options: ArchiverOptions): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const look = (): void => {
    running = archiveNow(options)
      .catch(options.onError)
      .finally(() => {
        timer = setTimeout(look, lookEvery).unref();
        if (stopped) clearTimeout(timer);
      });
  };
  let stopped = false;
  timer = setTimeout(look, firstLook).unref();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
