import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseRules, readRules, shippedRules } from '../../../src/desk/rules.ts';

const shipped = fileURLToPath(new URL('../../../desk.yaml', import.meta.url));

describe('desk.yaml', () => {
  it('as shipped says what is true without it', async () => {
    expect(await readRules(shipped)).toEqual(shippedRules);
    expect(parseRules('desk.yaml', '')).toEqual({ rules: shippedRules });
  });

  it('may set one thing and leave the rest', () => {
    const read = parseRules('desk.yaml', 'understanding:\n  answerAt: {ja: 0.8}\n');
    expect(read).toMatchObject({ rules: { understanding: { answerAt: { ja: 0.8, en: 0.7 }, outOfScopeShare: 0.3 } } });
  });

  it.each([
    [
      'understanding:\n  answerAt: {ja: 7}\n',
      'desk.yaml:2:18: understanding.answerAt.ja: found "7"; allowed is a number from 0 to 1',
    ],
    ['understanding:\n  anserAt: {ja: 0.7}\n', 'desk.yaml:2:3: unknown key "anserAt"'],
    [
      'understanding:\n  guard: {hold: maybe}\n',
      'desk.yaml:2:17: understanding.guard.hold: found "maybe"; allowed is true or false',
    ],
    [
      'understanding: 3\n',
      'desk.yaml:1:16: understanding: found "3"; allowed is a mapping, as in the shipped desk.yaml',
    ],
  ])('names what is wrong and where: %j', (text, problem) => {
    const read = parseRules('desk.yaml', text);
    const problems = 'problems' in read ? read.problems : [];
    expect(problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`)).toEqual([
      problem,
    ]);
  });

  it('set by hand must be there', async () => {
    await expect(readRules('/nowhere/desk.yaml')).rejects.toThrow(
      'DESK_FILE: /nowhere/desk.yaml cannot be read (ENOENT)',
    );
    expect(readFileSync(shipped, 'utf8')).toContain('窓口');
  });
});
