import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDialogs } from '../../../src/dialogs/files.ts';
import { openDialogs } from '../../../src/dialogs/load.ts';
import { parseDialog } from '../../../src/dialogs/parse.ts';
import { findIn, matchesWhole, patternFault } from '../../../src/dialogs/pattern.ts';
import { dialogJsonSchema } from '../../../src/dialogs/schema.ts';
import { cpuOf } from '../../support/pace.ts';
import { drawSeed } from '../../support/seed.ts';

const good = `id: sample
title: {en: Sample, ja: 見本}
steps:
  - id: os
    ask: {en: Which?, ja: どれ？}
    type: choice
    choices:
      - {value: windows, label: {en: Windows}}
      - {value: other, label: {en: Other}}
  - id: error
    ask: {en: Which error?}
    type: text
    validate: {pattern: '[A-Z]+[0-9]+', max: 500, message: {en: Like E12.}}
    when: os != 'other'
end: {then: handoff, tier: 2}
`;
const problems = (text: string) =>
  parseDialog('d.yaml', text).problems.map(
    ({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`,
  );
const edited = (from: string, to: string) => {
  expect(good).toContain(from);
  return problems(good.replace(from, to));
};

describe('a dialog file', () => {
  it('is read with its steps, conditions and ending', () => {
    const { dialog, problems: found } = parseDialog('d.yaml', good);
    expect(found).toEqual([]);
    expect(dialog).toMatchObject({ id: 'sample', summary: true, end: [{ leads: 'handoff', tier: 2 }] });
    expect(dialog?.version).toMatch(/^[0-9a-f]{12}$/);
    expect(dialog?.steps[1]).toMatchObject({ validate: { max: 500 }, when: { kind: 'compare', operator: '!=' } });
  });

  it.each([
    ['    type: text', '    typ: text', 'd.yaml:12:5: unknown key "typ"; did you mean "type"?'],
    ['type: choice', 'type: chioce', 'd.yaml:6:11: type: found "chioce", did you mean "choice"?'],
    ["os != 'other'", "oss != 'other'", 'd.yaml:14:11: when: there is no step "oss"; did you mean "os"?'],
    ["os != 'other'", "os != 'othr'", "d.yaml:14:17: when: step \"os\" has no choice 'othr'; did you mean 'other'?"],
    ["os != 'other'", "error == 'x'", 'd.yaml:14:11: when: step "error" comes later'],
    ["os != 'other'", "os > 'other'", 'd.yaml:14:16: when: step "os" is a choice, which has no order'],
    ["os != 'other'", 'os', 'd.yaml:14:11: when: step "os" is a choice, not a yes or no'],
    ["when: os != 'other'", `when: "!(os = 'other')"`, 'd.yaml:14:17: when: found "="; did you mean "=="?'],
    ["'[A-Z]+[0-9]+'", "'([A-Z]+)+'", 'd.yaml:13:25: pattern: a repetition inside a repetition'],
    ["'[A-Z]+[0-9]+'", "'[A-Z'", 'd.yaml:13:25: pattern: Invalid regular expression'],
    ['id: error', 'id: os', 'd.yaml:10:9: "os" is used twice'],
    ['value: other', 'value: windows', 'd.yaml:9:17: "windows" is used twice'],
    ['then: handoff', 'then: say', 'd.yaml:15:6: "text" is missing'],
    ['    ask: {en: Which error?}\n', '', 'd.yaml:10:5: "ask" is missing'],
    ['{en: Sample, ja: 見本}', '{en: One, two}', 'put a text with a comma in quotes'],
    ['id: sample', 'id: Sample', 'd.yaml:1:5: id: found "Sample"; allowed is a kebab-case name'],
  ])('with %s for %s says so where it stands', (from, to, expected) => {
    expect(edited(from, to).join('\n')).toContain(expected);
  });

  it('never throws, whatever it holds', () => {
    const seed = drawSeed();
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(20), fc.string(), (at, cut, put) => {
        const { dialog, problems: found } = parseDialog('d.yaml', good.slice(0, at) + put + good.slice(at + cut));
        expect(dialog === undefined).toBe(found.length > 0);
      }),
      { seed, numRuns: 300 },
    );
  });
});

describe('the shipped dialogs', () => {
  it('have no faults, and every text in both languages', async () => {
    const { dialogs, problems: found } = await readDialogs(
      fileURLToPath(new URL('../../../dialogs', import.meta.url)),
      true,
    );
    expect(found).toEqual([]);
    expect(dialogs.map(({ id }) => id)).toContain('collect-environment');
    const oneSided: unknown[] = [];
    JSON.stringify(dialogs, (_key, value) => {
      if (value && typeof value === 'object' && 'en' in value !== 'ja' in value) oneSided.push(value);
      return value;
    });
    expect(oneSided).toEqual([]);
  });

  it('are checked by editors against the schema that is shipped', () => {
    const path = fileURLToPath(new URL('../../../src/dialogs/dialogs.schema.json', import.meta.url));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(dialogJsonSchema());
  });
});

describe('a pattern', () => {
  it('is tried on the whole answer, and searched for in what was said', () => {
    expect(matchesWhole('[A-Z]\\d+', 'A12')).toBe(true);
    expect(matchesWhole('[A-Z]\\d+', 'xA12')).toBe(false);
    expect(findIn('Windows ?(1[01])', 'my windows 11 laptop')).toBe('11');
    expect(findIn('0x[0-9a-f]{8}', 'コード0x80070005です')).toBe('0x80070005');
  });

  it.each(['(a+)+', '(a*)*b', '((ab)+c)*', '(a{2,})+', '(?:x+y?)*'])(
    '%s is refused: it may take for ever',
    (pattern) => {
      expect(patternFault(pattern)).toContain('a repetition inside a repetition');
    },
  );
  it.each(['[a+]+', '(ab)+', '\\d+(\\.\\d+)?', '(a|b)*', '[^@ ]+@[^@ ]+'])('%s is allowed', (pattern) => {
    expect(patternFault(pattern)).toBeUndefined();
  });

  it('that is slow all the same is given up within a fraction of a second', async () => {
    const match = () => expect(matchesWhole('(a|aa|aaa)+', `${'a'.repeat(450)}!`)).toBe(false);
    expect(await cpuOf(match)).toBeLessThan(1_000);
  });
});

describe('the dialogs’ directory', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'firstline-dialog-files-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('may be absent where nobody asked for it', async () => {
    expect(await readDialogs(join(directory, 'none'), false)).toEqual({ dialogs: [], problems: [], leads: [] });
    expect((await readDialogs(join(directory, 'none'), true)).problems[0]?.message).toContain('it does not exist');
  });

  it('holds each id once, and leaves other files alone', async () => {
    await writeFile(join(directory, 'a.yaml'), good);
    await writeFile(join(directory, 'b.yaml'), good);
    await writeFile(join(directory, 'signatures.yaml'), 'signatures: []');
    await mkdir(join(directory, 'images'));
    const { dialogs, problems: found } = await readDialogs(directory, true);
    expect(dialogs).toHaveLength(1);
    expect(found).toEqual([
      {
        file: join(directory, 'b.yaml'),
        line: 1,
        column: 5,
        message: `id "sample" is already used at ${join(directory, 'a.yaml')}:1; allowed is a name of its own`,
      },
    ]);
  });

  it('serves the sound dialogs at the start though another is broken', async () => {
    await writeFile(join(directory, 'a.yaml'), good);
    await writeFile(join(directory, 'b.yaml'), 'id: [');
    const dialogs = await openDialogs({ directory, watch: false });
    expect(dialogs.all().map(({ id }) => id)).toEqual(['sample']);
    expect(dialogs.problems()).toHaveLength(1);
    await dialogs.close();
  });

  it('G11 tells of an end in an answer that the FAQ does not serve, as long as it does not', async () => {
    await writeFile(join(directory, 'a.yaml'), good.replace('handoff, tier: 2', 'answer, entry: gone'));
    const entries = new Set<string>();
    const dialogs = await openDialogs({ directory, watch: false, hasEntry: (id) => entries.has(id) });
    expect(dialogs.problems()).toEqual([
      {
        file: join(directory, 'a.yaml'),
        line: 15,
        column: 28,
        message: 'entry: dialog "sample" ends with "gone", which the FAQ does not have',
      },
    ]);
    expect(dialogs.get('sample')).toBeDefined();
    entries.add('gone');
    expect(dialogs.problems()).toEqual([]);
    await dialogs.close();
  });
});
