import { closing } from './asked.ts';
import { stopAwaiting } from './awaiting.ts';
import { stoppedAt } from './clocks.ts';
import { withoutConsulted } from './consult.ts';
import { dueAtOf } from './due.ts';
import { filed } from './logs.ts';
import { requireOwner } from './message.ts';
import { Rejected } from './rejected.ts';
import type { DeskRules } from './rules.ts';
import { type Conversation, type ResolutionCode, resolutionCodes } from './state.ts';
import type { World } from './world.ts';

export interface Resolved {
  readonly type: 'resolved';
  readonly code: ResolutionCode;
  readonly summary: string;
  /** The visitor is asked how it was, or only whether it is solved. */
  readonly asks?: true | 'confirm';
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

/** @throws Rejected `not-owner`; `invalid` for a code that is not one, an empty summary, or a required field of the desk's that is empty. */
export function decideResolve(c: Conversation, command: Resolve, { tickets }: DeskRules): [Resolved] {
  requireOwner(c, command.agent, command.epoch);
  const codes = [...resolutionCodes, ...tickets.codes.map(({ id }) => id)];
  const code = codes.find((known) => known === command.code);
  if (!code)
    throw new Rejected('invalid', `code: "${command.code}" is none of ${codes.join(', ')}.`, null, { allowed: codes });
  const summary = command.summary.trim();
  if (!summary) throw new Rejected('invalid', 'summary: say in a sentence how it ended.');
  const missing = tickets.fields.filter(({ id, required }) => required && !c.ticket?.fields?.[id]).map(({ id }) => id);
  if (missing.length > 0 && code !== 'duplicate')
    throw new Rejected('invalid', `fields: ${missing.join(', ')} must be filled in before the case is closed.`, null, {
      missing,
    });
  const isAsked = c.channel.kind !== 'desk' && code !== 'duplicate' && code !== 'no-reply';
  const asks = isAsked && (tickets.survey || (tickets.confirm && 'confirm'));
  return [{ type: 'resolved', code, summary, ...(asks ? { asks } : {}) }];
}

export function evolveResolved(c: Conversation, event: Resolved, at: number): Conversation {
  const over = stopAwaiting(withoutConsulted(c));
  const ticket = over.ticket && {
    ...closing(stoppedAt(over.ticket, at), over),
    closed: { at, code: event.code, summary: event.summary },
  };
  // The case keeps its details; the next one begins without.
  return {
    ...over,
    details: undefined,
    sentiment: undefined,
    asked: undefined,
    sent: undefined,
    ...filed(c),
    phase: { at: 'closed', since: at },
    memory: null,
    tries: [],
    unread: 0,
    ticket,
    survey:
      ticket && event.asks
        ? { ticket: ticket.number, asks: event.asks === 'confirm' ? 'confirm' : 'score' }
        : undefined,
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
