/** What the console shows of a case besides the talk: its clocks, what colleagues noted, where it went, and what became of it. */
import { type Clock, clockNames } from '../conversation/clocks.ts';
import type { Event } from '../conversation/event.ts';
import type { Conversation } from '../conversation/state.ts';
import { ticketName } from '../conversation/ticket-name.ts';

/** Times in ISO 8601, UTC. */
export interface CaseView {
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly fields: { readonly [id: string]: string };
  readonly links: readonly { readonly ticket: string; readonly relation: string }[];
  readonly clocks: readonly ClockView[];
  readonly escalation: {
    readonly to: string;
    readonly at: string;
    readonly reason: string;
    readonly fields: { readonly [id: string]: string };
  } | null;
  /** Messages to other systems that are not taken yet; `nextAt` null: given up. */
  readonly outbox: readonly {
    readonly message: string;
    readonly to: string;
    readonly failures: number;
    readonly reason: string;
    readonly nextAt: string | null;
  }[];
  /** When it is closed if the visitor stays silent; null while they have not been warned. */
  readonly closesAt: string | null;
  readonly rating: { readonly score?: number; readonly comment?: string } | null;
  readonly closed: { readonly at: string; readonly code: string; readonly summary: string } | null;
}

export interface ClockView {
  readonly name: string;
  readonly state: 'running' | 'warned' | 'breached' | 'paused' | 'met';
  readonly dueAt: string;
  readonly metAt: string | null;
  /** Whether it was or is over its time, met or not. */
  readonly late: boolean;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Null where there is no case. */
export function caseOf({ ticket, outbox = [] }: Conversation): CaseView | null {
  if (!ticket) return null;
  const {
    category = null,
    tags = [],
    fields = {},
    links = [],
    clocks = {},
    escalation,
    awaiting,
    rating,
    closed,
  } = ticket;
  return {
    category,
    tags,
    fields,
    links: [
      ...(ticket.follows === undefined ? [] : [{ ticket: ticketName(ticket.follows), relation: 'follows' }]),
      ...links.map(({ ticket: number, relation }) => ({ ticket: ticketName(number), relation })),
    ],
    clocks: clockNames.flatMap((name) => {
      const clock = clocks[name];
      return clock ? [clockView(name, clock)] : [];
    }),
    escalation: escalation ? { ...escalation, at: iso(escalation.at) } : null,
    outbox: outbox.map(({ id, to, failures, reason = '', nextAt }) => ({
      message: id,
      to,
      failures,
      reason,
      nextAt: nextAt === undefined ? null : iso(nextAt),
    })),
    closesAt: awaiting?.closesAt === undefined ? null : iso(awaiting.closesAt),
    rating: rating ?? null,
    closed: closed ? { at: iso(closed.at), code: closed.code, summary: closed.summary } : null,
  };
}

/**
 * The clock that presses most: of those of an open case that run, the first to be due; null where none runs. What is over its time
 * presses until it is met.
 */
export function pressingOf({ ticket }: Conversation): ClockView | null {
  if (!ticket || ticket.closed) return null;
  const running = clockNames.flatMap((name) => {
    const clock = ticket.clocks?.[name];
    return clock && clock.metAt === undefined && clock.pausedAt === undefined ? [{ name, clock }] : [];
  });
  const [first] = running.sort((a, b) => a.clock.dueAt - b.clock.dueAt);
  return first ? clockView(first.name, first.clock) : null;
}

function clockView(name: string, { dueAt, metAt, pausedAt, warned, breachedAt }: Clock): ClockView {
  const state =
    metAt !== undefined
      ? 'met'
      : breachedAt !== undefined
        ? 'breached'
        : pausedAt !== undefined
          ? 'paused'
          : warned
            ? 'warned'
            : 'running';
  return {
    name,
    state,
    dueAt: iso(dueAt),
    metAt: metAt === undefined ? null : iso(metAt),
    late: breachedAt !== undefined || (metAt !== undefined && metAt > dueAt),
  };
}

export type CaseEvent = Extract<
  Event,
  {
    type:
      | 'clocked'
      | 'sla-warned'
      | 'sla-breached'
      | 'escalated'
      | 'updated'
      | 'edited'
      | 'linked'
      | 'closing-warned'
      | 'closing-planned'
      | 'closes-at'
      | 'closed-over'
      | 'rated'
      | 'survey-left'
      | 'webhook-sent'
      | 'webhook-failed'
      | 'webhook-retried';
  }
>;

/** Facts of a timeline entry. */
export function caseFacts(event: CaseEvent): { [fact: string]: unknown } {
  switch (event.type) {
    case 'clocked':
      return {
        clocks: Object.fromEntries(
          Object.entries(event.clocks).map(([name, { warnAt, dueAt }]) => [
            name,
            { warnAt: iso(warnAt), dueAt: iso(dueAt) },
          ]),
        ),
      };
    case 'sla-warned':
    case 'sla-breached':
      return { clock: event.clock, dueAt: iso(event.dueAt) };
    case 'escalated':
      return { to: event.to, reason: event.reason, fields: event.fields };
    case 'updated':
      return { from: event.from, status: event.status, text: event.text };
    case 'edited': {
      const { subject, category, tags, fields } = event;
      return given({ subject, category, tags, fields });
    }
    case 'linked':
      return { ticket: ticketName(event.link.ticket), relation: event.link.relation };
    case 'closing-warned':
      return { closesAt: iso(event.closesAt) };
    case 'closes-at':
      return { closesAt: iso(event.closesAt) };
    case 'closed-over':
      return { opening: event.opening === undefined ? null : iso(event.opening) };
    case 'closing-planned':
    case 'survey-left':
      return {};
    case 'rated':
      return given({ score: event.score, comment: event.comment });
    case 'webhook-sent':
      return { to: event.to, message: event.id };
    case 'webhook-failed':
      return {
        to: event.to,
        message: event.id,
        reason: event.reason,
        nextAt: event.nextAt === undefined ? null : iso(event.nextAt),
      };
    case 'webhook-retried':
      return { message: event.id };
  }
}

const given = (facts: { readonly [fact: string]: unknown }): { [fact: string]: unknown } =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
