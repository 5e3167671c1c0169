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
  const isInbound = key.startsWith(inbound);
  let ofItsKind = 0;
  for (const [other] of seen) if (other.startsWith(inbound) === isInbound) ofItsKind++;
  if (ofItsKind < window) return [...seen, [key, version]];
  const forgotten = seen.findIndex(([other]) => other.startsWith(inbound) === isInbound);
  return [...seen.slice(0, forgotten), ...seen.slice(forgotten + 1), [key, version]];
}
