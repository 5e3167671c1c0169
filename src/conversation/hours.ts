/** The desk closes while a visitor waits: they are told when it goes on, once for each closing. */
import { alarmsOf, isDue, withAlarm } from './alarms.ts';
import type { Conversation } from './state.ts';
import { ticketName } from './ticket-name.ts';
import type { Decided, World } from './world.ts';

/** When the desk closes next, ms since 1970: until then somebody may take the case. */
export interface ClosesAt {
  readonly type: 'closes-at';
  readonly closesAt: number;
}

/** It has closed over the case. */
export interface ClosedOver {
  readonly type: 'closed-over';
  /** ms since 1970; absent where no opening is known. */
  readonly opening?: number;
}

export type HoursEvent = ClosesAt | ClosedOver;

/** Where a case waits in open hours that will end. */
export function decideHours(after: Conversation, w: World): ClosesAt[] {
  const { phase, ticket } = after;
  if (phase.at !== 'queued' || !ticket || alarmsOf(after).hours !== undefined) return [];
  if (!w.calendar.isOpen(w.now, ticket.tier)) return [];
  const closesAt = w.calendar.nextClosing(w.now, ticket.tier);
  return closesAt === undefined ? [] : [{ type: 'closes-at', closesAt }];
}

/** The role's part of `wake`; where the hours were moved meanwhile, it waits for the new end. */
export function decideClosed(c: Conversation, w: World): Decided[] {
  if (!isDue(c, 'hours', w.now) || c.phase.at !== 'queued' || !c.ticket) return [];
  const by = { role: 'desk' } as const;
  const { tier, number } = c.ticket;
  const closesAt = w.calendar.nextClosing(w.now, tier);
  if (closesAt !== undefined && closesAt > w.now) return [{ body: { type: 'closes-at', closesAt }, by }];
  if (closesAt === undefined) return [{ body: { type: 'closed-over' }, by }];
  const opening = w.calendar.nextOpening(w.now, tier);
  const notices = w.notices[c.language];
  const at = opening === undefined ? undefined : notices.instant(opening, w.rules.desk.timezone);
  return [
    { body: { type: 'closed-over', ...(opening === undefined ? {} : { opening }) }, by },
    { body: { type: 'message', text: notices.closedOver(ticketName(number), at), format: 'plain' }, by },
  ];
}

export function evolveHours(c: Conversation, event: HoursEvent): Conversation {
  return withAlarm(c, 'hours', event.type === 'closes-at' ? event.closesAt : undefined);
}

/** Who waits no longer need not hear of it. */
export const withHoursAlarm = (c: Conversation): Conversation =>
  c.phase.at === 'queued' || alarmsOf(c).hours === undefined ? c : withAlarm(c, 'hours', undefined);
