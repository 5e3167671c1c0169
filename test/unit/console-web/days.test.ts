import { describe, expect, it } from 'vitest';
import { momentsOf } from '../../../src/console/web/days.ts';

describe('a day of a date field', () => {
  it('is its first and last moment by the reader’s clock', () => {
    expect(momentsOf('2026-11-25')).toEqual({
      first: new Date(2026, 10, 25).toISOString(),
      last: new Date(new Date(2026, 10, 26).getTime() - 1).toISOString(),
    });
  });
  it.each(['', '20261-11-25', '2026-13-01', 'soon'])('is none where the field holds "%s"', (typed) => {
    expect(momentsOf(typed)).toBeUndefined();
  });
});
