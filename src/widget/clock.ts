/** Time as the chat uses it; tests bring their own. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Runs `task` once, `ms` from now, unless the returned function is called before. */
  after(ms: number, task: () => void): () => void;
}

/** `setTimeout` holds 31 bits; a longer wait (24 days) ends early, and whoever waits looks at the clock again anyway. */
const longest = 2 ** 31 - 1;

export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, Math.min(Math.max(0, ms), longest));
    return () => clearTimeout(timer);
  },
};
