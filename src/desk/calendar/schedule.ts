/** Open time on one timetable, computed a month at a time and kept. All is in ms, instants since 1970. */
import { horizon } from '../../conversation/calendar.ts';
import type { WallClock } from './clock.ts';
import type { DayBook } from './days.ts';

/** Months kept: the horizon, twice. */
const mostMonths = 80;
const minute = 60_000;
const day = 24 * 60 * minute;

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Open time of its month before it. */
  readonly before: number;
}

/** A month of the wall clock, from its first instant to the next month's. */
interface Month {
  /** From January 1970 on. */
  readonly index: number;
  readonly from: number;
  readonly to: number;
  /** In order, none touching another. */
  readonly open: readonly Stretch[];
  readonly total: number;
}

export class Schedule {
  readonly #clock: WallClock;
  readonly #days: DayBook;
  readonly #months = new Map<number, Month>();
  #last: Month | undefined;

  constructor(clock: WallClock, days: DayBook) {
    this.#clock = clock;
    this.#days = days;
  }

  isOpen(at: number): boolean {
    const stretch = lastFrom(this.#monthAt(at).open, at);
    return stretch !== undefined && at < stretch.to;
  }

  nextOpening(at: number): number | undefined {
    const end = at + horizon;
    for (let month = this.#monthAt(at); month.from <= end; month = this.#month(month.index + 1)) {
      const stretch = month.open.find(({ to }) => to > at);
      if (stretch) return stretch.from <= end ? Math.max(at, stretch.from) : undefined;
    }
    return undefined;
  }

  nextClosing(at: number): number | undefined {
    const end = at + horizon;
    let closing = at;
    for (let month = this.#monthAt(at); month.from <= end; month = this.#month(month.index + 1)) {
      const stretch = lastFrom(month.open, closing);
      if (!stretch || closing >= stretch.to) return closing;
      closing = stretch.to;
      // Only what is open to the month's last instant may go on in the next.
      if (closing < month.to) return closing;
    }
    return undefined;
  }

  add(from: number, businessMs: number): number {
    if (!(businessMs > 0)) return from;
    const end = from + horizon;
    let month = this.#monthAt(from);
    let wanted = passed(month, from) + businessMs;
    for (; wanted > month.total; month = this.#month(month.index + 1)) {
      if (month.to >= end) return end;
      wanted -= month.total;
    }
    const stretch = month.open.find(({ from: start, to, before }) => before + to - start >= wanted);
    return stretch ? Math.min(stretch.from + wanted - stretch.before, end) : end;
  }

  between(from: number, to: number): number {
    if (!(to > from)) return 0;
    const end = Math.min(to, from + horizon);
    let month = this.#monthAt(from);
    let open = -passed(month, from);
    for (; month.to < end; month = this.#month(month.index + 1)) open += month.total;
    return open + passed(month, end);
  }

  #monthAt(at: number): Month {
    if (this.#last && this.#last.from <= at && at < this.#last.to) return this.#last;
    const shown = new Date(this.#clock.reading(at));
    let month = this.#month((shown.getUTCFullYear() - 1970) * 12 + shown.getUTCMonth());
    // A clock that is put back over midnight shows the old month once more.
    if (at >= month.to) month = this.#month(month.index + 1);
    this.#last = month;
    return month;
  }

  #month(index: number): Month {
    const known = this.#months.get(index);
    if (known) return known;
    const made = this.#make(index);
    this.#months.set(index, made);
    for (const oldest of this.#months.keys()) {
      if (this.#months.size <= mostMonths) break;
      this.#months.delete(oldest);
    }
    return made;
  }

  #make(index: number): Month {
    const first = Date.UTC(1970, index);
    const next = Date.UTC(1970, index + 1);
    const from = this.#clock.instant(first);
    const to = this.#clock.instant(next);
    const open: Stretch[] = [];
    let total = 0;
    // A shift of the day before may last into the month.
    for (let date = first - day; date < next; date += day) {
      for (const shift of this.#days(isoDate(date), weekday(date)).shifts) {
        const last = open.at(-1);
        const start = Math.max(from, last?.to ?? from, this.#clock.instant(date + shift.from * minute));
        const end = Math.min(to, this.#clock.instant(date + shift.to * minute));
        if (end <= start) continue;
        if (last?.to === start) open[open.length - 1] = { ...last, to: end };
        else open.push({ from: start, to: end, before: total });
        total += end - start;
      }
    }
    return { index, from, to, open, total };
  }
}

const isoDate = (date: number): string => new Date(date).toISOString().slice(0, 10);
/** Monday 0. */
const weekday = (date: number): number => (new Date(date).getUTCDay() + 6) % 7;

/** Open time of the month until an instant, which may lie outside of it. */
function passed({ open }: Month, at: number): number {
  const stretch = lastFrom(open, at);
  return stretch ? stretch.before + Math.min(at, stretch.to) - stretch.from : 0;
}

/** The last stretch that has begun at an instant. */
function lastFrom(open: readonly Stretch[], at: number): Stretch | undefined {
  let low = 0;
  let high = open.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((open[middle]?.from ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return open[low - 1];
}
