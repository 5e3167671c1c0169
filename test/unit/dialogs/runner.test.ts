/** A dialog's course: branching, known answers, corrections, ends. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dialog } from '../../../src/dialogs/dialog.ts';
import { applicable } from '../../../src/dialogs/progress.ts';
import { start } from '../../../src/dialogs/runner.ts';
import { begin, buttons, interrupted, parsed, sample, say, shippedText, story, t, text, world } from './sample.ts';

let dialog: Dialog;
let shipped: Dialog;
beforeAll(() => {
  dialog = parsed(sample);
  shipped = parsed(shippedText('collect-environment'));
});

describe('what is known already', () => {
  it('from the signed identity is not asked', async () => {
    const course = await begin(dialog, { known: { 'identity.name': 'Aiko' } });
    expect(course.progress.at).toBe('os');
    expect(course.progress.answers.name?.label).toBe('Aiko');
  });

  it('from the browser is asked to be confirmed, and a yes is enough', async () => {
    const known = { 'identity.name': 'Aiko', 'user-agent': 'Mozilla/5.0 (Windows NT 10.0)' };
    const course = await begin(dialog, { known });
    expect(text(course)).toContain(t.guess('Windows'));
    expect(buttons(course)[0]).toBe(t.thatsRight);
    expect((await say(dialog, course, t.thatsRight)).progress.answers.os?.value).toBe('windows');
    expect((await say(dialog, course, 'Mac')).progress.answers.os?.value).toBe('macos');
  });

  it('from the opening sentence, in either language, is not asked', async () => {
    const course = await begin(shipped, { said: 'Windows 11でOutlookが固まる', language: 'ja' });
    expect(course.progress.answers).toMatchObject({
      product: { value: 'mail' },
      os: { value: 'windows' },
      'windows-version': { value: 'windows-11' },
    });
  });

  it('from an earlier dialog of this conversation is not asked again', async () => {
    const told = (step: string, label: string, value: string) => ({ dialog: 'another', step, label, value });
    const before = [
      told('name', 'Name', 'Ken'),
      told('os', 'System', 'macOS'),
      told('edition', 'Edition', 'Deluxe'),
      // The same id, but another question; and another restart.
      told('people', 'People in the room', '4'),
      told('works', 'Works now', 'No'),
    ];
    const course = await begin(dialog, { before });
    expect(course.progress.at).toBe('what');
    expect(Object.keys(course.progress.answers).sort()).toEqual(['name', 'os']);
  });
});

describe('a dialog', () => {
  it('branches by its conditions, says instructions on the way, and ends by its first ending that holds', async () => {
    const mac = await story(dialog, await begin(dialog), 'Ken', 'Mac');
    expect(mac.progress.at).toBe('what');
    const windows = await story(dialog, await begin(dialog), 'Ken', 'Windows');
    expect(windows.progress.at).toBe('edition');
    const asked = await story(dialog, windows, 'Pro', 'It froze');
    expect(text(asked)).toContain('Please restart now.');
    const summary = await story(dialog, asked, 'no', '12', 'skip');
    expect(text(summary)).toContain('**Photo**: _left open_');
    expect((await say(dialog, summary, 'yes')).done).toMatchObject({ how: 'completed', end: { priority: 'high' } });
  });

  it('ends as solved by the answer that says so', async () => {
    const course = await story(dialog, await begin(dialog), 'Ken', 'Mac', 'It froze', 'yes');
    expect(course.done).toEqual({ how: 'solved' });
  });

  it('withdraws what no longer applies when an earlier answer is corrected, and brings it back with it', async () => {
    const there = await story(dialog, await begin(dialog), 'Ken', 'Windows', 'Pro');
    const corrected = await say(dialog, there, 'actually it was a Mac');
    expect(text(corrected)).toContain(t.corrected('System', 'macOS'));
    expect(applicable(dialog, corrected.progress.answers).has('edition')).toBe(false);
    const again = await say(dialog, corrected, 'sorry, not Mac but Windows');
    expect(again.progress.answers).toMatchObject({ os: { value: 'windows' }, edition: { value: 'pro' } });
    expect(again.progress.at).toBe('what');
  });

  it('changes any answer by its name, also from the summary', async () => {
    const summary = await story(dialog, await begin(dialog), 'Ken', 'Mac', 'It froze', 'no', '3', 'skip');
    const which = await say(dialog, summary, t.somethingWrong);
    expect(buttons(which)).toContain(t.change('People'));
    const asked = await say(dialog, which, t.change('People'));
    expect(text(asked)).toContain(t.soFar('3'));
    expect(text(await say(dialog, asked, '4'))).toContain('**People**: 4');
    expect((await say(dialog, summary, 'OSを変更', 'ja')).progress.at).toBe('os');
  });

  it('takes a file wherever it comes', async () => {
    const course = await say(dialog, await begin(dialog), '', 'en', ['screen.png']);
    expect(text(course)).toContain(t.gotFile);
    expect(course.progress.answers.photo?.label).toBe('screen.png');
    expect(course.progress.at).toBe('name');
  });

  it('takes a question for a question even where any text is an answer', async () => {
    const course = await story(dialog, await begin(dialog), 'Ken', 'Mac');
    const back = await say(dialog, course, 'What are your opening hours?');
    expect(interrupted).toContain('What are your opening hours?');
    expect(text(back)).toContain(t.backTo);
    expect(back.progress.at).toBe('what');
  });

  it('lists its choices where buttons may not be seen', async () => {
    const many = await start(shipped, { known: {}, before: [], said: '', language: 'en' }, { ...world, listed: true });
    expect(text(many)).toContain('\n2. Teams or online meetings');
  });
});
