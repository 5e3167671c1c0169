/** Guided dialogs for those who wait for a person: what the person would ask first, and how to reach them. */
import { leaveOpen } from './dialog-details.ts';
import { backToWaiting, fetchLibrary, goOn, startDialog } from './dialogs.ts';
import { means } from './intents.ts';
import type { Pending } from './memory.ts';
import type { Talk } from './talk.ts';

/** What an expert would ask first; offered once to those who wait for a person. */
const beforeHandoff = 'collect-environment';
/** How to reach somebody who need not wait. */
export const leaveContact = 'leave-contact';

/** The questions for somebody who now waits: once, when nothing is collected yet; undefined where there are none to ask. */
export function questionsFor(talk: Talk): Pending | undefined {
  if (talk.memory.dialog || talk.offered || !talk.dialogs?.get(beforeHandoff)) return undefined;
  if ((talk.turn.conversation.details?.answers.length ?? 0) > 0) return undefined;
  fetchLibrary();
  return { kind: 'dialog', dialog: beforeHandoff, before: true };
}

export async function offerQuestions(talk: Talk): Promise<void> {
  const pending = questionsFor(talk);
  if (!pending) return;
  talk.offered = true;
  await talk.say(talk.t.offerQuestions, [talk.t.startQuestions, talk.t.stopWaiting]);
  talk.remember({ pending, misses: 0 });
}

/** The questions, for somebody who waits. @returns false when what was said is for the person who will take over. */
export async function answerWhileWaiting(talk: Talk): Promise<boolean> {
  const { text, t, memory } = talk;
  if (memory.dialog && means('person', text)) {
    leaveOpen(talk);
    await backToWaiting(talk, await talk.standing());
    return true;
  }
  if (memory.dialog) {
    await goOn(talk, memory.dialog);
    return true;
  }
  if (text === t.leaveContact && talk.dialogs?.get(leaveContact)) return startDialog(talk, leaveContact, {});
  if (memory.pending?.kind !== 'dialog' || (text !== t.startQuestions && !means('yes', text))) return false;
  return startDialog(talk, memory.pending.dialog, {});
}
