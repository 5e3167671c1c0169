import { expect, it } from 'vitest';
import { nearlySame } from '../../../src/understanding/likeness.ts';

/** Levenshtein distance by the table, all of it. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

it('finds exactly the pairs that comparing all with all finds, in random texts', () => {
  const seed = Date.now() % 2 ** 31;
  console.info(`likeness seed: ${seed}`);
  let state = seed;
  const random = (below: number) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
  const letter = () => 'abc'.charAt(random(3));
  for (let round = 0; round < 60; round++) {
    const texts = new Set<string>();
    for (let n = 0; n < 20; n++) {
      const text = Array.from({ length: 8 + random(14) }, letter);
      texts.add(text.join(''));
      for (let slip = 0; slip <= random(4); slip++)
        text.splice(random(text.length), random(2), ...(random(2) ? [letter()] : []));
      texts.add(text.join(''));
    }
    const all = [...texts];
    const expected = all.flatMap((one, a) =>
      all.flatMap((other, b) => {
        const shorter = Math.min(one.length, other.length);
        const most = Math.min(2, Math.floor(shorter / 8));
        return a < b && shorter >= 8 && distance(one, other) <= most ? [`${a} ${b}`] : [];
      }),
    );
    expect(
      nearlySame(all)
        .map(([a, b]) => `${a} ${b}`)
        .sort(),
      `seed ${seed}`,
    ).toEqual(expected.sort());
  }
});
