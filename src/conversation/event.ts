import type { ClockEvent } from './clocks.ts';
import type { ClosingEvent } from './closing.ts';
import type { ConsultEvent } from './consult.ts';
import type { CustomerKnown } from './customer.ts';
import type { DeliveryEvent } from './delivery.ts';
import type { EditEvent } from './edit.ts';
import type { Escalated, Updated } from './escalation.ts';
import type { HandoffEvent } from './handoff.ts';
import type { HoursEvent } from './hours.ts';
import type { Language } from './language.ts';
import type { LogEvent } from './logs.ts';
import type { MessageEvent } from './message.ts';
import type { OfferEvent } from './offer.ts';
import type { OutboxEvent } from './outbox.ts';
import type { OwnershipEvent } from './ownership.ts';
import type { Reminded } from './silence.ts';
import type { Actor, Channel, Visitor } from './state.ts';
import type { SurveyEvent } from './survey.ts';
import type { TicketEvent } from './ticket.ts';
import type { Transferred } from './transfer.ts';
import type { TurnEvent } from './turn.ts';

/** The first event of every conversation. */
export interface Opened {
  readonly type: 'opened';
  readonly channel: Channel;
  readonly visitor: Visitor;
  readonly language: Language;
}

/** A connector thread is reached another way from now on: its service moved. */
export interface Reached {
  readonly type: 'reached';
  readonly channel: Channel;
}

export type Body =
  | Opened
  | Reached
  | CustomerKnown
  | MessageEvent
  | TurnEvent
  | LogEvent
  | HandoffEvent
  | OfferEvent
  | OwnershipEvent
  | Transferred
  | ConsultEvent
  | Reminded
  | TicketEvent
  | ClockEvent
  | Escalated
  | Updated
  | EditEvent
  | ClosingEvent
  | HoursEvent
  | SurveyEvent
  | OutboxEvent
  | DeliveryEvent;

/** What every event carries. */
export interface Envelope {
  /** 1, 2, 3 … without a gap: watermark, activity id, resume position and epoch are this number. */
  readonly version: number;
  /** ms since 1970, UTC. */
  readonly at: number;
  readonly by: Actor;
  /** Idempotence key of the commit, on one of its events: a repetition is told this event's version. */
  readonly key?: string;
}

export type Event = Envelope & Body;
