/** Commits for the suite, made by the domain itself from a few turns of a conversation. */
import { initial, record } from '../../src/conversation/fold.ts';
import { placements } from '../../src/conversation/placement.ts';
import type { Agent, Conversation } from '../../src/conversation/state.ts';
import type { Decided } from '../../src/conversation/world.ts';
import { type Commit, type Move, type Removal, type Store, VersionConflict } from '../../src/store/store.ts';

const visitor = { role: 'visitor', id: 'v-1' } as const;

export const opened: Decided = {
  by: visitor,
  body: { type: 'opened', channel: { kind: 'website' }, visitor: { id: 'v-1', signed: false }, language: 'ja' },
};
export const said = (text: string): Decided => ({ by: visitor, body: { type: 'message', text, format: 'plain' } });
export const queued = (ticket: number): Decided => ({
  by: { role: 'bot' },
  body: { type: 'queued', ticket, reason: 'asked', subject: '印刷できない', tier: 1, skills: [], priority: 'normal' },
});
export const claimed = (agent: Agent, waitingSince: number): Decided => ({
  by: { role: 'agent', ...agent },
  body: { type: 'claimed', agent, waitingSince },
});

/** What leads from one state to the next, as the service builds it. `at` in ms since 1970. */
export function commitOf(
  before: Conversation,
  decided: readonly Decided[],
  at: number,
  key?: string,
): Commit & { readonly state: Conversation } {
  const { events, next } = record(before, decided, at, key);
  return {
    id: before.id,
    expected: before.version,
    events,
    state: next,
    moves: moves(before, next),
    announcement: { conversation: before.id, version: next.version },
  };
}

function moves(before: Conversation, after: Conversation): Move[] {
  const places = new Map<string, Move>();
  const place = (index: string, member: string) => `${index}\n${member}`;
  for (const { index, member, score } of placements(before)) {
    places.set(place(index, member), { index, member, from: score, to: undefined });
  }
  for (const { index, member, score } of placements(after)) {
    const from = places.get(place(index, member))?.from;
    places.set(place(index, member), { index, member, from, to: score });
  }
  return [...places.values()].filter(({ from, to }) => from !== to);
}

/** Takes a conversation away as it stands. */
export function removalOf(c: Conversation): Removal {
  return {
    id: c.id,
    expected: c.version,
    places: placements(c).map(({ index, member }) => ({ index, member })),
    announcement: { conversation: c.id, version: c.version, type: 'removed' },
  };
}

/** Opens a conversation with one message. @returns its state. */
export async function begin(store: Store, id: string, at = 1_000): Promise<Conversation> {
  const commit = commitOf(initial(id), [opened, said('こんにちは')], at);
  await store.commit(commit);
  return commit.state;
}

/** Commits and gives the state after it. */
export async function go(
  store: Store,
  before: Conversation,
  decided: readonly Decided[],
  at = 2_000,
): Promise<Conversation> {
  const commit = commitOf(before, decided, at);
  await store.commit(commit);
  return commit.state;
}

/**
 * Says `text` once however often it is called, as the service does: on a conflict it reads again and looks for its own key.
 * Other failures are thrown; the caller tries again.
 */
export async function sayOnce(store: Store, id: string, text: string, key: string): Promise<number> {
  for (;;) {
    const [found] = await store.load([id]);
    const seen = found?.seen.find(([own]) => own === key);
    if (seen) return seen[1];
    const before = found ?? initial(id);
    const commit = commitOf(before, before.version === 0 ? [opened, said(text)] : [said(text)], Date.now(), key);
    try {
      await store.commit(commit);
      return commit.expected + 1;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}
