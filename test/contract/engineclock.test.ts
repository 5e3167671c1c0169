import { describe, expect, it } from 'vitest';
import { EngineClock } from '../../src/store/engineclock.ts';

const hour = 3_600_000;

/** A clock on a process that began at 0 with its own clock at `own`. */
function clockAt(own: number) {
  let elapsed = 0;
  const clock = new EngineClock(() => elapsed, own);
  return {
    clock,
    pass: (ms: number) => {
      elapsed += ms;
    },
    look: (theirs: number, took = 2) => {
      const asked = elapsed;
      elapsed += took;
      clock.learn(theirs, asked, elapsed);
    },
  };
}

describe("the engine's clock, as a process keeps it,", () => {
  it("S14 is the engine's from the first look on, and runs on between two", () => {
    const { clock, pass, look } = clockAt(10 * hour);
    look(5 * hour, 2);
    expect(clock.now()).toBe(5 * hour + 1);
    pass(1_500.7);
    expect(clock.now()).toBe(5 * hour + 1_501);
  });

  it('S14 stands where a look sets it back a little, and follows an engine whose clock was set back', () => {
    const { clock, pass, look } = clockAt(0);
    look(5 * hour, 0);
    pass(1_000);
    const before = clock.now();
    look(before - 300, 0);
    expect(clock.now()).toBe(before);
    pass(400);
    expect(clock.now()).toBe(before + 100);
    look(4 * hour, 0);
    expect(clock.now()).toBe(4 * hour);
  });

  it('S14 takes no correction from a look that took long', () => {
    const { clock, look } = clockAt(0);
    look(5 * hour, 0);
    look(5 * hour + 9_000, 1_800);
    expect(clock.now()).toBe(5 * hour + 1_800);
  });
});
