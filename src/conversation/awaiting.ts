/** The owner has answered, and now the visitor's word is waited for; what becomes of a long silence is decided in closing. */
import { alarmsOf, withAlarm } from './alarms.ts';
import type { Conversation } from './state.ts';

/** Silence is first looked at after so long, ms: the fold knows no rules, and most visitors have written by then. */
const firstLook = 3_600_000;

/** The visitor's answer is waited for from now on. */
export function awaitVisitor(c: Conversation, at: number): Conversation {
  if (!c.ticket || c.ticket.closed) return c;
  return withAlarm({ ...c, ticket: { ...c.ticket, awaiting: { since: at } } }, 'close', at + firstLook);
}

/** The visitor has written, or the case has gone to somebody else. */
export function stopAwaiting(c: Conversation): Conversation {
  if (c.ticket?.awaiting === undefined && alarmsOf(c).close === undefined) return c;
  if (!c.ticket) return withAlarm(c, 'close', undefined);
  return withAlarm({ ...c, ticket: { ...c.ticket, awaiting: undefined } }, 'close', undefined);
}
