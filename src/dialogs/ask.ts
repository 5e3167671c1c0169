/** How a question, or the summary, is put: its words and its buttons. */
import type { Language } from '../conversation/language.ts';
import { type Dialog, inLanguage, labelOf, nameOf, type Question } from './dialog.ts';
import { guessOf, offersOf } from './known.ts';
import { effective, missing, type Progress, questionOf } from './progress.ts';
import { dialogTexts } from './texts.ts';

export interface Reply {
  readonly text: string;
  readonly buttons: readonly string[];
}

export interface Asking {
  readonly dialog: Dialog;
  readonly language: Language;
  /** Whether buttons may not all be seen, so that choices stand in the text too. */
  readonly listed: boolean;
}

/**
 * Asks where one is: a question, or whether the summary is right.
 * `brief`: of a long instruction that was just read, only its question; `more`: buttons besides.
 */
export function ask(
  asking: Asking,
  progress: Progress,
  words: readonly string[],
  { brief = false, more = [] }: { readonly brief?: boolean; readonly more?: readonly string[] } = {},
): Reply {
  const { dialog, language, listed } = asking;
  const t = dialogTexts[language];
  const step = questionOf(dialog, progress.at);
  if (!step) return summary(asking, progress, words);
  const answered = progress.answers[step.id];
  const guess = answered ? undefined : guessOf(step, progress, language);
  const isFirst = progress.path.indexOf(step.id) <= 0;
  const hint = answered
    ? t.soFar(oneLine(answered.label))
    : guess && (guess.source === 'question' ? t.wrote : t.guess)(oneLine(guess.label));
  const choices = choicesOf(step, language);
  const list = listed && choices.length > 3 ? choices.map((label, i) => `${i + 1}. ${label}`).join('\n') : undefined;
  const question = inLanguage(step.ask, language);
  const parts = [...words, brief ? askingPart(question) : question, list, hint];
  const buttons = [
    ...more,
    ...(answered ? [t.keep] : guess ? [t.thatsRight] : []),
    // What is to be confirmed has its button already.
    ...choices.filter((label) => label !== guess?.label),
    ...offersOf(step, progress),
    ...(answered || step.required ? [] : [t.skip]),
    ...(isFirst ? [] : [t.back]),
    t.person,
  ];
  return { text: parts.filter((part) => part !== undefined).join('\n\n'), buttons: [...new Set(buttons)] };
}

function summary({ dialog, language }: Asking, progress: Progress, words: readonly string[]): Reply {
  const t = dialogTexts[language];
  const line = (step: Question, text: string) => `- **${nameOf(step, language)}**: ${text}`;
  const lines = [
    ...effective(dialog, progress.answers).map(([step, { label }]) => line(step, oneLine(label))),
    ...missing(dialog, progress).map((step) => line(step, `_${t.open}_`)),
  ];
  const text = [...words, t.summary, lines.join('\n'), t.summaryAsk].join('\n\n');
  return { text, buttons: [t.thatsRight, t.somethingWrong, t.person] };
}

function choicesOf(step: Question, language: Language): readonly string[] {
  if (step.type === 'choice') return step.choices.map((choice) => labelOf(choice, language));
  if (step.type === 'confirm') return [dialogTexts[language].yes, dialogTexts[language].no];
  return step.suggest[language] ?? [];
}

/** Of a long text the paragraph that asks: the last with a question mark, else the first. */
function askingPart(question: string): string {
  const paragraphs = question.trim().split(/\n\s*\n/);
  if (question.length <= 120) return question;
  return paragraphs.findLast((paragraph) => /[?？]/.test(paragraph)) ?? paragraphs[0] ?? question;
}

/** Markdown of an answer must not break the list it stands in. */
const oneLine = (text: string) => {
  const line = text.replace(/\s+/g, ' ').replace(/([*_`[\]<>\\])/g, '\\$1');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
};
