import { isOpen } from './handoff.ts';
import { requireOwner } from './message.ts';
import { Rejected } from './rejected.ts';
import type { Agent, Conversation } from './state.ts';

/** A person has the conversation; the event's version is the owner's epoch. */
export interface Claimed {
  readonly type: 'claimed';
  readonly agent: Agent;
  /** When it began to wait, ms: where it goes back to if it is released. */
  readonly waitingSince: number;
}

/** The owner gave it back to the queue, at its old place. */
export interface Released {
  readonly type: 'released';
}

/** The owner gave it back to the bot; the ticket stays open. */
export interface Returned {
  readonly type: 'returned';
}

export type OwnershipEvent = Claimed | Released | Returned;

export interface Claim {
  readonly type: 'claim';
  readonly agent: Agent;
}

export interface Release {
  readonly type: 'release';
  readonly agent: string;
  readonly epoch?: number;
}

export interface Return {
  readonly type: 'return';
  readonly agent: string;
  readonly epoch?: number;
}

/** @throws Rejected `already-owned` by another, `not-waiting` when no case is open. The owner again: no event, the same epoch stands. */
export function decideClaim(c: Conversation, command: Claim): [] | [Claimed] {
  if (c.phase.at === 'human') {
    if (c.phase.owner.name === command.agent.name) return [];
    throw new Rejected('already-owned', `${c.phase.owner.displayName} already has this conversation.`, c.phase.owner);
  }
  const claimed = (waitingSince: number): [Claimed] => [{ type: 'claimed', agent: command.agent, waitingSince }];
  if (c.phase.at === 'queued') return claimed(c.phase.since);
  // Given back to the bot with its case unfinished: whoever sees that may take it up again.
  if (c.phase.at === 'bot' && isOpen(c.ticket)) return claimed(c.ticket.openedAt);
  throw new Rejected('not-waiting', 'This conversation is not waiting for a person.');
}

export function evolveClaimed(c: Conversation, event: Claimed, version: number): Conversation {
  return { ...c, phase: { at: 'human', owner: event.agent, epoch: version, since: event.waitingSince } };
}

/** @throws Rejected `not-owner` */
export function decideRelease(c: Conversation, command: Release): [Released] {
  requireOwner(c, command.agent, command.epoch);
  return [{ type: 'released' }];
}

export function evolveReleased(c: Conversation): Conversation {
  return c.phase.at === 'human' ? { ...c, phase: { at: 'queued', since: c.phase.since } } : c;
}

/** @throws Rejected `not-owner` */
export function decideReturn(c: Conversation, command: Return): [Returned] {
  requireOwner(c, command.agent, command.epoch);
  return [{ type: 'returned' }];
}

export function evolveReturned(c: Conversation): Conversation {
  // The bot starts afresh: what it had pending belongs to the talk before the person came.
  return { ...c, phase: { at: 'bot' }, memory: null };
}
