import { describe, expect, it } from 'vitest';
import { Pacer } from '../../../src/channels/pace.ts';

describe('a pace', () => {
  it('X11 gives so many at once, then one by one, to each key its own', () => {
    const pacer = new Pacer({ burst: 3, every: 1_000 });
    const take = (now: number, key = 'a') => pacer.take(key, now);
    expect([take(0), take(0), take(0), take(0)]).toEqual([0, 0, 0, 1_000]);
    expect(take(0, 'b')).toBe(0);
    expect(take(400)).toBe(600);
    expect([take(1_000), take(1_000)]).toEqual([0, 1_000]);
    // Whoever was still for long has it all again.
    expect([take(60_000), take(60_000), take(60_000), take(60_000)]).toEqual([0, 0, 0, 1_000]);
  });

  it('X11 remembers a bounded number of keys', () => {
    const pacer = new Pacer({ burst: 1, every: 1_000 });
    pacer.take('first', 0);
    for (let n = 0; n < 10_000; n++) pacer.take(`k${n}`, 0);
    expect(pacer.take('first', 0)).toBe(0);
    expect(pacer.take('k9999', 0)).toBe(1_000);
  });
});
