/** Work that a process looks for again and again: one look at a time, the next a while after the last has ended. */

export interface Repeating {
  /** Waits for the look that is under way. */
  stop(): Promise<void>;
}

/** @param pause ms until the next look, asked anew each time. @param look must not throw. */
export function startRepeating(look: () => Promise<void>, pause: () => number): Repeating {
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = look().then(schedule);
    }, pause());
    timer.unref();
  };
  schedule();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
