import { isOpen } from './handoff.ts';
import type { Conversation } from './state.ts';

/**
 * Where a conversation stands in the desk's indexes. An index orders its members by score, then by member. A pure function of the
 * state, so the difference between two states is all that a commit must move.
 */
export interface Placement {
  readonly index: string;
  readonly member: string;
  readonly score: number;
}

/** Names of the indexes. Scores are ms since 1970, but for `tickets`, where they are ticket numbers. */
export const indexes = {
  /** Waiting for a person; by the time the wait began. */
  waiting: 'waiting',
  /** Has an open ticket; by the time it was opened. */
  open: 'open',
  /** The newest ticket is closed; by the time it was. */
  closed: 'closed',
  /** Every conversation there is; by the time it was opened. */
  all: 'all',
  /** When the sweeper must look. */
  wake: 'wake',
  /** `conversation#number`, by ticket number. */
  tickets: 'tickets',
  /** An agent's conversations; by the time each wait began. */
  mine: (agent: string): string => `mine:${agent}`,
} as const;

export function placements(c: Conversation): Placement[] {
  const here = (index: string, score: number): Placement => ({ index, member: c.id, score });
  return [
    ...(c.phase.at === 'queued' ? [here(indexes.waiting, c.phase.since)] : []),
    ...(c.phase.at === 'human' ? [here(indexes.mine(c.phase.owner.name), c.phase.since)] : []),
    // Also when its visitor has written again since: until a new case is opened, the closed one is what it is found by.
    ...(c.ticket?.closed ? [here(indexes.closed, c.ticket.closed.at)] : []),
    ...(isOpen(c.ticket) ? [here(indexes.open, c.ticket.openedAt)] : []),
    ...(c.wakeAt === undefined ? [] : [here(indexes.wake, c.wakeAt)]),
    ...c.ticketNumbers.map((number) => ({ index: indexes.tickets, member: `${c.id}#${number}`, score: number })),
    ...(c.version > 0 ? [here(indexes.all, c.createdAt)] : []),
  ];
}
