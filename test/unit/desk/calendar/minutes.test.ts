/** The calendar against one that knows nothing but to look at the clock, minute by minute. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { calendarOf } from '../../../../src/desk/calendar/calendar.ts';
import type { CalendarRules } from '../../../../src/desk/rules/calendar.ts';
import { shippedRules } from '../../../../src/desk/rules/file.ts';
import { drawSeed } from '../../../support/seed.ts';

const minute = 60_000;
const day = 1_440;
const seed = drawSeed();

/** Minutes looked at: from the shift of the evening before to the third morning. */
const span = 4 * day;

/** What the wall clock shows at each minute, as minutes since 1970; while an hour comes twice, it waits for the second time to pass. */
function readings(zone: string, from: number): number[] {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const shown: number[] = [];
  // Clocks are only changed at full quarters of an hour.
  for (let quarter = 0; quarter < span; quarter += 15) {
    const parts = Object.fromEntries(
      clock.formatToParts(from + quarter * minute).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 0, day: date = 0, hour = 0, minute: past = 0 } = parts;
    const reading = Date.UTC(year, month - 1, date, hour, past) / minute;
    for (let i = 0; i < 15; i++) shown.push(Math.max(reading + i, shown.at(-1) ?? 0));
  }
  return shown;
}

function isWorked(rules: CalendarRules, reading: number): boolean {
  return [0, 1].some((daysBack) => {
    const date = Math.floor(reading / day) - daysBack;
    const iso = new Date(date * day * minute).toISOString().slice(0, 10);
    const week = rules.hours as readonly (readonly { from: number; to: number }[])[];
    const opened = rules.holidays.open.find(({ days }) => days.from <= iso && iso <= days.to)?.hours;
    const closed = rules.holidays.closed.some(({ days }) => days.from <= iso && iso <= days.to);
    const shifts = opened ?? (closed ? [] : (week[(date + 3) % 7] ?? []));
    const past = reading - date * day;
    return shifts.some(({ from, to }) => from <= past && past < to);
  });
}

const shifts = fc
  .uniqueArray(fc.integer({ min: 0, max: 47 }), { maxLength: 6 })
  .map((halfHours) => halfHours.toSorted((a, b) => a - b).map((half) => half * 30))
  .chain((times) =>
    fc
      .record({
        // Odd minutes too, and a last shift that may last into the next day.
        slip: fc.integer({ min: 0, max: 29 }),
        night: fc.option(fc.integer({ min: 1_441, max: 1_900 }), { nil: undefined }),
      })
      .map(({ slip, night }) => {
        const pairs = times.flatMap((from, i) =>
          i % 2 === 0 ? [{ from: from + slip, to: times[i + 1] ?? night ?? day }] : [],
        );
        return pairs.filter(({ from, to }) => from < to);
      }),
  );

/** Days before the clocks change there, and any other day. */
const places = fc.constantFrom(
  ['Asia/Tokyo', '2026-04-28'],
  ['Asia/Tokyo', '2028-02-27'],
  ['Asia/Tokyo', '2026-12-30'],
  ['Europe/London', '2026-03-27'],
  ['Europe/London', '2026-10-23'],
  ['America/New_York', '2026-03-06'],
  ['America/New_York', '2026-10-30'],
  ['America/St_Johns', '2026-10-30'],
  ['Australia/Lord_Howe', '2026-04-03'],
  ['Australia/Lord_Howe', '2026-10-02'],
  ['America/Asuncion', '2024-03-22'],
  ['America/Asuncion', '2024-10-04'],
  ['America/Havana', '2026-10-30'],
  ['Asia/Damascus', '2004-09-29'],
  ['Asia/Kathmandu', '2026-06-29'],
  ['Pacific/Apia', '2011-12-28'],
  ['Africa/Casablanca', '2026-02-13'],
);

const world = fc.record({
  place: places,
  week: fc.array(shifts, { minLength: 7, maxLength: 7 }),
  closed: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
  opened: fc.option(fc.tuple(fc.integer({ min: 0, max: 4 }), shifts), { nil: undefined }),
  from: fc.integer({ min: 2 * 60, max: span - 10 }),
  length: fc.integer({ min: 0, max: span }),
});

describe('the calendar', () => {
  it(`R2 agrees with a count of minutes (SEED=${seed})`, () => {
    fc.assert(
      fc.property(world, ({ place: [zone = '', date = ''], week, closed, opened, from, length }) => {
        const start = Date.parse(`${date}T00:00Z`);
        const dayAt = (n: number) => {
          const iso = new Date(start + n * day * minute).toISOString().slice(0, 10);
          return { every: 'once' as const, from: iso, to: iso };
        };
        const rules: CalendarRules = {
          hours: week,
          holidays: {
            japan: false,
            closed: closed === undefined ? [] : [{ days: dayAt(closed) }],
            open: opened === undefined ? [] : [{ days: dayAt(opened[0]), hours: opened[1] }],
          },
          tiers: {},
          rosters: {},
        };
        const calendar = calendarOf({ desk: { ...shippedRules.desk, timezone: zone }, calendar: rules });
        const worked = readings(zone, start).map((reading) => isWorked(rules, reading));
        const instant = (i: number) => start + i * minute;
        const to = Math.min(span, from + length);

        const wrong = worked.findIndex((open, i) => calendar.isOpen(instant(i)) !== open);
        if (wrong >= 0) throw new Error(`at ${new Date(instant(wrong)).toISOString()} open is ${!worked[wrong]}`);
        const counted = worked.slice(from, to).filter(Boolean).length;
        expectSame('between', calendar.between(instant(from), instant(to)), counted * minute);
        const opening = worked.findIndex((open, i) => i >= from && open);
        if (opening >= 0) expectSame('nextOpening', calendar.nextOpening(instant(from)), instant(opening));
        const closing = worked.findIndex((open, i) => i >= from && !open);
        if (closing >= 0) expectSame('nextClosing', calendar.nextClosing(instant(from)), instant(closing));
        if (counted === 0) return;
        const lastWorked = worked.lastIndexOf(true, to - 1);
        expectSame('add', calendar.add(instant(from), counted * minute), instant(lastWorked + 1));
      }),
      { seed, numRuns: 150 },
    );
  });
});

function expectSame(what: string, found: number | undefined, counted: number): void {
  if (found !== counted) throw new Error(`${what}: ${found}, counted ${counted}`);
}
