/** Guided dialogs in the bot's talk: offering them, running them turn by turn, and what comes of them. */
import type { HandoffReason } from '../conversation/state.ts';
import type { Course, Interruption } from '../dialogs/course.ts';
import { type Dialog, inLanguage } from '../dialogs/dialog.ts';
import type { Progress } from '../dialogs/progress.ts';
import type { Said } from '../dialogs/recognise.ts';
import type { Entry } from '../understanding/understanding.ts';
import { collectedIn, definitionOf, knownOf } from './dialog-details.ts';
import { means } from './intents.ts';
import type { Running } from './memory.ts';
import type { Route } from './routes.ts';
import type { Talk } from './talk.ts';

/** The library takes half a second to load: not at the service's start, but as soon as a dialog is offered. */
const library = () => import('../dialogs/guided.ts');

/** Whoever begins a dialog waits for the library and hears of its faults; one who is only offered it does neither. */
export const fetchLibrary = (): void => void library().catch(() => {});

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
  if (means('failed', text) || (talk.impatient && means('no', text))) {
    await talk.handOver(pending.reason ?? 'asked', entry);
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

/** A turn of the dialog that is under way. */
export async function goOn(talk: Talk, running: Running): Promise<void> {
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
  if (isWaiting(talk) && means('howLong', text)) {
    await talk.say(await talk.standing());
    return { answered: true, near: [] };
  }
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

const isWaiting = (talk: Talk): boolean => talk.turn.conversation.phase.at === 'queued';

export async function backToWaiting(talk: Talk, text: string): Promise<void> {
  await talk.say(text, [talk.t.stopWaiting]);
  talk.remember({ misses: 0, acknowledged: true });
}
