/** Guided dialogs in the bot's talk: offering them, running them turn by turn, and what comes of them. */
import { type Collected, isSameDetail, noDetails } from '../conversation/details.ts';
import type { HandoffReason } from '../conversation/state.ts';
import type { Course, Interruption } from '../dialogs/course.ts';
import { type Dialog, inLanguage, isQuestion, nameOf } from '../dialogs/dialog.ts';
import { effective, missing, type Progress } from '../dialogs/progress.ts';
import type { Said } from '../dialogs/recognise.ts';
import type { Entry } from '../understanding/understanding.ts';
import { customerFacts } from './customer-facts.ts';
import { means } from './intents.ts';
import type { Pending, Running } from './memory.ts';
import type { Route } from './routes.ts';
import type { Talk } from './talk.ts';

/** What an expert would ask first; offered once to those who wait for a person. */
export const beforeHandoff = 'collect-environment';
/** How to reach somebody who need not wait. */
export const leaveContact = 'leave-contact';

/** The library takes half a second to load: not at the service's start, but as soon as a dialog is offered. */
const library = () => import('../dialogs/guided.ts');

/** Whoever begins a dialog waits for the library and hears of its faults; one who is only offered it does neither. */
const fetchLibrary = (): void => void library().catch(() => {});

/** Entries offered where a question in between may be one of them, the least they must be likely, and how sure a mere statement must be. */
const near = { most: 2, least: 0.3, told: 0.9 } as const;

/** What a dialog was begun for. */
type Goal = Omit<Running, 'progress' | 'language'>;

/** A dialog under way, or one that was offered. */
export const dialog: Route = {
  name: 'dialog',
  async take(talk) {
    if (talk.memory.dialog) {
      await goOn(talk, talk.memory.dialog);
      return true;
    }
    return offered(talk);
  },
};

async function offered(talk: Talk): Promise<boolean> {
  const { text, t, memory, knowledge } = talk;
  const { pending } = memory;
  if (pending?.kind !== 'dialog') return false;
  const entry = pending.entry ? knowledge.entry(pending.entry) : undefined;
  const begin = () =>
    startDialog(talk, pending.dialog, {
      ...(pending.reason ? { reason: pending.reason } : {}),
      ...(entry ? { entry: entry.id } : {}),
    });
  // The questions for those who wait are begun by the waiting route alone.
  if (pending.before) return false;
  if (text === t.startDialog || means('yes', text)) {
    if (!(await begin())) await talk.handOver(pending.reason ?? 'asked', entry);
    return true;
  }
  if (!means('no', text)) return false;
  await talk.say(t.keepTrying);
  talk.remember({ misses: 0 });
  return true;
}

/** An entry's dialog, after its answer did not help. @returns false when there is no such dialog. */
export async function offerDialog(talk: Talk, entry: Entry, id: string): Promise<boolean> {
  const definition = talk.dialogs?.get(id);
  if (!definition) return false;
  fetchLibrary();
  const { t, language } = talk;
  await talk.say(t.offerDialog(inLanguage(definition.title, language)), [t.startDialog, t.talkToPerson, t.no]);
  talk.remember({
    pending: { kind: 'dialog', dialog: id, before: false, reason: 'not-helped', entry: entry.id },
    misses: 0,
  });
  return true;
}

/** An entry's dialog, by the button beside "Did that help?". @returns false when something else was said. */
export async function beginGuide(talk: Talk, entry: Entry | undefined): Promise<boolean> {
  const definition = entry?.dialog === undefined ? undefined : talk.dialogs?.get(entry.dialog);
  if (!entry || !definition || talk.text !== talk.t.guide(inLanguage(definition.title, talk.language))) return false;
  return startDialog(talk, definition.id, { entry: entry.id });
}

/** @returns false when there is no such dialog (any more). */
export async function startDialog(talk: Talk, id: string, goal: Goal): Promise<boolean> {
  const definition = talk.dialogs?.get(id);
  if (!definition) return false;
  const before = talk.turn.conversation.details?.answers ?? [];
  const opening = { known: knownOf(talk), before, said: talk.question ?? '', language: talk.language };
  await follow(talk, definition, goal, undefined, await run(talk, definition, { opening }));
  return true;
}

/** What need not be asked, or only confirmed. */
function knownOf(talk: Talk): Progress['known'] {
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

async function goOn(talk: Talk, running: Running): Promise<void> {
  const { progress, language: _, ...goal } = running;
  // What the log says of the visitor's language follows the talk, not a button's Latin letters.
  const { inbound } = talk.turn;
  if (inbound?.type === 'message') talk.turn.inbound = { ...inbound, language: talk.language };
  const definition = definitionOf(talk, progress);
  if (!definition && isWaiting(talk)) {
    await backToWaiting(talk, talk.t.added(talk.ticket()));
    return;
  }
  if (!definition) {
    await talk.say(talk.t.dialogGone, [talk.t.talkToPerson, talk.t.no]);
    talk.remember({
      pending: {
        kind: 'offer',
        entries: [],
        reason: goal.reason ?? 'asked',
        ...(goal.entry ? { entry: goal.entry } : {}),
      },
      misses: 0,
    });
    return;
  }
  await follow(talk, definition, goal, progress, await run(talk, definition, { progress }));
}

/** The version somebody is in, while this process still has it; else the newest. */
const definitionOf = (talk: Talk, { id, version }: Progress): Dialog | undefined =>
  talk.dialogs?.version(id, version) ?? talk.dialogs?.get(id);

async function run(
  talk: Talk,
  definition: Dialog,
  from: { opening: Parameters<typeof import('../dialogs/runner.ts').start>[1] } | { progress: Progress },
): Promise<Course> {
  const { runGuided } = await library();
  const { inbound, conversation } = talk.turn;
  const attachments = (inbound?.type === 'message' ? inbound.attachments : undefined) ?? [];
  const said: Said = {
    text: talk.text,
    language: talk.language,
    files: attachments.filter(({ refused }) => !refused).map(({ name, contentType }) => name ?? contentType),
  };
  return runGuided(talk.context, definition, from, said, {
    now: talk.now,
    zone: talk.zone,
    listed: conversation.channel.kind === 'connector',
    interruption: (text, how) => answerInBetween(talk, text, how),
  });
}

/** A question in between that the FAQ is sure about is answered; where it is not, what it may be is offered. The dialog leads back. */
async function answerInBetween(talk: Talk, text: string, how: 'asked' | 'told'): Promise<Interruption> {
  if (talk.isWordless()) return { answered: false, near: [] };
  const { decision, confidence, matches } = talk.knowledge.match(text, talk.language);
  if (decision === 'choose') {
    const likely = matches.filter((match) => match.confidence >= near.least).slice(0, near.most);
    const entries = likely.flatMap(({ id }) => talk.knowledge.entry(id) ?? []);
    return { answered: false, near: entries.map((entry) => talk.title(entry)) };
  }
  const first = decision === 'answer' && matches[0] ? talk.knowledge.entry(matches[0].id) : undefined;
  // What the dialog was begun for has been answered, and did not help; and a statement mostly belongs to what is asked.
  const isNew = first && first.id !== talk.memory.dialog?.entry;
  if (!isNew || (how === 'told' && confidence < near.told)) return { answered: false, near: [] };
  talk.turn.findings.push({ type: 'matched', decision, confidence, matches });
  await talk.sayAnswer(first, confidence);
  return { answered: true, near: [] };
}

async function follow(
  talk: Talk,
  definition: Dialog,
  goal: Goal,
  before: Progress | undefined,
  { progress, done }: Course,
): Promise<void> {
  const collected = collectedIn(talk, definition, before, progress, done?.how);
  if (collected) talk.turn.findings.push(collected);
  const entry = goal.entry ? talk.knowledge.entry(goal.entry) : undefined;
  const { t } = talk;
  if (!done) {
    talk.remember({ dialog: { ...goal, progress, language: talk.language }, misses: 0 });
  } else if (done.how === 'solved') {
    talk.question = undefined;
    talk.turn.leaveQueue = isWaiting(talk);
    await talk.say(t.glad);
    talk.remember({ misses: 0 });
  } else if (isWaiting(talk)) {
    if (done.how === 'completed') talk.knowMore(done.end);
    await backToWaiting(talk, done.how === 'completed' ? t.passedOn : t.dialogStopped);
  } else if (done.how === 'cancelled') {
    await cancelled(talk, goal);
  } else await completed(talk, done.end, goal.reason, entry);
}

async function cancelled(talk: Talk, { reason, entry }: Goal): Promise<void> {
  const { t } = talk;
  if (!reason) {
    await talk.say(t.dialogStopped, [t.talkToPerson]);
    talk.remember({ misses: 0 });
    return;
  }
  await talk.say(`${t.dialogStopped}\n\n${t.offer}`, [t.talkToPerson, t.no]);
  talk.remember({
    pending: {
      kind: 'offer',
      entries: [],
      reason,
      ...(entry ? { entry } : {}),
    },
    misses: 0,
  });
}

async function completed(
  talk: Talk,
  end: Dialog['end'][number],
  reason: HandoffReason | undefined,
  entry: Entry | undefined,
): Promise<void> {
  const { t, language, knowledge } = talk;
  const text = inLanguage(end.text, language);
  const answer = end.entry ? knowledge.entry(end.entry) : undefined;
  if (end.leads === 'say') {
    await talk.say(text, [t.talkToPerson]);
    talk.remember({ misses: 0 });
  } else if (end.leads === 'answer' && answer) {
    if (text) await talk.say(text);
    await talk.reply(answer, 1);
  } else {
    // An answer that is no longer there leads to a person too.
    if (text) await talk.say(text);
    await talk.handOver(reason ?? 'asked', entry, { end });
  }
}

/** What of this turn goes into the log; undefined where nothing is new. */
function collectedIn(
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
    await backToWaiting(talk, t.added(talk.ticket()));
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

const isWaiting = (talk: Talk): boolean => talk.turn.conversation.phase.at === 'queued';

async function backToWaiting(talk: Talk, text: string): Promise<void> {
  await talk.say(text, [talk.t.stopWaiting]);
  talk.remember({ misses: 0, acknowledged: true });
}
