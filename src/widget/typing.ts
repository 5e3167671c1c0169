import type { Clock } from './clock.ts';

/** A typing notice holds this long (ms); the other side repeats it at least every 3 s while it goes on. */
const holds = 6_000;
const tellEvery = 3_000;

/** Who is typing on the other side, and when it is time to tell that this side types. */
export class Typing {
  readonly #clock: Clock;
  readonly #ended: () => void;
  #who: string | null = null;
  #toldAt = 0;
  #cancel: () => void = () => {};

  /** @param ended a notice has run out. */
  constructor(clock: Clock, ended: () => void) {
    this.#clock = clock;
    this.#ended = ended;
  }

  /** '' when nameless, null when nobody is. */
  get who(): string | null {
    return this.#who;
  }

  show(who: string): void {
    this.#cancel();
    this.#who = who;
    this.#cancel = this.#clock.after(holds, () => {
      this.#who = null;
      this.#ended();
    });
  }

  clear(): void {
    this.#cancel();
    this.#who = null;
  }

  /** True at most every 3 s; the answer counts as told. */
  due(): boolean {
    if (this.#clock.now() - this.#toldAt < tellEvery) return false;
    this.#toldAt = this.#clock.now();
    return true;
  }
}
