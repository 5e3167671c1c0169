/**
 * A dialog's course as a state machine: what was said and how far one is → what to say and how far one is then. Writes nothing and
 * sends nothing. Whatever is said, the visitor is left with a next step: a question, the summary, or an ending.
 */
import type { Language } from '../conversation/language.ts';
import { isCorrection, isQuestionLike, says } from './commands.ts';
import { type Dialog, type End, inLanguage, isQuestion, nameOf, type Question } from './dialog.ts';
import { holds } from './expression.ts';
import { guessOf, toldBy, vouched } from './known.ts';
import { exactly, mentioned, plain } from './mentions.ts';
import { type Answer, applicable, effective, missing, type Progress, questionOf } from './progress.ts';
import { type Ears, labelOf, recognise, type Said } from './recognise.ts';
import { dialogTexts } from './texts.ts';

export interface Reply {
  readonly text: string;
  readonly buttons: readonly string[];
}

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
  /** Answers a question in between from elsewhere; true if it did. What it says comes before the replies. */
  readonly interruption: (text: string) => Promise<boolean>;
  /** Whether buttons may not all be seen, so that choices stand in the text too. */
  readonly listed: boolean;
}

export interface Start {
  readonly known: Progress['known'];
  /** Answers to steps of the same id from before, as they read. */
  readonly before: Readonly<Record<string, string>>;
  /** What the visitor has said already. */
  readonly said: string;
  readonly language: Language;
}

/** Asked so often in vain, a question is left open. */
const mostMisses = 3;
/** Shorter statements are not taken for a question in between, in UTF-16 units. */
const shortestSubject = 12;

export async function start(dialog: Dialog, { known, before, said, language }: Start, world: World): Promise<Course> {
  const t = dialogTexts[language];
  let answers: Progress['answers'] = vouched(dialog, known);
  for (const step of dialog.steps.filter(isQuestion)) {
    const text = before[step.id];
    if (text === undefined || answers[step.id]) continue;
    const files = step.type === 'attachment' ? [text] : [];
    const found = await recognise(step, { text, language, files }, world);
    if ('answer' in found) answers = { ...answers, [step.id]: found.answer };
  }
  const told = toldBy(dialog, answers, said, (choice) => labelOf(choice, language));
  answers = { ...answers, ...told };
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
  const names = dialog.steps.filter(isQuestion).filter((step) => told[step.id]);
  const intro = [
    t.intro(inLanguage(dialog.title, language)),
    ...(names.length > 0 ? [t.noted(names.map((step) => `${nameOf(step, language)}: ${told[step.id]?.label}`))] : []),
  ];
  return goOn(dialog, progress, language, world, intro);
}

/** Goes on with a newer version of the dialog than the one begun: answers are kept by the step's id where they still fit. */
export async function resume(dialog: Dialog, former: Progress, language: Language, world: World): Promise<Course> {
  const answers: Record<string, Answer> = {};
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
  const has = (id: string) => dialog.steps.some((step) => step.id === id);
  const progress: Progress = {
    ...former,
    version: dialog.version,
    at: null,
    answers,
    open: former.open.filter(has),
    missed: 0,
    path: former.path.filter(has),
    told: former.told.filter(has),
  };
  return goOn(dialog, progress, language, world, [dialogTexts[language].edited]);
}

export async function advance(dialog: Dialog, progress: Progress, said: Said, world: World): Promise<Course> {
  const { text, language } = said;
  const t = dialogTexts[language];
  if (says('cancel', text)) return { progress, replies: [], done: { how: 'cancelled' } };
  const step = questionOf(dialog, progress.at);
  const stay = (words: readonly string[]) => ask(dialog, progress, language, world, words);
  if (says('back', text)) return back(dialog, progress, language, world);

  const named = namedToChange(dialog, progress, text);
  if (named) return revisit(dialog, progress, named, language, world);
  const corrected = isCorrection(text) ? correct(dialog, progress, step, said) : undefined;
  if (corrected) {
    const words = corrected.steps.map((one) =>
      t.corrected(nameOf(one, language), corrected.progress.answers[one.id]?.label ?? ''),
    );
    return goOn(dialog, corrected.progress, language, world, words);
  }
  if (!step) return confirmSummary(dialog, progress, said, world);

  const answered = progress.answers[step.id];
  if (answered && (says('keep', text) || says('skip', text))) return goOn(dialog, progress, language, world, []);
  if (says('skip', text)) {
    if (step.required) return stay([t.cannotSkip]);
    return goOn(dialog, { ...progress, open: [...progress.open, step.id] }, language, world, [t.skipped]);
  }
  const guess = guessOf(step, progress.known);
  if (guess !== undefined && !answered && (says('yes', text) || plain(text) === plain(t.thatsRight)))
    return take(dialog, progress, step, guessed(step, guess, language), language, world, []);

  // A file is welcome at any time; where a file is asked for, it is the answer.
  if (said.files.length > 0 && step.type !== 'attachment' && !text) {
    const wanted = dialog.steps.filter(isQuestion).find((one) => one.type === 'attachment');
    const answer = { value: true, label: said.files.join(', ').slice(0, 500) };
    const kept = wanted ? { ...progress, answers: { ...progress.answers, [wanted.id]: answer } } : progress;
    return ask(dialog, kept, language, world, [t.gotFile]);
  }
  const isExact = step.type === 'choice' && exactly(step.choices, text) !== undefined;
  if (!isExact && isQuestionLike(text) && (await world.interruption(text))) return stay([t.backTo]);

  const found = await recognise(step, said, world);
  if ('answer' in found) return take(dialog, progress, step, found.answer, language, world, [], text);
  if (says('unknown', text) && !step.required)
    return goOn(dialog, { ...progress, open: [...progress.open, step.id] }, language, world, [t.leftOpen]);

  const told = toldBy(dialog, progress.answers, text, (choice) => labelOf(choice, language));
  if (Object.keys(told).length > 0) {
    const names = dialog.steps.filter(isQuestion).filter((one) => told[one.id]);
    const words = t.noted(names.map((one) => `${nameOf(one, language)}: ${told[one.id]?.label}`));
    return ask(dialog, { ...progress, answers: { ...progress.answers, ...told } }, language, world, [words]);
  }
  // A few words that fit nothing are a wrong answer rather than a new subject.
  if (text.length >= shortestSubject && (await world.interruption(text))) return stay([t.backTo]);

  const missed = progress.missed + 1;
  if (missed >= mostMisses)
    return goOn(dialog, { ...progress, open: [...progress.open, step.id] }, language, world, [t.leftOpen]);
  const words = missed > 1 ? `${t.again} ${found.fault}` : found.fault;
  return ask(dialog, { ...progress, missed }, language, world, [words]);
}

/** An answer is taken, with whatever else the same words tell. */
async function take(
  dialog: Dialog,
  progress: Progress,
  step: Question,
  answer: Answer,
  language: Language,
  world: World,
  words: readonly string[],
  text?: string,
): Promise<Course> {
  let answers: Progress['answers'] = { ...progress.answers, [step.id]: answer };
  if (text !== undefined) {
    const told = toldBy(dialog, answers, text, (choice) => labelOf(choice, language));
    answers = { ...answers, ...told };
  }
  const next = { ...progress, answers, open: progress.open.filter((id) => id !== step.id) };
  const solved =
    (step.type === 'choice' && step.choices.some((choice) => choice.solved && choice.value === answer.value)) ||
    (step.type === 'confirm' && step.solved === answer.value);
  if (solved) return { progress: next, replies: [], done: { how: 'solved' } };
  return goOn(dialog, next, language, world, words);
}

function guessed(step: Question, guess: string, language: Language): Answer {
  const choice = step.type === 'choice' ? step.choices.find((one) => one.value === guess) : undefined;
  return choice ? { value: choice.value, label: labelOf(choice, language) } : { value: guess, label: guess };
}

/** To the next question that is neither answered nor left open, saying the instructions on the way; else to the summary or the end. */
async function goOn(
  dialog: Dialog,
  progress: Progress,
  language: Language,
  world: World,
  words: readonly string[],
): Promise<Course> {
  const applies = applicable(dialog, progress.answers);
  const said = [...words];
  const told = [...progress.told];
  for (const step of dialog.steps) {
    if (!applies.has(step.id)) continue;
    if (step.type === 'say') {
      if (told.includes(step.id)) continue;
      told.push(step.id);
      said.push(inLanguage(step.ask, language));
    } else if (!progress.answers[step.id] && !progress.open.includes(step.id)) {
      const next = { ...progress, told, at: step.id, missed: 0, path: [...without(progress.path, step.id), step.id] };
      return ask(dialog, next, language, world, said);
    }
  }
  const next = { ...progress, told, at: null, missed: 0 };
  if (dialog.summary && effective(dialog, next.answers).length > 0) return ask(dialog, next, language, world, said);
  return finish(dialog, next, said);
}

function finish(dialog: Dialog, progress: Progress, words: readonly string[]): Course {
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

/** Asks where one is: a question, or whether the summary is right. */
function ask(
  dialog: Dialog,
  progress: Progress,
  language: Language,
  { listed }: World,
  words: readonly string[],
): Course {
  const t = dialogTexts[language];
  const step = questionOf(dialog, progress.at);
  if (!step) {
    const lines = [
      ...effective(dialog, progress.answers).map(
        ([one, { label }]) => `- **${nameOf(one, language)}**: ${oneLine(label)}`,
      ),
      ...missing(dialog, progress).map((one) => `- **${nameOf(one, language)}**: _${t.open}_`),
    ];
    const text = [...words, t.summary, lines.join('\n'), t.summaryAsk].join('\n\n');
    return { progress, replies: [{ text, buttons: [t.thatsRight, t.somethingWrong, t.person] }] };
  }
  const answered = progress.answers[step.id];
  const guess = guessOf(step, progress.known);
  const choices = choicesOf(step, language);
  const isFirst = progress.path.indexOf(step.id) <= 0;
  const hint = answered
    ? t.soFar(oneLine(answered.label))
    : guess !== undefined
      ? (guess === progress.known.question ? t.wrote : t.guess)(oneLine(guessed(step, guess, language).label))
      : undefined;
  const list = listed && choices.length > 3 ? choices.map((label, i) => `${i + 1}. ${label}`).join('\n') : undefined;
  const text = [...words, inLanguage(step.ask, language), list, hint].filter((part) => part !== undefined).join('\n\n');
  const buttons = [
    ...(answered ? [t.keep] : guess !== undefined ? [t.thatsRight] : []),
    ...choices,
    ...(answered || step.required ? [] : [t.skip]),
    ...(isFirst ? [] : [t.back]),
    t.person,
  ];
  return { progress, replies: [{ text, buttons: [...new Set(buttons)] }] };
}

function choicesOf(step: Question, language: Language): readonly string[] {
  if (step.type === 'choice') return step.choices.map((choice) => labelOf(choice, language));
  if (step.type === 'confirm') return [dialogTexts[language].yes, dialogTexts[language].no];
  return step.suggest[language] ?? [];
}

/** Markdown of an answer must not break the list it stands in. */
const oneLine = (text: string) => {
  const line = text.replace(/\s+/g, ' ').replace(/([*_`[\]<>\\])/g, '\\$1');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
};

const without = (list: readonly string[], id: string) => list.filter((one) => one !== id);

function back(dialog: Dialog, progress: Progress, language: Language, world: World): Course {
  const applies = applicable(dialog, progress.answers);
  const path = progress.path.filter((id) => applies.has(id));
  const here = progress.at === null ? path.length : path.indexOf(progress.at);
  const former = path[here - 1];
  if (former === undefined) return ask(dialog, progress, language, world, [dialogTexts[language].noWayBack]);
  return revisit(dialog, { ...progress, path }, former, language, world);
}

/** Asks a question again; its answer stands until another is given. */
function revisit(dialog: Dialog, progress: Progress, id: string, language: Language, world: World): Course {
  const path = progress.path.includes(id) ? progress.path : [...progress.path, id];
  return ask(dialog, { ...progress, at: id, missed: 0, path, open: without(progress.open, id) }, language, world, []);
}

/** "Change: System", "OSを変更": a step by its name, with a word of correction and no new value. */
function namedToChange(dialog: Dialog, progress: Progress, text: string): string | undefined {
  if (!isCorrection(text)) return undefined;
  const said = plain(text).replace(/^(change|変更)\s*[:：]\s*/u, '');
  const applies = applicable(dialog, progress.answers);
  const asked = dialog.steps
    .filter(isQuestion)
    .filter((step) => applies.has(step.id) && (progress.answers[step.id] || progress.open.includes(step.id)));
  const rest = (name: string) =>
    said
      .replace(name, '')
      .replace(
        /change|correct|fix|edit|please|the|my|変更|修正|訂正|直|変え|して|したい|です|ください|る|を|[\s\p{P}]/gu,
        '',
      );
  return asked.find((step) =>
    (['en', 'ja'] as const).some((language) => {
      const name = plain(nameOf(step, language));
      return name.length > 1 && said.includes(name) && rest(name) === '';
    }),
  )?.id;
}

/** "Actually it was a Mac": earlier choices that the words name otherwise than they were answered. */
function correct(
  dialog: Dialog,
  progress: Progress,
  at: Question | undefined,
  { text, language }: Said,
): { progress: Progress; steps: Question[] } | undefined {
  const steps: Question[] = [];
  let answers = progress.answers;
  for (const [step, answer] of effective(dialog, progress.answers)) {
    if (step.type !== 'choice' || step === at) continue;
    // In "not Windows but a Mac" the former answer is named too.
    const others = mentioned(step.choices, text).filter((choice) => choice.value !== answer.value);
    const [choice] = others;
    if (!choice || others.length > 1) continue;
    answers = { ...answers, [step.id]: { value: choice.value, label: labelOf(choice, language) } };
    steps.push(step);
  }
  if (steps.length === 0) return undefined;
  const told = toldBy(dialog, answers, text, (choice) => labelOf(choice, language));
  return { progress: { ...progress, answers: { ...answers, ...told } }, steps };
}

async function confirmSummary(dialog: Dialog, progress: Progress, said: Said, world: World): Promise<Course> {
  const { text, language } = said;
  const t = dialogTexts[language];
  if (says('yes', text) || says('skip', text)) return finish(dialog, progress, []);
  if (says('no', text) || isCorrection(text) || plain(text) === plain(t.somethingWrong)) {
    const names = [...effective(dialog, progress.answers).map(([step]) => step), ...missing(dialog, progress)];
    const buttons = [...names.map((step) => t.change(nameOf(step, language))), t.thatsRight, t.person];
    return { progress, replies: [{ text: t.whichOne, buttons }] };
  }
  const told = toldBy(dialog, progress.answers, text, (choice) => labelOf(choice, language));
  if (Object.keys(told).length > 0)
    return ask(dialog, { ...progress, answers: { ...progress.answers, ...told } }, language, world, []);
  if (await world.interruption(text)) return ask(dialog, progress, language, world, [t.backTo]);
  const missed = progress.missed + 1;
  // Whoever keeps adding to it has no objection.
  if (missed >= mostMisses) return finish(dialog, progress, []);
  return ask(dialog, { ...progress, missed }, language, world, []);
}
