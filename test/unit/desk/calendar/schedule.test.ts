import { describe, expect, it } from 'vitest';
import { horizon } from '../../../../src/conversation/calendar.ts';
import { type WallClock, wallClock } from '../../../../src/desk/calendar/clock.ts';
import { Schedule } from '../../../../src/desk/calendar/schedule.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** A schedule that counts how often it looks at the clock and into the book of days. */
function counted() {
  const tokyo = wallClock('Asia/Tokyo');
  const looks = { clock: 0, days: 0 };
  const clock: WallClock = {
    reading: (at) => {
      looks.clock++;
      return tokyo.reading(at);
    },
    instant: (reading) => {
      looks.clock++;
      return tokyo.instant(reading);
    },
  };
  const shifts = [{ from: 9 * 60, to: 18 * 60 }];
  const schedule = new Schedule(clock, (_date, weekday) => {
    looks.days++;
    return { shifts: weekday < 5 ? shifts : [] };
  });
  return { schedule, looks };
}

describe('a schedule', () => {
  const now = Date.parse('2026-11-25T10:00+09:00');

  it('R2 works a month out once, then decides without looking', () => {
    const { schedule, looks } = counted();
    schedule.add(now, 100 * hour);
    const { days } = looks;
    looks.clock = 0;
    for (let i = 0; i < 1_000; i++) {
      schedule.isOpen(now + i * hour);
      schedule.add(now, (i % 100) * hour);
      schedule.between(now, now + (i % 200) * hour);
      schedule.nextOpening(now + (i % 200) * hour);
    }
    // No month is worked out again, and a decision asks the clock at most which month it is.
    expect(looks.days).toBeLessThanOrEqual(days + 32);
    expect(looks.clock).toBeLessThanOrEqual(4_000 + 2 * 33);
  });

  it('R5 holds no more months than it needs, however far it is asked', () => {
    const { schedule, looks } = counted();
    for (let year = 0; year < 200; year++) schedule.isOpen(now + year * 366 * day);
    looks.days = 0;
    expect(schedule.between(now, now + 1_000 * horizon)).toBe(schedule.between(now, now + horizon));
    expect(looks.days).toBeLessThan(39 * 33);
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, -1])
      expect(schedule.add(now, odd)).toBeLessThanOrEqual(now + horizon);
  });
});
