/**
 * What random tests are drawn from. A gate must say the same of the same commit, so the seed is fixed there; SEED sets another, and the
 * long schedule (`npm run faults -- test/unit` too) draws a new one each time.
 */
import { isLong } from './schedule.ts';

/** Says it too, for whoever must see a failure again. */
export function drawSeed(): number {
  const drawn = process.env.SEED ? Number(process.env.SEED) : isLong ? Date.now() % 2 ** 31 : 20_251_125;
  console.info(`SEED=${drawn}`);
  return drawn;
}

/** Mulberry32: small, and the same everywhere. @returns numbers from 0 up to 1. */
export function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
