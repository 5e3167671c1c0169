/**
 * The idempotence window: keys of the newest commits, by which a repetition is recognised. What channels sent has a window of its own: the
 * desk's own commits (a claim, three deliveries a turn) must not push it out while a channel may still send again.
 */
import type { Conversation } from './state.ts';

type Seen = Conversation['seen'];

/** Keys remembered of each kind: as many redeliveries as a channel can hold back. */
const window = 40;

/** Begins the keys of what came in by a channel. */
export const inbound = 'in:';

/** The version at which the commit with this key began, or undefined if it is not in the window. */
export function firstResult(c: Conversation, key: string): number | undefined {
  return c.seen.find(([seen]) => seen === key)?.[1];
}

export function remember(seen: Seen, key: string, version: number): Seen {
  const ofItsKind = seen.filter(([other]) => other.startsWith(inbound) === key.startsWith(inbound));
  const forgotten = ofItsKind.length < window ? undefined : ofItsKind[0];
  return [...seen.filter((one) => one !== forgotten), [key, version]];
}
