/** The desk's calendar, made from desk.yaml. */
import { alwaysOpen, type Calendar, type Tier } from '../../conversation/calendar.ts';
import type { CalendarRules, Timetable } from '../rules/calendar.ts';
import type { Rules } from '../rules/file.ts';
import { wallClock } from './clock.ts';
import { deskDays, rosterDays, tierDays } from './days.ts';
import { Schedule } from './schedule.ts';

export function calendarOf({ desk, calendar: rules }: Pick<Rules, 'desk' | 'calendar'>): Calendar {
  const clock = wallClock(desk.timezone);
  const ofDesk = isAlways(rules) ? alwaysOpen : new Schedule(clock, deskDays(rules));
  const tiers = new Map(
    Object.entries(rules.tiers).map(([tier, its]) => [
      Number(tier),
      isAlways(its) ? alwaysOpen : new Schedule(clock, tierDays(its, rules.holidays)),
    ]),
  );
  const rosters = new Map(
    Object.entries(rules.rosters).map(([agent, its]) => [agent, new Schedule(clock, rosterDays(its, rules.holidays))]),
  );
  const of = (tier: Tier | undefined) => (tier && tiers.get(tier)) ?? ofDesk;
  return {
    isOpen: (at, tier) => of(tier).isOpen(at),
    nextOpening: (at, tier) => of(tier).nextOpening(at),
    add: (from, businessMs, tier) => of(tier).add(from, businessMs),
    between: (from, to, tier) => of(tier).between(from, to),
    isOnShift: (agent, at) => rosters.get(agent)?.isOpen(at) ?? true,
  };
}

const isAlways = ({ hours, holidays }: Pick<CalendarRules | Timetable, 'hours' | 'holidays'>): boolean =>
  hours === 'always' && !holidays.japan && holidays.closed.length === 0 && holidays.open.length === 0;
