/** Where a dialog goes from here: an answer is taken, the next question asked, the summary shown, or an ending reached. */
import type { Language } from '../conversation/language.ts';
import { ask, type Reply } from './ask.ts';
import { isoDay, wallClock } from './clock.ts';
import { type Dialog, type End, inLanguage, isQuestion, nameOf, type Question } from './dialog.ts';
import { holds } from './expression.ts';
import { toldBy, vouchedFor } from './known.ts';
import { type Answer, applicable, effective, type Progress } from './progress.ts';
import type { Ears } from './recognise.ts';
import { dialogTexts } from './texts.ts';

/** What one message, or the beginning, led to. */
export interface Course {
  readonly progress: Progress;
  readonly replies: readonly Reply[];
  /** `end`: how the dialog ends now, if it does. */
  readonly done?:
    | { readonly how: 'solved' }
    | { readonly how: 'cancelled' }
    | { readonly how: 'completed'; readonly end: End };
}

export interface World extends Ears {
  /**
   * Answers a question in between from elsewhere, if it can. What it says comes before the replies.
   * @param how `told`: it is no question by its form, so more must speak for its being one.
   */
  readonly interruption: (text: string, how: 'asked' | 'told') => Promise<Interruption>;
  /** Whether buttons may not all be seen, so that choices stand in the text too. */
  readonly listed: boolean;
}

export interface Interruption {
  readonly answered: boolean;
  /** Where it is not sure: questions it could answer, as buttons. */
  readonly near: readonly string[];
}

/** What stays the same while one message is dealt with. */
export interface Scene {
  readonly dialog: Dialog;
  readonly language: Language;
  readonly world: World;
}

/** Asks where one is. */
export const asking = (
  { dialog, language, world }: Scene,
  progress: Progress,
  words: readonly string[] = [],
  how: { readonly brief?: boolean; readonly more?: readonly string[] } = {},
): Course => ({
  progress,
  replies: [ask({ dialog, language, listed: world.listed }, progress, words, how)],
});

/** An answer is taken, with whatever else the same words tell. */
export function take(
  scene: Scene,
  progress: Progress,
  step: Question,
  answer: Answer,
  { words = [], text }: { readonly words?: readonly string[]; readonly text?: string } = {},
): Course {
  const { dialog, language } = scene;
  const taken = step.type === 'choice' ? step.choices.find((one) => one.value === answer.value) : undefined;
  const own: Progress['answers'] = { ...progress.answers, [step.id]: answer };
  const told = text === undefined ? {} : toldBy(dialog, own, text, language, taken);
  const answers = { ...own, ...told };
  const names = namesOf(dialog, told, (one) => nameOf(one, language));
  const next = { ...progress, answers, open: progress.open.filter((id) => id !== step.id) };
  const solved =
    (step.type === 'choice' && step.choices.some((choice) => choice.solved && choice.value === answer.value)) ||
    (step.type === 'confirm' && step.solved === answer.value);
  if (solved) return { progress: next, replies: [], done: { how: 'solved' } };
  return goOn(scene, next, names.length > 0 ? [...words, dialogTexts[language].noted(names)] : words);
}

/** A question is left open, and the next one asked. */
export const leave = (scene: Scene, progress: Progress, step: Question, words: readonly string[]): Course =>
  goOn(scene, { ...progress, open: [...without(progress.open, step.id), step.id] }, words);

/** To the next question that is neither answered nor left open, saying the instructions on the way; else to the summary or the end. */
export function goOn(scene: Scene, progress: Progress, words: readonly string[] = []): Course {
  const { dialog, language, world } = scene;
  const today = isoDay(wallClock(world.now, world.zone));
  const said = [...words];
  const told = [...progress.told];
  let { answers } = progress;
  for (const step of dialog.steps) {
    if (!applicable(dialog, answers).has(step.id)) continue;
    if (step.type === 'say') {
      if (told.includes(step.id)) continue;
      told.push(step.id);
      said.push(inLanguage(step.ask, language));
      continue;
    }
    if (answers[step.id] || progress.open.includes(step.id)) continue;
    const fact = vouchedFor(step, { ...progress, answers }, language, today);
    if (fact) {
      answers = { ...answers, [step.id]: fact };
      continue;
    }
    const path = [...without(progress.path, step.id), step.id];
    return asking(scene, { ...progress, answers, told, at: step.id, missed: 0, path }, said);
  }
  const next = { ...progress, answers, told, at: null, missed: 0 };
  if (dialog.summary && effective(dialog, next.answers).length > 0) return asking(scene, next, said);
  return finish(scene, next, said);
}

export function finish({ dialog }: Scene, progress: Progress, words: readonly string[] = []): Course {
  const applies = applicable(dialog, progress.answers);
  const known = (id: string) => (applies.has(id) ? progress.answers[id]?.value : undefined);
  const end = dialog.end.find((one) => !one.when || holds(one.when, known));
  if (!end) throw new Error(`Dialog ${dialog.id} has no ending left; the last must have no condition.`);
  return {
    progress,
    replies: words.length > 0 ? [{ text: words.join('\n\n'), buttons: [] }] : [],
    done: { how: 'completed', end },
  };
}

/** The steps of these answers, by name and answer: `System: Windows`. */
export const namesOf = (
  dialog: Dialog,
  answers: Progress['answers'],
  nameOf: (step: Question) => string,
): readonly string[] =>
  dialog.steps
    .filter(isQuestion)
    .flatMap((step) => (answers[step.id] ? [`${nameOf(step)}: ${answers[step.id]?.label}`] : []));

export const without = (list: readonly string[], id: string): string[] => list.filter((one) => one !== id);
