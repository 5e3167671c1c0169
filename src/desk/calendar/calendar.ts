/** The desk's calendar, made from desk.yaml. */
import { alwaysOpen, type Calendar, type Tier } from '../../conversation/calendar.ts';
import type { CalendarRules, Timetable } from '../rules/calendar.ts';
import type { Rules } from '../rules/file.ts';
import { wallClock } from './clock.ts';
import { dayBooks } from './days.ts';
import { Schedule } from './schedule.ts';

export function calendarOf({ desk, calendar: rules }: Pick<Rules, 'desk' | 'calendar'>): Calendar {
  const clock = wallClock(desk.timezone);
  const books = dayBooks(rules);
  const ofDesk = isAlways(rules) ? alwaysOpen : new Schedule(clock, books.desk);
  const tiers = new Map(
    [...books.tiers].map(([tier, days]) => [
      tier,
      isAlways(rules.tiers[`${tier}` as '1']) ? alwaysOpen : new Schedule(clock, days),
    ]),
  );
  const rosters = new Map([...books.rosters].map(([agent, days]) => [agent, new Schedule(clock, days)]));
  const of = (tier: Tier | undefined) => (tier && tiers.get(tier)) ?? ofDesk;
  return {
    isOpen: (at, tier) => of(tier).isOpen(at),
    nextOpening: (at, tier) => of(tier).nextOpening(at),
    nextClosing: (at, tier) => of(tier).nextClosing(at),
    add: (from, businessMs, tier) => of(tier).add(from, businessMs),
    between: (from, to, tier) => of(tier).between(from, to),
    isOnShift: (agent, at) => rosters.get(agent)?.isOpen(at) ?? true,
  };
}

function isAlways(its: CalendarRules | Timetable | undefined): boolean {
  if (its?.hours !== 'always') return false;
  const { japan, closed, open } = its.holidays;
  return !japan && closed.length === 0 && open.length === 0;
}
