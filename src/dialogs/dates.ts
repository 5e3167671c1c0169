/** Japanese dates, which the recogniser library does not read: 今日, 3日前, 11月20日, 先週の月曜, 明日の午後3時. */
import { isoDay, two } from './clock.ts';
import { kanjiNumber } from './numerals.ts';

export type Side = 'past' | 'future' | undefined;

/**
 * ISO 8601, on the desk's wall clock: a day, or with a time where one was said.
 * @param now whose local fields are that clock. @param side of today that was asked for, where the words leave it open.
 */
export function japaneseDate(text: string, now: Date, side?: Side): string | undefined {
  const said = text.normalize('NFKC').replace(/\s+/g, '');
  const ago = momentsAgo(said, now);
  if (ago) return `${isoDay(ago)}T${two(ago.getHours())}:${two(ago.getMinutes())}`;
  const time = timeIn(said);
  const day = dayIn(said, now, side) ?? (time && nearestDayOf(time, now, side));
  if (!day) return undefined;
  return time ? `${isoDay(day)}T${two(time.hours)}:${two(time.minutes)}` : isoDay(day);
}

/** A time alone is today's; where the past is asked for and it is still to come, yesterday's; likewise ahead. */
function nearestDayOf({ hours, minutes }: Time, now: Date, side: Side): Date {
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hours, minutes);
  const off = side === 'past' && at > now ? -1 : side === 'future' && at < now ? 1 : 0;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + off);
}

/** 3時間前, 30分ほど前, 半日前. */
function momentsAgo(said: string, now: Date): Date | undefined {
  const found = /([\d一二三四五六七八九十]+|数|半)(時間|分|日)(?:くらい|ぐらい|ほど)?前/u.exec(said);
  if (!found || (found[2] === '日' && found[1] !== '半')) return undefined;
  const n = found[1] === '半' ? (found[2] === '日' ? 12 : 0.5) : countOf(found[1] ?? '');
  const minutes = found[2] === '分' ? n : n * 60;
  return new Date(now.getTime() - minutes * 60_000);
}

/** 数: a few. */
const countOf = (text: string): number => (text === '数' ? 3 : Math.min(kanjiNumber(text) ?? 0, 10_000));

const named: readonly (readonly [RegExp, number])[] = [
  [/一昨々日|さきおととい/u, -3],
  [/一昨日|おととい/u, -2],
  [/昨日|きのう|昨夜|昨晩|ゆうべ|前日/u, -1],
  [/明々後日|しあさって/u, 3],
  [/明後日|あさって/u, 2],
  [/明日|あした|明朝/u, 1],
  [/今日|本日|きょう|今朝|けさ|今夜|今晩|今夕|さっき|先ほど|さきほど|先程|たった今|ついさっき/u, 0],
];
const weekdays = '日月火水木金土';

function dayIn(said: string, now: Date, side: Side): Date | undefined {
  const plus = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const full = /(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})日?/.exec(said);
  if (full) return real(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /([\d一二三四五六七八九十]{1,3})(?:月|\/)([\d一二三四五六七八九十]{1,3})日?/u.exec(said);
  if (short) return nearest(kanjiNumber(short[1] ?? '') ?? 0, kanjiNumber(short[2] ?? '') ?? 0, now, side);
  if (/半年(?:くらい|ぐらい|ほど)?前/u.test(said)) return monthsOn(now, -6);
  const ago = /([\d一二三四五六七八九十]+|数)(日|週間|[ヶか箇カケ]月|年)(?:くらい|ぐらい|ほど)?(前|後)/u.exec(said);
  if (ago) {
    const signed = countOf(ago[1] ?? '') * (ago[3] === '前' ? -1 : 1);
    if (ago[2] === '日') return plus(signed);
    if (ago[2] === '週間') return plus(7 * signed);
    return monthsOn(now, ago[2] === '年' ? 12 * signed : signed);
  }
  const word = named.find(([pattern]) => pattern.test(said));
  if (word) return plus(word[1]);
  const month = /先々月|先月|今月|来月/u.exec(said)?.[0];
  const months = { 先々月: -2, 先月: -1, 今月: 0, 来月: 1 }[month ?? ''];
  if (/月末/u.test(said)) return new Date(now.getFullYear(), now.getMonth() + (months ?? 0) + 1, 0);
  const dayOfMonth = /(\d{1,2}|[一二三四五六七八九十]{1,3})日(?![間目])/u.exec(said)?.[1];
  if (dayOfMonth) return inMonth(kanjiNumber(dayOfMonth) ?? 0, months, now, side);
  const weekday = /(先々週|先週|前の週|今週|来週|再来週)?の?([日月火水木金土])曜/u.exec(said);
  if (weekday) {
    const target = weekdays.indexOf(weekday[2] ?? '');
    if (weekday[1]) return plus(monday(now) + (weeks[weekday[1]] ?? 0) + ((target + 6) % 7));
    const ahead = (target - now.getDay() + 7) % 7;
    // "Next Friday" is not today; a bare one is the nearest on the side asked for, or the past one.
    if (/(次|今度)の/u.test(said)) return plus(ahead || 7);
    if (/前の|この間の|こないだの/u.test(said)) return plus(ahead - 7);
    return plus(side === 'future' || ahead === 0 ? ahead : ahead - 7);
  }
  const week = /先々週|先週|今週|再来週|来週/u.exec(said)?.[0];
  if (week) return plus(monday(now) + (weeks[week] ?? 0));
  if (months !== undefined) return new Date(now.getFullYear(), now.getMonth() + months, 1);
  return undefined;
}

/** Days to this week's Monday: weeks begin there. */
const monday = (now: Date): number => -((now.getDay() + 6) % 7);
const weeks: Readonly<Record<string, number>> = { 先々週: -14, 先週: -7, 前の週: -7, 今週: 0, 来週: 7, 再来週: 14 };

/** Months on or back; a day that month does not have becomes its last. */
function monthsOn(now: Date, months: number): Date {
  const last = new Date(now.getFullYear(), now.getMonth() + months + 1, 0);
  return new Date(last.getFullYear(), last.getMonth(), Math.min(now.getDate(), last.getDate()));
}

/** The 25th: of the month said, else of this one or the next on the side asked for. */
function inMonth(day: number, months: number | undefined, now: Date, side: Side): Date | undefined {
  const of = (offset: number) => {
    const first = new Date(now.getFullYear(), now.getMonth() + offset, 1);
    return real(first.getFullYear(), first.getMonth() + 1, day);
  };
  if (months !== undefined) return of(months);
  if (side === 'future') return day >= now.getDate() ? of(0) : of(1);
  return day <= now.getDate() ? of(0) : of(-1);
}

interface Time {
  readonly hours: number;
  readonly minutes: number;
}

function timeIn(said: string): Time | undefined {
  const found =
    /(午前|午後|早朝|朝|お?昼|夕方|深夜|夜中|未明|昨夜|昨晩|今夜|今晩|夜|晩)?の?(\d{1,2}|[一二三四五六七八九十]{1,2})(?:時(?!間)(?:(\d{1,2})分|(半))?|:(\d{2}))/u.exec(
      said,
    );
  if (!found) return /正午|お昼(?!休み)/u.test(said) ? { hours: 12, minutes: 0 } : undefined;
  const [, part = '', hour = '', minute, half, clock] = found;
  const said12 = kanjiNumber(hour) ?? 24;
  const late = /午後|夕方|夜|晩/u.test(part) && !/夜中/u.test(part);
  // 夜の12時 is midnight, 昼の1時 the afternoon.
  const hours =
    late && said12 >= 12
      ? said12 === 12 && part !== '午後'
        ? 0
        : said12
      : said12 +
        ((late && said12 >= 4) || (part === '午後' && said12 < 12) || (/昼/u.test(part) && said12 < 6) ? 12 : 0);
  const minutes = half ? 30 : Number(minute ?? clock ?? 0);
  return hours < 24 && minutes < 60 ? { hours, minutes } : undefined;
}

/** Undefined for a day that no month has. */
function real(year: number, month: number, day: number): Date | undefined {
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date : undefined;
}

/** Without a year, the one that makes the day nearest to now; where the past is asked for, the last one. */
function nearest(month: number, day: number, now: Date, side: Side): Date | undefined {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const days = [-1, 0, 1].flatMap((years) => real(now.getFullYear() + years, month, day) ?? []);
  const fitting = side === 'past' ? days.filter((one) => one.getTime() <= today) : days;
  return fitting.sort((a, b) => Math.abs(a.getTime() - today) - Math.abs(b.getTime() - today))[0];
}
