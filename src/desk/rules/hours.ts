/** Opening hours of a week: shifts by day, in minutes of the day on the clock. */
import * as z from 'zod';
import { says } from './values.ts';

/** Minutes from the day's midnight, 0 to 1440; `to` is beyond 1440 where the shift ends on the next day. */
export interface Shift {
  readonly from: number;
  readonly to: number;
}

/** Monday first: the shifts that begin on that day, earliest first, none overlapping another of that day. */
export type Week = readonly (readonly Shift[])[];
export type Hours = 'always' | Week;

export const dayNames: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const dayKey = /^(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))?$/;
const clock = '([01]\\d|2[0-4]):([0-5]\\d)';
const shiftText = new RegExp(`^${clock}-${clock}$`);

export const wholeDay = 24 * 60;

function shiftOf(text: string): Shift | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] = shiftText.exec(text) ?? [];
  if (fromHour === undefined) return undefined;
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  if (from >= wholeDay || to > wholeDay || to === from) return undefined;
  return { from, to: to > from ? to : to + wholeDay };
}

const shift = says(
  'hours such as 09:00-12:00; 22:00-06:00 ends on the next day, 00:00-24:00 is the whole day',
  z
    .string()
    .regex(shiftText)
    .refine((text) => shiftOf(text) !== undefined)
    .transform((text) => shiftOf(text) ?? { from: 0, to: 0 }),
);

/** A day's shifts. */
export const shifts = says(
  'a list of hours such as ["09:00-12:00", "13:00-18:00"], or closed',
  z.union([z.literal('closed').transform((): Shift[] => []), z.array(shift).max(20)]).transform((given, context) => {
    const inOrder = given.toSorted((a, b) => a.from - b.from);
    inOrder.forEach((one, i) => {
      const next = inOrder[i + 1];
      if (next && one.to > next.from)
        context.addIssue({
          code: 'custom',
          message: `${show(one)} and ${show(next)} overlap; allowed are hours that do not`,
        });
    });
    return inOrder;
  }),
);

const two = (n: number) => String(n).padStart(2, '0');
const minuteOfDay = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
/** A shift as it is written. */
export const show = ({ from, to }: Shift): string =>
  `${minuteOfDay(from)}-${minuteOfDay(to > wholeDay ? to - wholeDay : to)}`;

/** The days a key such as `mon-fri` or `sat-mon` names, Monday 0. */
function daysOf(key: string): number[] {
  const [, first, last] = dayKey.exec(key) ?? [];
  const from = dayNames.indexOf(first ?? '');
  const to = last === undefined ? from : dayNames.indexOf(last);
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (from + i) % 7);
}

const week = z
  .record(says('mon, tue, wed, thu, fri, sat, sun or a range such as mon-fri', z.string().regex(dayKey)), shifts)
  .transform((given, context): Week => {
    const found: (readonly Shift[] | undefined)[] = Array(7).fill(undefined);
    for (const [key, its] of Object.entries(given))
      for (const day of daysOf(key)) {
        if (found[day])
          context.addIssue({
            code: 'custom',
            path: [key],
            message: `${dayNames[day]} is given twice; allowed is once`,
          });
        found[day] = its;
      }
    return found.map((its) => its ?? []);
  });

export const hours = says(
  'always, or hours by day: {mon-fri: ["09:00-12:00", "13:00-18:00"], sat: ["10:00-15:00"]}',
  z.union([z.literal('always'), week]),
);
