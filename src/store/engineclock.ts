/**
 * The engine's time as one process keeps it: read from the engine now and then, and carried on by the process's monotonic clock. So
 * processes whose own clocks are wrong, or are set while they run, agree on when a time has come.
 */
import { performance } from 'node:perf_hooks';

/** A clock may be set back by so much without its being seen, ms; a greater step is a clock that was set right. */
const mostHeld = 5_000;
/** A look that took longer says too little, ms: it may be wrong by half of that. */
const longestLook = 500;

/** A clock that stands rather than goes back a little. @param read ms since 1970 @returns ms since 1970, whole */
export function steady(read: () => number): () => number {
  let newest = Number.NEGATIVE_INFINITY;
  return () => {
    const now = Math.floor(read());
    newest = now < newest - mostHeld ? now : Math.max(now, newest);
    return newest;
  };
}

export class EngineClock {
  readonly now: () => number;
  /** ms since 1970 when the process's monotonic clock stood at 0. */
  #origin: number;
  #isLearnt = false;

  /** @param elapsed monotonic, ms. @param own what the time is taken to be until the first look, ms since 1970. */
  constructor(elapsed: () => number = () => performance.now(), own: number = Date.now()) {
    this.#origin = own - elapsed();
    this.now = steady(() => this.#origin + elapsed());
  }

  /** @param theirs what the engine's clock showed, ms since 1970. @param asked @param answered monotonic, ms. */
  learn(theirs: number, asked: number, answered: number): void {
    if (this.#isLearnt && answered - asked > longestLook) return;
    this.#isLearnt = true;
    this.#origin = theirs - (asked + answered) / 2;
  }
}
