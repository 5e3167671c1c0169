/** Tickets as they are exported: each with its slice of the log, as NDJSON or as a row of CSV. */

import type { Event } from '../conversation/event.ts';
import { evolve, initial } from '../conversation/fold.ts';
import { isOpen } from '../conversation/handoff.ts';
import type { Language } from '../conversation/language.ts';
import { indexes } from '../conversation/placement.ts';
import type { Conversation, HandoffReason, Priority } from '../conversation/state.ts';
import { ticketName } from '../conversation/ticket-name.ts';
import type { Archive } from '../desk/archive/archive.ts';
import type { Placed } from '../desk/archive/shelf.ts';
import { byteOrderMark, csvRow } from '../desk/csv.ts';
import { factsOf, type TicketFacts } from '../desk/figures/facts.ts';
import type { Period } from '../desk/period.ts';
import { loadReadable } from '../desk/readable.ts';
import { type Listed, type Store, Unreadable } from '../store/store.ts';
import { type Entry, entryOf, type Packet, packetOf } from './views.ts';

/** Times in ISO 8601, UTC. */
export interface Exported {
  readonly ticket: string;
  readonly conversation: string;
  readonly customer: { readonly id: string; readonly name: string; readonly email?: string };
  readonly language: Language;
  readonly subject: string;
  readonly reason: HandoffReason;
  readonly confidence: number | null;
  readonly tier: number;
  readonly skills: readonly string[];
  readonly priority: Priority;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly resolution: { readonly code: string; readonly summary: string } | null;
  /** What went with the hand-off, as it was at the end or is now. */
  readonly packet: Packet | null;
  readonly timeline: readonly Entry[];
  /** What the figures count of it; not a part of the NDJSON. */
  readonly facts: TicketFacts | undefined;
}

export const exportFormats = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Written before the first ticket. */
export const headOf = (format: ExportFormat): string => (format === 'csv' ? byteOrderMark + csvRow(csvColumns) : '');

/** A ticket with its line's end. */
export function lineOf(ticket: Exported, format: ExportFormat): string {
  if (format === 'csv') return csvRow(cellsOf(ticket));
  const { facts: _, ...told } = ticket;
  return `${JSON.stringify(told)}\n`;
}

const csvColumns = [
  'ticket',
  'conversation',
  'customer_id',
  'customer_name',
  'customer_email',
  'language',
  'subject',
  'reason',
  'confidence',
  'tier',
  'skills',
  'priority',
  'opened_at',
  'closed_at',
  'resolution',
  'summary',
  'agent',
  'wait_s',
  'first_response_s',
  'handling_s',
  'rating',
  'messages',
];

function cellsOf({ customer, resolution, facts, timeline, ...ticket }: Exported): string[] {
  const seconds = (ms: number | undefined) => (ms === undefined ? '' : String(Math.round(ms / 100) / 10));
  const cells: readonly (string | number | null | undefined)[] = [
    ticket.ticket,
    ticket.conversation,
    customer.id,
    customer.name,
    customer.email,
    ticket.language,
    ticket.subject,
    ticket.reason,
    ticket.confidence,
    ticket.tier,
    ticket.skills.join(' '),
    ticket.priority,
    ticket.openedAt,
    ticket.closedAt,
    resolution?.code,
    resolution?.summary,
    facts?.agent,
    seconds(facts?.wait),
    seconds(facts?.firstResponse),
    seconds(facts?.handling),
    facts?.score,
    timeline.filter(({ type }) => type === 'message').length,
  ];
  return cells.map((cell) => (cell == null ? '' : String(cell)));
}

/** Ticket numbers read from the index at once. */
const batchSize = 200;
/** Events read at once. */
const historyPage = 1_000;

/**
 * Yields the tickets opened in the time, by number, the archived among them. Memory holds one ticket's slice, a number for each
 * ticket given out and for each conversation with tickets yet to come, and where each archived one is.
 */
export async function* tickets(
  store: Store,
  archive: Archive,
  period: Period,
  onUnreadable: (error: Unreadable) => void,
): AsyncGenerator<Exported> {
  const archived: { readonly number: number; readonly copy: Copy }[] = [];
  for await (const { id, month, version, tickets: known } of archive.lines()) {
    for (const { number, openedAt } of known)
      if (openedAt >= period.from && openedAt <= period.to) archived.push({ number, copy: { id, month, version } });
  }
  archived.sort((a, b) => b.number - a.number);
  /** The archived up to a number. */
  const before = async function* (number: number): AsyncGenerator<Exported> {
    for (let next = archived.at(-1); next && next.number < number; next = archived.at(-1)) {
      archived.pop();
      const ticket = await archivedTicket(archive, next.copy, next.number, period);
      if (ticket) yield ticket;
    }
  };
  const given = new Set(archived.map(({ number }) => number));
  for await (const ticket of liveTickets(store, period, onUnreadable)) {
    const number = ticket.facts?.ticket ?? 0;
    yield* before(number);
    if (!given.has(number)) yield ticket;
    given.add(number);
  }
  yield* before(Number.POSITIVE_INFINITY);
  // Moved into the archive while this went on, and so perhaps seen in neither.
  for await (const line of archive.lines(({ tickets: known }) => known.some(({ number }) => !given.has(number)))) {
    for (const { number } of line.tickets) {
      const late = given.has(number) ? undefined : await archivedTicket(archive, line, number, period);
      if (late) yield late;
    }
  }
}

type Copy = Pick<Placed, 'id' | 'month' | 'version'>;

async function archivedTicket(archive: Archive, copy: Copy, number: number, period: Period) {
  const found = await archive.copyOf(copy);
  if (!found) return undefined;
  const { state, events } = found;
  const log = { history: async (_id: string, after: number, limit: number) => events.slice(after, after + limit) };
  const then = await sliceOf(log, state, number, new Map());
  return ticketIn(state, then.slice, then.state, period);
}

async function* liveTickets(
  store: Store,
  period: Period,
  onUnreadable: (error: Unreadable) => void,
): AsyncGenerator<Exported> {
  /** Conversation → where the search for its next ticket begins. */
  const through = new Map<string, Through>();
  let after: Listed | undefined;
  for (;;) {
    const listed = await store.list(indexes.tickets, { limit: batchSize, ...(after ? { after } : {}) });
    const ids = listed.map(({ member }) => member.slice(0, member.lastIndexOf('#')));
    const distinct = [...new Set(ids)];
    const loaded = new Map((await loadReadable(store, distinct, onUnreadable)).map((c, i) => [distinct[i], c]));
    for (const [i, { score: number }] of listed.entries()) {
      const c = loaded.get(ids[i]);
      if (!c || c.createdAt > period.to || c.updatedAt < period.from) continue;
      try {
        const { slice, state } = await sliceOf(store, c, number, through);
        const ticket = ticketIn(c, slice, state, period);
        if (ticket) yield ticket;
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        onUnreadable(error);
      }
    }
    if (listed.length < batchSize) return;
    after = listed.at(-1);
  }
}

/** Its earlier tickets have been found up to this version; the language is the visitor's then. */
interface Through {
  readonly version: number;
  readonly language: Language;
}

interface Slice {
  /** From the ticket's `queued` to its end, without what was said between an end and a new beginning but its rating. */
  readonly slice: readonly Event[];
  /** As it was at the end of the slice. */
  readonly state: Conversation;
}

async function sliceOf(
  store: Pick<Store, 'history'>,
  c: Conversation,
  number: number,
  through: Map<string, Through>,
): Promise<Slice> {
  const isNewest = c.ticket?.number === number;
  const slice: Event[] = [];
  const before = through.get(c.id);
  const begun = isNewest && c.ticket ? c.ticket.version - 1 : undefined;
  let state: Conversation = { ...initial(c.id), ...(before ? { language: before.language } : {}) };
  let end = state;
  let at = begun !== undefined && (await isBeginning(store, c, begun)) ? begun : (before?.version ?? 0);
  while (at < c.version) {
    const events = await store.history(c.id, at, Math.min(historyPage, c.version - at));
    if (events.length === 0) break;
    for (const event of events) {
      if (event.type === 'queued' && event.ticket !== number && slice.length > 0) {
        // What was asked and tried before it begins behind the end of this one.
        through.set(c.id, { version: slice.at(-1)?.version ?? 0, language: end.language });
        return { slice, state: end };
      }
      at = event.version;
      const wasOpen = isOpen(state.ticket);
      state = evolve(state, event);
      if (slice.length === 0 && !(event.type === 'queued' && event.ticket === number)) continue;
      const isRating = event.type === 'rated' && event.ticket === number;
      if (!wasOpen && !concerns(state) && !isRating) continue;
      slice.push(event);
      end = state;
    }
  }
  through.delete(c.id);
  // The newest one is whole in the state that is kept.
  return { slice, state: isNewest ? c : end };
}

/** Of what an older release wrote, the ticket's version may be that of a later event. */
async function isBeginning(store: Pick<Store, 'history'>, { id, ticket }: Conversation, at: number): Promise<boolean> {
  const [first] = await store.history(id, at, 1);
  return first?.type === 'queued' && first.ticket === ticket?.number && first.at === ticket.openedAt;
}

/** Whether the ticket is open, or closed with nothing new begun: notes are still written on it then. */
const concerns = ({ ticket, phase }: Conversation): boolean =>
  isOpen(ticket) || (ticket !== undefined && phase.at === 'closed');

function ticketIn(c: Conversation, slice: readonly Event[], state: Conversation, period: Period): Exported | undefined {
  const { ticket } = slice.reduce(evolve, initial(c.id));
  if (!ticket || ticket.openedAt < period.from || ticket.openedAt > period.to) return undefined;
  const { closed } = ticket;
  const { id, name, email } = c.visitor;
  return {
    ticket: ticketName(ticket.number),
    conversation: c.id,
    customer: { id, name: name ?? '', ...(email ? { email } : {}) },
    language: (closed ? state.ticket?.language : undefined) ?? c.language,
    subject: ticket.subject,
    reason: ticket.reason,
    confidence: ticket.confidence ?? null,
    tier: ticket.tier,
    skills: ticket.skills,
    priority: ticket.priority,
    openedAt: new Date(ticket.openedAt).toISOString(),
    closedAt: closed ? new Date(closed.at).toISOString() : null,
    resolution: closed ? { code: closed.code, summary: closed.summary } : null,
    // The record and the visitor's name are known of the conversation, whichever of its cases it is.
    packet: packetOf(
      { ...state, visitor: c.visitor, channel: c.channel, ...(c.customer ? { customer: c.customer } : {}) },
      () => undefined,
    ),
    timeline: slice.map((event) => entryOf(c.id, event)),
    facts: factsOf(c.id, slice).tickets[0],
  };
}
