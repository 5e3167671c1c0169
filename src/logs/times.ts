/** The times that logs begin their entries with. */

export interface Stamp {
  /** ms since 1970; as if UTC where `local`. Undefined: a time of day without a date. */
  readonly at: number | undefined;
  readonly local: boolean;
  /** Characters it takes from the line's start. */
  readonly length: number;
}

interface TimeFormat {
  readonly pattern: RegExp;
  read(found: RegExpExecArray, now: number): Omit<Stamp, 'length'> | undefined;
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const monthOf = (name: string): number => {
  const at = months.indexOf(name.slice(0, 3));
  return at < 0 || at % 3 !== 0 ? Number.NaN : at / 3;
};

const zoneOf = (zone: string | undefined): number | undefined => {
  if (!zone) return undefined;
  if (zone === 'Z' || zone === 'UTC' || zone === 'GMT') return 0;
  if (zone === 'JST') return 9 * 3_600_000;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
};

const msOf = (fraction: string | undefined): number => (fraction ? Number(fraction.slice(0, 3).padEnd(3, '0')) : 0);

function at(
  [year, month, day, hour, minute, second]: readonly number[],
  ms: number,
  zone: number | undefined,
): Omit<Stamp, 'length'> | undefined {
  const time = Date.UTC(year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0, ms);
  return Number.isFinite(time) ? { at: time - (zone ?? 0), local: zone === undefined } : undefined;
}

const hours = (hour: string | undefined, half: string | undefined): number => {
  const told = Number(hour);
  if (!half) return told;
  return (told % 12) + (/^(p|午後)/i.test(half) ? 12 : 0);
};

/** A date without a year is of the newest year in which it is not in the future. */
function yearless(month: number, day: number, now: number): number {
  const year = new Date(now).getUTCFullYear();
  return Date.UTC(year, month, day) > now + 48 * 3_600_000 ? year - 1 : year;
}

const zone = String.raw`(Z|UTC|GMT|JST|[+-]\d\d:?\d\d)?`;
const clock = String.raw`(\d{1,2}):(\d\d):(\d\d)(?:[.,:](\d{1,9}))?`;

const formats: readonly TimeFormat[] = [
  {
    // 2026-11-25T09:30:00.123+09:00, 2026/11/25 9:30:00
    pattern: new RegExp(String.raw`^[\[("]?(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[T_]|,? )${clock} ?${zone}[\])"]?`),
    read: (f) =>
      at(
        [Number(f[1]), Number(f[2]) - 1, Number(f[3]), Number(f[4]), Number(f[5]), Number(f[6])],
        msOf(f[7]),
        zoneOf(f[8]),
      ),
  },
  {
    // Nov  5 09:30:00 (syslog)
    pattern: new RegExp(String.raw`^(?:<\d{1,3}>)?([A-Z][a-z]{2}) {1,2}(\d{1,2}) ${clock}`),
    read: (f, now) => {
      const month = monthOf(f[1] ?? '');
      const year = yearless(month, Number(f[2]), now);
      return at([year, month, Number(f[2]), Number(f[3]), Number(f[4]), Number(f[5])], msOf(f[6]), undefined);
    },
  },
  {
    // 11/25/2026 9:30:00 AM; 25/11/2026 where the first number can be no month
    pattern: new RegExp(String.raw`^\[?(\d{1,2})/(\d{1,2})/(\d{4}),? ${clock} ?([AP]M)?\]?`, 'i'),
    read: (f) => {
      const dayFirst = Number(f[1]) > 12;
      const [month, day] = dayFirst ? [f[2], f[1]] : [f[1], f[2]];
      const time = [hours(f[4], f[8]), Number(f[5]), Number(f[6])];
      return at([Number(f[3]), Number(month) - 1, Number(day), ...time], msOf(f[7]), undefined);
    },
  },
  {
    // 25/Nov/2026:09:30:00 +0900, 25-Nov-2026 09:30:00.123
    pattern: new RegExp(String.raw`^\[?(\d{1,2})[-/ ]([A-Z][a-z]{2})[-/ ](\d{4})[: ]${clock} ?${zone}\]?`),
    read: (f) =>
      at(
        [Number(f[3]), monthOf(f[2] ?? ''), Number(f[1]), Number(f[4]), Number(f[5]), Number(f[6])],
        msOf(f[7]),
        zoneOf(f[8]),
      ),
  },
  {
    // [Wed Nov 25 09:30:00.123456 2026] (Apache)
    pattern: new RegExp(String.raw`^\[?(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) {1,2}(\d{1,2}) ${clock} (\d{4})\]?`),
    read: (f) =>
      at(
        [Number(f[7]), monthOf(f[1] ?? ''), Number(f[2]), Number(f[3]), Number(f[4]), Number(f[5])],
        msOf(f[6]),
        undefined,
      ),
  },
  {
    // Nov 25, 2026 9:30:00 AM (java.util.logging)
    pattern: new RegExp(String.raw`^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? ${clock} ?([AP]M)?`),
    read: (f) => {
      const time = [hours(f[4], f[8]), Number(f[5]), Number(f[6])];
      return at([Number(f[3]), monthOf(f[1] ?? ''), Number(f[2]), ...time], msOf(f[7]), undefined);
    },
  },
  {
    // 2026年11月25日 9時30分00秒, 2026年11月25日 午後 9:30:00
    pattern:
      /^[[【]?(\d{4})年 ?(\d{1,2})月 ?(\d{1,2})日 ?(?:\([^)]\)|（[^）]）)? ?(午前|午後)? ?(\d{1,2})[時:](\d{1,2})[分:](\d{1,2})秒?[\]】]?/,
    read: (f) => {
      const time = [hours(f[5], f[4]), Number(f[6]), Number(f[7])];
      return at([Number(f[1]), Number(f[2]) - 1, Number(f[3]), ...time], 0, undefined);
    },
  },
  {
    // 20261125 09:30:00, 20261125T093000Z
    pattern: /^\[?(20\d\d)(\d\d)(\d\d)[ T_-]?(\d\d):?(\d\d):?(\d\d)(?:[.,](\d{1,9}))?(Z)?\]?(?!\d)/,
    read: (f) =>
      at(
        [Number(f[1]), Number(f[2]) - 1, Number(f[3]), Number(f[4]), Number(f[5]), Number(f[6])],
        msOf(f[7]),
        zoneOf(f[8]),
      ),
  },
  {
    // 11-25 09:30:00.123 (Android), E1125 09:30:00.123456 (glog)
    pattern: /^[IWEF]?(\d\d)-?(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3,9})/,
    read: (f, now) => {
      const month = Number(f[1]) - 1;
      const year = yearless(month, Number(f[2]), now);
      return at([year, month, Number(f[2]), Number(f[3]), Number(f[4]), Number(f[5])], msOf(f[6]), undefined);
    },
  },
  {
    // 1795598400.123, 1795598400123
    pattern: /^\[?(1\d{9})(?:\.(\d{1,9})|(\d{3}))?\]?(?=[\s,|:])/,
    read: (f) => ({ at: Number(f[1]) * 1000 + msOf(f[2] ?? f[3]), local: false }),
  },
  {
    // 09:30:00.123: a new entry, on a day nobody has told
    pattern: new RegExp(String.raw`^\[?${clock}\]?(?=[\s,|])`),
    read: () => ({ at: undefined, local: true }),
  },
];

/**
 * Reads the time at a line's start. A log keeps to one format, so the last one that fitted is tried first.
 * @param now ms since 1970: for dates without a year.
 */
export function timeReader(now: number): (line: string) => Stamp | undefined {
  let last = formats[0] as TimeFormat;
  const tryOne = (format: TimeFormat, line: string): Stamp | undefined => {
    const found = format.pattern.exec(line);
    const read = found && format.read(found, now);
    return read ? { ...read, length: found[0].length } : undefined;
  };
  return (line) => {
    // Every format begins with one of these, and most lines of a stack trace with none.
    if (!/^[[("<【]?[0-9A-Z]/.test(line)) return undefined;
    const usual = tryOne(last, line);
    if (usual) return usual;
    for (const format of formats) {
      if (format === last) continue;
      const read = tryOne(format, line);
      if (read) {
        last = format;
        return read;
      }
    }
    return undefined;
  };
}

/** A time that stands alone, as in a field. */
export function timeOf(value: unknown, now: number): { at: number; local: boolean } | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) {
    // Seconds, milliseconds, microseconds or nanoseconds since 1970, by size.
    const ms = value > 1e17 ? value / 1e6 : value > 1e14 ? value / 1e3 : value > 1e11 ? value : value * 1e3;
    return ms > 0 && ms < 4e12 ? { at: Math.round(ms), local: false } : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const stamp = timeReader(now)(`${value.trim()} `);
  return stamp?.at === undefined ? undefined : { at: stamp.at, local: stamp.local };
}
