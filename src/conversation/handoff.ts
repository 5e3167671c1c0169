import { closing } from './asked.ts';
import { stoppedAt } from './clocks.ts';
import { withoutConsulted } from './consult.ts';
import { dueAtOf, dueOf } from './due.ts';
import type { Demand } from './fit.ts';
import { subjectLength } from './message.ts';
import { Rejected } from './rejected.ts';
import { higher, pressureOf } from './sentiment.ts';
import type { Conversation, HandoffReason, Json, Priority, Ticket } from './state.ts';
import type { Terms, World } from './world.ts';

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
  /** Its place in the queue, ms since 1970. */
  readonly dueAt?: number;
  /** The number is that of a closed case, which is taken up again. */
  readonly reopens?: boolean;
  /** Number of the case that a new one goes on from. */
  readonly follows?: number;
}

/** The case is more urgent, or less, than it was. A rise brings it forward in the queue; a fall takes nobody's place away. */
export interface Prioritized {
  readonly type: 'prioritized';
  readonly priority: Priority;
  /** Its place from now on, ms since 1970, where it is another. */
  readonly dueAt?: number;
}

/** The visitor no longer wants to wait; the ticket ends as withdrawn. */
export interface LeftQueue {
  readonly type: 'left-queue';
}

/** The hand-off as Bot Framework hubs take it, with the packet and a short transcript. Follows the `queued` it tells of. */
export interface HandoffInitiated {
  readonly type: 'handoff-initiated';
  readonly activity: { readonly [key: string]: Json };
}

export type HandoffEvent = Queued | Prioritized | LeftQueue | HandoffInitiated;

/** What the bot knows when it asks for a person. */
export interface HandoffRequest {
  readonly reason: HandoffReason;
  readonly confidence?: number;
  /** What it is about, in the visitor's words; at most 200 characters are kept. */
  readonly subject: string;
  readonly tier?: 1 | 2 | 3;
  readonly skills?: readonly string[];
  readonly priority?: Priority;
  /** The visitor says that it is another matter: no closed case is taken up again. */
  readonly another?: true;
}

export const isOpen = (ticket: Ticket | undefined): ticket is OpenTicket => ticket !== undefined && !ticket.closed;

export type OpenTicket = Ticket & { readonly closed?: never };

/**
 * The case that a hand-off at `now` goes on with: the open one, or the newest where an agent closed it so lately that the desk's rules
 * take it up again and the visitor does not say that it is another matter. Undefined: a new one is opened, and needs a number.
 */
export function caseToGoOn(
  { ticket }: Conversation,
  now: number,
  { rules }: Pick<Terms, 'rules'>,
  another = false,
): Ticket | undefined {
  if (isOpen(ticket)) return ticket;
  if (another) return undefined;
  const closed = ticket?.closed;
  if (!closed || closed.code === 'withdrawn' || closed.code === 'duplicate') return undefined;
  return now - closed.at <= rules.tickets.reopenWithin ? ticket : undefined;
}

/** What a waiting case asks of an agent. @param since when it began to wait, ms since 1970. */
export function demandOf({ ticket, language }: Conversation, since: number): Demand {
  return { tier: ticket?.tier ?? 1, skills: ticket?.skills ?? [], language, since };
}

/** @throws Rejected `owned-by-person` when a person already has the conversation. */
export function decideHandoff(c: Conversation, request: HandoffRequest, w: World): Queued[] {
  if (c.phase.at === 'human')
    throw new Rejected('owned-by-person', 'A person already has this conversation.', c.phase.owner);
  // It waits already: only what is newly known of the case is of use.
  if (c.phase.at === 'queued' && !(request.tier || request.skills || request.priority)) return [];
  const goesOn = caseToGoOn(c, w.now, w, request.another);
  const number = goesOn?.number ?? w.nextTicket;
  if (number === undefined) throw new Error('decideHandoff: a ticket number is needed and none was reserved');
  const known = isOpen(c.ticket) ? c.ticket : undefined;
  const priority = goesOn ? higher(goesOn.priority, request.priority) : (request.priority ?? 'normal');
  const tier = request.tier ?? 1;
  const since = c.phase.at === 'queued' ? c.phase.since : w.now;
  return [
    {
      type: 'queued',
      ticket: number,
      reason: request.reason,
      ...(request.confidence === undefined ? {} : { confidence: request.confidence }),
      subject: request.subject.slice(0, subjectLength),
      tier,
      skills: request.skills ?? [],
      priority,
      dueAt: dueAtOf(c, { priority, tier: known && known.tier > tier ? known.tier : tier }, since, w),
      ...(goesOn?.closed ? { reopens: true } : {}),
      ...(!goesOn && c.ticket ? { follows: c.ticket.number } : {}),
    },
  ];
}

export function evolveQueued(c: Conversation, event: Queued, version: number, at: number): Conversation {
  const {
    ticket: number,
    dueAt = at,
    reopens = false,
    reason,
    confidence,
    subject,
    tier,
    skills,
    priority,
    follows,
  } = event;
  // By name: the log's own members of the event (its version, its time) are not the ticket's.
  const facts = {
    reason,
    ...(confidence === undefined ? {} : { confidence }),
    subject,
    tier,
    skills,
    priority,
    ...(follows === undefined ? {} : { follows }),
    ...(c.details ? { details: c.details } : {}),
    ...(c.sentiment ? { sentiment: c.sentiment } : {}),
  };
  const known = c.ticket?.number === number && (reopens || isOpen(c.ticket)) ? withoutEnd(c.ticket) : undefined;
  const ticket: Ticket = known
    ? { ...known, ...facts, ...kept(known, facts) }
    : { number, version, openedAt: at, ...facts, ...(c.sentiment ? { pressure: pressureOf(c.sentiment) } : {}) };
  return {
    ...c,
    phase:
      c.phase.at === 'queued'
        ? // Who waits keeps the place, or comes forward.
          { ...c.phase, dueAt: Math.min(dueOf(c.phase), event.dueAt ?? Number.POSITIVE_INFINITY) }
        : { at: 'queued', since: at, dueAt },
    ticket,
    ticketNumbers: c.ticketNumbers.includes(number) ? c.ticketNumbers : [...c.ticketNumbers, number],
  };
}

function withoutEnd({ closed: _, ...ticket }: Ticket): Ticket {
  return ticket;
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
  const ticket = c.ticket && {
    ...closing(stoppedAt(c.ticket, at), c),
    closed: { at, code: 'withdrawn', summary: '' },
  };
  return withoutConsulted({ ...c, phase: { at: 'bot' }, tries: [], ...(ticket ? { ticket } : {}) });
}

/** No event where the priority is that already. @throws Rejected `not-open` where there is no open case. */
export function decidePriority(c: Conversation, priority: Priority, w: World): [] | [Prioritized] {
  if (!isOpen(c.ticket)) throw new Rejected('not-open', 'There is no open case to set a priority for.');
  const { priority: before, tier } = c.ticket;
  if (priority === before) return [];
  const waits = c.phase.at === 'queued' || c.phase.at === 'human' ? c.phase : undefined;
  if (!waits || higher(before, priority) === before) return [{ type: 'prioritized', priority }];
  const dueAt = Math.min(dueOf(waits), dueAtOf(c, { priority, tier }, waits.since, w));
  return [{ type: 'prioritized', priority, dueAt }];
}

export function evolvePrioritized(c: Conversation, { priority, dueAt }: Prioritized): Conversation {
  const phase =
    dueAt !== undefined && (c.phase.at === 'queued' || c.phase.at === 'human') ? { ...c.phase, dueAt } : c.phase;
  return isOpen(c.ticket) ? { ...c, phase, ticket: { ...c.ticket, priority } } : c;
}
