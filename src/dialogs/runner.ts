/**
 * A dialog's course as a state machine: what was said and how far one is → what to say and how far one is then. Writes nothing and
 * sends nothing. Whatever is said, the visitor is left with a next step: a question, the summary, or an ending.
 */
import type { Language } from '../conversation/language.ts';
import { back, correct, corrected, correctedIn, namedToChange, revisit, which } from './change.ts';
import { isQuestionLike, says } from './commands.ts';
import { asking, type Course, finish, goOn, leave, namesOf, type Scene, take, type World } from './course.ts';
import { type Dialog, inLanguage, isQuestion, labelOf, nameOf, type Question } from './dialog.ts';
import { guessOf, toldBy } from './known.ts';
import { exactly, plain } from './mentions.ts';
import { type Answer, type Progress, questionOf } from './progress.ts';
import { recognise, type Said } from './recognise.ts';
import { dialogTexts } from './texts.ts';

/** An answer given earlier in this conversation. */
export interface Earlier {
  /** Id of the dialog that asked; unknown for what an earlier release collected. */
  readonly dialog?: string | undefined;
  readonly step: string;
  /** What the step was called, and the answer as it reads. */
  readonly label: string;
  readonly value: string;
}

export interface Start {
  readonly known: Progress['known'];
  readonly before: readonly Earlier[];
  /** What the visitor has said already. */
  readonly said: string;
  readonly language: Language;
}

/** Asked so often in vain, a question is left open. */
const mostMisses = 3;

/** Answers carried along for steps that the dialog does not have now. */
const mostCarried = 40;

/** Shorter statements are not taken for a new subject: a few words that fit nothing are a wrong answer. In UTF-16 units. */
const shortestSubject: Readonly<Record<Language, number>> = { en: 20, ja: 10 };

export async function start(dialog: Dialog, opening: Start, world: World): Promise<Course> {
  const { known, before, said, language } = opening;
  const t = dialogTexts[language];
  const scene: Scene = { dialog, language, world };
  let answers: Progress['answers'] = {};
  for (const step of dialog.steps.filter(isQuestion)) {
    const earlier = before.findLast((one) => isSame(dialog, step, one));
    if (!earlier) continue;
    const files = step.type === 'attachment' ? [earlier.value] : [];
    const found = await recognise(step, { text: earlier.value, language, files }, world);
    if ('answer' in found) answers = { ...answers, [step.id]: found.answer };
  }
  answers = { ...answers, ...toldBy(dialog, answers, said, language) };
  const progress: Progress = {
    id: dialog.id,
    version: dialog.version,
    at: null,
    answers,
    open: [],
    missed: 0,
    path: [],
    told: [],
    known,
  };
  const names = namesOf(dialog, answers, (step) => nameOf(step, language));
  return goOn(scene, progress, [
    t.intro(inLanguage(dialog.title, language)),
    ...(names.length ? [t.noted(names)] : []),
  ]);
}

/**
 * Whether a step asks what was asked before. Another dialog's step is the same by id and name together, and what a check brought is
 * never carried over: "Did the restart help?" means another restart there.
 */
function isSame(dialog: Dialog, step: Question, earlier: Earlier): boolean {
  if (step.id !== earlier.step) return false;
  if (earlier.dialog === dialog.id) return true;
  const isCheck =
    (step.type === 'confirm' && step.solved !== undefined) ||
    (step.type === 'choice' && step.choices.some((choice) => choice.solved)) ||
    step.type === 'attachment';
  return !isCheck && [nameOf(step, 'en'), nameOf(step, 'ja')].includes(earlier.label);
}

/**
 * Goes on with another version of the dialog than the one begun: answers are kept by the step's id where they still fit. Those to steps
 * that this version does not have are carried along: another process of the desk may serve one that does.
 */
export async function resume(dialog: Dialog, former: Progress, language: Language, world: World): Promise<Course> {
  const has = (id: string) => dialog.steps.some((step) => step.id === id);
  const others = Object.entries(former.answers).filter(([id]) => !has(id));
  const answers: Record<string, Answer> = Object.fromEntries(others.slice(-mostCarried));
  for (const step of dialog.steps.filter(isQuestion)) {
    const answer = former.answers[step.id];
    if (!answer) continue;
    if (step.type === 'choice') {
      const choice = step.choices.find((one) => one.value === answer.value);
      if (choice) answers[step.id] = { value: choice.value, label: labelOf(choice, language) };
    } else {
      const files = step.type === 'attachment' ? [answer.label] : [];
      const text = step.type === 'date' || step.type === 'number' ? String(answer.value) : answer.label;
      const found = await recognise(step, { text, language, files }, world);
      if ('answer' in found) answers[step.id] = { value: found.answer.value, label: answer.label };
    }
  }
  const progress: Progress = {
    ...settled(former),
    version: dialog.version,
    at: null,
    answers,
    open: former.open.filter(has),
    missed: 0,
    path: former.path.filter(has),
    told: former.told.filter(has),
  };
  return goOn({ dialog, language, world }, progress, [dialogTexts[language].edited]);
}

export async function advance(dialog: Dialog, former: Progress, said: Said, world: World): Promise<Course> {
  const { text, language } = said;
  const t = dialogTexts[language];
  const scene: Scene = { dialog, language, world };
  const progress = settled(former);
  if (says('cancel', text)) return { progress, replies: [], done: { how: 'cancelled' } };
  const step = questionOf(dialog, progress.at);
  if (step && former.doubt !== undefined) {
    const settling = await settle(scene, progress, step, former.doubt, said);
    if (settling) return settling;
  }
  if (says('back', text)) return back(scene, progress);
  if (plain(text) === plain(t.goOn)) return asking(scene, progress);
  // What somebody writes as a text may well begin like that; the button is pressed where no text is asked for.
  if (step?.type !== 'text' && says('wrong', text)) return which(scene, progress);
  const change = await namedToChange(scene, progress, said);
  if (change?.answer) {
    const words = [corrected(language, change.step, change.answer.label)];
    return take(scene, progress, change.step, change.answer, { words });
  }
  if (change) return revisit(scene, progress, change.step.id);
  const correction = correct(scene, progress, step, text);
  if (correction) return goOn(scene, correction.progress, correctedIn(language, correction));
  return step ? answer(scene, progress, step, said) : confirmSummary(scene, progress, said);
}

/** What is said to a question. */
async function answer(scene: Scene, progress: Progress, step: Question, said: Said): Promise<Course> {
  const { dialog, language, world } = scene;
  const { text } = said;
  const t = dialogTexts[language];
  const answered = progress.answers[step.id];
  if (answered && (says('keep', text) || says('skip', text))) return goOn(scene, progress);
  if (says('skip', text)) {
    return step.required
      ? asking(scene, progress, [t.cannotSkip], { brief: true })
      : leave(scene, progress, step, [t.skipped]);
  }
  const guess = answered ? undefined : guessOf(step, progress, language);
  if (guess && (says('yes', text) || plain(text) === plain(t.thatsRight)))
    return take(scene, progress, step, { value: guess.value, label: guess.label });

  // A file is welcome at any time; where a file is asked for, it is the answer.
  if (said.files.length > 0 && step.type !== 'attachment' && !text) {
    const wanted = dialog.steps.filter(isQuestion).find((one) => one.type === 'attachment');
    const file = { value: true, label: said.files.join(', ').slice(0, 500) };
    const kept = wanted ? { ...progress, answers: { ...progress.answers, [wanted.id]: file } } : progress;
    return asking(scene, kept, [t.gotFile], { brief: true });
  }
  const isExact = step.type === 'choice' && exactly(step.choices, text) !== undefined;
  if (!isExact && isQuestionLike(text)) {
    const { answered: helped, near } = await world.interruption(text, 'asked');
    if (helped) return asking(scene, progress, [t.backTo]);
    // A problem is often told as a question, and there it is the answer.
    const mayBeAnswer = step.type === 'text' && !step.prefill.includes('question');
    if (mayBeAnswer) {
      const buttons = [t.myAnswer, ...near, t.myQuestion, ...(answered ? [t.keep] : []), t.person];
      return { progress: { ...progress, doubt: text.slice(0, 2_000) }, replies: [{ text: t.isItAnswer, buttons }] };
    }
    const found = await recognise(step, said, world);
    if ('answer' in found) return take(scene, progress, step, found.answer, { text });
    return asking(scene, progress, [t.notSure], { brief: true, more: near });
  }
  if (step.type === 'confirm' && step.solved !== undefined) {
    // "Done" says that it was tried, not what came of it.
    if (says('done', text)) return asking(scene, progress, [t.andNow], { brief: true });
    if (says('tried', text))
      return take(scene, progress, step, { value: !step.solved, label: step.solved ? t.no : t.yes });
  }
  if (says('nothing', text)) {
    const none = step.type === 'text' ? (step.suggest[language] ?? []).find(isNegative) : undefined;
    if (none) return take(scene, progress, step, { value: none, label: none });
    const canBeNone = step.type === 'text' || step.type === 'attachment' || step.type === 'date';
    if (canBeNone && !step.required) return leave(scene, progress, step, [t.leftOpen]);
  }
  // A bare "yes" tells nothing of what was asked for in words; and who adds to the first words does not take them back.
  const added = guess?.source === 'question' ? `${guess.label}\n${text}` : text;
  const found =
    step.type === 'text' && (says('nothing', text) || says('bareYes', text))
      ? { fault: t.noText }
      : await recognise(step, { ...said, text: added }, world);
  if ('answer' in found) return take(scene, progress, step, found.answer, { text });
  if (says('unknown', text) && !step.required) return leave(scene, progress, step, [t.leftOpen]);

  const told = toldBy(dialog, progress.answers, text, language);
  if (Object.keys(told).length > 0) {
    const words = t.noted(namesOf(dialog, told, (one) => nameOf(one, language)));
    return asking(scene, { ...progress, answers: { ...progress.answers, ...told } }, [words]);
  }
  const meant = correct(scene, progress, step, text, 'named');
  if (meant) return goOn(scene, meant.progress, correctedIn(language, meant));
  if (text.length >= shortestSubject[language] && (await world.interruption(text, 'told')).answered)
    return asking(scene, progress, [t.backTo]);
  return miss(scene, progress, step, found.fault);
}

/** What was said fits nothing: asked again twice, each time with more help, then left open. */
function miss(scene: Scene, progress: Progress, step: Question, fault: string): Course {
  const t = dialogTexts[scene.language];
  const missed = progress.missed + 1;
  if (missed >= mostMisses) return leave(scene, progress, step, [t.leftOpen]);
  const isCheck = step.type === 'confirm' && step.solved !== undefined;
  const first = isCheck ? t.heard : fault;
  const second = step.type === 'choice' || step.type === 'confirm' ? t.againButtons : `${t.again} ${fault}`;
  return asking(scene, { ...progress, missed }, [missed > 1 ? second : first], { brief: true });
}

const isNegative = (suggestion: string): boolean => /^(no|nothing|none|not)\b|(ない|なし|ません)$/iu.test(suggestion);

/** Whether words that looked like a question are the answer. Undefined where the visitor says something else instead. */
async function settle(
  scene: Scene,
  progress: Progress,
  step: Question,
  doubt: string,
  { text, language }: Said,
): Promise<Course | undefined> {
  const t = dialogTexts[language];
  if (says('bareYes', text) || plain(text) === plain(t.myAnswer)) {
    const found = await recognise(step, { text: doubt, language, files: [] }, scene.world);
    if ('answer' in found) return take(scene, progress, step, found.answer, { text: doubt });
    return miss(scene, progress, step, found.fault);
  }
  if (says('nothing', text) || plain(text) === plain(t.myQuestion))
    return asking(scene, progress, [`${t.questionKept} ${t.backTo}`]);
  return undefined;
}

async function confirmSummary(scene: Scene, progress: Progress, { text, language }: Said): Promise<Course> {
  const t = dialogTexts[language];
  if (says('yes', text) || says('skip', text)) return finish(scene, progress);
  if (says('no', text) || says('nothing', text)) return which(scene, progress);
  const told = toldBy(scene.dialog, progress.answers, text, language);
  if (Object.keys(told).length > 0) return asking(scene, { ...progress, answers: { ...progress.answers, ...told } });
  const { answered, near } = await scene.world.interruption(text, isQuestionLike(text) ? 'asked' : 'told');
  if (answered) return asking(scene, progress, [t.backTo]);
  const missed = progress.missed + 1;
  // Whoever keeps adding to it has no objection.
  if (missed >= mostMisses) return finish(scene, progress);
  return asking(scene, { ...progress, missed }, [], { more: near });
}

/** Without a doubt from before. */
function settled({ doubt: _, ...progress }: Progress): Progress {
  return progress;
}
