/**
 * Facts of a time, gathered from the store's logs. Facts of a conversation at rest are kept as a record beside it, good for the version
 * they were made at: what was counted once is not read again, and everything can be counted anew.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { isOpen } from '../../conversation/handoff.ts';
import { indexes } from '../../conversation/placement.ts';
import type { Conversation, Json } from '../../conversation/state.ts';
import { type Listed, type Store, Unreadable } from '../../store/store.ts';
import type { Archive } from '../archive/archive.ts';
import type { Period } from '../period.ts';
import { loadReadable } from '../readable.ts';
import { type Facts, FactsFold, factsOf, factsFormat as format } from './facts.ts';

const kind = 'figures';
const batch = 200;
const historyPage = 1_000;

interface Kept {
  readonly format: number;
  readonly version: number;
  readonly facts: Facts;
}

export interface Sources {
  readonly store: Store;
  /** What is archived brings its facts along. */
  readonly archive: Pick<Archive, 'lines' | 'copyOf'>;
  /** Reads every log again and replaces what is kept. */
  readonly rebuild?: boolean;
  /** Told of each conversation that cannot be read and is not counted. */
  readonly onUnreadable: (error: Unreadable) => void;
}

/** Tickets opened, and inquiries begun, in the time. */
export async function collect(sources: Sources, period: Period): Promise<Facts> {
  const { store, archive, onUnreadable } = sources;
  const tickets: Facts['tickets'][number][] = [];
  const inquiries: Facts['inquiries'][number][] = [];
  const isIn = (at: number) => at >= period.from && at <= period.to;
  const add = (facts: Facts): void => {
    for (const ticket of facts.tickets) if (isIn(ticket.openedAt)) tickets.push(ticket);
    for (const inquiry of facts.inquiries) if (isIn(inquiry.at)) inquiries.push(inquiry);
  };
  const max = Number.isFinite(period.to) ? { max: period.to } : {};
  const counted = new Set<string>();
  for (let after: Listed | undefined; ; ) {
    const listed = await store.list(indexes.all, { limit: batch, ...max, ...(after ? { after } : {}) });
    const ids = listed.map(({ member }) => member);
    const loaded = await loadReadable(store, ids, onUnreadable);
    const concerned = loaded.flatMap((c) => (c && c.updatedAt >= period.from ? [c] : []));
    for (const { id } of concerned) counted.add(id);
    for (const facts of await Promise.all(concerned.map((c) => factsIn(sources, c)))) {
      if (facts) add(facts);
    }
    if (listed.length < batch) break;
    after = listed.at(-1);
    // A long count must not keep visitors waiting.
    await breathe();
  }
  // The archive last: what moves there while it is counted is found in one of the two, and by its id not in both.
  for await (const line of archive.lines(({ id }) => !counted.has(id))) {
    const isCurrent = line.factsFormat === format && !sources.rebuild;
    const copy = isCurrent ? undefined : await archive.copyOf(line);
    add(copy ? factsOf(line.id, copy.events) : line.facts);
  }
  return { tickets, inquiries };
}

/** @returns undefined where the log cannot be read. */
async function factsIn({ store, rebuild, onUnreadable }: Sources, c: Conversation): Promise<Facts | undefined> {
  const kept = rebuild ? undefined : ((await store.records.get(kind, c.id)) as Kept | undefined);
  if (kept?.format === format && kept.version === c.version) return kept.facts;
  try {
    const facts = await readFacts(store, c);
    // An open case changes soon: its record would be written for nothing.
    if (!isOpen(c.ticket)) {
      const value: Kept = { format, version: c.version, facts };
      await store.records.put(kind, c.id, value as unknown as Json);
    }
    return facts;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    onUnreadable(error);
    return undefined;
  }
}

/** From the log alone. @throws Unreadable */
async function readFacts(store: Store, c: Conversation): Promise<Facts> {
  const fold = new FactsFold(c.id);
  for (let at = 0; at < c.version; ) {
    const events = await store.history(c.id, at, Math.min(historyPage, c.version - at));
    const last = events.at(-1);
    if (!last) break;
    for (const event of events) fold.take(event);
    at = last.version;
  }
  return fold.facts();
}
