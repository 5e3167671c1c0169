/**
 * What engines store is text: a commit as it is written, a state and events as they are read back. What does not parse is Unreadable,
 * so that one broken conversation is named and no other suffers.
 */
import type { Event } from '../conversation/event.ts';
import type { Conversation } from '../conversation/state.ts';
import { type Commit, type Limit, type Move, type Removal, Unreadable } from './store.ts';

export interface CommitText {
  readonly id: string;
  readonly expected: number;
  readonly basis: string | undefined;
  /** Of the last event. */
  readonly version: number;
  readonly events: readonly string[];
  readonly state: string;
  readonly moves: readonly Move[];
  readonly announcement: string;
  readonly limit: Limit | undefined;
}

/** @throws TypeError when the commit contradicts itself: a fault of the program, refused before anything is written. */
export function commitText(commit: Commit): CommitText {
  const { id, expected, basis, events, state, moves, announcement, limit } = commit;
  const version = expected + events.length;
  if (version === 0) throw new TypeError(`A commit that begins ${id} holds no event.`);
  events.forEach((event, i) => {
    if (event.version !== expected + 1 + i) throw new TypeError(`Event ${event.version} of ${id} is out of sequence.`);
  });
  if (state.id !== id || state.version !== version) {
    throw new TypeError(`State ${state.id}@${state.version} is not the fold of ${id}@${version}.`);
  }
  checkMoves(moves);
  return {
    id,
    expected,
    basis,
    version,
    events: events.map((event) => JSON.stringify(event)),
    state: JSON.stringify(state),
    moves,
    announcement: JSON.stringify(announcement),
    limit,
  };
}

/** @throws TypeError for the removal of what was never there: a fault of the program. */
export function checkedRemoval(removal: Removal): Removal {
  if (!(removal.expected > 0)) throw new TypeError(`${removal.id} cannot be removed at version ${removal.expected}.`);
  return removal;
}

function checkMoves(moves: readonly Move[]): void {
  const moved = new Set<string>();
  for (const { index, member, to } of moves) {
    const place = `${index}\0${member}`;
    if (moved.has(place)) throw new TypeError(`${member} moves twice in ${index}.`);
    if (to !== undefined && !Number.isFinite(to)) throw new TypeError(`A score must be finite: ${to}`);
    moved.add(place);
  }
}

/** @param version where the engine knows it from elsewhere. @throws Unreadable */
export function parseState(id: string, text: string, version?: number): Conversation {
  const state = parse(id, 'its state', text) as Conversation;
  if (state.id !== id || !Number.isInteger(state.version) || (version !== undefined && state.version !== version)) {
    throw new Unreadable(id, `its state says ${state.id}@${state.version} where ${id}@${version ?? '1…'} stands.`);
  }
  return state;
}

/** @param texts the events behind version `after`, in order. @throws Unreadable */
export function parseEvents(id: string, after: number, texts: readonly string[]): Event[] {
  return texts.map((text, i) => {
    const version = after + 1 + i;
    const event = parse(id, `event ${version}`, text) as Event;
    if (event.version !== version) throw new Unreadable(id, `event ${event.version} stands where ${version} belongs.`);
    return event;
  });
}

function parse(id: string, what: string, text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable(id, `${what} is not JSON.`);
  }
  if (typeof value !== 'object' || value === null) throw new Unreadable(id, `${what} is not an object.`);
  return value;
}

/** @throws RangeError for a limit no engine is asked for. */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new RangeError(`limit must be 1 to 10,000: ${limit}`);
}
