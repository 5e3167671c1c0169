/** How far somebody is in a dialog: all that is kept between turns, small and plain JSON. */
import type { Dialog, Question, Source } from './dialog.ts';
import { isQuestion } from './dialog.ts';
import { holds, type Literal } from './expression.ts';

export interface Answer {
  /** What conditions compare: a choice's value, a number, an ISO 8601 date, true or false, or the text itself. */
  readonly value: Literal;
  /** As the visitor read or said it. */
  readonly label: string;
}

export interface Progress {
  readonly id: string;
  readonly version: string;
  /** The question that waits for its answer; null: the summary waits to be confirmed. */
  readonly at: string | null;
  readonly answers: Readonly<Record<string, Answer>>;
  /** Questions skipped or given up on. */
  readonly open: readonly string[];
  /** How often in a row the question was answered with what it could not take. */
  readonly missed: number;
  /** Questions asked, oldest first: the way back. */
  readonly path: readonly string[];
  /** Instructions said already. */
  readonly told: readonly string[];
  /** Words that may be a question rather than the answer: the visitor is being asked which. */
  readonly doubt?: string;
  /** What was known before the first question. */
  readonly known: Readonly<Partial<Record<Source, string>>>;
}

/** The questions that apply as the answers are, in order. A condition sees only answers that apply themselves. */
export function applicable(dialog: Dialog, answers: Progress['answers']): Set<string> {
  const applies = new Set<string>();
  const known = (id: string) => (applies.has(id) ? answers[id]?.value : undefined);
  for (const step of dialog.steps) if (!step.when || holds(step.when, known)) applies.add(step.id);
  return applies;
}

/** The answers that apply, in the order of the steps. */
export function effective(dialog: Dialog, answers: Progress['answers']): [Question, Answer][] {
  const applies = applicable(dialog, answers);
  return dialog.steps.flatMap((step) => {
    const answer = answers[step.id];
    return isQuestion(step) && answer && applies.has(step.id) ? [[step, answer] as [Question, Answer]] : [];
  });
}

export const questionOf = (dialog: Dialog, id: string | null): Question | undefined =>
  dialog.steps.filter(isQuestion).find((step) => step.id === id);

/** What a summary shows: the steps with their answers, and those left open. */
export function missing(dialog: Dialog, progress: Progress): Question[] {
  const applies = applicable(dialog, progress.answers);
  return dialog.steps.filter(isQuestion).filter((step) => applies.has(step.id) && !progress.answers[step.id]);
}
