const ceiling = 15_000;

/**
 * Milliseconds to wait before try number `attempt` + 1 (counted from 0): between half and the whole of 1, 2, 4, 8, 15, 15 … s,
 * so that the pages a restarted service left behind do not come back all at once. `random` is in [0, 1).
 */
export function backoff(attempt: number, random: number): number {
  const whole = Math.min(ceiling, 1000 * 2 ** Math.min(attempt, 10));
  return Math.round(whole / 2 + (whole / 2) * random);
}
