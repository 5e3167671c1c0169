import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leadsOf, readFaq, servedEntries } from '../../../src/understanding/files.ts';
import { parseFaq } from '../../../src/understanding/parse.ts';
import { drawSeed } from '../../support/seed.ts';

const sound = `topic: account
entries:
  - id: password-forgotten
    tags: [account]
    questions:
      en: [I forgot my password]
      ja: [パスワードを忘れました]
    answer:
      en: |
        Do **this**.
      ja: こうします。
    dialog: reset-password
    escalate: {tier: 2, skills: [account]}
    related: [account-locked]
    keywords: {ja: [PW], en: [pwd]}
  - id: account-locked
    questions: {en: [My account is locked]}
    answer: {en: Wait.}
`;

/** Problems of one file as `line:col: message`. */
const faults = (text: string) =>
  parseFaq('faq/a.yaml', 'a', text).problems.map((p) => `${p.line}:${p.column}: ${p.message}`);
const withEntry = (lines: string) =>
  `entries:\n  - id: one\n    questions: {en: [Hello there]}\n    answer: {en: Hi.}\n${lines}`;

describe('a FAQ file', () => {
  test('gives its entries as the bot uses them', () => {
    const file = parseFaq('faq/account.yaml', 'account', sound);
    expect(file.problems).toEqual([]);
    expect(file.placed.map((placed) => placed.entry)).toEqual([
      {
        id: 'password-forgotten',
        topic: 'account',
        tags: ['account'],
        questions: { en: ['I forgot my password'], ja: ['パスワードを忘れました'] },
        answer: { en: 'Do **this**.\n', ja: 'こうします。' },
        dialog: 'reset-password',
        escalate: { tier: 2, skills: ['account'] },
        related: ['account-locked'],
        keywords: { ja: ['PW'], en: ['pwd'] },
      },
      {
        id: 'account-locked',
        topic: 'account',
        tags: [],
        questions: { en: ['My account is locked'] },
        answer: { en: 'Wait.' },
        related: [],
        keywords: {},
      },
    ]);
  });

  test('is named after where each phrasing stands', () => {
    const [first] = parseFaq('faq/account.yaml', 'account', sound).placed;
    const mark = first?.marks.questions.ja?.[0] ?? -1;
    expect(first?.file.at(mark, 'here')).toEqual({ file: 'faq/account.yaml', line: 7, column: 12, message: 'here' });
  });

  test('takes what is typed as text: numbers, codes, yes and no', () => {
    const text = withEntry('').replace('[Hello there]', '[404, 0x80070005, no, null, 1e5, 2026-01-01]');
    expect(parseFaq('a.yaml', 'a', text).placed[0]?.entry.questions.en).toEqual([
      '404',
      '0x80070005',
      'no',
      'null',
      '1e5',
      '2026-01-01',
    ]);
  });

  test('without a topic has its name for one', () => {
    expect(parseFaq('x/mail.yaml', 'mail', withEntry('')).placed[0]?.entry.topic).toBe('mail');
  });

  test('with Windows line ends and a byte order mark reads the same', () => {
    const entries = (text: string) => parseFaq('a.yaml', 'a', text).placed.map((placed) => placed.entry);
    expect(entries(`\uFEFF${sound.replaceAll('\n', '\r\n')}`)).toEqual(entries(sound));
  });

  test.each([
    [
      'an unknown key',
      withEntry('    anwser: {}\n'),
      '5:5: unknown key "anwser"; did you mean "answer"?; allowed here: id, tags, questions, answer, dialog, escalate, related, keywords',
    ],
    [
      'an unknown key beside the entries',
      `entires: []\n${withEntry('')}`,
      '1:1: unknown key "entires"; did you mean "entries"?; allowed here: topic, entries',
    ],
    ['an unknown language', withEntry('    keywords: {fr: [mot]}\n'), '5:16: unknown key "fr"; allowed here: en, ja'],
    [
      'an id that is not kebab-case',
      withEntry('').replace('one', 'Password_One'),
      '2:9: id: found "Password_One"; allowed is a kebab-case name such as password-forgotten: a-z, 0-9 and single hyphens, up to 100 characters',
    ],
    [
      'a missing answer',
      withEntry('').replace('    answer: {en: Hi.}\n', ''),
      '2:5: "answer" is missing; allowed is a mapping with at least one language: en, ja',
    ],
    [
      'an answer in no language',
      withEntry('').replace('{en: Hi.}', '{}'),
      '4:13: answer: found an empty mapping; allowed is a mapping with at least one language: en, ja',
    ],
    [
      'an empty list of phrasings',
      withEntry('').replace('[Hello there]', '[]'),
      '3:21: questions.en: found an empty list; allowed is a list of at least one phrasing',
    ],
    [
      'a key without a value',
      withEntry('    dialog:\n'),
      '5:5: dialog: found nothing; allowed is a kebab-case name such as password-forgotten: a-z, 0-9 and single hyphens, up to 100 characters',
    ],
    [
      'a phrasing that YAML takes for a mapping',
      withEntry('').replace('[Hello there]', '[{error: 5}]'),
      '3:22: questions.en: found a mapping; allowed is a phrasing of 1 to 2000 characters; put text with ": " or " #" in quotes',
    ],
    [
      'a tier that does not exist',
      withEntry('    escalate: {tier: 4}\n'),
      '5:22: escalate.tier: found "4"; allowed are 1, 2 and 3',
    ],
    [
      'an entry that is a text',
      withEntry('  - hello\n'),
      '5:5: entry: found "hello"; allowed is a mapping with id, questions and answer',
    ],
    ['a key given twice', withEntry('    id: two\n'), '5:5: key "id" is given twice here; allowed is once'],
    ['a tab as indentation', 'entries:\n\t- id: x\n', '2:1: YAML: Tabs are not allowed as indentation'],
    [
      'no entries',
      'topic: x\n',
      '1:1: "entries" is missing; allowed is a list of entries, each with id, questions and answer',
    ],
    [
      'nothing in it',
      '# later\n',
      '1:1: file: found nothing; a FAQ file is a mapping with "entries" and, if wished, "topic"',
    ],
    ['only a list', '- a\n', '1:1: file: found a list; a FAQ file is a mapping with "entries" and, if wished, "topic"'],
    [
      'too long a phrasing',
      withEntry('').replace('Hello there', 'x'.repeat(2001)),
      '3:22: questions.en: found a text of 2001 characters; allowed is a phrasing of 1 to 2000 characters; put text with ": " or " #" in quotes',
    ],
  ])('with %s says so with line and column', (_, text, expected) => {
    expect(faults(text)).toEqual([expected]);
  });

  test('shows all its faults at once, not the first only', () => {
    const text = `${withEntry('    escalate: {tier: 9}\n    tgas: [a]\n')}  - id: Two\n    questions: {fr: [x]}\n    answer: {en: Hi.}\n`;
    expect(faults(text).map((fault) => fault.split(' ')[0])).toEqual(['5:22:', '6:5:', '7:9:', '8:16:', '8:17:']);
  });

  test('with one faulty entry still gives the others', () => {
    const file = parseFaq('a.yaml', 'a', sound.replace('tier: 2', 'tier: 7'));
    expect(file.placed.map((placed) => placed.entry.id)).toEqual(['account-locked']);
    expect(file.faultyIds).toEqual(['password-forgotten']);
  });

  test('keeps an entry without an answer as a draft: to be tried, not served', () => {
    const file = parseFaq('a.yaml', 'a', withEntry('').replace('    answer: {en: Hi.}\n', ''));
    expect(file.placed).toMatchObject([{ served: false, entry: { id: 'one', answer: {} } }]);
  });

  test('is refused, not obeyed, when its aliases would grow without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map((pair) => [...pair]))
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`);
    expect(faults(bomb.join('\n'))).toEqual([expect.stringMatching(/^1:1: YAML: .*alias/i)]);
  });

  test('never throws, whatever it holds', () => {
    const pieces = fc.constantFrom(
      ...[
        'entries:',
        ' - id: a',
        '\n',
        '  ',
        '{',
        '}',
        '[',
        ']',
        '- ',
        ': ',
        '&a',
        '*a',
        '"',
        "'",
        '|',
        '#',
        '\t',
        '? ',
        '!x',
        'ja',
        'あ',
        '\u0000',
        '---',
        '<<',
        'questions',
        'answer',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ maxLength: 5, unit: 'binary' })), { maxLength: 40 }),
        (parts) => {
          const file = parseFaq('a.yaml', 'a', parts.join(''));
          for (const problem of file.problems) {
            expect(problem.line).toBeGreaterThan(0);
            expect(problem.column).toBeGreaterThan(0);
            expect(problem.message).not.toBe('');
          }
        },
      ),
      { seed: drawSeed(), numRuns: 300 },
    );
  });
});

describe('a FAQ directory', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'firstline-faq-'));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });
  const put = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  };
  const problems = async () =>
    (await readFaq(directory)).problems.map(
      (p) => `${p.file.slice(directory.length + 1)}:${p.line}:${p.column}: ${p.message}`,
    );
  const entry = (id: string, more = '') =>
    `  - id: ${id}\n    questions: {en: [About ${id}]}\n    answer: {en: Hi.}\n${more}`;

  test('is read through all its folders, dot files left alone', async () => {
    await put('a.yaml', `entries:\n${entry('one')}`);
    await put('deep/er/b.yml', `entries:\n${entry('two')}`);
    await put('.c.yaml', 'not: [ours');
    await put('notes.txt', 'not ours');
    const reading = await readFaq(directory);
    expect(reading.problems).toEqual([]);
    expect(servedEntries(reading).map((e) => [e.id, e.topic])).toEqual([
      ['one', 'a'],
      ['two', 'b'],
    ]);
  });

  test('is read through links, as a mounted configuration has them, and a circle of links ends', async () => {
    await put('..data/a.yaml', `entries:\n${entry('one')}`);
    await symlink('..data/a.yaml', join(directory, 'a.yaml'));
    await mkdir(join(directory, 'more'));
    await symlink('..', join(directory, 'more/up'));
    expect(servedEntries(await readFaq(directory)).map((e) => e.id)).toEqual(['one']);
  });

  test('refuses an id used twice and names the first place', async () => {
    await put('a.yaml', `entries:\n${entry('one')}`);
    await put('b.yaml', `entries:\n${entry('one')}`);
    expect(await problems()).toEqual([
      `b.yaml:2:9: id "one" is already used at ${join(directory, 'a.yaml')}:2; allowed is a name of its own`,
    ]);
  });

  test('refuses a related entry that does not exist and serves the entry without it', async () => {
    await put('a.yaml', `entries:\n${entry('mail-send')}${entry('two', '    related: [mail-sned, two, mail-send]\n')}`);
    expect(await problems()).toEqual([
      'a.yaml:8:15: related entry "mail-sned" does not exist; did you mean "mail-send"?',
      'a.yaml:8:26: related "two" is the entry itself; leave it out',
    ]);
    expect(servedEntries(await readFaq(directory))[1]?.related).toEqual(['mail-send']);
  });

  test('does not call a link dead that may lead into a file which cannot be read', async () => {
    await put('a.yaml', `entries:\n${entry('one', '    related: [two]\n')}`);
    await put('b.yaml', `entries:\n${entry('two')}    tags: "open\n`);
    expect(await problems()).toEqual([expect.stringMatching(/^b\.yaml:.*Missing closing/)]);
  });

  test('says where an entry names the dialog it leads to', async () => {
    await put('a.yaml', `entries:\n${entry('one', '    dialog: reset\n')}${entry('two')}`);
    expect(leadsOf(await readFaq(directory))).toEqual([
      { entry: 'one', dialog: 'reset', file: join(directory, 'a.yaml'), line: 5, column: 13 },
    ]);
  });

  test('does not call a link dead that leads to an entry with faults of its own', async () => {
    await put(
      'a.yaml',
      `entries:\n${entry('one', '    related: [two]\n')}${entry('two', '    escalate: {tier: 8}\n')}`,
    );
    expect(await problems()).toEqual(['a.yaml:9:22: escalate.tier: found "8"; allowed are 1, 2 and 3']);
  });

  test('shows where a file is not UTF-8', async () => {
    await put('a.yaml', Buffer.concat([Buffer.from('topic: a\n# '), Buffer.from([0x83, 0x70]), Buffer.from('\n')]));
    expect(await problems()).toEqual([
      'a.yaml:2:3: found bytes that are not UTF-8 (Shift_JIS perhaps?); save the file as UTF-8',
    ]);
  });

  test.each([
    ['topic：a\nentries: []', 'a.yaml:1:6: found the full-width "："; allowed is a half-width ":" and a space'],
    ['topic:　a\nentries: []', 'a.yaml:1:7: found the full-width "　"; allowed is a half-width space'],
    [
      'entries:\n  - id: a\n　　tags: [b]\n    answer: {}',
      'a.yaml:3:1: found the full-width "　"; allowed is a half-width space',
    ],
    [
      'entries:\n  － id: a\n    tags: [b]',
      'a.yaml:2:3: found the full-width "－"; allowed is a half-width "-" and a space',
    ],
  ])('tells a full-width mark that an input method typed: %j', async (text, problem) => {
    await put('a.yaml', `${text}\n`);
    expect(await problems()).toEqual([problem]);
  });

  test('says what is wrong with itself: missing, empty, or a dangling link in it', async () => {
    expect((await readFaq(join(directory, 'none'))).problems).toMatchObject([
      { message: 'cannot read the FAQ directory: it does not exist' },
    ]);
    expect((await readFaq(directory)).problems).toMatchObject([
      { message: 'no FAQ files here; allowed are files ending in .yaml or .yml' },
    ]);
    await symlink('nowhere', join(directory, 'a.yaml'));
    expect(await problems()).toEqual(['a.yaml:1:1: cannot read the file: it does not exist']);
  });

  test('has the same version for the same files and another after any edit', async () => {
    await put('a.yaml', `entries:\n${entry('one')}`);
    const before = (await readFaq(directory)).version;
    expect(before).toMatch(/^[0-9a-f]{12}$/);
    expect((await readFaq(directory)).version).toBe(before);
    await put('a.yaml', `entries:\n${entry('one')}# \n`);
    expect((await readFaq(directory)).version).not.toBe(before);
  });
});
