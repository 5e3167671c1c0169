/** Messages to the systems of those a case was passed on to, on their way: kept in the state until their system has taken them, or is known not to. */
import { Rejected } from './rejected.ts';
import type { EscalationTarget } from './rules.ts';
import type { Conversation } from './state.ts';

export interface Outgoing {
  /** Of the webhook message: the same at every attempt. */
  readonly id: string;
  readonly to: EscalationTarget;
  /** Failed attempts in a row. */
  readonly failures: number;
  /** When it is tried next, ms since 1970; absent once it is given up: a dead letter, until somebody sends it again. */
  readonly nextAt?: number;
  /** Why the last attempt failed; short, without personal data. */
  readonly reason?: string;
}

/** Their system has taken it. */
export interface WebhookSent {
  readonly type: 'webhook-sent';
  readonly id: string;
  readonly to: EscalationTarget;
}

/** It was not taken; tried again at `nextAt`, or given up when that is absent. */
export interface WebhookFailed {
  readonly type: 'webhook-failed';
  readonly id: string;
  readonly to: EscalationTarget;
  readonly reason: string;
  readonly nextAt?: number;
}

/** Somebody sends a dead letter again. */
export interface WebhookRetried {
  readonly type: 'webhook-retried';
  readonly id: string;
}

export interface RetrySending {
  readonly type: 'retry-sending';
  /** Of the webhook message. */
  readonly id: string;
}

export type OutboxEvent = WebhookSent | WebhookFailed | WebhookRetried;

/** No event where it is tried already. @throws Rejected `invalid` for a message that is not in the outbox. */
export function decideRetrySending({ outbox }: Conversation, { id }: RetrySending): [] | [WebhookRetried] {
  const letter = outbox?.find((one) => one.id === id);
  if (!letter) throw new Rejected('invalid', 'message: it is not here; it has been taken meanwhile.');
  return letter.nextAt === undefined ? [{ type: 'webhook-retried', id }] : [];
}

export function evolveOutbox(c: Conversation, event: OutboxEvent, at: number): Conversation {
  const letters = (c.outbox ?? []).flatMap((letter) => (letter.id === event.id ? after(letter, event, at) : [letter]));
  const { outbox: _, ...rest } = c;
  return letters.length === 0 ? rest : { ...rest, outbox: letters };
}

function after(letter: Outgoing, event: OutboxEvent, at: number): Outgoing[] {
  const { nextAt: _, ...kept } = letter;
  switch (event.type) {
    case 'webhook-sent':
      return [];
    case 'webhook-failed': {
      const next = event.nextAt === undefined ? {} : { nextAt: event.nextAt };
      return [{ ...kept, failures: letter.failures + 1, reason: event.reason, ...next }];
    }
    case 'webhook-retried':
      return [{ ...kept, failures: 0, nextAt: at }];
  }
}

/** When the outbox must next be looked at, ms since 1970. */
export function nextSending({ outbox }: Conversation): number | undefined {
  const times = (outbox ?? []).flatMap(({ nextAt }) => (nextAt === undefined ? [] : [nextAt]));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Since its first attempts all failed, somebody must look. */
export const hasDeadLetter = ({ outbox }: Conversation): boolean =>
  outbox?.some(({ nextAt }) => nextAt === undefined) ?? false;
