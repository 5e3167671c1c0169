/** What is known of a dialog's questions beforehand, and what of its answers goes into the log. */
import { type Collected, isSameDetail, noDetails } from '../conversation/details.ts';
import type { Course } from '../dialogs/course.ts';
import { type Dialog, isQuestion, nameOf } from '../dialogs/dialog.ts';
import { effective, missing, type Progress } from '../dialogs/progress.ts';
import { customerFacts } from './customer-facts.ts';
import type { Talk } from './talk.ts';

/** What need not be asked, or only confirmed. */
export function knownOf(talk: Talk): Progress['known'] {
  const { signed, name, email, plan } = talk.turn.conversation.visitor;
  const userAgent = talk.userAgent();
  return {
    ...(userAgent ? { 'user-agent': userAgent } : {}),
    ...(talk.question ? { question: talk.question } : {}),
    ...(signed && name ? { 'identity.name': name } : {}),
    ...(signed && email ? { 'identity.email': email } : {}),
    ...(signed && plan ? { 'identity.plan': plan } : {}),
    ...customerFacts(talk.turn.conversation.customer),
  };
}

/** The version somebody is in, while this process still has it; else the newest. */
export const definitionOf = (talk: Talk, { id, version }: Progress): Dialog | undefined =>
  talk.dialogs?.version(id, version) ?? talk.dialogs?.get(id);

/** What of this turn goes into the log; undefined where nothing is new. */
export function collectedIn(
  talk: Talk,
  definition: Dialog,
  before: Progress | undefined,
  after: Progress,
  done: NonNullable<Course['done']>['how'] | undefined,
): Collected | undefined {
  const { language, turn } = talk;
  const final = done === 'completed';
  const solved = done === 'solved';
  const { answers: collected, open: stillOpen } = turn.conversation.details ?? noDetails;
  const now = effective(definition, after.answers);
  const answers = now.flatMap(([step, { label }]) => {
    const found = { step: step.id, label: nameOf(step, language), value: label };
    const isOld = collected.some(
      (one) => isSameDetail(one, found, definition.id) && one.value === label.slice(0, 1_000),
    );
    return isOld ? [] : [found];
  });
  const has = new Set(now.map(([step]) => step.id));
  // What is left open is told as it happens; at the end, all that is still missing.
  const open = (final ? missing(definition, after) : definition.steps.filter(isQuestion))
    .map((step) => ({ step: step.id, label: nameOf(step, language) }))
    .filter((step) => !has.has(step.step) && (final || after.open.includes(step.step)))
    .filter((step) => !stillOpen.some((one) => isSameDetail(one, step, definition.id)));
  const withdrawn = before
    ? effective(definition, before.answers).flatMap(([step]) => (has.has(step.id) ? [] : [step.id]))
    : [];
  if (answers.length + open.length + withdrawn.length === 0 && !solved) return undefined;
  return {
    type: 'collected',
    dialog: definition.id,
    answers,
    open,
    ...(withdrawn.length > 0 ? { withdrawn } : {}),
    ...(solved ? { solved } : {}),
  };
}

/** A person was asked for in the middle: the packet says what is still missing. */
export function leaveOpen(talk: Talk): void {
  const progress = talk.memory.dialog?.progress;
  const definition = progress && definitionOf(talk, progress);
  const collected = definition && collectedIn(talk, definition, undefined, progress, 'completed');
  if (collected) talk.turn.findings.push(collected);
}
