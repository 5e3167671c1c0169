import * as z from 'zod';
import type { Bilingual } from '../../conversation/language.ts';
import { type Days, days } from './days.ts';
import { type Hours, hours, type Shift, shifts } from './hours.ts';
import { bilingual, says, yesNo } from './values.ts';

/** Own days off, and own days with hours of their own. */
export interface OwnDays {
  readonly closed: readonly { readonly days: Days; readonly name?: Bilingual }[];
  readonly open: readonly { readonly days: Days; readonly hours: readonly Shift[]; readonly name?: Bilingual }[];
}

export interface Holidays extends OwnDays {
  /** Closed on Japan's public holidays. */
  readonly japan: boolean;
}

/** Hours of a tier or a person, with own days besides the desk's. `always` takes over none of the desk's. */
export interface Timetable {
  readonly hours: Hours;
  readonly holidays: OwnDays & { readonly japan?: boolean };
}

export interface CalendarRules {
  readonly hours: Hours;
  readonly holidays: Holidays;
  /** A tier that is not here has the desk's hours. */
  readonly tiers: Readonly<Partial<Record<'1' | '2' | '3', Timetable>>>;
  /** Shifts by account; who is not here works whenever signed in. */
  readonly rosters: Readonly<Record<string, Timetable>>;
}

const ownDays = {
  closed: says(
    'a list of days, each such as 2026-12-29..2027-01-03, 12-31, or {days: 12-31, name: …}',
    z
      .array(
        z
          .union([days, z.strictObject({ days, name: bilingual().exactOptional() })])
          .transform((given) => ('days' in given ? given : { days: given })),
      )
      .max(1_000),
  ).prefault([]),
  open: says(
    'a list of days with hours, such as {days: 2026-11-28, hours: ["10:00-15:00"]}',
    z.array(z.strictObject({ days, hours: shifts, name: bilingual().exactOptional() })).max(1_000),
  ).prefault([]),
};

const timetable = z.strictObject({
  hours,
  holidays: z.strictObject({ japan: yesNo.exactOptional(), ...ownDays }).prefault({}),
});

/** When people work here. */
export const calendar = z
  .strictObject({
    hours: hours.prefault('always'),
    holidays: z.strictObject({ japan: yesNo.prefault('false'), ...ownDays }).prefault({}),
    tiers: z
      .strictObject({ '1': timetable.exactOptional(), '2': timetable.exactOptional(), '3': timetable.exactOptional() })
      .prefault({}),
    rosters: z
      .record(says('the name of an account, such as sato', z.string().regex(/^[a-z0-9._-]{2,40}$/)), timetable)
      .prefault({}),
  })
  .prefault({});
