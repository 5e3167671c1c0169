/** Japanese dates, which the recogniser library does not read: 今日, 3日前, 11月20日, 先週の月曜, 明日の午後3時. */
import { kanjiNumber } from './numerals.ts';

/** ISO 8601, local to the service: a day, or with a time where one was said. */
export function japaneseDate(text: string, now: Date): string | undefined {
  const said = text.normalize('NFKC').replace(/\s+/g, '');
  const day = dayIn(said, now);
  if (!day) return undefined;
  const time = timeIn(said);
  const two = (n: number) => String(n).padStart(2, '0');
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  return time ? `${date}T${two(time.hours)}:${two(time.minutes)}` : date;
}

const named: readonly (readonly [RegExp, number])[] = [
  [/一昨日|おととい/u, -2],
  [/昨日|きのう|昨夜|昨晩|ゆうべ/u, -1],
  [/明後日|あさって/u, 2],
  [/明日|あした|明朝/u, 1],
  [/今日|本日|きょう|今朝|今夜|今晩|今夕|さっき|先ほど|さきほど|たった今/u, 0],
];
const weekdays = '日月火水木金土';

function dayIn(said: string, now: Date): Date | undefined {
  const plus = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const full = /(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})日?/.exec(said);
  if (full) return real(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /(\d{1,2})(?:月|\/)(\d{1,2})日?/.exec(said);
  if (short) return nearest(Number(short[1]), Number(short[2]), now);
  const ago = /([\d一二三四五六七八九十]+|数)(日|週間|ヶ月|か月|カ月|年)(前|後)/u.exec(said);
  if (ago) {
    const n = ago[1] === '数' ? 3 : Math.min(kanjiNumber(ago[1] ?? '') ?? 0, 10_000);
    const signed = ago[3] === '前' ? -n : n;
    if (ago[2] === '日') return plus(signed);
    if (ago[2] === '週間') return plus(7 * signed);
    const months = ago[2] === '年' ? 12 * signed : signed;
    return new Date(now.getFullYear(), now.getMonth() + months, now.getDate());
  }
  const word = named.find(([pattern]) => pattern.test(said));
  if (word) return plus(word[1]);
  const weekday = /(先々週|先週|今週|来週)?の?([日月火水木金土])曜/u.exec(said);
  const weeks = { 先々週: -14, 先週: -7, 今週: 0, 来週: 7 };
  if (weekday) {
    const target = weekdays.indexOf(weekday[2] ?? '');
    // Weeks begin on Monday; without one, the day is the nearest past.
    const monday = -((now.getDay() + 6) % 7);
    if (weekday[1]) return plus(monday + weeks[weekday[1] as keyof typeof weeks] + ((target + 6) % 7));
    return plus(-((now.getDay() - target + 7) % 7));
  }
  const week = /先々週|先週|今週|来週/u.exec(said)?.[0];
  if (week) return plus(weeks[week as keyof typeof weeks] - ((now.getDay() + 6) % 7));
  const month = /先々月|先月|今月|来月/u.exec(said)?.[0];
  if (month) {
    const months = { 先々月: -2, 先月: -1, 今月: 0, 来月: 1 }[month] ?? 0;
    return new Date(now.getFullYear(), now.getMonth() + months, 1);
  }
  return undefined;
}

function timeIn(said: string): { hours: number; minutes: number } | undefined {
  const found = /(午前|午後|朝|夕方|夜)?の?(\d{1,2})(?:時(?:(\d{1,2})分|(半))?|:(\d{2}))/u.exec(said);
  if (!found) return undefined;
  const late = found[1] !== undefined && /午後|夕方|夜/u.test(found[1]);
  const hours = Number(found[2]) + (late && Number(found[2]) < 12 ? 12 : 0);
  const minutes = found[4] ? 30 : Number(found[3] ?? found[5] ?? 0);
  return hours < 24 && minutes < 60 ? { hours, minutes } : undefined;
}

/** Undefined for a day that no month has. */
function real(year: number, month: number, day: number): Date | undefined {
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date : undefined;
}

/** Without a year, the one that makes the day nearest to now. */
function nearest(month: number, day: number, now: Date): Date | undefined {
  const years = [now.getFullYear() - 1, now.getFullYear(), now.getFullYear() + 1];
  return years
    .flatMap((year) => real(year, month, day) ?? [])
    .sort((a, b) => Math.abs(a.getTime() - now.getTime()) - Math.abs(b.getTime() - now.getTime()))[0];
}
