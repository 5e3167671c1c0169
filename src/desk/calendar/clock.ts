/** A wall clock of a time zone. Its readings are ms as if the clock showed UTC; instants are ms since 1970. */
import { IANAZone } from 'luxon';

const day = 86_400_000;

export interface WallClock {
  reading(at: number): number;
  /**
   * The first instant at which the clock shows this reading or has gone past it: where an hour is left out, the moment of the leap;
   * where one comes twice, its first time.
   */
  instant(reading: number): number;
}

/** @param timezone an IANA name */
export function wallClock(timezone: string): WallClock {
  const zone = IANAZone.create(timezone);
  const offset = offsetsOf(zone);
  return {
    reading: (at) => at + offset(at),
    instant(reading) {
      // No zone is a day from UTC or leaps twice within two days, so these are the offsets before and after.
      const before = offset(reading - day);
      const after = offset(reading + day);
      if (before === after) return reading - before;
      for (const candidate of [before, after])
        if (offset(reading - candidate) === candidate) return reading - candidate;
      let early = reading - day;
      let late = reading + day;
      while (late - early > 1) {
        const middle = Math.floor((early + late) / 2);
        if (offset(middle) === before) early = middle;
        else late = middle;
      }
      return late;
    },
  };
}

/** Days kept: the horizon and some years around. */
const mostDays = 4_096;

/** The zone's offset at an instant, in ms. Asking the zone is slow, and nearly every day has one offset from end to end. */
function offsetsOf(zone: IANAZone): (at: number) => number {
  const at = (instant: number) => zone.offset(instant) * 60_000;
  const days = new Map<number, number | 'changes'>();
  return (instant) => {
    const date = Math.floor(instant / day);
    let known = days.get(date);
    if (known === undefined) {
      const [start, end] = [at(date * day), at((date + 1) * day)];
      known = start === end ? start : 'changes';
      if (days.size >= mostDays) days.clear();
      days.set(date, known);
    }
    return known === 'changes' ? at(instant) : known;
  };
}
