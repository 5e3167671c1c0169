import type { Action, Message } from './activity.ts';
import type { Entry, Outbox } from './outbox.ts';

/** The thread as the service tells it: ordered by version, each id once, however often and in whatever order it came. */
export type Timeline = readonly Message[];

/** Adds what came; the same array when nothing is new. */
export function receive(timeline: Timeline, messages: readonly Message[]): Timeline {
  const known = new Set(timeline.map((message) => message.id));
  const fresh = messages.filter((message) => !known.has(message.id) && known.add(message.id));
  if (fresh.length === 0) return timeline;
  return [...timeline, ...fresh].sort((a, b) => a.version - b.version);
}

/** One line of the thread on the screen: told by the service, or still on its way there. */
export type Line =
  | { readonly kind: 'said'; readonly key: string; readonly message: Message }
  | { readonly kind: 'outgoing'; readonly key: string; readonly entry: Entry };

/** A message keeps its key when its echo takes over from the outbox, so that the screen does not blink. */
export function lines(timeline: Timeline, outbox: Outbox): readonly Line[] {
  const echoed = new Set(timeline.map((message) => message.clientId));
  return [
    ...timeline.map((message): Line => ({ kind: 'said', key: message.clientId ?? message.id, message })),
    ...outbox
      .filter((entry) => !echoed.has(entry.clientId))
      .map((entry): Line => ({ kind: 'outgoing', key: entry.clientId, entry })),
  ];
}

/** The buttons on offer: those of the newest message. Whatever anyone says after it, a notice too, has moved the talk on; an aside has not. */
export function offered(timeline: Timeline, outbox: Outbox): readonly Action[] {
  if (outbox.some((entry) => entry.progress.at !== 'refused')) return [];
  return timeline.findLast(({ aside }) => !aside)?.actions ?? [];
}

/** Messages of others after version `read`. */
export function unread(timeline: Timeline, read: number): number {
  return timeline.filter((message) => message.by !== 'visitor' && message.version > read).length;
}

export const newest = (timeline: Timeline): number => timeline.at(-1)?.version ?? 0;
