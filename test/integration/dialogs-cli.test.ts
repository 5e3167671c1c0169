import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { built, root } from './faq-command.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let directory: string;
beforeAll(async () => {
  await built();
  directory = await mkdtemp(join(tmpdir(), 'firstline-dialogs-cli-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const dialogs = (args: readonly string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { ...process.env, DIALOGS_DIR: '', FAQ_DIR: '' };
    execFile(process.execPath, [join(root, 'dist/cli/dialogs.js'), ...args], { cwd: root, env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

describe('dialogs lint', () => {
  it('G11 finds nothing in the shipped dialogs', async () => {
    const { code, out, err } = await dialogs(['lint']);
    expect([code, out]).toEqual([0, '']);
    expect(err).toMatch(/^dialogs: \d+ sound dialogs; no problems\n$/);
  });

  it('G11 says what is wrong and where, an entry that the FAQ does not have included, and exits with 1', async () => {
    const head = 'title: {en: One}\nsteps:\n  - {id: os, ask: {en: Which?}, type: text}\n';
    await writeFile(join(directory, 'a.yaml'), `id: one\n${head}end: {then: answer, entry: no-such-entry}\n`);
    await writeFile(join(directory, 'b.yaml'), `id: two\n${head}end: {then: answer}\n`);
    const { code, out, err } = await dialogs(['lint', '--dialogs', directory]);
    expect(code).toBe(1);
    expect(out.trim().split('\n')).toEqual([
      `${join(directory, 'a.yaml')}:5:28: entry: dialog "one" ends with "no-such-entry", which the FAQ does not have`,
      expect.stringMatching(/b\.yaml:5:\d+: "entry" is missing/),
    ]);
    expect(err).toBe('dialogs: 1 sound dialog; 2 problems\n');
  });

  it('G11 says what it does not understand, and exits with 2', async () => {
    expect(await dialogs(['lnit'])).toMatchObject({
      code: 2,
      err: 'dialogs: unknown command "lnit"; there is lint.\n',
    });
    const none = join(directory, 'none');
    expect(await dialogs(['lint', '--faq', none])).toMatchObject({ code: 2 });
    expect(await dialogs(['lint', '--dialogs', none])).toMatchObject({ code: 1 });
  });
});
