import { describe, expect, it } from 'vitest';
import { type Calendar, horizon } from '../../../../src/conversation/calendar.ts';
import { calendarOf } from '../../../../src/desk/calendar/calendar.ts';
import { parseRules } from '../../../../src/desk/rules/parse.ts';

const hour = 3_600_000;

function calendar(zone: string, yaml: string): Calendar {
  const read = parseRules('desk.yaml', `desk: {timezone: ${zone}}\ncalendar:\n${yaml}`);
  if ('problems' in read) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return calendarOf(read.rules);
}
/** With its offset, as people write an instant. */
const at = (text: string) => Date.parse(text);
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

const office = '  hours: {mon-fri: ["09:00-12:00", "13:00-18:00"]}\n';
const japan = calendar('Asia/Tokyo', `${office}  holidays: {japan: true, closed: [12-29..01-03]}\n`);

describe('business hours', () => {
  // In 2026, 29 April (Wed) is Showa Day, 3 May (Sun) Constitution Day with Wednesday the 6th in lieu.
  it.each([
    ['before opening', '2026-11-25T08:59:59+09:00', '2026-11-25T09:00+09:00'],
    ['at opening', '2026-11-25T09:00+09:00', '2026-11-25T09:00+09:00'],
    ['at noon, closed for lunch', '2026-11-25T12:00+09:00', '2026-11-25T13:00+09:00'],
    ['at closing', '2026-11-25T18:00+09:00', '2026-11-26T09:00+09:00'],
    ['on Friday evening', '2026-11-27T18:30+09:00', '2026-11-30T09:00+09:00'],
    ['on a public holiday', '2026-04-29T10:00+09:00', '2026-04-30T09:00+09:00'],
    ['before the golden week', '2026-05-01T18:00+09:00', '2026-05-07T09:00+09:00'],
    ['before the own days over new year', '2026-12-28T18:00+09:00', '2027-01-04T09:00+09:00'],
    ['on a leap day, a Tuesday', '2028-02-29T11:00+09:00', '2028-02-29T11:00+09:00'],
  ])('R1 open next: %s', (_, from, opening) => {
    expect(iso(japan.nextOpening(at(from)))).toBe(iso(at(opening)));
    expect(japan.isOpen(at(from))).toBe(at(from) === at(opening));
  });

  it.each([
    ['within a shift', '2026-11-25T09:30+09:00', 1, '2026-11-25T10:30+09:00'],
    ['to the very end of a shift', '2026-11-25T09:00+09:00', 3, '2026-11-25T12:00+09:00'],
    ['over lunch', '2026-11-25T11:00+09:00', 2, '2026-11-25T14:00+09:00'],
    ['over a weekend', '2026-11-27T17:00+09:00', 2, '2026-11-30T10:00+09:00'],
    ['from a closed hour', '2026-11-28T15:00+09:00', 1, '2026-11-30T10:00+09:00'],
    ['over new year', '2026-12-28T17:00+09:00', 9, '2027-01-04T18:00+09:00'],
    ['over a leap day', '2028-02-28T17:00+09:00', 9, '2028-02-29T18:00+09:00'],
    ['for a whole week', '2026-11-16T09:00+09:00', 40, '2026-11-20T18:00+09:00'],
    ['of nothing', '2026-11-28T15:00+09:00', 0, '2026-11-28T15:00+09:00'],
  ])('R2 adds open time %s, and measures it again', (_, from, hours, then) => {
    expect(iso(japan.add(at(from), hours * hour))).toBe(iso(at(then)));
    expect(japan.between(at(from), at(then)) / hour).toBe(hours);
    expect(japan.between(at(then), at(from))).toBe(0);
  });

  const london = calendar('Europe/London', '  hours: {mon-sun: ["00:30-08:30"]}\n');
  const newYork = calendar('America/New_York', '  hours: {sat-sun: ["22:00-06:00"]}\n');
  const tiles = calendar('Europe/Berlin', '  hours: {sun: ["02:15-02:45", "02:45-04:00"]}\n');
  it.each([
    ['an ordinary night', london, '2026-07-01T00:00+01:00', '2026-07-02T00:00+01:00', 8],
    ['the night that loses an hour', london, '2026-03-29T00:00Z', '2026-03-29T12:00Z', 7],
    ['the night that gains an hour', london, '2026-10-25T00:00+01:00', '2026-10-25T12:00Z', 9],
    ['a night shift that loses an hour', newYork, '2026-03-07T12:00-05:00', '2026-03-08T12:00-04:00', 7],
    ['a night shift that gains an hour', newYork, '2026-10-31T12:00-04:00', '2026-11-01T12:00-05:00', 9],
    ['shifts in the hour that is left out', tiles, '2026-03-29T00:00+01:00', '2026-03-29T12:00+02:00', 1],
    ['shifts in the hour that comes twice', tiles, '2026-10-25T00:00+02:00', '2026-10-25T12:00+01:00', 2.75],
  ])('R3 the clock is put on and back: %s', (_, its, from, to, hours) => {
    expect(its.between(at(from), at(to)) / hour).toBe(hours);
    const end = its.add(at(from), hours * hour);
    expect(its.between(at(from), end) / hour).toBe(hours);
    expect(its.isOpen(end)).toBe(false);
  });

  it('R3 an hour that comes twice is worked through without a break', () => {
    const first = at('2026-10-25T02:30+02:00');
    for (let minute = 0; minute < 90; minute++) expect(tiles.isOpen(first + minute * 60_000)).toBe(true);
  });

  it('R3 a clock put back over midnight at the end of a month keeps the month', () => {
    // Until 2004, Damascus put its clocks back at midnight on 1 October.
    const damascus = calendar('Asia/Damascus', '  hours: {mon-sun: ["00:00-24:00"]}\n');
    expect(damascus.between(at('2004-09-30T12:00+03:00'), at('2004-10-01T12:00+02:00')) / hour).toBe(25);
    expect(damascus.isOpen(at('2004-09-30T23:30+02:00'))).toBe(true);
  });

  it('R1 a shift belongs to the day it begins on', () => {
    const night = calendar('Asia/Tokyo', '  hours: {mon: ["22:00-06:00"]}\n  holidays: {closed: [2026-11-24]}\n');
    // Monday's shift lasts into the Tuesday that is off.
    expect(night.isOpen(at('2026-11-24T05:59+09:00'))).toBe(true);
    expect(night.isOpen(at('2026-11-24T06:00+09:00'))).toBe(false);
    expect(iso(night.nextOpening(at('2026-11-24T06:00+09:00')))).toBe(iso(at('2026-11-30T22:00+09:00')));
  });

  it('R1 own opening days come before own days off, these before holidays', () => {
    const own = calendar(
      'Asia/Tokyo',
      `${office}  holidays:\n    japan: true\n    closed: [2026-11-25..2026-11-29]\n    open: [{days: 2026-11-23, hours: ["10:00-15:00"]}, {days: 2026-11-28, hours: ["10:00-11:00"]}]\n`,
    );
    // Labour Thanksgiving Day, opened by the desk itself.
    expect(own.between(at('2026-11-23T00:00+09:00'), at('2026-11-24T00:00+09:00')) / hour).toBe(5);
    expect(own.between(at('2026-11-25T00:00+09:00'), at('2026-11-30T00:00+09:00')) / hour).toBe(1);
  });

  it('R1 a tier has its own hours and the desk’s days; always takes over none of them', () => {
    const tiers = calendar(
      'Asia/Tokyo',
      `${office}  holidays: {japan: true, closed: [2026-11-25]}\n  tiers:\n    2: {hours: always}\n    3: {hours: {mon-sun: ["10:00-17:00"]}, holidays: {japan: false}}\n`,
    );
    const day = (date: string, tier?: 1 | 2 | 3) =>
      tiers.between(at(`${date}T00:00+09:00`), at(`${date}T00:00+09:00`) + 24 * hour, tier) / hour;
    expect([undefined, 1, 2, 3].map((tier) => day('2026-11-24', tier as 1))).toEqual([8, 8, 24, 7]);
    expect([undefined, 1, 2, 3].map((tier) => day('2026-11-25', tier as 1))).toEqual([0, 0, 24, 0]);
    expect([undefined, 1, 2, 3].map((tier) => day('2026-11-23', tier as 1))).toEqual([0, 0, 24, 7]);
  });

  it('R4 a roster says when a person works; without one they work whenever signed in', () => {
    const roster = calendar(
      'Asia/Tokyo',
      `${office}  holidays: {japan: true, open: [{days: 2026-11-23, hours: ["10:00-15:00"]}]}\n  rosters:\n    sato: {hours: {mon-thu: ["22:00-06:00"]}, holidays: {closed: [2026-11-25]}}\n`,
    );
    expect(roster.isOnShift('sato', at('2026-11-24T23:00+09:00'))).toBe(true);
    expect(roster.isOnShift('sato', at('2026-11-25T05:00+09:00'))).toBe(true);
    expect(roster.isOnShift('sato', at('2026-11-25T23:00+09:00'))).toBe(false);
    // A holiday on which the desk opens is one of their usual days.
    expect(roster.isOnShift('sato', at('2026-11-23T22:30+09:00'))).toBe(true);
    expect(roster.isOnShift('sato', at('2026-11-03T22:30+09:00'))).toBe(false);
    expect(roster.isOnShift('tanaka', at('2026-11-25T03:00+09:00'))).toBe(true);
  });

  it('R1 as shipped is always open', () => {
    const always = calendar('Asia/Tokyo', '  hours: always\n');
    const from = at('2026-01-01T00:00+09:00');
    expect(always.nextOpening(from)).toBe(from);
    expect(always.add(from, 40 * hour)).toBe(from + 40 * hour);
    expect(always.between(from, from + 100 * hour)).toBe(100 * hour);
  });

  it('R5 looks three years ahead and no further', () => {
    const over = calendar(
      'Asia/Tokyo',
      '  hours: {mon: closed}\n  holidays: {open: [{days: 2026-11-25, hours: ["09:00-10:00"]}]}\n',
    );
    const from = at('2026-11-25T09:30+09:00');
    expect(over.add(from, hour / 2)).toBe(from + hour / 2);
    expect(over.add(from, hour)).toBe(from + horizon);
    expect(over.nextOpening(from + hour)).toBeUndefined();
    expect(over.between(from, from + 10 * horizon)).toBe(hour / 2);
    const once = calendar(
      'Asia/Tokyo',
      '  hours: {mon: closed}\n  holidays: {open: [{days: 02-29, hours: ["09:00-10:00"]}]}\n',
    );
    expect(iso(once.nextOpening(from))).toBe(iso(at('2028-02-29T09:00+09:00')));
  });
});
