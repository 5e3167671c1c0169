/** Conversations as they are exported, each with its whole timeline: also those that the bot alone had. As NDJSON. */
import type { Event } from '../conversation/event.ts';
import type { Language } from '../conversation/language.ts';
import { indexes } from '../conversation/placement.ts';
import { type Conversation, originOf } from '../conversation/state.ts';
import { ticketName } from '../conversation/ticket-name.ts';
import type { Archive } from '../desk/archive/archive.ts';
import type { Period } from '../desk/period.ts';
import { loadReadable } from '../desk/readable.ts';
import { type Listed, type Store, Unreadable } from '../store/store.ts';
import { type Entry, entryOf } from './views.ts';

/** Times in ISO 8601, UTC. */
export interface ExportedConversation {
  readonly conversation: string;
  /** `website`, `connector`, or the way a case came that was noted down. */
  readonly origin: string;
  readonly customer: { readonly id: string; readonly name: string; readonly email?: string };
  readonly language: Language;
  readonly openedAt: string;
  readonly updatedAt: string;
  readonly tickets: readonly string[];
  readonly timeline: readonly Entry[];
}

/** Conversations read from the index at once. */
const batchSize = 200;
/** Events read at once. */
const historyPage = 1_000;

/** Yields the conversations that went on at some time of the period, the archived ones last. Memory holds one timeline, and the ids of those given out. */
export async function* conversations(
  store: Store,
  archive: Archive,
  period: Period,
  onUnreadable: (error: Unreadable) => void,
): AsyncGenerator<ExportedConversation> {
  const given = new Set<string>();
  const isIn = (c: Pick<Conversation, 'createdAt' | 'updatedAt'>) =>
    c.createdAt <= period.to && c.updatedAt >= period.from;
  for (let after: Listed | undefined; ; ) {
    const listed = await store.list(indexes.all, { limit: batchSize, ...(after ? { after } : {}) });
    const ids = listed.map(({ member }) => member);
    for (const c of await loadReadable(store, ids, onUnreadable)) {
      if (!c || !isIn(c)) continue;
      given.add(c.id);
      try {
        yield exportedOf(c, await historyOf(store, c));
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        onUnreadable(error);
      }
    }
    if (listed.length < batchSize) break;
    after = listed.at(-1);
  }
  for await (const line of archive.lines((one) => isIn(one) && !given.has(one.id))) {
    const copy = await archive.copyOf(line);
    if (copy) yield exportedOf(copy.state, copy.events);
  }
}

/** @throws Unreadable */
async function historyOf(store: Store, c: Conversation): Promise<Event[]> {
  const events: Event[] = [];
  while (events.length < c.version) {
    const page = await store.history(c.id, events.length, Math.min(historyPage, c.version - events.length));
    if (page.length === 0) throw new Unreadable(c.id, `event ${events.length + 1} is missing.`);
    events.push(...page);
  }
  return events;
}

function exportedOf(c: Conversation, events: readonly Event[]): ExportedConversation {
  const { id, name, email } = c.visitor;
  return {
    conversation: c.id,
    origin: originOf(c.channel),
    customer: { id, name: name ?? '', ...(email ? { email } : {}) },
    language: c.language,
    openedAt: new Date(c.createdAt).toISOString(),
    updatedAt: new Date(c.updatedAt).toISOString(),
    tickets: c.ticketNumbers.map(ticketName),
    timeline: events.map((event) => entryOf(c.id, event)),
  };
}
