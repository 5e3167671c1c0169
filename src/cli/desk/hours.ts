import type { Language } from '../../conversation/language.ts';
import { wallClock } from '../../desk/calendar/clock.ts';
import { type Day, dayBooks } from '../../desk/calendar/days.ts';
import { Schedule } from '../../desk/calendar/schedule.ts';
import { show } from '../../desk/rules/hours.ts';
import { parseBytes, shippedPath } from '../../desk/rules/read.ts';
import { place } from '../faq/lint.ts';
import { Misuse, write } from '../faq/streams.ts';
import { columns } from '../faq/table.ts';
import { bytesOf, type Output } from './lint.ts';

export interface Asked {
  /** Undefined: `./desk.yaml`. */
  readonly path: string | undefined;
  /** ms since 1970. */
  readonly now: number;
  /** As `2026-12-31`; undefined: today on the desk's clock. */
  readonly from: string | undefined;
  readonly days: number;
  readonly language: Language;
}

const texts = {
  date: { ja: '日付', en: 'Date' },
  desk: { ja: '窓口', en: 'Desk' },
  tier: { ja: 'Tier ', en: 'Tier ' },
  closed: { ja: '休み', en: 'closed' },
  own: { ja: '独自の営業日', en: 'own hours' },
  sum: { ja: '合計', en: 'In all' },
  hours: { ja: '時間', en: ' h' },
  weekdays: { ja: ['月', '火', '水', '木', '金', '土', '日'], en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] },
};

const day = 24 * 3_600_000;

/** Prints the calendar that the file yields: a row a day, a column for the desk, each tier of its own hours, each roster. */
export async function hours(asked: Asked, { out, err }: Output): Promise<number> {
  const { path = shippedPath, language } = asked;
  const read = parseBytes(path, await bytesOf(path));
  if ('problems' in read) {
    for (const problem of read.problems) err.write(`${place(problem)}\n`);
    return 1;
  }
  const { desk, calendar } = read.rules;
  const clock = wallClock(desk.timezone);
  const first = asked.from === undefined ? dateOf(clock.reading(asked.now)) : dayGiven(asked.from);
  const dates = Array.from({ length: asked.days }, (_, i) => first + i * day);
  const books = dayBooks(calendar);
  const who = [
    { name: texts.desk[language], days: books.desk },
    ...[...books.tiers].map(([tier, days]) => ({ name: `${texts.tier[language]}${tier}`, days })),
    ...[...books.rosters].map(([agent, days]) => ({ name: agent, days })),
  ];
  const rows = dates.map((date) => {
    const [iso, weekday] = [new Date(date).toISOString().slice(0, 10), (new Date(date).getUTCDay() + 6) % 7];
    return [
      `${iso} ${texts.weekdays[language][weekday]}`,
      ...who.map(({ days }) => shownDay(days(iso, weekday), language)),
    ];
  });
  // A sum tells of nights on which clocks change, which hours on the clock do not.
  const [from, to] = [clock.instant(first), clock.instant(first + asked.days * day)];
  const sums = who.map(({ days }) => {
    const open = new Schedule(clock, days).between(from, to) / 3_600_000;
    return `${Number(open.toFixed(2))}${texts.hours[language]}`;
  });
  const table = [[texts.date[language], ...who.map(({ name }) => name)], ...rows, [texts.sum[language], ...sums]];
  const all = [0, ...who.map((_, i) => i + 1)];
  await write(out, `${desk.name[language]} · ${desk.timezone}\n\n${columns(table, all)}\n`);
  return 0;
}

function shownDay({ shifts, because, name }: Day, language: Language): string {
  const times = shifts.map(show).join(' ') || texts.closed[language];
  const why = name?.[language] ?? (because === 'open' ? texts.own[language] : undefined);
  return why ? `${times} (${why})` : times;
}

const dateOf = (reading: number): number => Math.floor(reading / day) * day;

function dayGiven(text: string): number {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00Z`) : Number.NaN;
  if (!Number.isNaN(date) && new Date(date).toISOString().startsWith(text)) return date;
  throw new Misuse(`--from is "${text}"; allowed is a date such as 2026-12-31`);
}
