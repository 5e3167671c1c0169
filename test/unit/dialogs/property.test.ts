/** Whatever is said, pressed, sent or edited: there is a next step, nothing collected is lost, and nothing known is asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Course } from '../../../src/dialogs/course.ts';
import type { Dialog } from '../../../src/dialogs/dialog.ts';
import type { Progress } from '../../../src/dialogs/progress.ts';
import { advance, resume } from '../../../src/dialogs/runner.ts';
import { dialogTexts } from '../../../src/dialogs/texts.ts';
import { drawSeed } from '../../support/seed.ts';
import { begin, buttons, parsed, sample, shippedText, t, world } from './sample.ts';

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
  it('G9 leaves a next step, loses nothing collected, and asks for nothing known', { timeout: 120_000 }, async () => {
    const seed = drawSeed();
    const versions = [sample, shippedText('collect-environment')].map((text) =>
      edits.map((edit) => parsed(edit(text))),
    );
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
  const isWhich = [t.whichOne, dialogTexts.ja.whichOne].includes(replies.at(-1)?.text ?? '');
  if (!done && progress.at !== null && progress.answers[progress.at] && !isWhich) {
    expect(edited).toBe(false);
    const asked = before?.at === progress.at || /back|戻|change|変更|something|違う/i.test(words);
    expect(asked).toBe(true);
    expect(buttons(course).some((button) => button === t.keep || button === dialogTexts.ja.keep)).toBe(true);
  }
}
