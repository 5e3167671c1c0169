import { describe, expect, it } from 'vitest';
import { ClaimRate } from '../../../src/desk/rate.ts';

const minute = 60_000;

function pacedBy(...claims: readonly number[]): ClaimRate {
  const rate = new ClaimRate();
  for (const at of claims) rate.claimed(at);
  return rate;
}

describe('the estimate of a wait', () => {
  it('Q6 is the place times the recent pace', () => {
    const rate = pacedBy(0, 2 * minute, 4 * minute, 6 * minute);
    expect(rate.estimate(1, 6 * minute)).toBe(120);
    expect(rate.estimate(3, 6 * minute)).toBe(360);
  });

  it('Q6 is not known where too little has happened, or nothing lately', () => {
    expect(pacedBy().estimate(1, 0)).toBeNull();
    expect(pacedBy(0, minute).estimate(1, minute)).toBeNull();
    expect(pacedBy(0, minute, 2 * minute).estimate(1, 33 * minute)).toBeNull();
  });

  it('Q6 grows while nothing moves, and is never less than half a minute', () => {
    const rate = pacedBy(0, 10, 20);
    expect(rate.estimate(1, 20)).toBe(30);
    expect(rate.estimate(1, 20 * minute)).toBe(600);
  });
});
