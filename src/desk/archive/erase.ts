/**
 * Erases what the desk has of one customer: conversations in the engine and in the archive, with their files and what is kept beside
 * them. The trail keeps the proof: how much there was and a digest of it, nothing that tells of whom.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import { alone, type Held } from '../alone.ts';
import { canonical, type Deed } from '../audit/chain.ts';
import type { Trail } from '../audit/trail.ts';
import type { Archive } from './archive.ts';

export interface EraseOptions {
  readonly store: Store;
  readonly archive: Archive;
  readonly trail: Trail;
  /** Removes a conversation's files. @returns how many there were. */
  readonly removeFiles: (conversation: string) => Promise<number>;
  /** Who erases, as in `Deed`. */
  readonly who: Deed['who'];
  /** After each step of the way: steps that are done, and how many there are. */
  readonly told?: (done: number, of: number) => void;
}

export interface Found {
  readonly live: number;
  readonly archived: number;
}

export interface Erased {
  /** Names the erasure on the trail: the only tie between it and whoever asked for it. */
  readonly receipt: string;
  readonly conversations: number;
  /** Of them, how many were in the archive. */
  readonly archived: number;
  readonly events: number;
  readonly files: number;
  /** SHA-256 over the digests of all that was erased. */
  readonly digest: string;
}

/** Another process writes the archive. */
export class ArchiveBusy extends Error {
  override readonly name = 'ArchiveBusy';
  constructor() {
    super('The archive is being written just now: try again in a minute.');
  }
}

/** Records beside a conversation, by its id. `visitor` is who the website signed them to be. */
const beside = ['archived', 'figures', 'delivering', 'telling', 'visitor'];

export async function findCustomer(archive: Archive, customer: string): Promise<Found> {
  const { live, copies } = await archive.ofCustomer(customer);
  const ids = new Set(live);
  return { live: live.length, archived: new Set(copies.flatMap(({ id }) => (ids.has(id) ? [] : [id]))).size };
}

/**
 * May be repeated: what an erasure that was cut short has left is found again.
 * @param customer the customer's id, or mail address.
 * @throws ArchiveBusy
 */
export async function eraseCustomer(options: EraseOptions, customer: string): Promise<Erased> {
  const done = await alone(options.store, 'archive', (held) => erase(options, customer, held));
  if (!done) throw new ArchiveBusy();
  return done.result;
}

async function erase(
  { store, archive, trail, removeFiles, who, told = () => {} }: EraseOptions,
  customer: string,
  held: Held,
): Promise<Erased> {
  const { live, copies } = await archive.ofCustomer(customer);
  const all = new Set([...live, ...copies.map((copy) => copy.id)]);
  // A copy is read, a conversation leaves the engine, files and records go; and the archive is written anew.
  const steps = copies.length + 1 + live.length + all.size;
  let done = 0;
  const step = (): void => told(++done, steps);
  const digests = new Map<string, string>();
  let events = 0;
  for (const copy of copies) {
    const found = await archive.copyOf(copy);
    step();
    if (!found) continue;
    if (!digests.has(copy.id)) events += found.events.length;
    digests.set(copy.id, digestOf(found.events));
  }
  const archived = copies.filter(({ id }, i) => !live.includes(id) && copies.findIndex((one) => one.id === id) === i);
  await archive.eraseCopies(copies, held);
  step();
  for (const id of live) {
    const log = await archive.eraseLive(id);
    step();
    if (!log) continue;
    if (!digests.has(id)) events += log.length;
    digests.set(id, digestOf(log));
  }
  let files = 0;
  for (const id of all) {
    files += await removeFiles(id);
    for (const kind of beside) await store.records.remove(kind, id);
    step();
  }
  const erased: Erased = {
    receipt: randomUUID(),
    conversations: digests.size,
    archived: archived.length,
    events,
    files,
    digest: digestOf([...digests.values()].sort()),
  };
  await trail.append({ at: Date.now(), who, what: 'erased', subject: erased.receipt, facts: { ...erased } });
  return erased;
}

const digestOf = (what: unknown): string => createHash('sha256').update(canonical(what)).digest('hex');
