/**
 * A conversation is an append-only log; this is its fold. `evolve` says what an event changes, `record` numbers a decision and folds it in.
 */
import { alarmsOf, withAlarm } from './alarms.ts';
import { evolveMatched } from './asked.ts';
import { evolveClocked, evolveMark, nextMark } from './clocks.ts';
import { evolveClosing } from './closing.ts';
import { evolveAdvised, evolveConsulted } from './consult.ts';
import { evolveCustomerKnown } from './customer.ts';
import { deliveryGrace, evolveDelivered, evolveDeliveryFailed, isUndelivered } from './delivery.ts';
import { evolveCollected } from './details.ts';
import { evolveEdited, evolveLinked } from './edit.ts';
import { evolveEscalated, evolveUpdated } from './escalation.ts';
import type { Event } from './event.ts';
import { evolveLeftQueue, evolvePrioritized, evolveQueued } from './handoff.ts';
import { evolveHours, withHoursAlarm } from './hours.ts';
import { evolveAnalysed, evolveToAnalyse } from './logs.ts';
import { evolveMessage } from './message.ts';
import { evolveOffered, evolvePassed, withOfferAlarm } from './offer.ts';
import { evolveOutbox, nextSending } from './outbox.ts';
import { evolveClaimed, evolveReleased, evolveReturned } from './ownership.ts';
import { remember } from './seen.ts';
import { evolveFelt } from './sentiment.ts';
import { evolveReminded, withSilenceAlarm } from './silence.ts';
import type { Conversation, Ticket } from './state.ts';
import { evolveRated, evolveSurveyLeft } from './survey.ts';
import { evolveReopened, evolveResolved } from './ticket.ts';
import { evolveTransferred } from './transfer.ts';
import { evolveAnswered, evolveFeedback } from './turn.ts';
import type { Decided } from './world.ts';

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
  return { events, next: events.reduce(evolve, shaped(c, c.version, c.updatedAt, c.seen)) };
}

/** Folds one event in. Total: an event that no longer applies changes nothing but the version. */
export function evolve(c: Conversation, event: Event): Conversation {
  const next = withAlarms(evolveBody(c, event), event.at);
  const seen = event.key ? remember(next.seen, event.key, event.version) : next.seen;
  return shaped(next, event.version, event.at, seen);
}

/**
 * Every field in one order, the absent ones as undefined: objects of one shape are copied many times faster than such that grew field
 * by field, and a state is copied at every event.
 */
function shaped(
  c: Conversation,
  version: number,
  updatedAt: number,
  seen: Conversation['seen'],
): { readonly [field in keyof Required<Conversation>]: Conversation[field] } {
  return {
    id: c.id,
    version,
    createdAt: c.createdAt,
    updatedAt,
    channel: c.channel,
    visitor: c.visitor,
    customer: c.customer,
    language: c.language,
    phase: c.phase,
    ticket: c.ticket,
    ticketNumbers: c.ticketNumbers,
    memory: c.memory,
    tries: c.tries,
    asked: c.asked,
    sent: c.sent,
    details: c.details,
    logs: c.logs,
    sentiment: c.sentiment,
    seen,
    unread: c.unread,
    lastMessage: c.lastMessage,
    delivery: c.delivery,
    consulted: c.consulted,
    outbox: c.outbox,
    survey: c.survey,
    alarms: c.alarms,
    wakeAt: c.wakeAt,
  };
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

const withTicket = (c: Conversation, change: (ticket: Ticket) => Ticket): Conversation =>
  c.ticket ? { ...c, ticket: change(c.ticket) } : c;
