import type { Alarms } from './alarms.ts';
import type { Asked, Sent } from './asked.ts';
import type { Clocks } from './clocks.ts';
import type { Customer } from './customer.ts';
import type { Fields, OutsideTeam } from './escalation.ts';
import type { Language } from './language.ts';

import type { Logs } from './logs.ts';

import type { Outgoing } from './outbox.ts';
import type { EscalationTarget, Origin } from './rules.ts';

import type { Sentiment } from './sentiment.ts';
import type { Survey } from './survey.ts';

/** What JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Who did a thing. `desk` is the desk itself: its notices, timers and deliveries. */
export type Actor =
  | { readonly role: 'visitor'; readonly id: string; readonly name?: string }
  | { readonly role: 'bot' }
  | { readonly role: 'agent'; readonly name: string; readonly displayName: string }
  | { readonly role: 'desk' };

/** An agent as conversations know them: `name` is the account, `displayName` what visitors read. */
export interface Agent {
  readonly name: string;
  readonly displayName: string;
}

export interface Visitor {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly plan?: string;
  /** Id in the organisation's directory (Entra), where the channel says it. */
  readonly directoryId?: string;
  /** True when the website vouched for these facts with a signed identity. */
  readonly signed: boolean;
}

/**
 * Where the visitor is. `website` visitors fetch from the log themselves; a `connector` thread (Teams and other Bot Framework
 * channels) is pushed to, and `reference` is the Bot Framework conversation reference that a push needs. A `desk` case came another way,
 * and what is said in it reaches its customer outside of this service.
 */
export type Channel =
  | { readonly kind: 'website' }
  | { readonly kind: 'connector'; readonly channelId: string; readonly reference: { readonly [key: string]: Json } }
  | { readonly kind: 'desk'; readonly origin: 'phone' | 'mail' | 'form' };

/** The way a conversation came. */
export const originOf = (channel: Channel): Origin => (channel.kind === 'desk' ? channel.origin : channel.kind);

/**
 * Who the conversation is with. `since` is when the wait began and `dueAt` its place in the queue, kept while a person has it: both ms
 * since 1970, the latter absent in what an older release wrote.
 */
export type Phase =
  | { readonly at: 'bot' }
  | {
      readonly at: 'queued';
      readonly since: number;
      readonly dueAt?: number;
      /** To whom it is offered, and until when, ms since 1970. */
      readonly offer?: { readonly agent: Agent; readonly until: number };
      /** Who has let it pass or given it back, newest last; at most 20. */
      readonly passed?: readonly Pass[];
    }
  | {
      readonly at: 'human';
      readonly owner: Agent;
      /** Version of the claim: the fencing number every write of the owner carries. */
      readonly epoch: number;
      readonly since: number;
      readonly dueAt?: number;
      /** Of the owner's capacity; absent in what an older release wrote, until its next event. */
      readonly weight?: number;
      readonly passed?: readonly Pass[];
      /** How long the owner may leave the visitor unanswered, as the rules were at the claim; ms. */
      readonly silence?: { readonly remind?: number; readonly handOn?: number };
      /** Since when the visitor waits for the owner's answer, ms since 1970. */
      readonly unansweredSince?: number | undefined;
      readonly reminded?: { readonly handOnAt?: number } | undefined;
    }
  /** Its case is with a team outside the desk, which answers by its own system. */
  | { readonly at: 'outside'; readonly team: OutsideTeam; readonly since: number }
  | { readonly at: 'closed'; readonly since: number };

/** An agent who did not take the case, by name, and when, ms since 1970. */
export interface Pass {
  readonly agent: string;
  readonly at: number;
}

export type Priority = 'low' | 'normal' | 'high' | 'urgent';

/** Why a person is asked for; `intake`: the case came another way than by the bot. */
export type HandoffReason = 'asked' | 'unsure' | 'not-helped' | 'error' | 'intake';

/** Why a ticket ended: the house's own codes, which desk.yaml may add to. */
export const resolutionCodes = ['solved', 'workaround', 'no-fault', 'duplicate', 'no-reply', 'other'] as const;
/** One of them, one of the desk's own, or `withdrawn`: the visitor's. */
export type ResolutionCode = string;

/** Another case it has to do with. */
export interface Link {
  readonly ticket: number;
  /** `duplicate-of`: that one is worked on, this one is closed for it. */
  readonly relation: 'related' | 'duplicate-of' | 'duplicated-by';
}

/** A numbered case: the slice of the log from `version` until it is closed. Times are ms since 1970. */
export interface Ticket {
  readonly number: number;
  readonly version: number;
  readonly openedAt: number;
  readonly reason: HandoffReason;
  /** The matcher's confidence at hand-off, 0 to 1; absent when nothing was matched. */
  readonly confidence?: number;
  readonly subject: string;
  readonly tier: 1 | 2 | 3;
  readonly skills: readonly string[];
  readonly priority: Priority;
  /** Number of the case before, which this one goes on from. */
  readonly follows?: number;
  /** Found out before the hand-off and since; absent where nothing was. */
  readonly details?: Details;
  /** As it was at the end, or is now; absent where nothing was felt. */
  readonly sentiment?: Sentiment;
  /** Of the sentiment when the case was opened, 0 to 1. */
  readonly pressure?: number;
  /** What was asked, sent and tried until the case was last closed; absent before. */
  readonly asked?: readonly Asked[];
  readonly sent?: readonly Sent[];
  readonly tries?: readonly Try[];
  /** The conversation's when the case was last closed; absent before. */
  readonly language?: Language;
  readonly category?: string;
  readonly tags?: readonly string[];
  /** The desk's own fields. */
  readonly fields?: Fields;
  readonly links?: readonly Link[];
  readonly clocks?: Clocks;
  /** The newest escalation; absent while it was never passed on. */
  readonly escalation?: {
    readonly to: EscalationTarget;
    readonly at: number;
    readonly reason: string;
    readonly fields: Fields;
  };
  /** Since when the visitor's answer is waited for, and when the case ends without one, if they have been warned. */
  readonly awaiting?: { readonly since: number; readonly closesAt?: number } | undefined;
  /** What the visitor thought of how it went. */
  readonly rating?: { readonly score?: number; readonly comment?: string };
  readonly closed?: { readonly at: number; readonly code: ResolutionCode; readonly summary: string };
}

/** An answer the bot tried, and what the visitor said of it. */
export interface Try {
  readonly entry: string;
  readonly confidence: number;
  readonly helped?: boolean;
}

/** An answer to a guided dialog's step, as the visitor read the question's name and gave the answer. */
export interface Detail {
  /** Id of the dialog; absent in what an earlier release collected. */
  readonly dialog?: string;
  readonly step: string;
  readonly label: string;
  readonly value: string;
}

/** What guided dialogs have found out, in the order it was said, and what they asked in vain. */
export interface Details {
  readonly answers: readonly Detail[];
  readonly open: readonly Omit<Detail, 'value'>[];
}

/** Replies on their way to a connector channel; absent on the website, where visitors read the log. */
export interface Delivery {
  /** Newest version that the channel has accepted, or that had nothing for it. */
  readonly through: number;
  /** Newest version that holds something for the channel. */
  readonly last: number;
  /** Failed attempts in a row at the oldest reply outstanding. */
  readonly failures: number;
}

/** The folded log of one channel thread: bounded in size, whatever the length of the log. */
export interface Conversation {
  readonly id: string;
  /** Version of the newest event; 0 before the first. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly channel: Channel;
  readonly visitor: Visitor;
  /** The company's record of the visitor; absent while none is known. */
  readonly customer?: Customer | undefined;
  readonly language: Language;
  readonly phase: Phase;
  /** The newest ticket, open or closed. */
  readonly ticket?: Ticket | undefined;
  /** Numbers of all its tickets, oldest first. */
  readonly ticketNumbers: readonly number[];
  /** What the bot must remember between turns. */
  readonly memory: Json;
  /** Tries since the last ticket was closed, oldest first; the newest 20. */
  readonly tries: readonly Try[];
  /** Looked up since the last ticket was closed; absent while nothing was. */
  readonly asked?: readonly Asked[] | undefined;
  /** Files since the last ticket was closed; absent while none came. */
  readonly sent?: readonly Sent[] | undefined;
  /** Collected since the last ticket was closed; absent while nothing has been. */
  readonly details?: Details | undefined;
  /** Logs that were sent; absent while none were. */
  readonly logs?: Logs | undefined;
  /** Since the last ticket was closed; absent while nothing has been felt. */
  readonly sentiment?: Sentiment | undefined;
  /** Idempotence window: keys of the newest commits and the version each began at, oldest first. */
  readonly seen: readonly (readonly [key: string, version: number])[];
  /** Visitor's messages since somebody last answered. */
  readonly unread: number;
  /** Start of the newest message of a person, visitor or agent; at most 140 characters. */
  readonly lastMessage: string;
  readonly delivery?: Delivery | undefined;
  /** Colleagues whom the owner has asked for advice on the open case, and when, ms since 1970; at most 10. */
  readonly consulted?: readonly { readonly agent: Agent; readonly at: number }[] | undefined;
  /** Messages to outside teams that are not taken yet, oldest first; absent: none. */
  readonly outbox?: readonly Outgoing[] | undefined;
  /** Of the newest closed case; absent where it was never asked. */
  readonly survey?: Survey | undefined;
  /** Absent: none is set. */
  readonly alarms?: Alarms | undefined;
  /** The earliest alarm: when the sweeper must look at it next, ms since 1970. */
  readonly wakeAt?: number | undefined;
}
