import { dueAtOf, dueOf } from './due.ts';
import { type Abilities, type Fit, fitOf } from './fit.ts';
import { demandOf, isOpen } from './handoff.ts';
import { requireOwner } from './message.ts';
import { withPass } from './offer.ts';
import { Rejected } from './rejected.ts';
import { type Agent, type Conversation, originOf } from './state.ts';
import type { Terms, World } from './world.ts';

/** A person has the conversation; the event's version is the owner's epoch. */
export interface Claimed {
  readonly type: 'claimed';
  readonly agent: Agent;
  /** When it began to wait, ms: with `dueAt`, where it goes back to if it is released. */
  readonly waitingSince: number;
  readonly dueAt?: number;
  /** Of the owner's capacity. */
  readonly weight?: number;
  /** How well the owner fits the case; `none` where it was taken by hand all the same. */
  readonly fit?: Fit;
  /** The rules' times for an owner who is silent, ms. */
  readonly silence?: { readonly remind?: number; readonly handOn?: number };
}

/** It is back in the queue, at its old place. */
export interface Released {
  readonly type: 'released';
  /** Absent: the owner gave it back. `lost`: the owner's line was gone; `silent`: the visitor was left unanswered. */
  readonly why?: 'lost' | 'silent';
  /** Who had it, where the desk took it back. */
  readonly agent?: Agent;
}

/** The owner gave it back to the bot; the ticket stays open. */
export interface Returned {
  readonly type: 'returned';
}

export type OwnershipEvent = Claimed | Released | Returned;

export interface Claim {
  readonly type: 'claim';
  readonly agent: Agent;
  /** Absent: how well the case fits is not known, and not noted. */
  readonly abilities?: Abilities;
  /** Weights the agent may hold at once: a case that is heavier fits one who holds nothing else. Absent: without bound. */
  readonly capacity?: number;
  /** Refuse what does not fit, or does not wait: for those who take the next case rather than this one. */
  readonly mustFit?: boolean;
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

/** The owner's lease has run out. */
export interface LoseLease {
  readonly type: 'lose-lease';
  readonly agent: string;
}

/** What a case weighs against its owner's capacity. */
const weightOf = ({ channel }: Pick<Conversation, 'channel'>, { rules }: Pick<Terms, 'rules'>): number =>
  rules.queue.weights[originOf(channel)];

/** @throws Rejected `already-owned` by another, `not-waiting` when no case is open. The owner again: no event, the same epoch stands. */
export function decideClaim(c: Conversation, command: Claim, w: World): [] | [Claimed] {
  const { agent, abilities, capacity = Number.POSITIVE_INFINITY, mustFit = false } = command;
  if (c.phase.at === 'human') {
    if (c.phase.owner.name === agent.name && !mustFit) return [];
    throw new Rejected('already-owned', `${c.phase.owner.displayName} already has this conversation.`, c.phase.owner);
  }
  const place =
    c.phase.at === 'queued'
      ? { since: c.phase.since, dueAt: dueOf(c.phase) }
      : // With the bot or a team outside, its case unfinished: whoever sees that may take it up again.
        (c.phase.at === 'bot' || c.phase.at === 'outside') && isOpen(c.ticket) && !mustFit
        ? { since: c.ticket.openedAt, dueAt: dueAtOf(c, c.ticket, c.ticket.openedAt, w) }
        : undefined;
  if (!place) throw new Rejected('not-waiting', 'This conversation is not waiting for a person.');
  const fit = abilities && fitOf(demandOf(c, place.since), abilities, w.rules.queue, w.now);
  if (mustFit && fit === 'none') throw new Rejected('not-waiting', 'This conversation waits for somebody else.');
  return [{ ...claimed(c, agent, place, w, capacity), ...(fit ? { fit } : {}) }];
}

/** Hands the case to an agent, who from then on answers for it. */
export function claimed(
  c: Conversation,
  agent: Agent,
  { since, dueAt }: { readonly since: number; readonly dueAt: number },
  w: World,
  capacity: number,
): Claimed {
  return {
    type: 'claimed',
    agent,
    waitingSince: since,
    dueAt,
    weight: Math.min(weightOf(c, w), capacity),
    silence: w.rules.silence,
  };
}

export function evolveClaimed(c: Conversation, event: Claimed, version: number, at: number): Conversation {
  const passed = c.phase.at === 'queued' || c.phase.at === 'human' ? c.phase.passed : undefined;
  return {
    ...c,
    phase: {
      at: 'human',
      owner: event.agent,
      epoch: version,
      since: event.waitingSince,
      dueAt: event.dueAt ?? event.waitingSince,
      weight: event.weight ?? 1,
      ...(passed ? { passed } : {}),
      ...(event.silence ? { silence: event.silence } : {}),
      // Whoever has waited is owed a word.
      unansweredSince: at,
    },
  };
}

/** @throws Rejected `not-owner` */
export function decideRelease(c: Conversation, command: Release): [Released] {
  requireOwner(c, command.agent, command.epoch);
  return [{ type: 'released' }];
}

/** No event where somebody else has it by now. */
export function decideLoseLease({ phase }: Conversation, { agent }: LoseLease): [] | [Released] {
  return phase.at === 'human' && phase.owner.name === agent
    ? [{ type: 'released', why: 'lost', agent: phase.owner }]
    : [];
}

export function evolveReleased(c: Conversation, at: number): Conversation {
  if (c.phase.at !== 'human') return c;
  const { since, owner, passed } = c.phase;
  const phase = { at: 'queued', since, dueAt: dueOf(c.phase) } as const;
  return { ...c, phase: { ...phase, passed: withPass(passed, { agent: owner.name, at }) } };
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
