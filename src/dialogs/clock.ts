/** The desk's wall clock: what "today" and "3 o'clock" mean to visitors is the desk's day, wherever the service runs. */
import { DateTime } from 'luxon';

/**
 * A Date whose local fields (`getDate()`, `getHours()` …) are the desk's at that moment, for reckoning with days.
 * @param now ms since 1970 @param zone IANA name; the service's own where left out.
 */
export function wallClock(now: number, zone: string | undefined): Date {
  if (zone === undefined) return new Date(now);
  const { year, month, day, hour, minute, second } = DateTime.fromMillis(now, { zone });
  return new Date(year, month - 1, day, hour, minute, second);
}

/** The day of its local fields, ISO 8601. */
export const isoDay = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

export const two = (n: number): string => String(n).padStart(2, '0');
