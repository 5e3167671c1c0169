/** Plain text for terminals. Widths count a Japanese character as two columns, as terminals do. */
import type { Share } from '../../understanding/measures.ts';

const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}]/u;

export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

/** Rows in columns, two spaces apart; the first column to the left, others to the right unless `left` says so. */
export function columns(rows: readonly (readonly string[])[], left: readonly number[] = [0]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
    });
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const gap = ' '.repeat((widths[i] ?? 0) - widthOf(cell));
          return left.includes(i) ? cell + gap : gap + cell;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `83.0 %`; `–` where there is nothing to say. */
export const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`);

/** `83.0 % (83/100; 74.5–89.1)`: the share, its cases, the 95 % interval. */
export function shareText({ n, of, share, low, high }: Share): string {
  if (share === null || low === null || high === null) return '–';
  return `${percent(share)} (${n}/${of}; ${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)})`;
}

/** Cuts a text to a width in columns. */
export function cut(text: string, width: number): string {
  const line = text.replace(/\s+/g, ' ');
  if (widthOf(line) <= width) return line;
  let kept = '';
  for (const character of line) {
    if (widthOf(kept) + widthOf(character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
