/** `npm run --silent export -- [--from D] [--to D]`: tickets as NDJSON, one a line, each with its slice of the log. */
import { parseArgs } from 'node:util';
import { loadReadable } from '../console/readable.ts';
import { entryOf } from '../console/views.ts';
import { evolve, initial } from '../conversation/conversation.ts';
import type { Event } from '../conversation/event.ts';
import { isOpen } from '../conversation/handoff.ts';
import { indexes } from '../conversation/placement.ts';
import type { Conversation } from '../conversation/state.ts';
import { ticketName } from '../conversation/ticket.ts';
import { type Period, periodOf } from '../desk/period.ts';
import { type Listed, type Store, Unreadable } from '../store/store.ts';
import { runCommand, withStore } from './command.ts';
import { Misuse, write } from './faq/streams.ts';

const usage = `Usage: npm run --silent export -- [--from D] [--to D]

Writes the tickets opened from D to D as NDJSON, by ticket number. D is an ISO date (a whole day, both ends included)
or date and time; without an offset it is in this machine's time zone (TZ).`;

/** Ticket numbers read from the index at once. */
const batchSize = 200;
/** Events read at once. */
const historyPage = 1_000;

/** @returns the exit code: 0 done, 1 a conversation could not be read, 2 not understood */
async function exportTickets(args: readonly string[]): Promise<number> {
  const values = parse(args);
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const period = periodOf(values.from, values.to);
  return withStore(async (store) => {
    let code = 0;
    const onUnreadable = (error: Unreadable) => {
      process.stderr.write(`export: ${error.message}\n`);
      code = 1;
    };
    for await (const line of tickets(store, period, onUnreadable)) await write(process.stdout, `${line}\n`);
    return code;
  });
}

function parse(args: readonly string[]) {
  try {
    const options = {
      from: { type: 'string' },
      to: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** Yields a line a ticket. Memory holds one ticket's slice, and a number for each conversation with tickets yet to come. */
async function* tickets(
  store: Store,
  period: Period,
  onUnreadable: (error: Unreadable) => void,
): AsyncGenerator<string> {
  /** Conversation → version up to which its earlier tickets have been found. */
  const through = new Map<string, number>();
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
        const slice = await sliceOf(store, c, number, through);
        const line = lineOf(c, slice, period);
        if (line) yield line;
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        onUnreadable(error);
      }
    }
    if (listed.length < batchSize) return;
    after = listed.at(-1);
  }
}

/** A ticket's events: from its `queued` to its end, without what was said between an end and a new beginning. */
async function sliceOf(store: Store, c: Conversation, number: number, through: Map<string, number>): Promise<Event[]> {
  const isNewest = c.ticket?.number === number;
  const slice: Event[] = [];
  let state = initial(c.id);
  let at = isNewest && c.ticket ? c.ticket.version - 1 : (through.get(c.id) ?? 0);
  while (at < c.version) {
    const events = await store.history(c.id, at, Math.min(historyPage, c.version - at));
    if (events.length === 0) break;
    for (const event of events) {
      if (event.type === 'queued' && event.ticket !== number && slice.length > 0) {
        through.set(c.id, event.version - 1);
        return slice;
      }
      at = event.version;
      if (slice.length === 0 && !(event.type === 'queued' && event.ticket === number)) continue;
      const before = state;
      state = evolve(state, event);
      if (isOpen(before.ticket) || concerns(state)) slice.push(event);
    }
  }
  through.delete(c.id);
  return slice;
}

/** Whether the ticket is open, or closed with nothing new begun: notes are still written on it then. */
const concerns = ({ ticket, phase }: Conversation): boolean =>
  isOpen(ticket) || (ticket !== undefined && phase.at === 'closed');

function lineOf(c: Conversation, slice: readonly Event[], period: Period): string | undefined {
  const { ticket } = slice.reduce(evolve, initial(c.id));
  if (!ticket || ticket.openedAt < period.from || ticket.openedAt > period.to) return undefined;
  const { closed } = ticket;
  const { id, name, email } = c.visitor;
  return JSON.stringify({
    ticket: ticketName(ticket.number),
    conversation: c.id,
    customer: { id, name: name ?? '', ...(email ? { email } : {}) },
    language: c.language,
    subject: ticket.subject,
    reason: ticket.reason,
    confidence: ticket.confidence ?? null,
    tier: ticket.tier,
    skills: ticket.skills,
    priority: ticket.priority,
    openedAt: new Date(ticket.openedAt).toISOString(),
    closedAt: closed ? new Date(closed.at).toISOString() : null,
    resolution: closed ? { code: closed.code, summary: closed.summary } : null,
    timeline: slice.map((event) => entryOf(c.id, event)),
  });
}

await runCommand('export', exportTickets);
