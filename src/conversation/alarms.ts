/**
 * When a conversation must be looked at though nobody writes: one alarm a role, the earliest is `wakeAt`, by which the sweeper finds it.
 * The fold sets and clears them, so they are as durable as the log; the command `wake` lets each role do what is due.
 */
import type { Conversation } from './state.ts';

/** The roles that wait for a time. `delivery` is the delivery worker's and `logs` the analyst's: `wake` leaves them alone. */
const alarmNames = ['delivery', 'sla', 'silence', 'close', 'offer', 'survey', 'webhook', 'hours', 'logs'] as const;
export type AlarmName = (typeof alarmNames)[number];

/** ms since 1970; absent: nothing is waited for. */
export type Alarms = { readonly [name in AlarmName]?: number | undefined };

/** All of one shape, whichever are set: the fold copies them often. */
const silent: { readonly [name in AlarmName]: number | undefined } = {
  delivery: undefined,
  sla: undefined,
  silence: undefined,
  close: undefined,
  offer: undefined,
  survey: undefined,
  webhook: undefined,
  hours: undefined,
  logs: undefined,
};

/** Also of a state that an older release wrote: it had the delivery's alarm alone, as `wakeAt`. */
export function alarmsOf(c: Pick<Conversation, 'alarms' | 'wakeAt'>): Alarms {
  return c.alarms ?? (c.wakeAt === undefined ? silent : { delivery: c.wakeAt });
}

export const isDue = (c: Conversation, name: AlarmName, now: number): boolean =>
  (alarmsOf(c)[name] ?? Number.POSITIVE_INFINITY) <= now;

/** Sets or clears one alarm. */
export function withAlarm(c: Conversation, name: AlarmName, at: number | undefined): Conversation {
  const alarms = alarmsOf(c);
  // Most events move none, and each is asked about at every event.
  if (alarms[name] === at) return c;
  const set = { ...silent, ...alarms, [name]: at };
  let wakeAt = Number.POSITIVE_INFINITY;
  for (const each of alarmNames) wakeAt = Math.min(wakeAt, set[each] ?? wakeAt);
  return wakeAt === Number.POSITIVE_INFINITY
    ? { ...c, alarms: undefined, wakeAt: undefined }
    : { ...c, alarms: set, wakeAt };
}
