import { backoff } from './backoff.ts';

/**
 * What the visitor wrote and the service has not yet shown back. Entries go out one after the other, always under the same
 * `clientId` (`channelData.clientActivityID`), by which the service takes a repeated one only once; so whoever doubts sends again.
 */
export type Progress =
  | { readonly at: 'queued' }
  | { readonly at: 'sending' }
  | { readonly at: 'waiting'; readonly attempt: number; readonly until: number }
  /**
   * Will not go by itself. `files`: their bytes are gone from this browser; `size`: they are too many; `length`: the text is too long;
   * `service`: it said no, with its own sentence.
   */
  | { readonly at: 'refused'; readonly by: 'service' | 'files' | 'size' | 'length'; readonly reason: string }
  /** Answered by the service; it stays until its echo takes its place in the thread. */
  | { readonly at: 'delivered' };

export interface FileFact {
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

export interface Entry {
  readonly clientId: string;
  readonly text: string;
  readonly files: readonly FileFact[];
  /** ms since 1970. */
  readonly at: number;
  /** The tab it was written in. */
  readonly tab: string;
  readonly progress: Progress;
}

export type Outbox = readonly Entry[];

/** Bytes of one message's files; the service takes 20 MB with all that goes around them. */
const mostBytes = 20 * 1024 * 1024 - 64 * 1024;

/** UTF-16 units of one message's text that the service takes. */
const longestText = 50_000;

export const tooLong = ({ text }: Entry): boolean => text.length > longestText;

export const tooLarge = ({ files }: Entry): boolean => files.reduce((sum, { size }) => sum + size, 0) > mostBytes;

/** A tab leaves another tab's entry alone for this long (ms); after that its tab counts as closed and this one sends it. */
export const adoptAfter = 10_000;

export type Turn =
  | { readonly send: Entry }
  | { readonly at: number }
  /** Nothing to do until something changes. */
  | null;

const open = (entry: Entry) => entry.progress.at !== 'delivered' && entry.progress.at !== 'refused';

/** What `tab` is to do at `now`: the first unsettled entry alone may go, so that the order of writing is kept. */
export function nextTurn(outbox: Outbox, tab: string, now: number): Turn {
  const first = outbox.find(open);
  if (!first || first.progress.at === 'sending') return null;
  const adoptable = first.tab === tab ? now : first.at + adoptAfter;
  const due = first.progress.at === 'waiting' ? first.progress.until : now;
  const at = Math.max(adoptable, due);
  return at <= now ? { send: first } : { at };
}

/** Adds or replaces by `clientId`, in the order of writing. An entry that is in flight here keeps its progress. */
export function put(outbox: Outbox, entry: Entry): Outbox {
  const known = outbox.find((one) => one.clientId === entry.clientId);
  if (known) return outbox.map((one) => (one === known ? { ...entry, progress: known.progress } : one));
  return [...outbox, entry].sort((a, b) => a.at - b.at);
}

export function settle(outbox: Outbox, clientId: string, progress: Progress): Outbox {
  return outbox.map((entry) => (entry.clientId === clientId ? { ...entry, progress } : entry));
}

/** A try failed for a reason that may pass: the next one comes by itself. */
export function failed(outbox: Outbox, clientId: string, attempt: number, now: number, random: number): Outbox {
  return settle(outbox, clientId, { at: 'waiting', attempt: attempt + 1, until: now + backoff(attempt, random) });
}

/** Tries so far that failed. */
export const attemptsOf = (entry: Entry): number => (entry.progress.at === 'waiting' ? entry.progress.attempt : 0);

/** The line is back, or the visitor pressed "try now": what waits for its time need not. */
export function hurry(outbox: Outbox, clientId?: string): Outbox {
  return outbox.map((entry) => {
    const { at } = entry.progress;
    const meant = clientId === undefined ? at === 'waiting' : entry.clientId === clientId;
    return meant && (at === 'waiting' || at === 'refused') ? { ...entry, progress: { at: 'queued' } } : entry;
  });
}

export function without(outbox: Outbox, clientIds: ReadonlySet<string>): Outbox {
  const rest = outbox.filter((entry) => !clientIds.has(entry.clientId));
  return rest.length === outbox.length ? outbox : rest;
}

const isProgress = (value: unknown): value is Progress =>
  typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'string';

/**
 * Reads an entry that a page stored. What was in flight or delivered when that page went is sent again: nobody waited for
 * the answer, and the same `clientId` makes it harmless. Null for what is no entry.
 */
export function revive(stored: unknown): Entry | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { clientId, text, files, at, tab, progress } = stored as Partial<Record<keyof Entry, unknown>>;
  if (typeof clientId !== 'string' || typeof text !== 'string' || typeof at !== 'number' || typeof tab !== 'string') {
    return null;
  }
  const facts = Array.isArray(files) ? (files as readonly FileFact[]) : [];
  const kept: Progress = isProgress(progress) && progress.at === 'refused' ? progress : { at: 'queued' };
  return { clientId, text, files: facts, at, tab, progress: kept };
}
