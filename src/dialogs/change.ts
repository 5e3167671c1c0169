/** Earlier answers taken back: one question back, "change: System", "the serial number is AB12", "actually it was a Mac". */
import type { Language } from '../conversation/language.ts';
import { isCorrection, isQuestionLike, isRetraction } from './commands.ts';
import { asking, type Course, type Scene, without } from './course.ts';
import { type Dialog, isQuestion, labelOf, nameOf, type Question } from './dialog.ts';
import { toldBy } from './known.ts';
import { exactly, mentioned, plain } from './mentions.ts';
import { type Answer, applicable, effective, type Progress } from './progress.ts';
import { recognise, type Said } from './recognise.ts';
import { dialogTexts } from './texts.ts';

export function back(scene: Scene, progress: Progress): Course {
  const applies = applicable(scene.dialog, progress.answers);
  const path = progress.path.filter((id) => applies.has(id));
  const here = progress.at === null ? path.length : path.indexOf(progress.at);
  const former = path[here - 1];
  if (former === undefined) return asking(scene, progress, [dialogTexts[scene.language].noWayBack]);
  return revisit(scene, { ...progress, path }, former);
}

/** Asks a question again; its answer stands until another is given. */
export function revisit(scene: Scene, progress: Progress, id: string): Course {
  const path = progress.path.includes(id) ? progress.path : [...progress.path, id];
  return asking(scene, { ...progress, at: id, missed: 0, path, open: without(progress.open, id) });
}

/** Asks which answer is to be changed. */
export function which({ dialog, language }: Scene, progress: Progress): Course {
  const t = dialogTexts[language];
  const names = askedIn(dialog, progress).map((step) => t.change(nameOf(step, language)));
  const buttons = [...names, progress.at === null ? t.thatsRight : t.goOn, t.person];
  return { progress, replies: [{ text: t.whichOne, buttons }] };
}

/** Steps with an answer, or left open. */
const askedIn = (dialog: Dialog, progress: Progress): Question[] => {
  const applies = applicable(dialog, progress.answers);
  return dialog.steps
    .filter(isQuestion)
    .filter((step) => applies.has(step.id) && (progress.answers[step.id] || progress.open.includes(step.id)));
};

export interface Change {
  readonly step: Question;
  /** The new answer, where it was said too; undefined: the step is to be asked again. */
  readonly answer?: Answer;
}

const wordsOfChange =
  /change|correct|fix|edit|please|the|my|\bto\b|変更|修正|訂正|直し?|変え|して|したい|です|ください|る|を|は|に|[\s\p{P}]/giu;
const before = /^(?:please )?(?:(?:change|correct|fix|edit|変更)\s*[:：]?\s*)?(?:the |my )?/iu;
const after = [
  /[\s,、]*(?:,|、|\s)(?:sorry|please|instead|my mistake)[.!\s]*$/iu,
  /(?:に|へ)?(?:変更|修正|訂正|直)(?:し?(?:て(?:ください)?|ます|たい(?:です)?)?)?[。.!！\s]*$/u,
  /(?:の間違い|の誤り)?(?:です|でした)?[。.!！\s]*$/u,
];

/** A step that is to be changed, said by its name, with or without its new answer. */
export async function namedToChange(scene: Scene, progress: Progress, said: Said): Promise<Change | undefined> {
  const { dialog, world } = scene;
  const atSummary = progress.at === null;
  if (isQuestionLike(said.text) || (!isCorrection(said.text) && !atSummary)) return undefined;
  const text = said.text.normalize('NFKC').trim().replace(before, '');
  for (const step of askedIn(dialog, progress)) {
    for (const language of ['en', 'ja'] as const) {
      const name = plain(nameOf(step, language));
      if (name.length < 2 || !plain(text).includes(name)) continue;
      if (plain(text).replace(name, '').replace(wordsOfChange, '') === '') return { step };
      if (!plain(text).startsWith(name)) continue;
      const rest = /^\s*(?:は|を|が|:|：|is|was|should be|to)\s*(.+)$/iu.exec(text.slice(name.length))?.[1];
      if (!rest) continue;
      const value = after.reduce((words, ending) => words.replace(ending, ''), rest).trim();
      const found = await recognise(step, { ...said, text: value }, world);
      return 'answer' in found ? { step, answer: found.answer } : { step };
    }
  }
  return undefined;
}

export interface Correction {
  readonly progress: Progress;
  readonly steps: readonly Question[];
}

/**
 * "Actually it was a Mac": earlier choices that the words name otherwise than they were answered.
 * `named`: "Mac" alone, which fits nothing that is asked now.
 */
export function correct(
  { dialog, language }: Scene,
  progress: Progress,
  at: Question | undefined,
  text: string,
  how: 'taken back' | 'named' = 'taken back',
): Correction | undefined {
  // "How do I change my password?" takes nothing back.
  if (how === 'taken back' && (!isCorrection(text) || (isQuestionLike(text) && !isRetraction(text)))) return undefined;
  const steps: Question[] = [];
  let answers = progress.answers;
  for (const [step, answer] of effective(dialog, progress.answers)) {
    if (step.type !== 'choice' || step === at) continue;
    if (how === 'named' && !exactly(step.choices, text)) continue;
    // In "not Windows but a Mac" the former answer is named too.
    const others = mentioned(step.choices, text).filter((choice) => choice.value !== answer.value);
    const [choice] = others;
    if (!choice || others.length > 1) continue;
    answers = { ...answers, [step.id]: { value: choice.value, label: labelOf(choice, language) } };
    steps.push(step);
  }
  if (steps.length === 0) return undefined;
  return { progress: { ...progress, answers: { ...answers, ...toldBy(dialog, answers, text, language) } }, steps };
}

export const corrected = (language: Language, step: Question, label: string): string =>
  dialogTexts[language].corrected(nameOf(step, language), label);

export const correctedIn = (language: Language, { progress, steps }: Correction): string[] =>
  steps.map((step) => corrected(language, step, progress.answers[step.id]?.label ?? ''));
