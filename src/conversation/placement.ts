import { dueOf } from './due.ts';
import { isOpen } from './handoff.ts';
import { hasDeadLetter } from './outbox.ts';
import type { Conversation, Phase } from './state.ts';

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
  /** Waiting for a person; by the time an answer is due: the queue's order. */
  waiting: 'waiting',
  /** Has an open ticket; by the time it was opened. */
  open: 'open',
  /** The newest ticket is closed; by the time it was. */
  closed: 'closed',
  /** Every conversation there is; by the time it was opened. */
  all: 'all',
  /** With a team outside the desk; by the time it went there. */
  outside: 'outside',
  /** Has a message that a team's system would not take; by the ticket's number. */
  deadLetters: 'dead-letters',
  /** When the sweeper must look. */
  wake: 'wake',
  /** `conversation#number`, by ticket number. */
  tickets: 'tickets',
  /** An agent's conversations; by the time each wait began. */
  mine: (agent: string): string => `mine:${agent}`,
  /** The same; by what each weighs of the agent's capacity. */
  load: (agent: string): string => `load:${agent}`,
  /** `agent#conversation`: all that somebody has; by the time each wait began. */
  held: 'held',
  /** Offered to an agent; by when the offer lapses. */
  offered: (agent: string): string => `offered:${agent}`,
  /** Conversations an agent is asked for advice on; by the time of asking. */
  consulted: (agent: string): string => `consulted:${agent}`,
} as const;

export function placements(c: Conversation): Placement[] {
  const here = (index: string, score: number): Placement => ({ index, member: c.id, score });
  return [
    ...(c.phase.at === 'queued' ? [here(indexes.waiting, dueOf(c.phase))] : []),
    ...(c.phase.at === 'queued' && c.phase.offer
      ? [here(indexes.offered(c.phase.offer.agent.name), c.phase.offer.until)]
      : []),
    ...(c.phase.at === 'human' ? owned(c, c.phase) : []),
    ...(c.phase.at === 'outside' ? [here(indexes.outside, c.phase.since)] : []),
    ...(c.ticket && hasDeadLetter(c) ? [here(indexes.deadLetters, c.ticket.number)] : []),
    ...(c.consulted ?? []).map(({ agent, at }) => here(indexes.consulted(agent.name), at)),
    // Also when its visitor has written again since: until a new case is opened, the closed one is what it is found by.
    ...(c.ticket?.closed ? [here(indexes.closed, c.ticket.closed.at)] : []),
    ...(isOpen(c.ticket) ? [here(indexes.open, c.ticket.openedAt)] : []),
    ...(c.wakeAt === undefined ? [] : [here(indexes.wake, c.wakeAt)]),
    ...c.ticketNumbers.map((number) => ({ index: indexes.tickets, member: `${c.id}#${number}`, score: number })),
    ...(c.version > 0 ? [here(indexes.all, c.createdAt)] : []),
  ];
}

function owned({ id }: Conversation, { owner, since, weight }: Extract<Phase, { at: 'human' }>): Placement[] {
  const mine = { index: indexes.mine(owner.name), member: id, score: since };
  if (weight === undefined) return [mine];
  return [
    mine,
    { index: indexes.load(owner.name), member: id, score: weight },
    { index: indexes.held, member: `${owner.name}#${id}`, score: since },
  ];
}
