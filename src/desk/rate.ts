/**
 * How fast the queue moves, from the claims that this process has seen: what a visitor's turn is estimated by. Too few of them and it is
 * not known, which is then what is said; without further claims the estimate grows by itself.
 */

/** Claims older than this tell nothing of now, ms. */
const window = 30 * 60_000;
/** Fewer claims are no rate. */
const fewest = 3;
/** Claims kept. */
const most = 200;
/** Estimates are rounded up to this, so that they do not flicker, s. */
const grain = 30;

export class ClaimRate {
  #claims: number[] = [];

  /** @param at ms since 1970 */
  claimed(at: number): void {
    this.#claims = [...this.#claims, at].slice(-most);
  }

  /** @param position from 1. @param now ms since 1970. @returns seconds until it is that place's turn; null: not known. */
  estimate(position: number, now: number): number | null {
    const recent = this.#claims.filter((at) => at > now - window && at <= now);
    const [first] = recent;
    if (first === undefined || recent.length < fewest) return null;
    // The first claim begins the span: the others are what happened in it.
    const perClaim = (now - first) / (recent.length - 1);
    return Math.max(1, Math.ceil((perClaim * position) / 1_000 / grain)) * grain;
  }
}
