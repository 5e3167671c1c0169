/** The commands decide as the running service: by the thresholds and the share of desk.yaml. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fewFaq } from '../support/faqs.ts';
import { built, run, stopAll } from './faq-command.ts';

let place: string;
vi.setConfig({ testTimeout: 60_000 });
beforeAll(built, 120_000);
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'firstline-faq-rules-'));
});
afterEach(async () => {
  stopAll();
  await rm(place, { recursive: true, force: true });
});

async function rules(understanding: string): Promise<string> {
  const file = join(place, `${Math.random().toString(36).slice(2)}.yaml`);
  await writeFile(file, `understanding:\n${understanding}\n`);
  return file;
}
const match = (args: readonly string[], text: string, env = {}) => run(['match', '--faq', fewFaq, ...args], text, env);
const decision = (out: string) => JSON.parse(out.split('\n')[0] ?? '').decision;

describe('faq with the rules of the desk', () => {
  it('U5 answers, offers or hands over by the thresholds of --desk, and of DESK_FILE', async () => {
    const careful = await rules('  answerAt: {en: 1}\n  chooseAt: {en: 1}');
    const never = await match(['--desk', careful], 'I forgot my password\nパスワードを忘れました\n');
    expect(decision(never.out)).toBe('handoff');
    expect(decision(never.out.split('\n')[1] ?? '')).toBe('answer');
    expect(decision((await match([], 'I forgot my password\n', { DESK_FILE: careful })).out)).toBe('handoff');
    expect(decision((await match([], 'I forgot my password\n')).out)).toBe('answer');
  });

  it('U5 is less sure the more questions no entry is for, also with a model kept for another share', async () => {
    const model = join(place, 'model');
    const confidence = async (share: string) => {
      const desk = await rules(`  outOfScopeShare: ${share}`);
      const { out } = await match(['--desk', desk, '--model', model], 'the screen is odd\n');
      return JSON.parse(out).confidence as number;
    };
    const [few, many, none, all] = [
      await confidence('0.05'),
      await confidence('0.8'),
      await confidence('0'),
      await confidence('1'),
    ];
    expect(few).toBeGreaterThan(many);
    expect(none).toBeGreaterThan(few);
    expect(all).toBeLessThan(many);
  });

  it('U5 eval counts by them, and a fault in the rules is named with its place', async () => {
    const questions = join(place, 'questions.tsv');
    await writeFile(questions, 'en\tpassword-forgotten\tI forgot my password\n');
    const careful = await rules('  answerAt: {en: 1}\n  chooseAt: {en: 1}');
    const { out } = await run(['eval', '--faq', fewFaq, '--questions', questions, '--desk', careful, '--json']);
    expect(JSON.parse(out).all.handedOff.n).toBe(1);
    const broken = await rules('  answerAt: {en: much}');
    const refused = await match(['--desk', broken], '');
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/\.yaml:2:\d+: .*much/);
    const missing = await match(['--desk', join(place, 'none.yaml')], '');
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('none.yaml')]);
  });
});
