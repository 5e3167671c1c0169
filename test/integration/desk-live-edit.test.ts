import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LiveRules, type Log, openRules } from '../../src/desk/rules/open.ts';
import { arrive, call, signIn, startDesk } from '../support/desk.ts';
import { until } from '../support/wait.ts';

vi.setConfig({ testTimeout: 30_000 });

/** The promise: an edit is served within two seconds. */
const promised = 2_000;

let directory: string;
let file: string;
let open: LiveRules[];
let logged: { level: string; message: string }[];
const log: Log = {
  info: (_facts, message) => void logged.push({ level: 'info', message }),
  warn: (_facts, message) => void logged.push({ level: 'warn', message }),
};
const account = `entries:
  - id: password-forgotten
    questions: {en: [I forgot my password, How do I reset my password?, My password is lost]}
    answer: {en: Press reset.}
  - id: paper-jam
    questions: {en: [The printer has a paper jam, Paper is stuck in the printer]}
    answer: {en: Open the lid.}
`;
const start = async (path: string | undefined = file) => {
  const rules = await openRules({ file: path, log, watch: true });
  open.push(rules);
  return rules;
};
const modeOf = (rules: LiveRules) => rules.current().rules.queue.mode;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firstline-desk-'));
  file = join(directory, 'desk.yaml');
  open = [];
  logged = [];
});
afterEach(async () => {
  await Promise.all(open.map((rules) => rules.close()));
  await rm(directory, { recursive: true, force: true });
});

describe('an edit of desk.yaml', () => {
  // A machine busy with other things may be late once.
  it('R6 holds within two seconds of being saved, calendar and all', { retry: 2 }, async () => {
    await writeFile(file, 'queue: {mode: pull}\n');
    const rules = await start();
    const before = rules.current();
    const told = vi.fn();
    rules.onChange(told);
    await writeFile(file, 'queue: {mode: offer}\ncalendar: {hours: {mon: ["09:00-10:00"]}}\n');
    const saved = performance.now();
    await until(() => modeOf(rules) === 'offer', 'the edit holds');
    expect(performance.now() - saved).toBeLessThan(promised);
    expect(told).toHaveBeenCalledExactlyOnceWith(rules.current());
    const sunday = Date.parse('2026-11-22T12:00+09:00');
    expect(rules.current().calendar.isOpen(sunday)).toBe(false);
    expect(before.calendar.isOpen(sunday)).toBe(true);
    expect(before.rules.queue.mode).toBe('pull');
  });

  it('R6 that is broken keeps the last good rules, and says where it is wrong until it is mended', async () => {
    await writeFile(file, 'queue: {mode: offer}\n');
    const rules = await start();
    const good = rules.version();
    await writeFile(file, 'queue: {mode: offers}\n');
    await until(() => rules.problems().length > 0, 'the problem is seen');
    expect(rules.problems()).toEqual([
      { file, line: 1, column: 15, message: 'queue.mode: found "offers"; allowed is pull, offer or assign' },
    ]);
    expect([modeOf(rules), rules.version()]).toEqual(['offer', good]);
    expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
    await unlink(file);
    await until(() => rules.problems()[0]?.message.startsWith('cannot be read'), 'the loss is seen');
    expect(modeOf(rules)).toBe('offer');
    await writeFile(file, 'queue: {mode: assign}\n');
    await until(() => modeOf(rules) === 'assign', 'the mended file holds');
    expect(rules.problems()).toEqual([]);
  });

  it('R6 is seen from an editor that renames, and from a mounted configuration that swaps a link', async () => {
    await writeFile(file, 'queue: {mode: pull}\n');
    const rules = await start();
    await writeFile(`${file}.swp`, 'queue: {mode: offer}\n');
    await rename(`${file}.swp`, file);
    await until(() => modeOf(rules) === 'offer', 'the renamed file holds');
    await mkdir(join(directory, 'two'));
    await writeFile(join(directory, 'two', 'desk.yaml'), 'queue: {mode: assign}\n');
    await symlink(join('two', 'desk.yaml'), join(directory, 'link'));
    await rename(join(directory, 'link'), file);
    await until(() => modeOf(rules) === 'assign', 'the linked file holds');
  });

  it('is not looked for once the rules are closed', async () => {
    await writeFile(file, 'queue: {mode: pull}\n');
    const rules = await start();
    const told = vi.fn();
    rules.onChange(told);
    await rules.close();
    const other = await start();
    await writeFile(file, 'queue: {mode: offer}\n');
    await until(() => modeOf(other) === 'offer', 'another sees it');
    expect(modeOf(rules)).toBe('pull');
    expect(told).not.toHaveBeenCalled();
  });

  it('that was broken already at the start stops the start', async () => {
    await writeFile(file, 'queue: {mode: offers}\n');
    await expect(start()).rejects.toThrow(`${file}:1:15: queue.mode: found "offers"`);
  });

  it('R6 counts in the next turn of a running service; a broken one is shown at /readyz and in the console', async () => {
    await writeFile(file, 'understanding: {answerAt: {en: 0.5}}\n');
    const faq = join(directory, 'faq');
    await mkdir(faq);
    await writeFile(join(faq, 'account.yaml'), account);
    const desk = await startDesk({ env: { DESK_FILE: file, FAQ_DIR: faq } });
    try {
      const rulesAt = async () =>
        (
          await call<{ ready: boolean; rules: { ok: boolean; version: string; problems: string[] } }>(
            `${desk.url}/readyz`,
          )
        ).body;
      const { version } = (await rulesAt()).rules;
      const ask = async () => {
        const visitor = await arrive(desk.url);
        await visitor.say('I forgot my password');
        const said = await visitor.activities();
        return said.some(({ text = '' }) => text.includes('Press reset'));
      };
      expect(await ask()).toBe(true);
      await writeFile(file, 'understanding: {answerAt: {en: 1}, chooseAt: {en: 1}}\n');
      await until(async () => (await rulesAt()).rules.version !== version, 'the edit holds');
      expect(await ask()).toBe(false);
      await writeFile(file, 'understanding: {answerAt: {en: 2}}\n');
      const broken = await until(async () => {
        const found = await rulesAt();
        return found.rules.ok ? undefined : found;
      }, 'the problem is shown');
      const problem = `${file}:1:32: understanding.answerAt.en: found "2"; allowed is a number from 0 to 1`;
      expect(broken).toMatchObject({ ready: true, rules: { problems: [problem] } });
      const { body } = await (await signIn(desk.url)).get<{ problems: string[] }>('/status');
      expect(body.problems).toContain(problem);
    } finally {
      await desk.stop();
    }
  });
});
