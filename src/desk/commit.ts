/** Numbers a decision, folds it and commits it whole: events, state, index moves and the feed entry that follow from it. */
import { announcement } from '../conversation/announcement.ts';
import { initial, record } from '../conversation/fold.ts';
import { type Placement, placements } from '../conversation/placement.ts';
import type { Conversation } from '../conversation/state.ts';
import type { Decided } from '../conversation/world.ts';
import { type Commit, type Move, type Store, Unavailable, VersionConflict } from '../store/store.ts';
import { inLane } from './lane.ts';
import { beginningOf, remember, take } from './remembered.ts';

export interface CommitOptions {
  /** ms since 1970 */
  readonly at: number;
  /** By which a retry recognises that this commit has already been applied. */
  readonly key: string;
  /** Which of the decided events carries the key, from 0: the one whose version is the result. */
  readonly keyOn?: number;
  readonly limit?: Commit['limit'];
}

/** @throws VersionConflict, LimitReached, Unavailable */
export async function commitDecided(
  store: Store,
  before: Conversation,
  decided: readonly Decided[],
  { at, key, keyOn = 0, limit }: CommitOptions,
): Promise<Conversation> {
  const { events, next } = record(before, decided, at, key, keyOn);
  await store.commit({
    id: before.id,
    expected: before.version,
    ...(unloaded.has(before) ? { basis: beginningOf(before) } : {}),
    events,
    state: next,
    moves: movesBetween(placements(before), placements(next)),
    announcement: announcement(next, events),
    ...(limit ? { limit } : {}),
  });
  committed.add(before);
  remember(store, next);
  return next;
}

/** What must move so that the indexes show `after` instead of `before`. */
function movesBetween(before: readonly Placement[], after: readonly Placement[]): Move[] {
  const moves: Move[] = [];
  const stands = finder(after);
  for (const { index, member, score } of before)
    if (!stands(index, member)) moves.push({ index, member, from: score, to: undefined });
  const stood = finder(before);
  for (const { index, member, score } of after) {
    const from = stood(index, member)?.score;
    if (from !== score) moves.push({ index, member, from, to: score });
  }
  return moves;
}

/** Looks on from where it found the last: both states name their places in one order, so that it is mostly the next. */
function finder(placements: readonly Placement[]): (index: string, member: string) => Placement | undefined {
  let next = 0;
  return (index, member) => {
    for (let tried = 0; tried < placements.length; tried++) {
      const at = (next + tried) % placements.length;
      const placement = placements[at];
      if (placement?.index !== index || placement.member !== member) continue;
      next = at + 1;
      return placement;
    }
    return undefined;
  };
}

/**
 * Runs `attempt` behind the others of this process, on the conversation as it stands, and again for as long as another process's commit
 * came first; waits a little longer each time. An attempt on what was only remembered counts when it was committed, and else is made
 * again on what is loaded.
 * @throws VersionConflict when that never ends.
 */
export function untilCommitted<T>(store: Store, id: string, attempt: (found: Conversation) => Promise<T>): Promise<T> {
  return inLane(store, id, async () => {
    const remembered = take(store, id);
    if (remembered) {
      unloaded.add(remembered);
      try {
        const result = await attempt(remembered);
        if (committed.has(remembered)) return result;
      } catch (error) {
        // A conflict or a refusal of what may have changed meanwhile: what is loaded decides.
        if (error instanceof Unavailable) throw error;
      }
    }
    for (let tried = 1; ; tried++) {
      try {
        return await attempt((await store.load([id]))[0] ?? initial(id));
      } catch (error) {
        if (!(error instanceof VersionConflict) || tried >= maxAttempts) throw error;
        // Processes that met once must not meet again in step.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * tried));
      }
    }
  });
}

const maxAttempts = 100;

/** States that an attempt was made on without loading them. */
const unloaded = new WeakSet<Conversation>();
/** States that a commit was made on. */
const committed = new WeakSet<Conversation>();
