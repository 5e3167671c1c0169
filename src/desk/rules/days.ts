/** Dates as an admin writes them: one day, some days, this year or every year. */
import { DateTime } from 'luxon';
import * as z from 'zod';
import { says } from './values.ts';

/** Both ends belong to it. Texts of one form, so that they compare as they are: `2026-12-29`, or `12-29` for every year. */
export interface Days {
  readonly every: 'once' | 'year';
  readonly from: string;
  readonly to: string;
}

/** @param date as `2026-12-29` */
export function includes({ every, from, to }: Days, date: string): boolean {
  const day = every === 'year' ? date.slice(5) : date;
  // Every year's days may go over new year.
  return from <= to ? from <= day && day <= to : from <= day || day <= to;
}

const shape = /^(\d{4}-)?(\d\d-\d\d)(?:\.\.(\d{4}-)?(\d\d-\d\d))?$/;
/** A year that has every day there is. */
const leap = '2024-';

function daysOf(text: string): Days | undefined {
  const [, year = '', day, lastYear, lastDay] = shape.exec(text) ?? [];
  if (day === undefined) return undefined;
  const toYear = lastDay === undefined ? year : (lastYear ?? '');
  if ((year === '') !== (toYear === '')) return undefined;
  const from = `${year}${day}`;
  const to = `${toYear}${lastDay ?? day}`;
  const exist = [from, to].every((date) => DateTime.fromISO(year ? date : `${leap}${date}`).isValid);
  if (!exist || (year && to < from)) return undefined;
  return { every: year ? 'once' : 'year', from, to };
}

const none: Days = { every: 'once', from: '', to: '' };

export const days = says(
  'a date such as 2026-12-31 (or 12-31 for every year), or first and last day: 2026-12-29..2027-01-03, 12-29..01-03',
  z
    .string()
    .regex(shape)
    .refine((text) => daysOf(text) !== undefined)
    .transform((text) => daysOf(text) ?? none),
);
