/** A case whose visitor has gone silent after the last answer: a warning first, then the end, once each. */
import { isDue, withAlarm } from './alarms.ts';
import { stopAwaiting } from './awaiting.ts';
import { isOpen } from './handoff.ts';
import type { Conversation } from './state.ts';
import { ticketName } from './ticket-name.ts';
import type { Decided, World } from './world.ts';

/** The visitor has been told that the case ends at `closesAt`, ms, unless they write. */
export interface ClosingWarned {
  readonly type: 'closing-warned';
  readonly closesAt: number;
}

/** When the silence is looked at next, ms; absent: not any more. */
export interface ClosingPlanned {
  readonly type: 'closing-planned';
  readonly lookAt?: number;
}

export type ClosingEvent = ClosingWarned | ClosingPlanned;

export function decideClosing(c: Conversation, w: World): Decided[] {
  if (!isDue(c, 'close', w.now)) return [];
  const by = { role: 'desk' } as const;
  const { ticket } = c;
  const rule = w.rules.tickets.closeAfterSilence;
  const plan = (lookAt?: number): Decided[] => [
    { body: { type: 'closing-planned', ...(lookAt === undefined ? {} : { lookAt }) }, by },
  ];
  // In the queue it is the visitor who waits.
  const isTheirTurn = c.phase.at === 'human' || c.phase.at === 'bot';
  if (!isOpen(ticket) || !ticket.awaiting || !rule || !isTheirTurn) return plan();
  const notices = w.notices[c.language];
  const name = ticketName(ticket.number);
  const say = (text: string): Decided => ({ body: { type: 'message', text, format: 'plain' }, by });
  const { since, closesAt } = ticket.awaiting;
  if (closesAt !== undefined) {
    if (w.now < closesAt) return plan(closesAt);
    return [{ body: { type: 'resolved', code: 'no-reply', summary: '' }, by }, say(notices.closedForSilence(name))];
  }
  if (w.now < since + rule.warn) return plan(since + rule.warn);
  return [
    { body: { type: 'closing-warned', closesAt: w.now + rule.close }, by },
    say(notices.closingWarned(name, rule.close)),
  ];
}

export function evolveClosing(c: Conversation, event: ClosingEvent): Conversation {
  if (event.type === 'closing-planned')
    return event.lookAt === undefined ? stopAwaiting(c) : withAlarm(c, 'close', event.lookAt);
  if (!c.ticket?.awaiting) return c;
  const ticket = { ...c.ticket, awaiting: { ...c.ticket.awaiting, closesAt: event.closesAt } };
  return withAlarm({ ...c, ticket }, 'close', event.closesAt);
}
