/** A stretch of time as people give it: a day or a moment at each end. */

/** What was given is no time. The message says what is allowed. */
export class NoTime extends Error {
  override readonly name = 'NoTime';
}

/** ms since 1970, both inclusive. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** First and last millisecond of what was given: a whole day, or one moment. Without an offset it is in this machine's time zone (TZ). */
export function instant(name: string, given: string): { first: number; last: number } {
  const [, year, month, day, time] = /^(\d{4})-(\d\d)-(\d\d)(T.+)?$/.exec(given) ?? [];
  const midnight = (days: number) => new Date(Number(year), Number(month) - 1, Number(day) + days);
  const isDay = year !== undefined && midnight(0).getMonth() === Number(month) - 1;
  const at = time === undefined ? midnight(0).getTime() : Date.parse(given);
  if (!isDay || Number.isNaN(at))
    throw new NoTime(`${name} is "${given}"; allowed is an ISO date such as 2025-01-31, or 2025-01-31T09:00:00+09:00`);
  return { first: at, last: time === undefined ? midnight(1).getTime() - 1 : at };
}

/** @param name of each end, as it is called where it was given. @throws NoTime also when the end is before the beginning. */
export function periodOf(
  from: string | undefined,
  to: string | undefined,
  name: { readonly from: string; readonly to: string } = { from: '--from', to: '--to' },
): Period {
  const period = {
    from: from === undefined ? Number.NEGATIVE_INFINITY : instant(name.from, from).first,
    to: to === undefined ? Number.POSITIVE_INFINITY : instant(name.to, to).last,
  };
  if (period.from > period.to) throw new NoTime(`${name.from} ${from} is later than ${name.to} ${to}`);
  return period;
}
