import { vi } from 'vitest';

/** Waits until the fact holds; patient, for a laden machine is slow. @param within ms */
export const soon = <T>(fact: () => T | Promise<T>, within = 15_000): Promise<T> =>
  vi.waitFor(fact, { timeout: within, interval: 5 });
