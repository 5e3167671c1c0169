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

export function evolveCollected(c: Conversation, event: Collected): Conversation {
  const before = c.details ?? noDetails;
  const told = new Set([...event.answers, ...event.open].map(({ step }) => step).concat(event.withdrawn ?? []));
  const others = <T extends { readonly step: string }>(list: readonly T[]) =>
    list.filter(({ step }) => !told.has(step));
  const named = (label: string) => label.slice(0, most.label);
  const answers = event.answers.map(
    ({ step, label, value }): Detail => ({ step, label: named(label), value: value.slice(0, most.value) }),
  );
  const open = event.open.map(({ step, label }) => ({ step, label: named(label) }));
  const details: Details = {
    answers: [...others(before.answers), ...answers].slice(-most.answers),
    open: [...others(before.open), ...open].slice(-most.answers),
  };
  return { ...c, details, ...(isOpen(c.ticket) ? { ticket: { ...c.ticket, details } } : {}) };
}
