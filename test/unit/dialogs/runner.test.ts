/** A dialog's course: whatever is said, there is a next step, nothing collected is lost, and nothing known is asked. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../../src/conversation/language.ts';
import { shippedTerms } from '../../../src/desk/terms.ts';
import type { Dialog } from '../../../src/dialogs/dialog.ts';
import { library } from '../../../src/dialogs/library.ts';
import { parseDialog } from '../../../src/dialogs/parse.ts';
import { applicable, type Progress } from '../../../src/dialogs/progress.ts';
import { advance, type Course, resume, type Start, start, type World } from '../../../src/dialogs/runner.ts';
import { dialogTexts } from '../../../src/dialogs/texts.ts';

const t = dialogTexts.en;
const parsed = (text: string): Dialog => {
  const { dialog, problems } = parseDialog('d.yaml', text);
  expect(problems).toEqual([]);
  return dialog as Dialog;
};
const shippedText = readFileSync(
  fileURLToPath(new URL('../../../dialogs/collect-environment.yaml', import.meta.url)),
  'utf8',
);

const sample = `id: sample
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
const interrupted: string[] = [];
const world: World = {
  ...shippedTerms,
  recognisers: library,
  now: new Date(2026, 10, 23, 12).getTime(),
  listed: false,
  interruption: async (text) => {
    const known = faqAnswers.test(text);
    if (known) interrupted.push(text);
    return known;
  },
};
const begin = (dialog: Dialog, opening: Partial<Start> = {}) =>
  start(dialog, { known: {}, before: {}, said: '', language: 'en', ...opening }, world);
const say = (dialog: Dialog, course: Course, text: string, language: Language = 'en', files: readonly string[] = []) =>
  advance(dialog, course.progress, { text, language, files }, world);
async function story(dialog: Dialog, course: Course, ...texts: readonly string[]): Promise<Course> {
  let here = course;
  for (const text of texts) here = await say(dialog, here, text);
  return here;
}
const text = (course: Course) => course.replies.map((reply) => reply.text).join('\n');
const buttons = (course: Course) => course.replies.at(-1)?.buttons ?? [];

let dialog: Dialog;
let shipped: Dialog;
beforeAll(() => {
  dialog = parsed(sample);
  shipped = parsed(shippedText);
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
    const course = await begin(dialog, { before: { name: 'Ken', os: 'macOS', edition: 'Deluxe' } });
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
    const many = await start(shipped, { known: {}, before: {}, said: '', language: 'en' }, { ...world, listed: true });
    expect(text(many)).toContain('\n2. Teams or online meetings');
  });
});

/** Edits that an admin may make while somebody is in the dialog. */
const edits: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) =>
    text.replace(
      /^ {2}- id: (network|people)$/m,
      '  - id: extra\n    ask: {en: Extra?, ja: 追加?}\n    type: text\n$&',
    ),
  (text) =>
    text.replace(/^title: .*$/m, 'title: {en: Another, ja: 別}').replace(/^title:\n(?: {2}.*\n)+/m, 'title: {en: X}\n'),
  (text) => text.replace(/required: true/g, 'required: false'),
];

type Action =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'button'; readonly n: number }
  | { readonly kind: 'file' }
  | { readonly kind: 'edit'; readonly n: number };

const utterances = [
  ...[
    'yes',
    'no',
    'はい',
    'いいえ',
    'skip',
    'スキップ',
    'back',
    '戻る',
    '3',
    '12人',
    'blue',
    '分かりません',
    "I don't know",
  ],
  ...[
    'Windows',
    'Mac',
    'actually it was a Mac',
    'やっぱりWindowsでした',
    'change System',
    'OSを変更',
    '変更：起きたこと',
  ],
  ...[
    'What are your opening hours?',
    '営業時間を教えて',
    'Windows 11のノートPCで自宅からOutlookが使えません',
    '',
    '   ',
    '🙂',
  ],
  ...[
    'It froze and **then** <b>nothing',
    'x'.repeat(3_000),
    'keep it',
    'something is wrong',
    '違うところがある',
    'toString',
    '__proto__',
  ],
];
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('button' as const), n: fc.nat(30) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('say' as const), text: fc.constantFrom(...utterances) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('say' as const), text: fc.string({ maxLength: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('file' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), n: fc.nat(edits.length - 1) }) },
);

describe('any sequence of words, buttons, files, reloads and edits', () => {
  it('leaves a next step, loses nothing collected, and asks for nothing known', { timeout: 120_000 }, async () => {
    const seed = Number(process.env.SEED ?? Date.now());
    console.info(`seed ${seed}`);
    const versions = [sample, shippedText].map((text) => edits.map((edit) => parsed(edit(text))));
    const opening = fc.constantFrom('', 'Windows 11でOutlookが固まる', 'My Mac is slow', '業務が止まっています');
    const agents = fc.constantFrom(
      undefined,
      'Mozilla/5.0 (Windows NT 10.0)',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5)',
    );
    const property = fc.asyncProperty(
      fc.nat(1),
      opening,
      agents,
      fc.array(action, { minLength: 20, maxLength: 60, size: 'max' }),
      async (which, said, agent, actions) => {
        const family = versions[which] as Dialog[];
        let here = family[0] as Dialog;
        let course = await begin(here, { said, known: { ...(agent ? { 'user-agent': agent } : {}), question: said } });
        check(here, undefined, course, '');
        for (const next of actions) {
          if (course.done) return;
          // Every turn is a reload: only JSON goes from one to the next.
          const progress = JSON.parse(JSON.stringify(course.progress)) as Progress;
          const offered = buttons(course);
          const words =
            next.kind === 'button'
              ? (offered[next.n % Math.max(1, offered.length)] ?? '')
              : next.kind === 'say'
                ? next.text
                : '';
          // A person takes over there: the bot's own route, not the dialog's.
          if (words === t.person || words === dialogTexts.ja.person) continue;
          const language = /[ぁ-んァ-ヶ一-龠]/.test(words) ? 'ja' : 'en';
          if (next.kind === 'edit') {
            here = family[next.n] as Dialog;
            course = await resume(here, progress, 'en', world);
          } else {
            const files = next.kind === 'file' ? ['a.png'] : [];
            course = await advance(here, progress, { text: words.trim(), language, files }, world);
          }
          check(here, progress, course, words, next.kind === 'edit');
        }
      },
    );
    await fc.assert(property, { seed, numRuns: 150 });
  });
});

function check(here: Dialog, before: Progress | undefined, course: Course, words: string, edited = false): void {
  const { progress, replies, done } = course;
  if (!done) {
    expect(buttons(course).length).toBeGreaterThan(0);
    expect(replies.at(-1)?.text.trim()).not.toBe('');
  }
  expect(replies.every((reply) => reply.text.length < 20_000)).toBe(true);
  expect(JSON.stringify(progress).length).toBeLessThan(64_000);
  const steps = new Set(here.steps.map((step) => step.id));
  for (const id of Object.keys(before?.answers ?? {})) if (steps.has(id)) expect(progress.answers).toHaveProperty([id]);
  // Known and asked all the same: only because the visitor went back to it, and then it may just be kept.
  if (!done && progress.at !== null && progress.answers[progress.at]) {
    expect(edited).toBe(false);
    const asked = before?.at === progress.at || /back|戻|change|変更|something|違う/i.test(words);
    expect(asked).toBe(true);
    expect(buttons(course).some((button) => button === t.keep || button === dialogTexts.ja.keep)).toBe(true);
  }
}
