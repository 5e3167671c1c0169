/** Numbers a decision, folds it and commits it whole: events, state, index moves and the feed entry that follow from it. */
import { announcement } from '../conversation/announcement.ts';
import { record } from '../conversation/fold.ts';
import { type Placement, placements } from '../conversation/placement.ts';
import type { Conversation } from '../conversation/state.ts';
import type { Decided } from '../conversation/world.ts';
import { type Commit, type Move, type Store, VersionConflict } from '../store/store.ts';
import { inLane } from './lane.ts';

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
    events,
    state: next,
    moves: movesBetween(placements(before), placements(next)),
    announcement: announcement(next, events),
    ...(limit ? { limit } : {}),
  });
  return next;
}

/** What must move so that the indexes show `after` instead of `before`. */
function movesBetween(before: readonly Placement[], after: readonly Placement[]): Move[] {
  const key = (p: Placement): string => `${p.index}\n${p.member}`;
  const from = new Map(before.map((p) => [key(p), p]));
  const to = new Map(after.map((p) => [key(p), p]));
  const left = before.filter((p) => !to.has(key(p)));
  const changed = after.filter((p) => from.get(key(p))?.score !== p.score);
  return [
    ...left.map(({ index, member, score }) => ({ index, member, from: score, to: undefined })),
    ...changed.map((p) => ({ index: p.index, member: p.member, from: from.get(key(p))?.score, to: p.score })),
  ];
}

/**
 * Runs `attempt` behind the others of this process, and again for as long as another process's commit came first; waits a little longer
 * each time.
 * @throws VersionConflict when that never ends.
 */
export function untilCommitted<T>(store: Store, conversation: string, attempt: () => Promise<T>): Promise<T> {
  return inLane(store, conversation, async () => {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof VersionConflict) || tried >= maxAttempts) throw error;
        // Processes that met once must not meet again in step.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * tried));
      }
    }
  });
}

const maxAttempts = 100;
