/**
 * THE PORT. What the desk asks of an engine, and the rules an engine keeps; one contract suite (test/contract) proves each rule,
 * by its number, on every engine. An engine knows nothing of the domain: it appends, replaces, moves index entries, and tells.
 *
 * S1  A commit is all or nothing: events, state, index moves and the feed entry, or none of them.
 * S2  It is applied only when the conversation stands at `expected`, and, with a `basis`, at a state that begins so; else VersionConflict,
 *     and nothing is written. One to a conversation that is there may hold no event: then it moves index entries alone.
 * S3  It resolves only after the engine's durability (see `health().durability`), and is then seen by every reader.
 * S4  Versions of a conversation are 1, 2, 3 … without a gap; `history` gives them in order, whole.
 * S5  With a `limit`, a commit that would leave the index with more than `max` members, or with scores that add up to more, is refused:
 *     LimitReached, nothing written.
 * S6  An index is ordered by score, then by member (bytewise); a member stands in it once.
 * S7  The feed has one entry for each commit and each removal, in the order of one conversation's commits; a follower that resumes at a position gets
 *     every later entry, in order, at least once; a position no longer held yields `lost` instead, once, then what follows.
 * S8  `reserve` never gives one number twice, across processes and restarts. Numbers may be skipped.
 * S9  A record with an expiry is gone at it. `putIfAbsent` succeeds for one caller only, until the record is removed or expires.
 * S10 Signals reach the followers that are listening now, on every process; they may be lost, and are never stored.
 * S11 When the engine cannot be reached, a call rejects with Unavailable within 5 s; it neither hangs nor half-applies. A commit whose
 *     answer was lost may have been applied: whoever retries must be able to recognise it (`seen` in the state).
 * S12 What cannot be read back (a state or event that does not parse) rejects with Unreadable, naming the conversation; others are untouched.
 * S13 `remove` takes log, state and all the places it is told away and tells the feed, in one step, when the log stands at `expected`;
 *     else VersionConflict, and nothing is removed. Afterwards the id stands at version 0: a commit may bring it back, whole, at once.
 * S14 `now` is the engine's time, whatever this process's clock shows: one for all processes, but for what a look at it takes on the way.
 *     It does not go back, but where the engine's own clock is set back by more than 5 s.
 * S15 `ids` names, page by page, every log that stands there all the while, at least once; the desk's own logs too.
 */
import type { Event } from '../conversation/event.ts';
import type { Conversation, Json } from '../conversation/state.ts';

/** What a log holds, as far as an engine looks at it. Conversations' events are it, and so are the desk's own logs'. */
export interface Numbered {
  readonly version: number;
}

/** What a log folds to, as far as an engine looks at it. */
export interface Folded {
  readonly id: string;
  readonly version: number;
}

/**
 * One index entry's move; `from` undefined: it enters; `to` undefined: it leaves. Never both. Scores are finite numbers. A commit moves
 * a member in an index once. An engine moves it from wherever it stands, so a release that scores anew finds what an older one placed.
 */
export interface Move {
  readonly index: string;
  readonly member: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export interface Commit {
  readonly id: string;
  /** Version the decision was made on; 0 for a new conversation. */
  readonly expected: number;
  /** How the text of the state begins that must stand: for a state that was not loaded, but remembered. */
  readonly basis?: string;
  /** At least one; versions `expected + 1`, `expected + 2`, … */
  readonly events: readonly Numbered[];
  /** The fold up to and including the last event. */
  readonly state: Folded;
  readonly moves: readonly Move[];
  /** What followers are told; small. */
  readonly announcement: Announcement;
  readonly limit?: Limit;
}

/** Refuses the commit that would leave `index` above `max`: in members, or in the sum of their scores. */
export interface Limit {
  readonly index: string;
  readonly max: number;
  readonly of: 'members' | 'scores';
}

/** What a sum of scores may be above a limit: decimal fractions do not add up exactly. */
export const slack = 1e-9;

/** A log that goes: it is archived elsewhere, or erased. */
export interface Removal {
  readonly id: string;
  /** Version it must stand at. */
  readonly expected: number;
  /** Everywhere it stands in an index; a place it does not stand in is no fault. */
  readonly places: readonly { readonly index: string; readonly member: string }[];
  /** What followers are told. */
  readonly announcement: Announcement;
}

/** A feed entry's content: enough to know whether to look, never what was said. */
export interface Announcement {
  readonly conversation: string;
  /** Of the commit's last event. */
  readonly version: number;
  readonly [key: string]: Json;
}

/** Where in the feed a follower stands; opaque, and comparable only by the engine that gave it. */
export type FeedPosition = string;

export type FeedItem =
  | { readonly kind: 'entry'; readonly position: FeedPosition; readonly announcement: Announcement }
  /** The position asked for is no longer held: what happened since is unknown; read anew. `position` is the feed's end, from which it goes on. */
  | { readonly kind: 'lost'; readonly position: FeedPosition };

export interface Listed {
  readonly member: string;
  readonly score: number;
}

export interface Range {
  /** Highest score, inclusive. Default: no bound. */
  readonly max?: number;
  /** At most this many; 1 to 10,000. */
  readonly limit: number;
  /** Continue behind this entry. */
  readonly after?: Listed;
  /** Highest first. */
  readonly reverse?: boolean;
}

/** Small facts beside conversations: accounts, sessions, secrets, leases. Kinds are words, ids any text. */
export interface Records {
  get(kind: string, id: string): Promise<Json | undefined>;
  /** @param expiresIn ms; absent: never. */
  put(kind: string, id: string, value: Json, expiresIn?: number): Promise<void>;
  /** @returns false, writing nothing, when a record is there. */
  putIfAbsent(kind: string, id: string, value: Json, expiresIn?: number): Promise<boolean>;
  /**
   * Sign-ins counted, say: adds 1 and returns the sum; a new count expires `expiresIn` ms after its first. Where an answer is lost on
   * the way it may count one too many.
   */
  increment(kind: string, id: string, expiresIn: number): Promise<number>;
  remove(kind: string, id: string): Promise<void>;
  /** All of a kind, by id; for kinds that stay small. */
  list(kind: string): Promise<{ id: string; value: Json }[]>;
}

export interface Ids {
  readonly ids: readonly string[];
  readonly next: string | undefined;
}

export interface Health {
  /** What an acknowledged commit survives. */
  readonly durability: 'power-loss' | 'process-crash' | 'none';
  /** One sentence for /readyz. */
  readonly detail: string;
  /** What an operator should change, if anything. */
  readonly warnings: readonly string[];
}

export interface Store {
  commit(commit: Commit): Promise<void>;
  remove(removal: Removal): Promise<void>;
  /** A page of all logs: from the first without a cursor, on from `next`, which is absent at the end. A page may be empty. */
  ids(cursor?: string): Promise<Ids>;
  /** In the order asked; undefined where there is none. At most 1,000 ids. */
  load(ids: readonly string[]): Promise<(Conversation | undefined)[]>;
  /** Events after version `after`, oldest first; `limit` 1 to 10,000. */
  history(id: string, after: number, limit: number): Promise<Event[]>;
  list(index: string, range: Range): Promise<Listed[]>;
  count(index: string): Promise<number>;
  /** How many stand before the member, or undefined if it is not there. `score`: where it is believed to stand; an engine may do without. */
  rank(index: string, member: string, score: number): Promise<number | undefined>;
  /** The next number of a counter, from 1. */
  reserve(counter: string): Promise<number>;
  /**
   * Calls `listener` for each feed item after `from` (undefined: from now on), one at a time and in order, until the returned function
   * is called. Reconnects by itself. Resolves once it follows.
   */
  follow(from: FeedPosition | undefined, listener: (item: FeedItem) => void): Promise<() => void>;
  /** Position of the newest feed entry. */
  position(): Promise<FeedPosition>;
  /** Sends a small ephemeral message (typing, presence) to all who listen. */
  signal(message: Json): Promise<void>;
  onSignal(listener: (message: Json) => void): () => void;
  readonly records: Records;
  /** The engine's time, ms since 1970; whole. */
  now(): number;
  /** @throws Unavailable when the engine does not answer. */
  health(): Promise<Health>;
  close(): Promise<void>;
}

export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  constructor(id: string, expected: number) {
    super(`Conversation ${id} is no longer at version ${expected}.`);
  }
}

export class LimitReached extends Error {
  override readonly name = 'LimitReached';
  constructor({ index, max }: Limit) {
    super(`${index} may hold no more than ${max}.`);
  }
}

export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly conversation: string;
  constructor(conversation: string, why: string) {
    super(`Conversation ${conversation} cannot be read: ${why}`);
    this.conversation = conversation;
  }
}
