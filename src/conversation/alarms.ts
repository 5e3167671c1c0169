/**
 * When a conversation must be looked at though nobody writes: one alarm a role, the earliest is `wakeAt`, by which the sweeper finds it.
 * The fold sets and clears them, so they are as durable as the log; the command `wake` lets each role do what is due.
 */
import type { Conversation } from './state.ts';

/** The roles that wait for a time. `delivery` is the delivery worker's and `logs` the analyst's: `wake` leaves them alone. */
export type AlarmName = 'delivery' | 'sla' | 'silence' | 'close' | 'offer' | 'survey' | 'webhook' | 'hours' | 'logs';

/** ms since 1970; absent: nothing is waited for. */
export type Alarms = { readonly [name in AlarmName]?: number };

/** Also of a state that an older release wrote: it had the delivery's alarm alone, as `wakeAt`. */
export function alarmsOf(c: Pick<Conversation, 'alarms' | 'wakeAt'>): Alarms {
  return c.alarms ?? (c.wakeAt === undefined ? {} : { delivery: c.wakeAt });
}

export const isDue = (c: Conversation, name: AlarmName, now: number): boolean =>
  (alarmsOf(c)[name] ?? Number.POSITIVE_INFINITY) <= now;

/** Sets or clears one alarm. */
export function withAlarm(c: Conversation, name: AlarmName, at: number | undefined): Conversation {
  // Most events move none, and each is asked about at every event.
  if (alarmsOf(c)[name] === at) return c;
  const { [name]: _, ...others } = alarmsOf(c);
  const alarms: Alarms = at === undefined ? others : { ...others, [name]: at };
  const { wakeAt: _wakeAt, alarms: _alarms, ...rest } = c;
  const times = Object.values(alarms);
  return times.length === 0 ? rest : { ...rest, alarms, wakeAt: Math.min(...times) };
}
