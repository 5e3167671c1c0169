import { closing } from './asked.ts';
import { withoutConsulted } from './consult.ts';
import { dueAtOf } from './due.ts';
import { filed } from './logs.ts';
import { requireOwner } from './message.ts';
import { Rejected } from './rejected.ts';
import { type Conversation, type ResolutionCode, resolutionCodes } from './state.ts';
import type { World } from './world.ts';

/** `T-000123`: the form of ticket numbers everywhere people read them. */
export const ticketName = (number: number): string => `T-${String(number).padStart(6, '0')}`;

export interface Resolved {
  readonly type: 'resolved';
  readonly code: ResolutionCode;
  readonly summary: string;
}

/** A closed case is taken up again, under its old number, and waits. */
export interface Reopened {
  readonly type: 'reopened';
  /** Its place in the queue, ms since 1970. */
  readonly dueAt?: number;
}

/** For colleagues only. */
export interface Noted {
  readonly type: 'noted';
  readonly text: string;
}

export type TicketEvent = Resolved | Reopened | Noted;

export interface Resolve {
  readonly type: 'resolve';
  readonly agent: string;
  readonly epoch?: number;
  readonly code: string;
  readonly summary: string;
}

export interface Reopen {
  readonly type: 'reopen';
}

export interface Note {
  readonly type: 'note';
  readonly text: string;
}

/** @throws Rejected `not-owner`; `invalid` for a code that is not one, or an empty summary. */
export function decideResolve(c: Conversation, command: Resolve): [Resolved] {
  requireOwner(c, command.agent, command.epoch);
  const code = resolutionCodes.find((known) => known === command.code);
  if (!code) throw new Rejected('invalid', `code: "${command.code}" is none of ${resolutionCodes.join(', ')}.`);
  const summary = command.summary.trim();
  if (!summary) throw new Rejected('invalid', 'summary: say in a sentence how it ended.');
  return [{ type: 'resolved', code, summary }];
}

export function evolveResolved(c: Conversation, event: Resolved, at: number): Conversation {
  const ticket = c.ticket && { ...closing(c.ticket, c), closed: { at, code: event.code, summary: event.summary } };
  // The case keeps its details; the next one begins without.
  const { details: _, sentiment: _felt, asked: _asked, sent: _sent, ...rest } = withoutConsulted(c);
  return {
    ...rest,
    ...filed(c),
    phase: { at: 'closed', since: at },
    memory: null,
    tries: [],
    unread: 0,
    ...(ticket ? { ticket } : {}),
  };
}

/** @throws Rejected `not-closed` */
export function decideReopen(c: Conversation, w: World): [Reopened] {
  if (!c.ticket?.closed) throw new Rejected('not-closed', 'This case is not closed.');
  return [{ type: 'reopened', dueAt: dueAtOf(c, c.ticket, w.now, w) }];
}

export function evolveReopened(c: Conversation, event: Reopened, at: number): Conversation {
  if (!c.ticket) return c;
  const { closed: _, ...ticket } = c.ticket;
  return { ...c, phase: { at: 'queued', since: at, dueAt: event.dueAt ?? at }, ticket };
}

/** @throws Rejected `invalid` for an empty note; `not-open` when there is no ticket to note on. */
export function decideNote(c: Conversation, command: Note): [Noted] {
  const text = command.text.trim();
  if (!text) throw new Rejected('invalid', 'text: an empty note says nothing.');
  if (!c.ticket) throw new Rejected('not-open', 'There is no ticket to note this on.');
  return [{ type: 'noted', text }];
}
