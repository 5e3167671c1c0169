/** A dialog to try things on, and somebody who goes through it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Language } from '../../../src/conversation/language.ts';
import type { Course, World } from '../../../src/dialogs/course.ts';
import type { Dialog } from '../../../src/dialogs/dialog.ts';
import { library } from '../../../src/dialogs/library.ts';
import { parseDialog } from '../../../src/dialogs/parse.ts';
import { advance, type Start, start } from '../../../src/dialogs/runner.ts';
import { dialogTexts } from '../../../src/dialogs/texts.ts';

export const t = dialogTexts.en;
export function parsed(text: string): Dialog {
  const { dialog, problems } = parseDialog('d.yaml', text);
  if (!dialog) throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return dialog;
}
/** A shipped dialog's file. */
export const shippedText = (id: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../dialogs/${id}.yaml`, import.meta.url)), 'utf8');

export const sample = `id: sample
title: {en: Sample, ja: 見本}
steps:
  - id: name
    label: {en: Name, ja: 名前}
    ask: {en: Your name?, ja: お名前は？}
    type: text
    prefill: identity.name
  - id: os
    label: {en: System, ja: OS}
    ask: {en: Which system?, ja: OSは？}
    type: choice
    prefill: user-agent
    choices:
      - {value: windows, label: {en: Windows, ja: Windows}, keywords: {ja: [ウィンドウズ]}}
      - {value: macos, label: {en: macOS, ja: macOS}, keywords: {en: [Mac], ja: [マック]}}
      - {value: other, label: {en: Something else, ja: その他}}
  - id: edition
    label: {en: Edition, ja: エディション}
    ask: {en: Home or Pro?, ja: HomeかProか？}
    type: choice
    when: os == 'windows'
    choices:
      - {value: home, label: {en: Home, ja: Home}}
      - {value: pro, label: {en: Pro, ja: Pro}}
  - id: what
    label: {en: What happened, ja: 起きたこと}
    ask: {en: What happened?, ja: 何が起きましたか？}
    type: text
    required: true
    validate: {max: 500}
  - id: advice
    ask: {en: Please restart now., ja: 再起動してください。}
    type: say
  - id: works
    label: {en: Works now, ja: 今は動く}
    ask: {en: Does it work now?, ja: 動きますか？}
    type: confirm
    solved: yes
  - id: people
    label: {en: People, ja: 人数}
    ask: {en: How many?, ja: 何人？}
    type: number
    validate: {min: 1, max: 999}
  - id: photo
    label: {en: Photo, ja: 写真}
    ask: {en: A photo?, ja: 写真は？}
    type: attachment
end:
  - {when: people > 10, then: handoff, priority: high}
  - {then: handoff}
`;

const faqAnswers = /opening hours|営業時間/;
/** What the FAQ might answer, but is not sure of. */
const near = /printer/;
export const interrupted: string[] = [];
export const world: World = {
  recognisers: library,
  now: new Date(2026, 10, 23, 12).getTime(),
  listed: false,
  interruption: async (text) => {
    const known = faqAnswers.test(text);
    if (known) interrupted.push(text);
    return { answered: known, near: near.test(text) ? ['How do I print?'] : [] };
  },
};
export const begin = (dialog: Dialog, opening: Partial<Start> = {}) =>
  start(dialog, { known: {}, before: [], said: '', language: 'en', ...opening }, world);
export const say = (
  dialog: Dialog,
  course: Course,
  text: string,
  language: Language = 'en',
  files: readonly string[] = [],
) => advance(dialog, course.progress, { text, language, files }, world);
export async function story(dialog: Dialog, course: Course, ...texts: readonly string[]): Promise<Course> {
  let here = course;
  for (const text of texts) here = await say(dialog, here, text);
  return here;
}
export const text = (course: Course) => course.replies.map((reply) => reply.text).join('\n');
export const buttons = (course: Course) => course.replies.at(-1)?.buttons ?? [];
