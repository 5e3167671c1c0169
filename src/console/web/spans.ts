import type { TextKey } from './texts.ts';

/** A span for people, in its largest fitting unit: 48 s, 12 min, 3.5 h, 4.1 d. @param ms */
export function spanOf(ms: number): { readonly key: TextKey; readonly n: number } {
  const s = ms / 1_000;
  const tenth = (value: number) => Math.round(value * 10) / 10;
  if (s < 59.5) return { key: 'spanSeconds', n: Math.round(s) };
  if (s < 59.5 * 60) return { key: 'spanMinutes', n: Math.round(s / 60) };
  if (s < 47.95 * 3_600) return { key: 'spanHours', n: tenth(s / 3_600) };
  return { key: 'spanDays', n: tenth(s / 86_400) };
}
