/** When people work here. Pure to look at: instants are ms since 1970, spans ms of business time. Without a tier, the desk's own hours. */
export interface Calendar {
  isOpen(at: number, tier?: Tier): boolean;
  /** `at` itself while open; undefined where there is no opening within the horizon. */
  nextOpening(at: number, tier?: Tier): number | undefined;
  /** `at` itself while closed; undefined where it stays open as far as the horizon. */
  nextClosing(at: number, tier?: Tier): number | undefined;
  /**
   * The instant by which `businessMs` (0 or more) of open time have passed since `from`; 0 yields `from`. Never beyond `from` + horizon, where
   * a calendar that opens too little lands.
   */
  add(from: number, businessMs: number, tier?: Tier): number;
  /** Open time from `from` to `to`; 0 where `to` is not after `from`. Looks no further than `from` + horizon. */
  between(from: number, to: number, tier?: Tier): number;
  /** Whether this agent's roster has them at work; an agent without a roster works whenever signed in. */
  isOnShift(agent: string, at: number): boolean;
}

export type Tier = 1 | 2 | 3;

/** How far ahead a calendar looks, ms: three years. */
export const horizon = 3 * 366 * 24 * 3_600_000;

export const alwaysOpen: Calendar = {
  isOpen: () => true,
  nextOpening: (at) => at,
  nextClosing: () => undefined,
  add: (from, businessMs) => Math.min(from + Math.max(0, businessMs), from + horizon),
  between: (from, to) => Math.min(Math.max(0, to - from), horizon),
  isOnShift: () => true,
};
