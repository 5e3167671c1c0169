import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { built, root } from './faq-command.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let directory: string;
let file: string;
beforeAll(async () => {
  await built();
  directory = await mkdtemp(join(tmpdir(), 'firstline-desk-cli-'));
  file = join(directory, 'desk.yaml');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Runs the command as people do, from the built files. */
const desk = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'dist/cli/desk.js'), ...args],
      {
        cwd: root,
        env: { ...process.env, LANG: 'C', LC_ALL: '', DATA_DIR: join(directory, 'data'), DESK_FILE: '', ...env },
      },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

describe('desk lint', () => {
  it('R7 finds nothing in the shipped rules, and makes no store', async () => {
    const { code, out, err } = await desk(['lint', '--desk', 'desk.yaml']);
    expect([code, out, err]).toEqual([0, '', 'desk: desk.yaml; no problems, 0 pieces of advice\n']);
    await writeFile(file, 'calendar: {rosters: {sato: {hours: always}}}\n');
    expect((await desk(['lint'], { DESK_FILE: file })).code).toBe(0);
    expect(existsSync(join(directory, 'data'))).toBe(false);
  });

  it('R7 says what is wrong and where, all of it, and exits with 1', async () => {
    await writeFile(file, 'queue:\n  mode: push\n  acceptWithin: 1 minute\nkalender: {}\n');
    const { code, out } = await desk(['lint', '--desk', file]);
    expect(code).toBe(1);
    expect(out.trim().split('\n')).toEqual([
      `${file}:2:9: queue.mode: found "push"; allowed is pull, offer or assign`,
      `${file}:3:17: queue.acceptWithin: found "1 minute"; allowed is a span from 5s to 10m, such as 30s, 5m, 2h or 7d`,
      expect.stringMatching(`^${file}:4:1: unknown key "kalender"; did you mean "calendar"\\?`),
    ]);
  });

  it('R7 advises on what is well said and hardly meant, and exits with 0 unless nobody can mean it', async () => {
    await writeFile(file, 'queue:\n  widen: {anyone: 1m}\n');
    const advised = await desk(['lint', '--desk', file]);
    expect(advised.code).toBe(0);
    expect(advised.out).toBe(
      `${file}:2:19: advice: queue.widen.anyone: comes before "skills", which lets in fewer people\n`,
    );
    await writeFile(file, 'calendar:\n  hours: {mon-sun: closed}\n');
    const never = await desk(['lint', '--desk', file]);
    expect([never.code, never.out]).toEqual([
      1,
      `${file}:2:10: calendar.hours: the desk does not open once in three years\n`,
    ]);
  });

  it('is told what is not understood', async () => {
    expect(await desk(['lint', '--desk', join(directory, 'none.yaml')])).toMatchObject({
      code: 2,
      err: `desk: ${join(directory, 'none.yaml')} cannot be read (ENOENT).\n`,
    });
    expect(await desk(['hours', '--days', '0'])).toMatchObject({ code: 2 });
    expect(await desk(['hours', '--from', '2026-02-29'])).toMatchObject({ code: 2 });
    expect((await desk(['mend'])).err).toContain('there are lint, hours and schema');
  });
});

describe('desk hours', () => {
  it('R7 prints the calendar that the file yields, in either language', async () => {
    await writeFile(
      file,
      'desk: {name: Helpdesk, timezone: Europe/London}\ncalendar:\n  hours: {sat: ["22:00-06:00"], mon: ["09:00-12:00", "13:00-18:00"]}\n  holidays: {closed: [{days: 2026-03-30, name: {ja: 棚卸し, en: Stocktaking}}]}\n  tiers: {3: {hours: always}}\n',
    );
    const en = await desk(['hours', '--desk', file, '--from', '2026-03-28', '--days', '3']);
    expect(en.out).toBe(
      `Helpdesk · Europe/London

Date            Desk                  Tier 3
2026-03-28 Sat  22:00-06:00           00:00-24:00
2026-03-29 Sun  closed                00:00-24:00
2026-03-30 Mon  closed (Stocktaking)  00:00-24:00
In all          7 h                   71 h
`,
    );
    const ja = await desk(['hours', '--desk', file, '--from', '2026-03-30', '--days', '1', '--locale', 'ja']);
    expect(ja.out).toContain('2026-03-30 月  休み (棚卸し)');
  });

  it('says why there is none', async () => {
    await writeFile(file, 'calendar: {hours: never}\n');
    const { code, err } = await desk(['hours', '--desk', file]);
    expect(code).toBe(1);
    expect(err).toContain(`${file}:1:19: calendar.hours: found "never"`);
  });
});
