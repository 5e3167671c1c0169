/** How long something has waited, and how near its due time is, as people say it in each language. All arguments in milliseconds. */
import type { Language } from '../../conversation/language.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const two = (n: number) => String(n).padStart(2, '0');

/**
 * A duration in at most two units: seconds below a minute, minutes below an hour, then hours and minutes, then days and hours.
 * Cut, not rounded: nobody has waited "5 min" before five minutes are over. A negative one (clocks differ) reads as 0 seconds.
 */
export function formatDuration(ms: number, language: Language): string {
  const span = Math.max(0, ms);
  const ja = language === 'ja';
  if (span < minute) {
    const s = Math.floor(span / second);
    return ja ? `${s}秒` : `${s} s`;
  }
  if (span < hour) {
    const m = Math.floor(span / minute);
    return ja ? `${m}分` : `${m} min`;
  }
  if (span < day) {
    const h = Math.floor(span / hour);
    const m = two(Math.floor((span % hour) / minute));
    return ja ? `${h}時間${m}分` : `${h} h ${m} min`;
  }
  const d = Math.floor(span / day);
  const h = Math.floor((span % day) / hour);
  return ja ? `${d}日${h}時間` : `${d} d ${h} h`;
}

/** How near a due time is: `soon` is the last fifth of an hour (12 min), `over` from the due moment on. */
export type Urgency = 'calm' | 'soon' | 'over';

export function urgencyOf(dueAt: number, now: number): Urgency {
  if (now >= dueAt) return 'over';
  return dueAt - now <= 12 * minute ? 'soon' : 'calm';
}

/** How dates are written; English ones as the desk's own texts are, day first. */
export const localeFor = (language: Language): string => (language === 'ja' ? 'ja-JP' : 'en-GB');

/** The clock time of an entry; with the date when it was not today. */
export function formatClock(at: number, now: number, language: Language): string {
  const locale = localeFor(language);
  const date = new Date(at);
  const time = date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.toLocaleDateString(locale, { month: 'short', day: 'numeric' })} ${time}`;
}
