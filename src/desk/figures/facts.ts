/**
 * What a conversation's log says in figures: a pure fold, so that all figures can be computed anew from the logs. It watches how the
 * state changes and not which event changed it: whatever leads to an owner, a pause or an end is counted alike.
 */

import type { Event } from '../../conversation/event.ts';
import { evolve, initial } from '../../conversation/fold.ts';
import { isOpen } from '../../conversation/handoff.ts';
import type { Language } from '../../conversation/language.ts';
import { calm, pressureOf } from '../../conversation/sentiment.ts';
import type { Conversation, HandoffReason, Priority, Ticket } from '../../conversation/state.ts';

/** A case in figures. Times are ms since 1970, spans ms by the clock on the wall; absent: it has not come to that. */
export interface TicketFacts {
  readonly ticket: number;
  readonly openedAt: number;
  readonly language: Language;
  /** As they are at last. */
  readonly tier: number;
  readonly skills: readonly string[];
  readonly priority: Priority;
  readonly reason: HandoffReason;
  /** Account of its last owner. */
  readonly agent?: string;
  /** From opening until a person first had it. */
  readonly wait?: number;
  /** From opening until a person first wrote to the visitor. */
  readonly firstResponse?: number;
  /** While a person had it, all owners together; while it is with one, up to the newest event. */
  readonly handling: number;
  /** From opening to its end; a case that was taken up again, to its last end. */
  readonly resolution?: number;
  readonly closedAt?: number;
  readonly code?: string;
  readonly reopened: number;
  /** 1 to 5. */
  readonly score?: number;
  /** Clocks of the service level that ran out: `firstResponse`, `nextResponse`, `resolution`. */
  readonly breached: readonly string[];
  readonly clocked: boolean;
  /** Pressure, 0 to 1, when the case was opened and when it was last open. */
  readonly pressure: { readonly start: number; readonly end: number };
}

/** What a visitor asked the bot, from the first words to a case, a day's silence, or now. Answers to the survey are none. */
export interface Inquiry {
  readonly at: number;
  readonly language: Language;
  /** `answered`: by the bot, without a person; `handed`: became a case; `open`: neither. */
  readonly outcome: 'answered' | 'handed' | 'open';
  /** Entry of the last answer. */
  readonly entry?: string;
}

/** Counts up when the fold changes: facts that an older one made are made anew. */
export const factsFormat = 2;

export interface Facts {
  readonly tickets: readonly TicketFacts[];
  readonly inquiries: readonly Inquiry[];
}

/** So long after the last words a visitor's next ones begin another inquiry, ms. */
const silence = 24 * 3_600_000;

/** Goes through a log from its first event on. */
export class FactsFold {
  #c: Conversation;
  readonly #tickets = new Map<number, TicketFacts>();
  readonly #inquiries: Inquiry[] = [];
  #inquiry: Begun | undefined;
  /** Version of the visitor's newest message. */
  #heard = 0;
  /** Since when a person has it. */
  #owned: number | undefined;

  constructor(id: string) {
    this.#c = initial(id);
  }

  /** The conversation as folded so far. */
  get state(): Conversation {
    return this.#c;
  }

  take(event: Event): void {
    const before = this.#c;
    const c = evolve(before, event);
    this.#c = c;
    this.#takeTicket(before, c, event);
    this.#takeInquiry(before, c, event);
  }

  facts(): Facts {
    const open = this.#inquiry;
    return {
      tickets: [...this.#tickets.values()],
      inquiries: [...this.#inquiries, ...(open ? ended(open) : [])],
    };
  }

  #takeTicket(before: Conversation, c: Conversation, event: Event): void {
    const { ticket } = c;
    if (!ticket) return;
    const known = this.#tickets.get(ticket.number) ?? opening(c, ticket, event.at);
    const isOwned = c.phase.at === 'human';
    const handled = this.#owned === undefined ? 0 : event.at - this.#owned;
    this.#owned = isOwned ? event.at : undefined;
    const isSame = before.ticket?.number === ticket.number;
    const isEnd = ticket.closed !== undefined && !(isSame && before.ticket?.closed);
    const isAgain = ticket.closed === undefined && isSame && before.ticket?.closed !== undefined;
    const { closedAt: _at, code: _code, resolution: _span, ...unended } = known;
    this.#tickets.set(ticket.number, {
      ...(isAgain ? { ...unended, reopened: known.reopened + 1 } : known),
      ...(isOpen(ticket) ? nowOf(c, ticket) : {}),
      ...(isOwned ? { agent: c.phase.owner.name } : {}),
      ...(isOwned && known.wait === undefined ? { wait: event.at - known.openedAt } : {}),
      ...(isReply(event) && isOwned && known.firstResponse === undefined
        ? { firstResponse: event.at - known.openedAt }
        : {}),
      handling: known.handling + handled,
      ...(isEnd ? { closedAt: event.at, resolution: event.at - known.openedAt, code: ticket.closed.code } : {}),
      ...(isOpen(ticket) ? { pressure: { start: known.pressure.start, end: pressureIn(c) } } : {}),
    });
    this.#mark(event, ticket.number);
  }

  /** Service levels and ratings, whose events may belong to a case that is closed. */
  #mark(event: Event, current: number): void {
    const facts = event as { type: string; clock?: unknown; ticket?: unknown; score?: unknown };
    const number = facts.type === 'rated' && typeof facts.ticket === 'number' ? facts.ticket : current;
    const known = this.#tickets.get(number);
    if (!known) return;
    if (facts.type === 'clocked') this.#tickets.set(number, { ...known, clocked: true });
    if (facts.type === 'sla-breached' && typeof facts.clock === 'string' && !known.breached.includes(facts.clock))
      this.#tickets.set(number, { ...known, clocked: true, breached: [...known.breached, facts.clock] });
    if (facts.type === 'rated' && typeof facts.score === 'number')
      this.#tickets.set(number, { ...known, score: facts.score });
  }

  #takeInquiry(before: Conversation, c: Conversation, event: Event): void {
    if (this.#inquiry && isOpen(c.ticket)) {
      const { at, language } = this.#inquiry;
      this.#inquiries.push({ at, language, outcome: 'handed' });
      this.#inquiry = undefined;
    }
    if (isOpen(c.ticket)) {
      // Asked for a person with the first words, or by a case that others opened.
      return;
    }
    // What was taken in by phone, mail or form never was the bot's to answer.
    const isAsked = event.type === 'message' && event.by.role === 'visitor' && c.channel.kind !== 'desk';
    if (isAsked) this.#heard = event.version;
    if (this.#inquiry && isAsked && event.at - this.#inquiry.last > silence) {
      this.#inquiries.push(...ended(this.#inquiry));
      this.#inquiry = undefined;
    }
    if (isAsked && this.#inquiry?.isSurvey) this.#inquiry = undefined;
    if (isAsked && before.phase.at !== 'human') {
      this.#inquiry ??= { at: event.at, language: c.language, first: event.version, last: event.at, denied: false };
      this.#inquiry = { ...this.#inquiry, last: event.at };
    }
    const inquiry = this.#inquiry;
    if (!inquiry) return;
    const isFirst = inquiry.first === this.#heard;
    if (event.type === 'rated' && isFirst) this.#inquiry = undefined;
    // "No comment" is no question, but whoever asks something instead of an answer begins an inquiry.
    if (event.type === 'survey-left' && isFirst) this.#inquiry = { ...inquiry, isSurvey: true };
    if (event.type === 'matched') this.#inquiry = { ...inquiry, isSurvey: false };
    if (event.type === 'answered') this.#inquiry = { ...inquiry, entry: event.entry, denied: false, isSurvey: false };
    if (event.type === 'feedback') this.#inquiry = { ...inquiry, denied: !event.helped };
  }
}

/** All of a log at once. */
export function factsOf(id: string, events: Iterable<Event>): Facts {
  const fold = new FactsFold(id);
  for (const event of events) fold.take(event);
  return fold.facts();
}

/** An inquiry that goes on. */
interface Begun extends Omit<Inquiry, 'outcome'> {
  /** Version of its first message. */
  readonly first: number;
  /** When its newest message came, ms since 1970. */
  readonly last: number;
  /** The last answer did not help. */
  readonly denied: boolean;
  /** So far it is a word about the case before. */
  readonly isSurvey?: boolean;
}

function ended({ at, language, entry, denied, isSurvey }: Begun): Inquiry[] {
  if (isSurvey) return [];
  if (entry === undefined) return [{ at, language, outcome: 'open' }];
  return [{ at, language, outcome: denied ? 'open' : 'answered', entry }];
}

const isReply = (event: Event): boolean => event.type === 'message' && event.by.role === 'agent';

const pressureIn = (c: Conversation): number => pressureOf(c.sentiment ?? calm);

const nowOf = (c: Conversation, { tier, skills, priority, reason }: Ticket) => ({
  language: c.language,
  tier,
  skills,
  priority,
  reason,
});

function opening(c: Conversation, ticket: Ticket, at: number): TicketFacts {
  const pressure = pressureIn(c);
  return {
    ticket: ticket.number,
    openedAt: at,
    ...nowOf(c, ticket),
    handling: 0,
    reopened: 0,
    breached: [],
    clocked: false,
    pressure: { start: pressure, end: pressure },
  };
}
