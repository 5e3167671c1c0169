/** The promises and their proofs belong together: test/SPEC.md names files, tests name rules. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const tests = fileURLToPath(new URL('..', import.meta.url));
const rows = [...readFileSync(`${tests}SPEC.md`, 'utf8').matchAll(/^\| ([A-RT-Z]\d+) \| (.+?) \| (.+?) \|$/gm)];
const files = new Map(
  readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => [path.slice(0, -'.test.ts'.length), readFileSync(`${tests}${path}`, 'utf8')]),
);

/** Rules that a file's test names begin with. */
const rulesIn = (source: string): Set<string> =>
  new Set(
    [...source.matchAll(/(?:\bit(?:\.\w+)?\(|\]\)\()\s*['"`]((?:[A-RT-Z]\d+ )+)/g)].flatMap(
      ([, all]) => all?.trim().split(' ') ?? [],
    ),
  );

describe('each promise', () => {
  it('is stated once, in order', () => {
    const rules = rows.map(([, rule]) => rule);
    expect(rules.length).toBeGreaterThan(40);
    expect(new Set(rules).size).toBe(rules.length);
  });

  it('is proved by a test in every file that is named for it', () => {
    const missing = rows.flatMap(([, rule = '', , proofs = '']) =>
      [...proofs.matchAll(/`([^`]+)`/g)]
        .map(([, file = '']) => file)
        .filter((file) => !rulesIn(files.get(file) ?? '').has(rule))
        .map((file) => `${rule} in ${file}`),
    );
    expect(missing).toEqual([]);
  });

  it('that a test names is stated, with that file', () => {
    const named = new Map(rows.map(([, rule = '', , proofs = '']) => [rule, proofs]));
    const unstated = [...files].flatMap(([file, source]) =>
      [...rulesIn(source)]
        .filter((rule) => !named.get(rule)?.includes(`\`${file}\``))
        .map((rule) => `${rule} in ${file}`),
    );
    expect(unstated).toEqual([]);
  });
});
