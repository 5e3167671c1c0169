import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advise } from '../../../src/understanding/advice.ts';
import type { Reading } from '../../../src/understanding/files.ts';
import { nearlySame, sameWords } from '../../../src/understanding/likeness.ts';
import { markdownFaults } from '../../../src/understanding/markdown-faults.ts';
import { parseFaq } from '../../../src/understanding/parse.ts';
import { drawSeed } from '../../support/seed.ts';

const five = ['one thing here', 'two things there', 'three more matters', 'four other points', 'five last words'];
const reading = (...texts: string[]): Reading => {
  const files = texts.map((text, i) => parseFaq(`${'abc'[i]}.yaml`, 't', `entries:\n${text}`));
  const placed = files.flatMap((file) => file.placed);
  return { version: '', files, placed, problems: files.flatMap((file) => file.problems) };
};
const entry = (id: string, questions: readonly string[], more = '') =>
  `  - id: ${id}\n    questions: {en: [${questions.map((q) => JSON.stringify(q)).join(', ')}]}\n    answer: {en: "Do it."}\n${more}`;
const said = (of: Reading) => {
  const { conflicts, advice } = advise(of);
  const show = (list: typeof advice) => list.map((p) => `${p.file}:${p.line}:${p.column}: ${p.message}`);
  return { conflicts: show(conflicts), advice: show(advice) };
};

describe('advice on FAQ files', () => {
  test('finds nothing to say of good ones', () => {
    expect(said(reading(entry('a', five)))).toEqual({ conflicts: [], advice: [] });
  });

  test('calls a phrasing of two entries a conflict, whatever its width, case, politeness and marks', () => {
    const { conflicts } = said(
      reading(
        entry('a', [...five, 'Reset my password']),
        entry('b', ['Hello, please reset my PASSWORD!', ...five.map((q) => `${q} otherwise`)]),
      ),
    );
    expect(conflicts).toEqual([
      'b.yaml:3:22: "Hello, please reset my PASSWORD!" also stands in "a" (a.yaml:3); allowed is in one entry, or the two cannot be told apart',
    ]);
  });

  test('points out phrasings of two entries that differ by a slip or by word order', () => {
    const { advice } = said(
      reading(
        entry('a', ['the printer does not print', 'my account has been locked', 'scan to mail fails', ...five]),
        entry('b', [
          'the printer does not prints',
          'locked has my account been',
          'scan a mail',
          ...five.map((q) => `${q} otherwise`),
        ]),
      ),
    );
    expect(advice.map((line) => /"([^"]+)" is close to "([^"]+)"/.exec(line)?.slice(1))).toEqual([
      ['the printer does not prints', 'the printer does not print'],
      ['locked has my account been', 'my account has been locked'],
    ]);
  });

  test('misses languages only where the FAQ speaks them', () => {
    const ja = `  - id: b\n    questions: {ja: [あ, い, う, え, お]}\n    answer: {ja: か}\n`;
    expect(said(reading(entry('a', five), ja)).advice).toEqual([
      'a.yaml:2:9: "a" has no Japanese question',
      'a.yaml:2:9: "a" has no Japanese answer',
      'b.yaml:2:9: "b" has no English question',
      'b.yaml:2:9: "b" has no English answer',
    ]);
  });

  test('asks for more phrasings where there are under five', () => {
    expect(said(reading(entry('a', five.slice(0, 4)))).advice).toEqual([
      'a.yaml:3:22: 4 phrasings in English; aim for ten, at least 5',
    ]);
  });
});

describe('texts nearly the same', () => {
  const distance = (a: string, b: string): number => {
    const row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      let diagonal = row[0] ?? 0;
      row[0] = i;
      for (let j = 1; j <= b.length; j++) {
        const here = Math.min(diagonal + (a[i - 1] === b[j - 1] ? 0 : 1), (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
        diagonal = row[j] ?? 0;
        row[j] = here;
      }
    }
    return row[b.length] ?? 0;
  };

  test('are exactly those that comparing all with all finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 6, maxLength: 24 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 25 }), (texts) => {
        const all: string[] = [];
        texts.forEach((a, i) => {
          texts.forEach((b, j) => {
            const shorter = Math.min(a.length, b.length);
            if (i < j && a !== b && shorter >= 8 && distance(a, b) <= Math.min(2, Math.floor(shorter / 8)))
              all.push(`${i} ${j}`);
          });
        });
        expect(
          nearlySame(texts)
            .map((pair) => pair.join(' '))
            .sort(),
        ).toEqual(all.sort());
      }),
      { seed: drawSeed(), numRuns: 300 },
    );
  });

  test('with the same words in another order are found once each', () => {
    expect(
      sameWords(['reset my password', 'my password reset', 'password', 'reset password', 'my! reset, password']),
    ).toEqual([
      [0, 1],
      [0, 4],
    ]);
  });
});

describe('Markdown that would not render', () => {
  test.each([
    ['a table', 'See:\n\n| a | b |\n|---|---|\n| 1 | 2 |', ['line 4: tables do not show as tables; use a list']],
    ['HTML', 'Press <b>Enter</b> now', ['line 1: HTML ("<b>") shows as text; use Markdown']],
    ['an open code block', 'Run:\n```\nipconfig\n', ['line 2: the code block begun here is never closed']],
    [
      'an open bold',
      'This is **important.\n\nAnd this is not.',
      ['line 1: a ** is not closed in its paragraph, so it shows as it is'],
    ],
    ['a heading without its space', '##Steps', ['line 1: a heading needs a space after #']],
    ['a task box', '- [ ] restart', ['line 1: task boxes show as "[ ]"; use a plain list']],
    [
      'a Japanese bullet',
      '手順:\n・電源を切る',
      ['line 2: lines that begin with ・ run together; begin list items with "- "'],
    ],
    ['a full-width link', '[設定]（https://example.com）', ['line 1: a link needs half-width parentheses']],
    [
      'a link that runs code',
      '[x](javascript:alert(1))',
      ['line 1: a link to "javascript:" is not opened; allowed are http, https and mailto'],
    ],
  ])('is pointed out: %s', (_, markdown, faults) => {
    expect(markdownFaults(markdown)).toEqual(faults);
  });

  test.each([
    [
      'steps',
      '**Usually harmless.**\n\n1. Open **Settings** > **System**.\n2. Press `Ctrl` + `C`.\n   - Windows 11: same\n\n> Note this down.',
    ],
    ['code with anything in it', 'Run `<b>**x`, or:\n\n```html\n<b>**</b>\n| a |\n|---|\n```\n'],
    ['a blank to fill in', 'Type <your name> or <名前>, or <https://example.com>.'],
    ['escaped marks', 'Two stars: \\*\\* and 2 < 3 > 1'],
    ['bold over two lines', 'This is **very\nimportant**.'],
  ])('is not seen in %s', (_, markdown) => {
    expect(markdownFaults(markdown)).toEqual([]);
  });
});
