/** The answer that was given last: what to do where it did not help, was not understood, or is asked for once more. */

import { inLanguage } from '../dialogs/dialog.ts';
import type { Entry } from '../understanding/understanding.ts';
import { offerDialog } from './dialogs.ts';
import type { Talk } from './talk.ts';

/** Offers the entry's dialog, or a person and what is near; a second answer that did not help leads to a person. */
export async function notHelped(talk: Talk, id: string, also?: string): Promise<void> {
  const { turn, t, knowledge } = talk;
  turn.findings.push({ type: 'feedback', entry: id, helped: false });
  const entry = knowledge.entry(id);
  const failedBefore = turn.conversation.tries.some((attempt) => attempt.helped === false);
  // A second answer that did not help is one too many; for who has no patience left, the first.
  if (failedBefore || talk.impatient) {
    await talk.handOver('not-helped', entry);
    return;
  }
  if (entry?.dialog && (await offerDialog(talk, entry, entry.dialog))) return;
  const tried = new Set([id, ...turn.conversation.tries.map((attempt) => attempt.entry)]);
  // What was asked for comes before what is only related.
  const related = [...(also === undefined ? [] : [also]), ...(entry?.related ?? [])]
    .filter((other) => !tried.has(other))
    .flatMap((other) => knowledge.entry(other) ?? [])
    .slice(0, 2);
  await talk.say(t.sorry, [t.talkToPerson, ...related.map((other) => talk.title(other))]);
  talk.remember({
    pending: { kind: 'offer', reason: 'not-helped', entries: related.map((other) => other.id), entry: id },
    misses: 0,
  });
}

/** The entry whose answer stands unjudged above, if that was the last thing said. */
export const lastAnswered = ({ memory: { pending } }: Talk): string | undefined =>
  pending?.kind === 'helped' ? pending.entry : undefined;

/**
 * The same page of steps once more helps nobody: says that it was given, and goes on from there.
 * @param others what else may be meant.
 */
export async function saidBefore(talk: Talk, entry: Entry, others: readonly Entry[]): Promise<void> {
  const { t } = talk;
  const near = others.slice(0, 2);
  await talk.say(t.saidBefore(talk.title(entry)), [
    ...guideTo(talk, entry),
    t.talkToPerson,
    ...near.map((other) => talk.title(other)),
    t.showAgain,
  ]);
  talk.remember({ pending: { kind: 'helped', entry: entry.id, others: near.map(({ id }) => id) }, misses: 0 });
}

/** Said once; who still does not understand gets a person. */
export async function unclear(talk: Talk, entry: Entry | undefined): Promise<void> {
  const { t, memory } = talk;
  if (memory.pending?.kind !== 'helped' || memory.pending.unclear) {
    await talk.handOver('not-helped', entry);
    return;
  }
  await talk.say(t.unclear, [...(entry ? guideTo(talk, entry) : []), t.talkToPerson]);
  talk.remember({ ...memory, pending: { ...memory.pending, unclear: true } });
}

/** The button of the entry's guided dialog, where it has one. */
export function guideTo({ dialogs, language, t }: Talk, entry: Entry): string[] {
  const guide = entry.dialog === undefined ? undefined : dialogs?.get(entry.dialog);
  return guide ? [t.guide(inLanguage(guide.title, language))] : [];
}
