/** How often something may be asked for: so many at once, then one by one as time passes. In this process. */
export interface Pace {
  /** Most at once. */
  readonly burst: number;
  /** How soon one more is allowed, ms. */
  readonly every: number;
}

/** Keys remembered; of more, those that have been used least lately begin anew. */
const mostKeys = 10_000;

export class Pacer {
  readonly #pace: () => Pace;
  /** Key → since when it would have been unused, ms since 1970: each taken moves it on by `every`. Oldest use first. */
  readonly #used = new Map<string, number>();

  /** @param pace may change: it holds from the next taken on. */
  constructor(pace: Pace | (() => Pace)) {
    this.#pace = typeof pace === 'function' ? pace : () => pace;
  }

  /**
   * Takes one, or so many, where they are left.
   * @param now ms since 1970
   * @param amount never more than the burst is had
   * @returns 0 when they were taken, else in how many ms as many will be left.
   */
  take(key: string, now: number, amount = 1): number {
    const { burst, every } = this.#pace();
    const used = Math.max(this.#used.get(key) ?? 0, now);
    const wait = used - now - (burst - amount) * every;
    if (wait > 0) return wait;
    this.#used.delete(key);
    this.#used.set(key, used + amount * every);
    const [oldest] = this.#used.keys();
    if (this.#used.size > mostKeys && oldest !== undefined) this.#used.delete(oldest);
    return 0;
  }
}
