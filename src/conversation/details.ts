/** What a guided dialog has found out from the visitor: in the log when it is said, folded so that whoever takes over reads it at once. */
import { isOpen } from './handoff.ts';
import type { Conversation, Detail, Details } from './state.ts';

/** Answers as they are given or corrected, and what the visitor left open. */
export interface Collected {
  readonly type: 'collected';
  /** Id of the dialog. */
  readonly dialog: string;
  readonly answers: readonly CollectedAnswer[];
  /** Asked and not answered. */
  readonly open: readonly Omit<CollectedAnswer, 'value'>[];
  /** Steps whose answers no longer apply, because an earlier one was corrected. */
  readonly withdrawn?: readonly string[];
  /** The dialog ended with the trouble solved. */
  readonly solved?: true;
}

/** Both as the visitor read and said them. */
export interface CollectedAnswer {
  readonly step: string;
  readonly label: string;
  readonly value: string;
}

/** Answers folded at most; of each the start, in UTF-16 units. The log has all of it. */
const most = { answers: 60, value: 1_000, label: 120 } as const;

export const noDetails: Details = { answers: [], open: [] };

/**
 * Whether a step of a dialog asks what this detail tells: the same step, or another dialog's of the same id and name.
 * @param dialog of `step`.
 */
export function isSameDetail(
  detail: Omit<Detail, 'value'>,
  step: { readonly step: string; readonly label: string },
  dialog: string,
): boolean {
  if (detail.step !== step.step) return false;
  return (detail.dialog ?? dialog) === dialog || detail.label === step.label.slice(0, most.label);
}

export function evolveCollected(c: Conversation, event: Collected): Conversation {
  const { details, ...rest } = c;
  const ticket = isOpen(c.ticket) ? { ticket: { ...c.ticket, details: told(c.ticket.details, event) } } : {};
  // What was found out about a trouble that is over is history: the next one is asked about afresh.
  return { ...rest, ...(event.solved ? {} : { details: told(details, event) }), ...ticket };
}

function told(before: Details = noDetails, { dialog, answers, open, withdrawn }: Collected): Details {
  const isTold = (one: Omit<Detail, 'value'>) =>
    [...answers, ...open].some((step) => isSameDetail(one, step, dialog)) ||
    (withdrawn?.includes(one.step) && (one.dialog ?? dialog) === dialog);
  const named = (label: string) => label.slice(0, most.label);
  return {
    answers: [
      ...before.answers.filter((one) => !isTold(one)),
      ...answers.map(
        ({ step, label, value }): Detail => ({ dialog, step, label: named(label), value: value.slice(0, most.value) }),
      ),
    ].slice(-most.answers),
    open: [
      ...before.open.filter((one) => !isTold(one)),
      ...open.map(({ step, label }) => ({ dialog, step, label: named(label) })),
    ].slice(-most.answers),
  };
}
