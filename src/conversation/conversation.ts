/**
 * A conversation is an append-only log; this is its fold and its rules. `decide` says what a command leads to or refuses it,
 * `evolve` what an event changes, `commit` numbers and folds a decision. Each role has its file: message, handoff, ownership,
 * ticket, turn, delivery.
 */
import { alarmsOf, withAlarm } from './alarms.ts';
import { evolveMatched } from './asked.ts';
import { decideClocks, evolveClocked, evolveMark, nextMark } from './clocks.ts';
import { evolveClosing } from './closing.ts';
import { type Advise, type Consult, decideAdvise, decideConsult, evolveAdvised, evolveConsulted } from './consult.ts';
import { decideKnowCustomer, evolveCustomerKnown, type KnowCustomer } from './customer.ts';
import { type DeliveryEvent, deliveryGrace, evolveDelivered, evolveDeliveryFailed, isUndelivered } from './delivery.ts';
import { evolveCollected } from './details.ts';
import { decideEdit, decideLink, type Edit, evolveEdited, evolveLinked, type LinkTicket } from './edit.ts';
import {
  decideEscalate,
  decideUpdate,
  type Escalate,
  evolveEscalated,
  evolveUpdated,
  isBack,
  type Update,
} from './escalation.ts';
import type { Body, Event, Opened } from './event.ts';

import { decidePriority, evolveLeftQueue, evolvePrioritized, evolveQueued, isOpen } from './handoff.ts';
import { decideHours, evolveHours, withHoursAlarm } from './hours.ts';
import { decideTakeIn, type TakeIn } from './intake.ts';
import { type Analyse, decideAnalyse, evolveAnalysed, evolveToAnalyse } from './logs.ts';

import { decideReply, evolveMessage, type Reply } from './message.ts';
import {
  type Decline,
  decideDecline,
  decideOffer,
  evolveOffered,
  evolvePassed,
  type Offer,
  withOfferAlarm,
} from './offer.ts';
import { decideRetrySending, evolveOutbox, nextSending, type OutboxEvent, type RetrySending } from './outbox.ts';
import {
  type Claim,
  decideClaim,
  decideLoseLease,
  decideRelease,
  decideReturn,
  evolveClaimed,
  evolveReleased,
  evolveReturned,
  type LoseLease,
  type Release,
  type Return,
} from './ownership.ts';
import { Rejected } from './rejected.ts';
import { remember } from './seen.ts';
import { evolveFelt } from './sentiment.ts';
import { evolveReminded, withSilenceAlarm } from './silence.ts';
import type { Channel, Conversation, Priority, Ticket } from './state.ts';
import { evolveRated, evolveSurveyLeft } from './survey.ts';
import {
  decideNote,
  decideReopen,
  decideResolve,
  evolveReopened,
  evolveResolved,
  type Note,
  type Reopen,
  type Resolve,
  type Resolved,
} from './ticket.ts';
import { ticketName } from './ticket-name.ts';
import { decideTransfer, evolveTransferred, type Transfer } from './transfer.ts';
import { decideTurn, evolveAnswered, evolveFeedback, type Turn } from './turn.ts';
import { decideWake, type Wake } from './wake.ts';
import type { Decided, World } from './world.ts';

export interface Open extends Omit<Opened, 'type'> {
  readonly type: 'open';
}
/** The channel says how the visitor is reached now. */
export interface Reach {
  readonly type: 'reach';
  readonly channel: Channel;
}
/** Set for the open case. */
export interface Prioritize {
  readonly type: 'prioritize';
  readonly priority: Priority;
}
/** The delivery worker's report. */
export interface ReportDelivery {
  readonly type: 'report-delivery';
  readonly report: DeliveryEvent;
}

/** The webhook worker's report. */
export interface ReportSending {
  readonly type: 'report-sending';
  readonly event: OutboxEvent;
}

export type Command =
  | Open
  | Reach
  | KnowCustomer
  | Turn
  | Prioritize
  | Offer
  | Decline
  | Claim
  | LoseLease
  | Transfer
  | Consult
  | Advise
  | Reply
  | Release
  | Return
  | Resolve
  | Reopen
  | Note
  | Escalate
  | Update
  | Edit
  | LinkTicket
  | TakeIn
  | ReportDelivery
  | Analyse
  | ReportSending
  | RetrySending
  | Wake;

export function initial(id: string): Conversation {
  return {
    id,
    version: 0,
    createdAt: 0,
    updatedAt: 0,
    channel: { kind: 'website' },
    visitor: { id: '', signed: false },
    language: 'en',
    phase: { at: 'bot' },
    ticketNumbers: [],
    memory: null,
    tries: [],
    seen: [],
    unread: 0,
    lastMessage: '',
  };
}

/** @throws Rejected when the conversation, as it stands, does not allow the command. */
export function decide(c: Conversation, command: Command, w: World): Decided[] {
  const decided = decideCommand(c, command, w);
  if (!isOpen(c.ticket) && !decided.some(({ body }) => opensCase.includes(body.type))) return decided;
  const after = record(c, decided, w.now).next;
  const wrote = decided.some(({ body, by }) => body.type === 'message' && by.role === 'visitor');
  const follows = [...decideClocks(c, after, wrote, w), ...decideHours(after, w)];
  return [...decided, ...follows.map((body): Decided => ({ body, by: { role: 'desk' } }))];
}

/** What may begin a case's clocks; without one, a turn is spared the look. */
const opensCase: readonly Body['type'][] = ['queued', 'reopened'];

function decideCommand(c: Conversation, command: Command, w: World): Decided[] {
  const as = (bodies: readonly Body[]): Decided[] => bodies.map((body) => ({ body, by: w.by }));
  const say = (text: string): Decided => ({ body: { type: 'message', text, format: 'plain' }, by: { role: 'desk' } });
  const notices = w.notices[c.language];
  if (c.version === 0 && command.type !== 'open') throw new Rejected('not-open', 'There is no such conversation.');
  switch (command.type) {
    case 'open': {
      const { type: _, ...facts } = command;
      return c.version === 0 ? as([{ type: 'opened', ...facts }]) : [];
    }
    case 'reach':
      // Whoever writes into a thread by another door does not move the thread: its visitor is where they were.
      return c.channel.kind !== command.channel.kind || isSameChannel(c.channel, command.channel)
        ? []
        : as([{ type: 'reached', channel: command.channel }]);
    case 'know-customer':
      return as(decideKnowCustomer(c, command));
    case 'turn':
      return decideTurn(c, command, w);
    case 'claim': {
      const claimed = as(decideClaim(c, command, w));
      return claimed.length > 0 ? [...claimed, say(notices.claimed(command.agent))] : [];
    }
    case 'prioritize':
      return as(decidePriority(c, command.priority, w));
    case 'offer':
      return as(decideOffer(c, command, w));
    case 'decline':
      return as(decideDecline(c, command));
    case 'lose-lease': {
      const lost = as(decideLoseLease(c, command));
      return lost.length > 0 ? [...lost, say(notices.released())] : [];
    }
    case 'transfer': {
      const { to } = command;
      const told = 'agent' in to ? notices.claimed(to.agent) : notices.released();
      return [...as(decideTransfer(c, command, w)), say(told)];
    }
    case 'consult':
      return as(decideConsult(c, command));
    case 'advise':
      return as(decideAdvise(c, command));
    case 'reply':
      return as(decideReply(c, command));
    case 'release':
      return [...as(decideRelease(c, command)), say(notices.released())];
    case 'return':
      return [...as(decideReturn(c, command)), say(notices.returned())];
    case 'resolve': {
      const [resolved] = decideResolve(c, command, w.rules);
      return [...as([resolved]), closingNotice(c, resolved, w)];
    }
    case 'reopen':
      return [...as(decideReopen(c, w)), say(notices.reopened(ticketOf(c)))];
    case 'note':
      return as(decideNote(c, command));
    case 'escalate': {
      const [escalated] = decideEscalate(c, command, w);
      return [...as([escalated]), say(notices.escalated(ticketOf(c), escalated.to))];
    }
    case 'update': {
      const [updated] = decideUpdate(c, command);
      const told = [
        ...(updated.text ? [notices.updated(updated.from, updated.text)] : []),
        ...(isBack(updated) ? [notices.updatedBack(ticketOf(c))] : []),
      ];
      return [...as([updated]), ...(told.length > 0 ? [say(told.join('\n\n'))] : [])];
    }
    case 'edit':
      return as(decideEdit(c, command, w));
    case 'link':
      return as(decideLink(c, command));
    case 'take-in': {
      const [said, ...queued] = decideTakeIn(c, command, w);
      const { id, name } = c.visitor;
      return [{ body: said, by: { role: 'visitor', id, ...(name ? { name } : {}) } }, ...as(queued)];
    }
    case 'report-delivery':
      return as([command.report]);
    case 'analyse':
      return decideAnalyse(c, command, w);
    case 'report-sending':
      return as([command.event]);
    case 'retry-sending':
      return as(decideRetrySending(c, command));
    case 'wake':
      return decideWake(c, w);
  }
}

/** What the visitor reads at the end, and is asked. */
function closingNotice(c: Conversation, { asks }: Resolved, w: World): Decided {
  const { resolved, howWasIt, notSolved } = w.notices[c.language];
  const text = resolved(ticketOf(c));
  const by = { role: 'desk' } as const;
  if (!asks) return { body: { type: 'message', text, format: 'plain' }, by };
  const answers = ['5', '4', '3', '2', '1', ...(w.rules.tickets.confirm ? [notSolved] : [])];
  const suggestedActions = answers.map((title) => ({ title, value: title }));
  return { body: { type: 'message', text: `${text}\n\n${howWasIt}`, format: 'plain', suggestedActions }, by };
}

const withTicket = (c: Conversation, change: (ticket: Ticket) => Ticket): Conversation =>
  c.ticket ? { ...c, ticket: change(c.ticket) } : c;

const isSameChannel = (a: Channel, b: Channel): boolean => JSON.stringify(a) === JSON.stringify(b);

const ticketOf = (c: Conversation): string => (c.ticket ? ticketName(c.ticket.number) : '');

/**
 * Numbers a decision's events from the conversation's version on and folds them in.
 * @param key makes the commit recognisable again, by the event at `keyOn` (from 0; the last if there are fewer).
 */
export function record(
  c: Conversation,
  decided: readonly Decided[],
  at: number,
  key?: string,
  keyOn = 0,
): { events: Event[]; next: Conversation } {
  const keyed = Math.min(keyOn, decided.length - 1);
  const events = decided.map(
    ({ body, by }, i): Event => ({
      ...body,
      version: c.version + 1 + i,
      at,
      by,
      ...(i === keyed && key ? { key } : {}),
    }),
  );
  return { events, next: events.reduce(evolve, c) };
}

/** Folds one event in. Total: an event that no longer applies changes nothing but the version. */
export function evolve(c: Conversation, event: Event): Conversation {
  const changed = evolveBody(c, event);
  const seen = event.key ? remember(changed.seen, event.key, event.version) : changed.seen;
  const next = { ...changed, version: event.version, updatedAt: event.at, seen };
  return withAlarms(next, event.at);
}

/** The alarms that follow from the state alone. */
function withAlarms(c: Conversation, at: number): Conversation {
  const rung = withHoursAlarm(withSilenceAlarm(withOfferAlarm(adopted(c))));
  const next = withAlarm(withAlarm(rung, 'sla', nextMark(rung.ticket)), 'webhook', nextSending(rung));
  // A reply for a pushed channel that no process is seen to deliver must be found by the sweeper.
  return isUndelivered(next) && alarmsOf(next).delivery === undefined
    ? withAlarm(next, 'delivery', at + deliveryGrace)
    : next;
}

/** A claim that an older release wrote has no weight: it counts as one from its next event on. */
function adopted(c: Conversation): Conversation {
  return c.phase.at === 'human' && c.phase.weight === undefined ? { ...c, phase: { ...c.phase, weight: 1 } } : c;
}

function evolveBody(c: Conversation, event: Event): Conversation {
  switch (event.type) {
    case 'opened':
      return {
        ...c,
        createdAt: event.at,
        channel: event.channel,
        visitor: event.visitor,
        language: event.language,
        ...(event.channel.kind === 'connector' ? { delivery: { through: 0, last: 0, failures: 0 } } : {}),
      };
    case 'reached':
      return { ...c, channel: event.channel };
    case 'customer-known':
      return evolveCustomerKnown(c, event);
    case 'message':
      return evolveMessage(c, event, event.by, event.version, event.at);
    case 'answered':
      return evolveAnswered(c, event);
    case 'feedback':
      return evolveFeedback(c, event);
    case 'collected':
      return evolveCollected(c, event);
    case 'to-analyse':
      return evolveToAnalyse(c, event, event.at);
    case 'analysed':
      return evolveAnalysed(c, event, event.at);
    case 'matched':
      return evolveMatched(c, event.version);
    case 'felt':
      return evolveFelt(c, event, event.version);
    case 'memory':
      return { ...c, memory: event.memory };
    case 'queued':
      return evolveQueued(c, event, event.version, event.at);
    case 'prioritized':
      return evolvePrioritized(c, event);
    case 'offered':
      return evolveOffered(c, event);
    case 'declined':
    case 'lapsed':
      return evolvePassed(c, event, event.at);
    case 'left-queue':
      return evolveLeftQueue(c, event.at);
    case 'claimed':
      return evolveClaimed(c, event, event.version, event.at);
    case 'released':
      return evolveReleased(c, event.at);
    case 'transferred':
      return evolveTransferred(c, event);
    case 'consulted':
      return evolveConsulted(c, event, event.at);
    case 'advised':
      return evolveAdvised(c, event);
    case 'reminded':
      return evolveReminded(c, event);
    case 'returned':
      return evolveReturned(c);
    case 'resolved':
      return evolveResolved(c, event, event.at);
    case 'reopened':
      return evolveReopened(c, event, event.at);
    case 'clocked':
      return withTicket(c, (ticket) => evolveClocked(ticket, event, event.at));
    case 'sla-warned':
    case 'sla-breached':
      return withTicket(c, (ticket) => evolveMark(ticket, event, event.at));
    case 'escalated':
      return evolveEscalated(c, event, event.at);
    case 'updated':
      return evolveUpdated(c, event);
    case 'edited':
      return evolveEdited(c, event);
    case 'linked':
      return evolveLinked(c, event);
    case 'closing-warned':
    case 'closing-planned':
      return evolveClosing(c, event);
    case 'closes-at':
    case 'closed-over':
      return evolveHours(c, event);
    case 'rated':
      return evolveRated(c, event);
    case 'survey-left':
      return evolveSurveyLeft(c);
    case 'webhook-sent':
    case 'webhook-failed':
    case 'webhook-retried':
      return evolveOutbox(c, event, event.at);
    case 'delivered':
      return evolveDelivered(c, event);
    case 'delivery-failed':
      return evolveDeliveryFailed(c, event);
    case 'activity':
    case 'handoff-initiated':
    case 'noted':
      return c;
  }
}
