import { describe, expect, it } from 'vitest';
import { alwaysOpen, type Calendar } from '../../../src/conversation/calendar.ts';
import type { Terms } from '../../../src/conversation/world.ts';
import { type StaffingOptions, staffingOf } from '../../../src/desk/staffing.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';

const hour = 3_600_000;
const nine = Date.UTC(2026, 3, 1, 9);
const opensAt = Date.UTC(2026, 3, 2, 9);
/** Nine to five, one day after another. */
const office: Calendar = {
  ...alwaysOpen,
  isOpen: (at) => new Date(at).getUTCHours() >= 9 && new Date(at).getUTCHours() < 17,
  nextOpening: () => opensAt,
  nextClosing: () => Date.UTC(2026, 3, 1, 17),
  isOnShift: (agent) => agent !== 'off',
};

function desk(over: Partial<StaffingOptions> = {}, terms: Partial<Terms> = {}): StaffingOptions {
  return {
    terms: () => ({ ...shippedTerms, calendar: office, ...terms }),
    waiting: async () => 2,
    available: async () => [{ name: 'aiko', tier: 1 }],
    ...over,
  };
}

const full = {
  rules: { ...shippedTerms.rules, queue: { ...shippedTerms.rules.queue, mostWaiting: 2 } },
};

describe('whether somebody can take a case', () => {
  it('Q9 is open while somebody is there, with how many wait', async () => {
    expect(await staffingOf(desk(), 1, nine)).toEqual({ state: 'open', waiting: 2 });
  });

  it('Q9 is closed outside the hours, until they begin', async () => {
    expect(await staffingOf(desk(), 1, nine - hour)).toEqual({ state: 'closed', opening: opensAt });
  });

  it('Q9 is full when as many wait as may, and what is left over is for the next opening', async () => {
    expect(await staffingOf(desk({}, full), 1, nine)).toEqual({ state: 'full', opening: opensAt });
  });

  it('Q9 has nobody where nobody is signed in, on shift, or of the tier', async () => {
    const nobody = { state: 'nobody', opening: opensAt };
    expect(await staffingOf(desk({ available: async () => [] }), 1, nine)).toEqual(nobody);
    expect(await staffingOf(desk({ available: async () => [{ name: 'off', tier: 3 }] }), 1, nine)).toEqual(nobody);
    expect(await staffingOf(desk(), 2, nine)).toEqual(nobody);
  });

  it('Q9 names no opening where there is none to name', async () => {
    const always = desk({ available: async () => [] }, { calendar: alwaysOpen });
    expect(await staffingOf(always, 1, nine)).toEqual({ state: 'nobody', opening: undefined });
  });
});
