/**
 * The one durable timer of every conversation: looks, in every process, for those whose `wakeAt` has come, and hands them to each role.
 * No role waits for another: a team's system that is slow holds up no clock. Two sweepers are harmless: what they decide is committed
 * at a version.
 */
import { indexes } from '../conversation/placement.ts';
import type { Listed, Store } from '../store/store.ts';
import { startRepeating } from './repeating.ts';

/** How often it looks, ms. */
const period = 1_000;
/** Read from the index at once. */
const page = 1_000;
/** Handed to one role at the same time; the next waits until one of them is done. */
const mostUnderWay = 200;

/** What is done with a conversation that is due: told of each at every look until its `wakeAt` moves, but never while it is under way. */
export type Role = (conversation: string) => Promise<void>;

export interface Sweeper {
  /** Looks no more. Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/** @param onError told of a look, or a role's work, that failed; the next look comes back to it. */
export function startSweeper(
  store: Pick<Store, 'list' | 'now'>,
  roles: readonly Role[],
  onError: (error: unknown) => void,
): Sweeper {
  const rounds = roles.map((role) => roundsOf(role, onError));
  const looks = startRepeating(
    async () => {
      try {
        const due = await listDue(store, store.now());
        for (const round of rounds) round.begin(due);
      } catch (error) {
        onError(error);
      }
    },
    () => period,
  );
  return {
    async stop() {
      await looks.stop();
      await Promise.all(rounds.map((round) => round.stop()));
    },
  };
}

/** All that is due at `max`, ms since 1970, the earliest first. */
async function listDue(store: Pick<Store, 'list'>, max: number): Promise<string[]> {
  const due: string[] = [];
  for (let after: Listed | undefined; ; ) {
    const listed = await store.list(indexes.wake, { max, limit: page, ...(after ? { after } : {}) });
    for (const { member } of listed) due.push(member);
    after = listed.at(-1);
    if (listed.length < page) return due;
  }
}

/** One role's rounds: a round goes through all that was due when it began, and only then the next begins. */
function roundsOf(
  role: Role,
  onError: (error: unknown) => void,
): { begin(due: readonly string[]): void; stop(): Promise<void> } {
  let stopped = false;
  let going: Promise<void> | undefined;
  // One that is slow, or never moves, must not keep those behind it waiting.
  const underWay = new Map<string, Promise<void>>();
  const handOn = (conversation: string): void => {
    const done = role(conversation)
      .catch(onError)
      .finally(() => underWay.delete(conversation));
    underWay.set(conversation, done);
  };
  const go = async (due: readonly string[]): Promise<void> => {
    for (const conversation of due) {
      if (stopped) return;
      if (underWay.has(conversation)) continue;
      if (underWay.size >= mostUnderWay) await Promise.race(underWay.values());
      handOn(conversation);
    }
  };
  return {
    begin(due) {
      going ??= go(due).finally(() => {
        going = undefined;
      });
    },
    async stop() {
      stopped = true;
      await going;
      await Promise.all(underWay.values());
    },
  };
}
