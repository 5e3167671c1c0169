/** The ways a message can go, in order: the first that takes it ends the turn. */
import type { Entry } from '../understanding/understanding.ts';
import { beginGuide, dialog } from './dialogs.ts';
import { means, ordinal } from './intents.ts';
import { lastAnswered, notHelped, saidBefore, unclear } from './last-answer.ts';
import { logTexts } from './log-texts.ts';
import { pasted } from './logs.ts';
import { sameCase } from './same-case.ts';
import { smallTalk } from './small-talk.ts';
import { survey } from './survey.ts';
import type { Talk } from './talk.ts';
import { answerWhileWaiting } from './waiting-questions.ts';
import { sayWhereItStands } from './waiting-standing.ts';

export interface Route {
  readonly name: string;
  /** @returns false to leave the message, untouched, to the next route. */
  take(talk: Talk): Promise<boolean>;
}

/** A person has the conversation: the message is recorded, the bot is silent. */
const owned: Route = {
  name: 'owned',
  async take({ turn }) {
    return turn.conversation.phase.at === 'human';
  },
};

/** Waiting for a person: words are added to the ticket, said once; who asks how long is told; the visitor may stop waiting. */
const waiting: Route = {
  name: 'waiting',
  async take(talk) {
    const { turn, text, t, memory } = talk;
    if (turn.conversation.phase.at !== 'queued') return false;
    // In the middle of the questions "cancel" means them.
    if (text === t.stopWaiting || (!memory.dialog && means('stopWaiting', text))) {
      turn.leaveQueue = true;
      talk.question = undefined;
      await talk.say(t.leftQueue(talk.ticket()), [t.talkToPerson]);
      talk.remember({ misses: 0 });
    } else if (await answerWhileWaiting(talk)) {
      return true;
    } else if (means('person', text) || means('howLong', text) || means('greeting', text)) {
      await sayWhereItStands(talk);
    } else if (!memory.acknowledged) {
      // The first words are what the case is about, and what the questions need not ask again.
      talk.question ??= text.slice(0, 200);
      const questions = memory.pending?.kind === 'dialog' ? [t.startQuestions] : [];
      await talk.say(t.added(talk.ticket()), [...questions, t.stopWaiting]);
      talk.remember({ ...memory, acknowledged: true });
    }
    return true;
  },
};

const wantsPerson: Route = {
  name: 'wants-person',
  async take(talk) {
    if (!means('person', talk.text)) return false;
    const { pending, dialog: running } = talk.memory;
    const about = running?.entry ?? (pending && 'entry' in pending ? pending.entry : undefined);
    const entry = about ? talk.knowledge.entry(about) : undefined;
    await talk.handOver('asked', entry);
    return true;
  },
};

/** "Did that help?" */
const helped: Route = {
  name: 'feedback',
  async take(talk) {
    const { memory, text, t, turn, knowledge } = talk;
    if (memory.pending?.kind !== 'helped') return false;
    const { entry: id, also, others = [] } = memory.pending;
    const next = also === undefined ? undefined : knowledge.entry(also);
    const near = others.flatMap((other) => knowledge.entry(other) ?? []);
    const wished = text === t.showAgain ? knowledge.entry(id) : choiceOf(talk, next ? [next, ...near] : near);
    if (wished) {
      await talk.reply(wished, 1);
      return true;
    }
    if (await beginGuide(talk, knowledge.entry(id))) return true;
    // "OK, let me try" is no yes yet.
    if (means('trying', text)) {
      await talk.say(t.takeYourTime, [t.yes, t.no]);
      talk.remember(memory);
      return true;
    }
    if (means('yes', text)) {
      turn.findings.push({ type: 'feedback', entry: id, helped: true });
      if (next) {
        await talk.say(t.nextQuestion);
        await talk.reply(next, 1);
        return true;
      }
      talk.question = undefined;
      await talk.say(t.glad);
      talk.remember({ misses: 0 });
      return true;
    }
    if (means('confused', text)) {
      await unclear(talk, knowledge.entry(id));
      return true;
    }
    if (!means('no', text)) return false;
    await notHelped(talk, id, also);
    return true;
  },
};

/** "Is it one of these?" */
const chosen: Route = {
  name: 'chosen',
  async take(talk) {
    const { memory, text, t, knowledge } = talk;
    const { pending } = memory;
    if (pending?.kind !== 'choose' && pending?.kind !== 'offer') return false;
    const offered = pending.entries.flatMap((id) => knowledge.entry(id) ?? []);
    const entry = choiceOf(talk, offered);
    if (entry) {
      // The visitor has said which it is: nothing is surer.
      await talk.reply(entry, 1);
      return true;
    }
    if (pending.kind === 'choose') {
      if (means('nod', text)) {
        await talk.say(t.whichOne, [...offered.map((one) => talk.title(one)), t.noneOfThese]);
        talk.remember(memory);
        return true;
      }
      if (!means('none', text) && !means('no', text) && !means('confused', text)) return false;
      if (talk.impatient) {
        await talk.handOver('unsure');
        return true;
      }
      await talk.say(t.offer, [t.talkToPerson, t.no]);
      talk.remember({ pending: { kind: 'offer', reason: 'unsure', entries: [] }, misses: memory.misses + 1 });
      return true;
    }
    if (means('yes', text)) {
      await talk.handOver(pending.reason, pending.entry ? knowledge.entry(pending.entry) : undefined);
      return true;
    }
    // Who has said that nothing helps, or has no patience left, is not asked to go on trying.
    if (means('failed', text) || (talk.impatient && means('no', text))) {
      await talk.handOver(pending.reason, pending.entry ? knowledge.entry(pending.entry) : undefined);
      return true;
    }
    if (!means('no', text)) return false;
    await talk.say(t.keepTrying);
    talk.remember({ misses: 0 });
    return true;
  },
};

/** A choice by its button, by its words in either language, or by its number. */
function choiceOf(talk: Talk, offered: readonly Entry[]): Entry | undefined {
  const said = plain(talk.text);
  const number = ordinal(talk.text);
  return (
    offered.find((entry) =>
      [...(entry.questions.ja ?? []), ...(entry.questions.en ?? [])].some((question) => plain(question) === said),
    ) ?? (number === undefined ? undefined : offered[number - 1])
  );
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();

/** A file, a picture or a sign without words. */
const wordless: Route = {
  name: 'wordless',
  async take(talk) {
    if (!talk.isWordless()) return false;
    const { inbound, findings } = talk.turn;
    const files = (inbound?.type === 'message' ? inbound.attachments : undefined) ?? [];
    const isLog = findings.some(({ type }) => type === 'to-analyse');
    const thanks = isLog ? logTexts[talk.language].lookingAtFile : talk.t.gotFile;
    // Why a file was refused has been said.
    if (files.length === 0 || files.some(({ refused }) => !refused))
      await talk.say(files.length > 0 ? thanks : talk.t.hello, [talk.t.talkToPerson]);
    talk.remember(talk.memory);
    return true;
  },
};

/** Least confidence to be offered as what else may be meant. */
const near = 0.1;

/** The FAQ: an answer, up to three choices, or, the second time it can make nothing of it, a person. */
const faq: Route = {
  name: 'faq',
  async take(talk) {
    const { text, t, memory, turn, knowledge } = talk;
    const understood = knowledge.match(text, talk.language);
    const { decision, confidence, matches } = understood;
    turn.findings.push({ type: 'matched', decision, confidence, matches });
    talk.question = text.slice(0, 200);
    const entries = matches.flatMap(({ id }) => knowledge.entry(id) ?? []);
    const [first] = entries;
    // What else may be meant, where it is not merely the least unlikely.
    const nearOf = (some: typeof matches) =>
      some.flatMap(({ id, confidence: likely }) => (likely < near ? [] : (knowledge.entry(id) ?? [])));
    const second = talk.secondQuestion(understood);
    if (first && first.id === lastAnswered(talk) && decision !== 'handoff') {
      if (second) await talk.reply(second, matches[1]?.confidence ?? confidence);
      else await saidBefore(talk, first, decision === 'choose' ? nearOf(matches.slice(1)) : []);
    } else if (first && (decision === 'answer' || second)) await talk.reply(first, confidence, second);
    else if (decision === 'choose' && first) await talk.offerChoices(entries);
    else if (memory.misses > 0 || talk.impatient) await talk.handOver('unsure');
    else {
      const meant = nearOf(matches).slice(0, 2);
      const words = meant.map((entry) => talk.title(entry));
      await talk.say(t.rephrase(talk.examples(meant)), [...words, t.talkToPerson]);
      talk.remember({ misses: memory.misses + 1 });
    }
    return true;
  },
};

/** Its case is with a team outside: the first words since are for them and said so; whatever is asked of the bot is answered as ever. */
const outside: Route = {
  name: 'outside',
  async take(talk) {
    const { turn, memory, text, knowledge, language } = talk;
    if (turn.conversation.phase.at !== 'outside' || memory.acknowledged || means('person', text)) return false;
    if (knowledge.match(text, language).decision === 'answer') return false;
    await talk.say(talk.t.withTeam(talk.ticket()), [talk.t.talkToPerson]);
    talk.remember({ ...memory, acknowledged: true });
    return true;
  },
};

export const routes: readonly Route[] = [
  owned,
  survey,
  waiting,
  outside,
  sameCase,
  wantsPerson,
  dialog,
  helped,
  chosen,
  smallTalk,
  pasted,
  wordless,
  faq,
];
