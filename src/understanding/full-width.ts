/** Full-width characters where YAML has marks of its own: input methods type them, and the parser's words for it do not tell. */

/** By the group of `place` that finds them. */
const space = 'a half-width space';
const meant = [space, 'a half-width "-" and a space', 'a half-width ":" and a space', space] as const;
const place =
  /^[ \t]*(?:- +)?(?:(?=(\u3000))|(?=([－ー‐・])[ \u3000])|(?:["']?[\w-]+["']?|.*[{,] *[\w-]+)(?:(?=(：))|:(?=(\u3000))))/u;

/**
 * @param lines the one where the parser gave up first, then others to look at.
 * @returns the line's index among them, the column from 1, and what is wrong; undefined where it is something else.
 */
export function fullWidthIn(lines: readonly string[]): { index: number; column: number; message: string } | undefined {
  for (const [index, line] of lines.entries()) {
    const found = place.exec(line);
    const group = found?.slice(1).findIndex((mark) => mark !== undefined);
    if (!found || group === undefined || group < 0) continue;
    return {
      index,
      column: found[0].length + 1,
      message: `found the full-width "${found[group + 1]}"; allowed is ${meant[group] ?? space}`,
    };
  }
  return undefined;
}
