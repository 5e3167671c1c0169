/**
 * Replies that the service has not acknowledged yet, as a pure queue.
 *
 * A reply keeps its `clientId` through every attempt, so a retry after a lost answer has one effect. Replies of one conversation
 * go out one after the other, in the order they were written. A passing failure (no answer, a busy server) is tried again by
 * itself; a refusal waits for the agent with its reason, and lets the later ones go.
 */
import type { Entry, Owner } from './model.ts';

/** Why a reply was refused: the API's code, and who has the conversation where that is the reason. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly owner: Owner | null;
}

export interface Outgoing {
  readonly clientId: string;
  readonly conversation: string;
  /** The agent who wrote it: another one signing in at this browser must not send it. */
  readonly agent: string;
  readonly text: string;
  readonly epoch: number;
  /** ISO 8601, and the thread's last version, when it was written. */
  readonly at: string;
  readonly basis: number;
  readonly attempts: number;
  readonly state:
    | { readonly kind: 'queued'; readonly notBefore: number }
    | { readonly kind: 'sending' }
    | { readonly kind: 'refused'; readonly refusal: Refusal }
    | { readonly kind: 'acknowledged'; readonly version: number };
}

export type Outbox = readonly Outgoing[];

/** Milliseconds before attempt number `attempts` + 1: 0.5 s doubling to 15 s, with up to a fifth of jitter from `random` (0–1). */
export function backoff(attempts: number, random: number): number {
  return Math.min(15_000, 500 * 2 ** Math.max(0, attempts - 1)) * (1 - 0.2 * random);
}

const change = (outbox: Outbox, clientId: string, to: (o: Outgoing) => Outgoing): Outbox =>
  outbox.map((o) => (o.clientId === clientId ? to(o) : o));

export const add = (outbox: Outbox, reply: Omit<Outgoing, 'attempts' | 'state'>): Outbox =>
  outbox.some((o) => o.clientId === reply.clientId)
    ? outbox
    : [...outbox, { ...reply, attempts: 0, state: { kind: 'queued', notBefore: 0 } }];

/** The reply each conversation is at: its first that is neither acknowledged nor refused. */
function heads(outbox: Outbox, agent: string): Outbox {
  const passed = new Set<string>();
  return outbox.filter((o) => {
    if (o.agent !== agent || o.state.kind === 'refused' || o.state.kind === 'acknowledged') return false;
    const first = !passed.has(o.conversation);
    passed.add(o.conversation);
    return first;
  });
}

/** What may be sent at `now` (ms). */
export const sendable = (outbox: Outbox, agent: string, now: number): Outbox =>
  heads(outbox, agent).filter((o) => o.state.kind === 'queued' && o.state.notBefore <= now);

/** The moment (ms) at which `sendable` has more to give by itself; null when nothing waits for a moment. */
export function nextAt(outbox: Outbox, agent: string): number | null {
  const times = heads(outbox, agent).flatMap((o) => (o.state.kind === 'queued' ? [o.state.notBefore] : []));
  return times.length === 0 ? null : Math.min(...times);
}

export const sending = (outbox: Outbox, clientId: string): Outbox =>
  change(outbox, clientId, (o) => ({ ...o, attempts: o.attempts + 1, state: { kind: 'sending' } }));

export const acknowledged = (outbox: Outbox, clientId: string, version: number): Outbox =>
  change(outbox, clientId, (o) => ({ ...o, state: { kind: 'acknowledged', version } }));

export const postponed = (outbox: Outbox, clientId: string, notBefore: number): Outbox =>
  change(outbox, clientId, (o) => ({ ...o, state: { kind: 'queued', notBefore } }));

export const refused = (outbox: Outbox, clientId: string, refusal: Refusal): Outbox =>
  change(outbox, clientId, (o) => ({ ...o, state: { kind: 'refused', refusal } }));

/** The agent tries a refused reply again, perhaps as the owner anew and so with another epoch; the `clientId` stays. */
export const retried = (outbox: Outbox, clientId: string, epoch: number | null): Outbox =>
  change(outbox, clientId, (o) =>
    o.state.kind === 'refused'
      ? { ...o, epoch: epoch ?? o.epoch, attempts: 0, state: { kind: 'queued', notBefore: 0 } }
      : o,
  );

export const removed = (outbox: Outbox, clientId: string): Outbox => outbox.filter((o) => o.clientId !== clientId);

/** Back online, or signed in again: what waits for its next attempt need not wait any longer. */
export const hastened = (outbox: Outbox): Outbox =>
  outbox.map((o) => (o.state.kind === 'queued' ? { ...o, state: { kind: 'queued', notBefore: 0 } } : o));

/**
 * Whether the timeline already shows this reply: it reaches the acknowledged version, has the `clientId`, or holds, while the answer is still on its
 * way, the same words from the same agent after the version it was written at.
 */
function shown(o: Outgoing, timeline: readonly Entry[]): boolean {
  if (o.state.kind === 'acknowledged' && (timeline.at(-1)?.version ?? -1) >= o.state.version) return true;
  return timeline.some((e) => {
    if (e.clientId === o.clientId) return true;
    return (
      o.state.kind === 'sending' &&
      e.version > o.basis &&
      e.type === 'message' &&
      e.by.role === 'agent' &&
      e.by.name === o.agent &&
      e.text === o.text
    );
  });
}

/** What to show below the thread: the agent's replies in this conversation that its timeline does not show yet. */
export const pendingIn = (outbox: Outbox, agent: string, conversation: string, timeline: readonly Entry[]): Outbox =>
  outbox.filter((o) => o.agent === agent && o.conversation === conversation && !shown(o, timeline));

/** Without the acknowledged replies that the timeline shows: the log has them now. */
export const settled = (outbox: Outbox, conversation: string, timeline: readonly Entry[]): Outbox => {
  const left = outbox.filter(
    (o) => o.conversation !== conversation || o.state.kind !== 'acknowledged' || !shown(o, timeline),
  );
  return left.length === outbox.length ? outbox : left;
};
