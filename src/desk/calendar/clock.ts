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
  const offset = (at: number): number => zone.offset(at) * 60_000;
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
