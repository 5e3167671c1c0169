import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { built, root, run, start, stopAll } from './faq-command.ts';

let place: string;
let faq: string;
vi.setConfig({ testTimeout: 60_000 });
beforeAll(built, 120_000);
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'firstline-faq-cli-'));
  faq = join(place, 'faq');
  await mkdir(faq);
  await writeFile(join(faq, 'desk.yaml'), desk);
});
afterEach(async () => {
  stopAll();
  await rm(place, { recursive: true, force: true });
});

const entry = (id: string, en: readonly string[], ja: readonly string[]) =>
  `  - id: ${id}\n    questions:\n      en: [${en.join(', ')}]\n      ja: [${ja.join(', ')}]\n    answer: {en: Do this., ja: こうします。}\n`;
const desk = `entries:\n${[
  entry(
    'password-forgotten',
    ['I forgot my password', 'reset my password', 'password reset', 'cannot remember my password', 'lost password'],
    [
      'パスワードを忘れました',
      'パスワードを再設定したい',
      'パスワードのリセット',
      'パスワードが思い出せない',
      'パスワードを失くした',
    ],
  ),
  entry(
    'printer-jam',
    ['paper jam', 'the printer is jammed', 'paper is stuck in the printer', 'my printer jams', 'jammed paper'],
    [
      '紙詰まり',
      '印刷機に紙が詰まった',
      'プリンターで紙が引っかかる',
      '用紙が詰まって印刷できない',
      '紙づまりの直し方',
    ],
  ),
  entry(
    'wifi-down',
    ['wifi is down', 'no wireless network', 'cannot join the wifi', 'wifi does not connect', 'wireless is not working'],
    ['無線LANにつながらない', 'Wi-Fiが切れる', '無線が使えない', 'Wi-Fiに接続できません', '無線ネットワークに入れない'],
  ),
].join('')}`;

const json = (out: string) =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
const match = (input: string | Uint8Array, ...more: string[]) => run(['match', '--faq', faq, ...more], input);

describe('faq match', () => {
  test('answers each utterance with one line of JSON, in order, in both languages', async () => {
    const { code, out } = await match('I forgot my password\n紙が詰まった\n');
    expect(code).toBe(0);
    const [first, second] = json(out);
    expect(Object.keys(first)).toEqual(['text', 'locale', 'decision', 'confidence', 'matches']);
    expect(first).toMatchObject({ text: 'I forgot my password', locale: 'en' });
    expect(first.matches[0]).toEqual({ id: 'password-forgotten', confidence: first.confidence });
    expect(second).toMatchObject({ text: '紙が詰まった', locale: 'ja' });
    expect(second.matches[0].id).toBe('printer-jam');
    for (const { matches } of [first, second]) expect(matches.length).toBeLessThanOrEqual(5);
  });

  test('keeps lines aligned whatever they hold: malformed UTF-8, NUL, emptiness, a megabyte, other line ends', async () => {
    const lines = [
      Buffer.from('wifi is down\r'),
      Buffer.from(''),
      Buffer.from([0xff, 0xfe, 0x20, 0x68, 0x69]),
      Buffer.from('\0\0\0'),
      Buffer.from(`paper jam ${'x'.repeat(1_000_000)}`),
      Buffer.from(`${'紙'.repeat(700_000)}`),
      Buffer.from('one\u2028two\u2029three\u0085four'),
      Buffer.from('\uFEFFwifi is down'),
      Buffer.from('last, without an end'),
    ];
    const { code, out } = await match(
      Buffer.concat(lines.flatMap((line, i) => (i ? [Buffer.from('\n'), line] : [line]))),
    );
    expect(code).toBe(0);
    expect(out.split(/[\n\u0085\u2028\u2029]/)).toHaveLength(lines.length + 1);
    const answers = json(out);
    expect(answers.map((answer) => answer.text.slice(0, 12))).toEqual([
      'wifi is down',
      '',
      '\uFFFD\uFFFD hi',
      '\0\0\0',
      'paper jam xx',
      '紙紙紙紙紙紙紙紙紙紙紙紙',
      'one\u2028two\u2029thre',
      'wifi is down',
      'last, withou',
    ]);
    expect(answers[1]).toMatchObject({ decision: 'handoff', confidence: 0, matches: [] });
    expect(answers[2].note).toMatch(/not UTF-8/);
    expect(answers[5].note).toMatch(/longer than 1048576 bytes/);
    expect(answers[5].text).toBe('紙'.repeat(349_525));
    expect(answers.filter((answer) => answer.note)).toHaveLength(2);
  });

  test('answers a line before the next one comes', async () => {
    const child = start(['match', '--faq', faq]);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (const text of ['wifi is down', 'paper jam', 'パスワードを忘れました']) {
      child.stdin.write(`${text}\n`);
      expect(JSON.parse((await lines.next()).value)).toMatchObject({ text });
    }
    child.stdin.end();
    expect((await once(child, 'close'))[0]).toBe(0);
  });

  test('takes 100,000 lines in bounded memory from a reader that is slower than it', async () => {
    const child = start(['match', '--faq', faq], { NODE_OPTIONS: '--max-old-space-size=64' });
    const feed = async () => {
      for (let i = 0; i < 100; i++) {
        const chunk = Array.from({ length: 1_000 }, (_, j) => `wifi is down ${i * 1_000 + j}\n`).join('');
        if (!child.stdin.write(chunk)) await once(child.stdin, 'drain');
      }
      child.stdin.end();
    };
    const fed = feed();
    let count = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      if (count % 1_000 === 0) expect(JSON.parse(line).text).toBe(`wifi is down ${count}`);
      count += 1;
    }
    await fed;
    expect(count).toBe(100_000);
  }, 120_000);

  test('ends quietly when its reader has seen enough', async () => {
    const child = start(['match', '--faq', faq]);
    let err = '';
    child.stderr.on('data', (data) => {
      err += data;
    });
    child.stdin.on('error', () => {});
    child.stdin.write('wifi is down\n');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    child.stdin.end('paper jam\n'.repeat(50_000));
    const [code] = await once(child, 'close');
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('reads every line in the language asked for, where the text does not tell', async () => {
    const locales = async (...more: string[]) =>
      json((await match('12345\n', ...more)).out).map(({ locale }) => locale);
    expect(await locales('--locale', 'ja')).toEqual(['ja']);
    expect(await locales('--locale', 'en')).toEqual(['en']);
    expect(await match('x', '--locale', 'fr')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^faq: --locale is "fr"; allowed are ja, en and auto/),
    });
  });

  test('keeps the trained model in a file and uses it while the FAQ is the same', async () => {
    const model = join(place, 'cache/model.bin');
    const first = await match('cannot remember my pass word\n', '--model', model);
    const made = await stat(model);
    const second = await match('cannot remember my pass word\n', '--model', model);
    expect(second.out).toBe(first.out);
    expect((await stat(model)).mtimeMs).toBe(made.mtimeMs);
    await writeFile(join(faq, 'more.yaml'), `entries:\n${entry('vpn', ['the vpn drops'], ['VPNが切れる'])}`);
    expect(json((await match('the vpn drops\n', '--model', model)).out)[0].matches[0].id).toBe('vpn');
    expect((await stat(model)).mtimeMs).not.toBe(made.mtimeMs);
    await writeFile(model, 'damaged');
    expect(json((await match('the vpn drops\n', '--model', model)).out)[0].matches[0].id).toBe('vpn');
    const nowhere = await match('the vpn drops\n', '--model', join(faq, 'desk.yaml', 'model.bin'));
    expect(nowhere).toMatchObject({ code: 0, err: expect.stringContaining('cannot keep the model') });
  });

  test('matches what is sound and a draft without its answer, and says what is not', async () => {
    await writeFile(
      join(faq, 'draft.yaml'),
      'entries:\n  - id: vpn\n    questions: {en: [the vpn drops]}\n  - id: Bad Id\n    questions: {en: [x]}\n    answer: {en: y}\n',
    );
    const { code, out, err } = await match('the vpn drops\n');
    expect(code).toBe(0);
    expect(json(out)[0].matches[0].id).toBe('vpn');
    expect(err).toMatch(/draft\.yaml:2:5: "answer" is missing.*\n.*draft\.yaml:4:9: id: found "Bad Id"/);
  });

  test('without any entry says so and fails', async () => {
    expect(await run(['match', '--faq', join(place, 'none')], 'x\n')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('none:1:1: cannot read the FAQ directory: it does not exist'),
    });
  });
});

describe('faq lint', () => {
  test('passes sound files', async () => {
    expect(await run(['lint', '--faq', faq])).toEqual({
      code: 0,
      out: '',
      err: 'faq: 3 entries in 1 file; no problems, 0 pieces of advice\n',
    });
  });

  test('finds the directory in FAQ_DIR', async () => {
    expect((await run(['lint'], '', { FAQ_DIR: faq })).err).toContain('3 entries in 1 file');
  });

  test('prints problems as file:line:col: message and fails', async () => {
    const file = join(faq, 'bad.yaml');
    await writeFile(
      file,
      'entries:\n  - id: one\n    questions: {en: [hi]}\n    anser: {en: x}\n  - id: two\n    questions: {en: [lost password]}\n    answer: {en: x}\n',
    );
    const { code, out, err } = await run(['lint', '--faq', faq]);
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      `${file}:2:5: "answer" is missing; allowed is a mapping with at least one language: en, ja`,
      `${file}:4:5: unknown key "anser"; did you mean "answer"?; allowed here: id, tags, questions, answer, dialog, escalate, related, keywords`,
      `${file}:5:9: advice: "two" has no Japanese question`,
      `${file}:5:9: advice: "two" has no Japanese answer`,
      `${file}:6:22: advice: 1 phrasing in English; aim for ten, at least 5`,
      `${join(faq, 'desk.yaml')}:4:98: "lost password" also stands in "two" (${file}:6); allowed is in one entry, or the two cannot be told apart`,
      '',
    ]);
    expect(err).toBe('faq: 4 entries in 2 files; 3 problems, 3 pieces of advice\n');
  });

  test('gives advice without failing', async () => {
    const file = join(faq, 'thin.yaml');
    await writeFile(file, `entries:\n${entry('vpn', ['the vpn drops', 'The VPN drops!'], ['VPNが切れる'])}`);
    const { code, out } = await run(['lint', '--faq', faq]);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      `${file}:4:12: advice: 2 phrasings in English; aim for ten, at least 5`,
      `${file}:4:27: advice: "The VPN drops!" says the same as line 4`,
      `${file}:5:12: advice: 1 phrasing in Japanese; aim for ten, at least 5`,
      '',
    ]);
  });
});

describe('faq eval', () => {
  const questions = (...lines: string[]) => writeFile(join(place, 'q.tsv'), lines.map((line) => `${line}\n`).join(''));
  const evaluate = (...more: string[]) => run(['eval', '--faq', faq, '--questions', join(place, 'q.tsv'), ...more]);

  test('counts what is answered, wrong, handed off and confused', async () => {
    await questions(
      'en\tpassword-forgotten\tI forgot my password',
      'ja\tprinter-jam\t紙詰まり',
      'en\twifi-down\tpaper jam',
      'en\t\tzzz qqq',
    );
    const { code, out } = await evaluate('--json');
    expect(code).toBe(0);
    const { all, ja, en, questions: each } = JSON.parse(out);
    expect(all).toMatchObject({ asked: 4, inScope: 3, outOfScope: 1, accuracy: { n: 2, of: 3 } });
    expect(all.confusions).toEqual([{ expected: 'wifi-down', got: 'printer-jam', n: 1, texts: ['paper jam'] }]);
    expect([ja.asked, en.asked]).toEqual([1, 3]);
    expect(each[3]).toMatchObject({ text: 'zzz qqq', expected: null, decision: 'handoff' });
  });

  test('prints a page to read', async () => {
    await questions('en\tpassword-forgotten\tI forgot my password', 'en\twifi-down\tpaper jam');
    const { out } = await evaluate();
    expect(out).toMatch(/accuracy: right entry first +50\.0 % \(1\/2; /);
    expect(out).toMatch(/Confusions: expected → first \(1\)\n1 {2}wifi-down {2}→ {2}printer-jam {2}paper jam\n/);
  });

  test('names lines it cannot take and fails', async () => {
    await questions('# a comment', '', 'en\twifi-dwon\tx', 'fr\twifi-down\tx', 'en only');
    const { code, err } = await evaluate();
    expect(code).toBe(1);
    const file = join(place, 'q.tsv');
    expect(err.split('\n').slice(0, 3)).toEqual([
      `${file}:3:4: there is no entry "wifi-dwon"; did you mean "wifi-down"?`,
      `${file}:4:1: locale is "fr"; allowed are ja, en and auto`,
      `${file}:5:1: found fewer than three columns; a line is locale<TAB>expected id or empty<TAB>text`,
    ]);
  });

  test('fails for CI when too few answers are right', async () => {
    await questions('en\twifi-down\tpaper jam', 'en\twifi-down\tjammed paper');
    expect(await evaluate('--fail-below', '0.9')).toMatchObject({
      code: 1,
      err: 'faq: precision 0.0 % is below 90.0 %\n',
    });
    await questions('en\tprinter-jam\tpaper jam');
    expect((await evaluate('--fail-below', '0.9')).code).toBe(0);
  });

  test('without questions says what it needs', async () => {
    expect(await run(['eval', '--faq', faq])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^faq: eval needs --questions FILE/),
    });
  });
});

describe('faq import', () => {
  test('makes a FAQ file that lint passes, and never writes over one', async () => {
    const csv = join(place, 'printing.csv');
    await writeFile(
      csv,
      'question,answer\nHow do I print?,"Press **print**, then wait."\n印刷するには？,印刷を押します。\n',
    );
    const { code, err } = await run(['import', csv, '--faq', faq]);
    expect({ code, err }).toEqual({
      code: 0,
      err: `faq: 2 entries from ${csv} → ${join(faq, 'printing.yaml')}; see what to better: faq lint\n`,
    });
    const made = await readFile(join(faq, 'printing.yaml'), 'utf8');
    expect((await run(['lint', '--faq', faq])).code).toBe(0);
    expect(await run(['import', csv, '--faq', faq])).toMatchObject({
      code: 1,
      err: expect.stringContaining('is there already'),
    });
    expect(await readFile(join(faq, 'printing.yaml'), 'utf8')).toBe(made);
  });

  test('writes to stdout where asked', async () => {
    const qna = join(place, 'kb.qna');
    await writeFile(qna, '# ? How do I print?\n- printing\n```markdown\nPress print.\n```\n');
    const { code, out } = await run(['import', qna, '--faq', faq, '--to', '-']);
    expect(code).toBe(0);
    expect(out).toBe(
      'topic: kb\nentries:\n  - id: print\n    questions:\n      en:\n        - How do I print?\n        - printing\n    answer:\n      en: Press print.\n',
    );
  });

  test('of a file it does not know says what it takes', async () => {
    expect(await run(['import', 'kb.docx'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('allowed are files ending in .csv, .tsv, .txt and .qna'),
    });
  });
});

describe('faq report', () => {
  test('shows how well the FAQ is understood, on the terminal, as a page and as data', async () => {
    const html = join(place, 'report.html');
    const asked = join(place, 'asked.txt');
    await writeFile(
      asked,
      'the flux capacitor hums\n{"ticket":"#1","subject":"flux capacitor hums"}\nI forgot my password\n',
    );
    const text = await run(['report', '--faq', faq, '--html', html, '--asked', asked]);
    expect(text.code).toBe(0);
    for (const part of [
      'Overall',
      'Thresholds',
      'Is the confidence true?',
      'Confused entries',
      'Entries with few phrasings',
      'flux',
    ])
      expect(text.out).toContain(part);
    expect(text.err).toContain('faq: evaluating 3 entries … 0 s\n');
    const page = await readFile(html, 'utf8');
    expect(page.match(/<svg /g)?.length).toBeGreaterThanOrEqual(2);
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|https?:/);
    const data = JSON.parse((await run(['report', '--faq', faq, '--json'])).out);
    expect(data).toMatchObject({ entries: 3, phrasings: { ja: 15, en: 15 }, thin: [], conflicts: [] });
    expect(data.measures.all.accuracy.of).toBe(30);
  });

  test('speaks Japanese where asked, by option or by environment', async () => {
    expect((await run(['report', '--faq', faq, '--locale', 'ja'])).out).toMatch(/^FAQの理解度レポート\n/);
    expect((await run(['report', '--faq', faq], '', { LANG: 'ja_JP.UTF-8' })).out).toMatch(/^FAQの理解度レポート\n/);
  });

  test('fails for CI when precision is below what is asked, or has fallen by more than the margin', async () => {
    const { out } = await run(['report', '--faq', faq, '--json']);
    const { share } = JSON.parse(out).measures.all.precision;
    expect(share).toBeGreaterThan(0.5);
    const baseline = join(place, 'baseline.json');
    const wouldBe = (precision: number) =>
      writeFile(baseline, JSON.stringify({ measures: { all: { precision: { share: precision } } } }));
    const against = async () =>
      (await run(['report', '--faq', faq, '--json', '--baseline', baseline, '--margin', '0.1'])).code;
    await wouldBe(share + 0.05);
    expect(await against()).toBe(0);
    await wouldBe(share + 0.15);
    expect(await against()).toBe(1);
    const none = join(place, 'none');
    expect(await run(['report', '--faq', faq, '--baseline', none])).toMatchObject({
      code: 2,
      err: `faq: cannot read ${none}: it does not exist.\n`,
    });
    expect(await run(['report', '--faq', faq, '--html', join(none, 'page.html')])).toMatchObject({
      code: 2,
      err: `faq: cannot write ${none}/page.html: there is no directory ${none}.\n`,
    });
  });
});

describe('the faq command', () => {
  test('explains itself', async () => {
    const help = await run(['--help']);
    expect(help.code).toBe(0);
    for (const command of ['lint', 'match', 'eval', 'report', 'import', 'schema'])
      expect(help.out).toContain(`  ${command} `);
    expect(await run([])).toMatchObject({ code: 2 });
    expect(await run(['lnit'])).toMatchObject({ code: 2, err: expect.stringMatching(/^faq: unknown command "lnit"/) });
    expect(await run(['lint', 'faq'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^faq: found "faq" after lint/),
    });
    expect(await run(['lint', '--fqa', 'x'])).toMatchObject({ code: 2, err: expect.stringContaining('--fqa') });
  });

  test('prints the JSON Schema that the project ships for editors', async () => {
    const shipped = JSON.parse(await readFile(join(root, 'docs/faq.schema.json'), 'utf8'));
    expect(JSON.parse((await run(['schema'])).out)).toEqual(shipped);
    expect(existsSync(join(root, 'docs/faq.schema.json'))).toBe(true);
  });
});
