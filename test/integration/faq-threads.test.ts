import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { openUnderstanding } from '../../src/understanding/load.ts';
import type { Understanding } from '../../src/understanding/understanding.ts';
import { built, root } from './faq-command.ts';

// The built files run their threads; the sources, as other tests use them, work in slices instead.
let open: typeof openUnderstanding;
let directory: string;
let understanding: Understanding | undefined;
beforeAll(async () => {
  await built();
  ({ openUnderstanding: open } = await import(join(root, 'dist/understanding/load.js')));
}, 120_000);
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firstline-threads-'));
});
afterEach(async () => {
  await understanding?.close();
  await rm(directory, { recursive: true, force: true });
});

/** A thousand entries with ten phrasings each, of made-up words that tell them apart. */
function thousand(answer: string): string {
  const syllables = ['ka', 'mo', 'ti', 'ru', 'se', 'no', 'ba', 'di', 'fu', 'ge'];
  const word = (n: number) => [...String(n * 7919 + 1_000)].map((digit) => syllables[Number(digit)]).join('');
  const ways = [
    'cannot open',
    'how do I change',
    'problem with',
    'error in',
    'where is',
    'reset',
    'install',
    'my',
    'fix',
    'stopped',
  ];
  const entry = (_: unknown, i: number) =>
    `  - id: e-${i}\n    questions:\n      en:\n${ways.map((way) => `        - ${way} ${word(i)} ${word(i + 1)}\n`).join('')}    answer: {en: ${answer}}\n`;
  return `entries:\n${Array.from({ length: 1_000 }, entry).join('')}`;
}

test('a thousand entries are read and indexed beside the event loop, which goes on turning meanwhile', async () => {
  await writeFile(join(directory, 'a.yaml'), thousand('One.'));
  understanding = await open({ directory, watch: true });
  expect(understanding.current().entries).toHaveLength(1_000);
  let turns = 0;
  const turning = setInterval(() => turns++, 5);
  await writeFile(join(directory, 'a.yaml'), thousand('Two.'));
  await vi.waitFor(() => expect(understanding?.current().entry('e-7')?.answer.en).toBe('Two.'), {
    timeout: 20_000,
    interval: 20,
  });
  clearInterval(turning);
  // Read, checked and indexed on this thread it would have been held almost all of the time.
  expect(turns).toBeGreaterThan(20);
});
