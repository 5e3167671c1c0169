import type { LogFinding } from '../conversation/logs.ts';

const mostBuckets = 24;

/** Counts over time without knowing the span beforehand: when it has grown too long, neighbours are joined. Size is fixed. */
export class Histogram {
  /** Of one stretch, ms. */
  #width = 1_000;
  readonly #counts = new Map<number, [total: number, errors: number]>();
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;

  add(at: number, isError: boolean): void {
    let place = Math.floor(at / this.#width);
    if (place < this.#least || place > this.#most) {
      this.#least = Math.min(this.#least, place);
      this.#most = Math.max(this.#most, place);
      while (this.#most - this.#least >= mostBuckets) this.#widen();
      place = Math.floor(at / this.#width);
    }
    const count = this.#counts.get(place);
    if (!count) this.#counts.set(place, [1, isError ? 1 : 0]);
    else {
      count[0]++;
      if (isError) count[1]++;
    }
  }

  #widen(): void {
    this.#width *= 2;
    const before = [...this.#counts];
    this.#counts.clear();
    for (const [place, [total, errors]] of before) {
      const joined = Math.floor(place / 2);
      const count = this.#counts.get(joined);
      if (!count) this.#counts.set(joined, [total, errors]);
      else {
        count[0] += total;
        count[1] += errors;
      }
    }
    this.#least = Math.floor(this.#least / 2);
    this.#most = Math.floor(this.#most / 2);
  }

  /** Undefined where nothing was counted. */
  finding(): LogFinding['histogram'] {
    if (this.#counts.size === 0) return undefined;
    const places = Array.from({ length: this.#most - this.#least + 1 }, (_, i) => this.#counts.get(this.#least + i));
    return {
      from: new Date(this.#least * this.#width).toISOString(),
      widthMs: this.#width,
      total: places.map((count) => count?.[0] ?? 0),
      errors: places.map((count) => count?.[1] ?? 0),
    };
  }
}
