import { describe, expect, it } from 'vitest';
import { formatClock, formatDuration, urgencyOf } from '../../../src/console/web/waiting.ts';

const s = 1000;
const m = 60 * s;
const h = 60 * m;

describe('a waiting time', () => {
  it.each([
    [0, '0 s', '0秒'],
    [59.9 * s, '59 s', '59秒'],
    [m, '1 min', '1分'],
    [h - 1, '59 min', '59分'],
    [h, '1 h 00 min', '1時間00分'],
    [h + 5 * m, '1 h 05 min', '1時間05分'],
    [24 * h, '1 d 0 h', '1日0時間'],
    [51 * h + 59 * m, '2 d 3 h', '2日3時間'],
  ])('of %d ms reads as "%s" and 「%s」', (ms, en, ja) => {
    expect(formatDuration(ms, 'en')).toBe(en);
    expect(formatDuration(ms, 'ja')).toBe(ja);
  });

  it('is never negative, even when the clocks differ', () => {
    expect(formatDuration(-5 * m, 'en')).toBe('0 s');
    expect(formatDuration(-5 * m, 'ja')).toBe('0秒');
  });
});

describe('a due time', () => {
  it('is soon from 12 minutes before, and over from its moment on', () => {
    expect(urgencyOf(13 * m, 0)).toBe('calm');
    expect(urgencyOf(12 * m, 0)).toBe('soon');
    expect(urgencyOf(1, 0)).toBe('soon');
    expect(urgencyOf(0, 0)).toBe('over');
  });
});

describe('the clock time of an entry', () => {
  const now = new Date(2026, 4, 20, 15, 0).getTime();

  it('is the time of day alone today', () => {
    expect(formatClock(new Date(2026, 4, 20, 9, 5).getTime(), now, 'en')).toBe('09:05');
    expect(formatClock(new Date(2026, 4, 20, 9, 5).getTime(), now, 'ja')).toBe('09:05');
  });

  it('has the date on another day', () => {
    expect(formatClock(new Date(2026, 4, 19, 9, 5).getTime(), now, 'en')).toBe('19 May 09:05');
    expect(formatClock(new Date(2026, 4, 19, 9, 5).getTime(), now, 'ja')).toBe('5月19日 09:05');
  });
});
