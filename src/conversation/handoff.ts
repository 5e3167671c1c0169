import { subjectLength } from './message.ts';
import { Rejected } from './rejected.ts';
import { higher, pressureOf } from './sentiment.ts';
import type { Conversation, HandoffReason, Priority, Ticket } from './state.ts';
import type { World } from './world.ts';

/** The conversation waits for a person. Opens the ticket when none is open. */
export interface Queued {
  readonly type: 'queued';
  readonly ticket: number;
  readonly reason: HandoffReason;
  readonly confidence?: number;
  readonly subject: string;
  readonly tier: 1 | 2 | 3;
  readonly skills: readonly string[];
  readonly priority: Priority;
}

/** The visitor no longer wants to wait; the ticket ends as withdrawn. */
export interface LeftQueue {
  readonly type: 'left-queue';
}

export type HandoffEvent = Queued | LeftQueue;

/** What the bot knows when it asks for a person. */
export interface HandoffRequest {
  readonly reason: HandoffReason;
  readonly confidence?: number;
  /** What it is about, in the visitor's words; at most 200 characters are kept. */
  readonly subject: string;
  readonly tier?: 1 | 2 | 3;
  readonly skills?: readonly string[];
  readonly priority?: Priority;
}

export const isOpen = (ticket: Ticket | undefined): ticket is Ticket => ticket !== undefined && !ticket.closed;

/** True when a hand-off now would open a new ticket and so needs a number. */
export const needsTicket = (c: Conversation): boolean => !isOpen(c.ticket);

/** @throws Rejected `owned-by-person` when a person already has the conversation. */
export function decideHandoff(c: Conversation, request: HandoffRequest, { nextTicket }: World): Queued[] {
  if (c.phase.at === 'human')
    throw new Rejected('owned-by-person', 'A person already has this conversation.', c.phase.owner);
  // It waits already: only what is newly known of the case is of use.
  if (c.phase.at === 'queued' && !(request.tier || request.skills || request.priority)) return [];
  const number = isOpen(c.ticket) ? c.ticket.number : nextTicket;
  if (number === undefined) throw new Error('decideHandoff: a ticket number is needed and none was reserved');
  return [
    {
      type: 'queued',
      ticket: number,
      reason: request.reason,
      ...(request.confidence === undefined ? {} : { confidence: request.confidence }),
      subject: request.subject.slice(0, subjectLength),
      tier: request.tier ?? 1,
      skills: request.skills ?? [],
      priority: request.priority ?? (isOpen(c.ticket) ? c.ticket.priority : 'normal'),
    },
  ];
}

export function evolveQueued(c: Conversation, event: Queued, version: number, at: number): Conversation {
  const { type: _, ticket: number, ...told } = event;
  const facts = {
    ...told,
    ...(c.details ? { details: c.details } : {}),
    ...(c.sentiment ? { sentiment: c.sentiment } : {}),
  };
  const ticket: Ticket =
    isOpen(c.ticket) && c.ticket.number === number
      ? { ...c.ticket, ...facts, ...kept(c.ticket, facts) }
      : { number, version, openedAt: at, ...facts, ...(c.sentiment ? { pressure: pressureOf(c.sentiment) } : {}) };
  return {
    ...c,
    // Who waits keeps the place.
    phase: c.phase.at === 'queued' ? c.phase : { at: 'queued', since: at },
    ticket,
    ticketNumbers: c.ticketNumbers.includes(number) ? c.ticketNumbers : [...c.ticketNumbers, number],
  };
}

/** What a case that is still open already knew, where a second hand-off says less. */
function kept(
  known: Ticket,
  told: Pick<Ticket, 'subject' | 'skills' | 'tier' | 'priority'>,
): Pick<Ticket, 'subject' | 'skills' | 'tier' | 'priority'> {
  return {
    subject: told.subject || known.subject,
    skills: told.skills.length > 0 ? told.skills : known.skills,
    tier: told.tier > known.tier ? told.tier : known.tier,
    priority: higher(known.priority, told.priority),
  };
}

/** @throws Rejected `not-waiting` when it does not wait. */
export function decideLeaveQueue(c: Conversation): [LeftQueue] {
  if (c.phase.at !== 'queued') throw new Rejected('not-waiting', 'This conversation is not waiting.');
  return [{ type: 'left-queue' }];
}

export function evolveLeftQueue(c: Conversation, at: number): Conversation {
  const ticket = c.ticket && { ...c.ticket, closed: { at, code: 'withdrawn' as const, summary: '' } };
  return { ...c, phase: { at: 'bot' }, tries: [], ...(ticket ? { ticket } : {}) };
}
