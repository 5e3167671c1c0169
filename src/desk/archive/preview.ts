/** What an erasure would take, for whoever decides on it: enough to know that it is the right customer, and how much goes. */
import type { Event } from '../../conversation/event.ts';
import type { Conversation } from '../../conversation/state.ts';
import { ticketName } from '../../conversation/ticket-name.ts';
import type { Store } from '../../store/store.ts';
import type { Archive } from './archive.ts';
import type { Found } from './erase.ts';

export interface Previewed {
  readonly id: string;
  readonly name: string;
  readonly subject: string;
  /** Numbers of its cases, oldest first. */
  readonly tickets: readonly string[];
  readonly messages: number;
  readonly files: number;
  /** A case is open: somebody may be at work on it. */
  readonly open: boolean;
  readonly archived: boolean;
  /** ms since 1970 */
  readonly updatedAt: number;
}

export interface Preview extends Found {
  readonly tickets: number;
  readonly messages: number;
  readonly files: number;
  /** Newest first. */
  readonly conversations: readonly Previewed[];
}

export interface PreviewOptions {
  readonly store: Store;
  readonly archive: Archive;
  readonly countFiles: (conversation: string) => Promise<number>;
}

const historyPage = 1_000;

/** @param customer the customer's id, or mail address. */
export async function previewOf({ store, archive, countFiles }: PreviewOptions, customer: string): Promise<Preview> {
  const { live, copies } = await archive.ofCustomer(customer);
  const conversations = new Map<string, Previewed>();
  for (const copy of copies) {
    const found = await archive.copyOf(copy);
    if (found) conversations.set(copy.id, previewed(found.state, found.events, true, await countFiles(copy.id)));
  }
  for (const id of live) {
    const [c] = await store.load([id]);
    if (c) conversations.set(id, previewed(c, await historyOf(store, c), false, await countFiles(id)));
  }
  const all = [...conversations.values()].sort((a, b) => b.updatedAt - a.updatedAt);
  const sum = (of: (one: Previewed) => number) => all.reduce((before, one) => before + of(one), 0);
  return {
    live: all.filter(({ archived }) => !archived).length,
    archived: all.filter(({ archived }) => archived).length,
    tickets: sum(({ tickets }) => tickets.length),
    messages: sum(({ messages }) => messages),
    files: sum(({ files }) => files),
    conversations: all,
  };
}

function previewed(c: Conversation, events: readonly Event[], archived: boolean, files: number): Previewed {
  return {
    id: c.id,
    name: c.customer?.name ?? c.visitor.name ?? '',
    subject: c.ticket?.subject ?? '',
    tickets: c.ticketNumbers.map(ticketName),
    messages: events.filter(({ type }) => type === 'message').length,
    files,
    open: c.ticket !== undefined && !c.ticket.closed,
    archived,
    updatedAt: c.updatedAt,
  };
}

async function historyOf(store: Store, { id, version }: Conversation): Promise<Event[]> {
  const events: Event[] = [];
  while (events.length < version) {
    const page = await store.history(id, events.length, historyPage);
    if (page.length === 0) break;
    events.push(...page);
  }
  return events;
}
