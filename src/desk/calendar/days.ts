/** What hours hold on which date: the week's, unless it is a holiday or a day of its own. */
import holidayJp from '@holiday-jp/holiday_jp';
import type { Bilingual } from '../../conversation/language.ts';
import type { CalendarRules, Holidays, OwnDays, Timetable } from '../rules/calendar.ts';
import { includes } from '../rules/days.ts';
import { type Hours, type Shift, wholeDay } from '../rules/hours.ts';

export interface Day {
  /** That begin on this date, earliest first. */
  readonly shifts: readonly Shift[];
  /** Why it is not as every week; the name where the day has one. */
  readonly because?: 'holiday' | 'closed' | 'open';
  readonly name?: Bilingual;
}

/** @param date as `2026-12-31` @param weekday Monday 0 */
export type DayBook = (date: string, weekday: number) => Day;

export interface DayBooks {
  readonly desk: DayBook;
  /** Tiers with hours of their own. */
  readonly tiers: ReadonlyMap<number, DayBook>;
  /** By account. */
  readonly rosters: ReadonlyMap<string, DayBook>;
}

export function dayBooks(rules: CalendarRules): DayBooks {
  const { tiers, rosters, holidays } = rules;
  return {
    desk: deskDays(rules),
    tiers: new Map(Object.entries(tiers).map(([tier, its]) => [Number(tier), tierDays(its, holidays)])),
    rosters: new Map(Object.entries(rosters).map(([agent, its]) => [agent, rosterDays(its, holidays)])),
  };
}

function deskDays({ hours, holidays }: Pick<CalendarRules, 'hours' | 'holidays'>): DayBook {
  return (date, weekday) => own(holidays, date) ?? publicHoliday(holidays.japan, date) ?? weekly(hours, weekday);
}

/** A tier's days: its own, then the desk's, which also hold for it. */
function tierDays({ hours, holidays }: Timetable, desk: Holidays): DayBook {
  return (date, weekday) => {
    const its = own(holidays, date) ?? publicHoliday(holidays.japan, date);
    if (its) return its;
    if (hours === 'always') return always;
    return own(desk, date) ?? publicHoliday(holidays.japan ?? desk.japan, date) ?? weekly(hours, weekday);
  };
}

/** A person's days: own, then off when the desk is closed. A day with hours of its own at the desk is one of their usual days. */
function rosterDays({ hours, holidays }: Timetable, desk: Holidays): DayBook {
  return (date, weekday) => {
    const its = own(holidays, date) ?? publicHoliday(holidays.japan, date);
    if (its) return its;
    if (hours === 'always') return always;
    const atDesk = own(desk, date) ?? publicHoliday(holidays.japan ?? desk.japan, date);
    return atDesk && atDesk.because !== 'open' ? atDesk : weekly(hours, weekday);
  };
}

/** Known from 1970 to 2050. */
const japan: Readonly<Record<string, { readonly name: string; readonly name_en: string }>> = holidayJp.holidays;
const always: Day = { shifts: [{ from: 0, to: wholeDay }] };

const weekly = (hours: Hours, weekday: number): Day => (hours === 'always' ? always : { shifts: hours[weekday] ?? [] });

function own({ open, closed }: OwnDays, date: string): Day | undefined {
  const opened = open.find(({ days }) => includes(days, date));
  if (opened) return { shifts: opened.hours, because: 'open', ...(opened.name ? { name: opened.name } : {}) };
  const off = closed.find(({ days }) => includes(days, date));
  return off && { shifts: [], because: 'closed', ...(off.name ? { name: off.name } : {}) };
}

function publicHoliday(observed: boolean | undefined, date: string): Day | undefined {
  const holiday = observed && Object.hasOwn(japan, date) ? japan[date] : undefined;
  return holiday && { shifts: [], because: 'holiday', name: { ja: holiday.name, en: holiday.name_en } };
}
