/** The owner hands the case over: to a colleague, or to whoever of a tier and skills is next. */
import { dueOf } from './due.ts';
import { isOpen } from './handoff.ts';
import { requireOwner } from './message.ts';
import { type Claimed, claimed } from './ownership.ts';
import { Rejected } from './rejected.ts';
import type { Agent, Conversation } from './state.ts';
import type { World } from './world.ts';

export type TransferTarget =
  | { readonly agent: Agent }
  | { readonly tier: 1 | 2 | 3; readonly skills: readonly string[] };

/** To a tier, the case waits at its old place; to an agent, the claim follows. The note is for colleagues. */
export interface Transferred {
  readonly type: 'transferred';
  readonly from: Agent;
  readonly to: TransferTarget;
  readonly note: string;
}

export interface Transfer {
  readonly type: 'transfer';
  readonly agent: string;
  readonly epoch?: number;
  readonly to: TransferTarget;
  /** Weights that the agent it goes to may hold at once; a tier has none. */
  readonly capacity?: number;
  readonly note: string;
}

/** @throws Rejected `not-owner`; `invalid` for a transfer to oneself. */
export function decideTransfer(c: Conversation, command: Transfer, w: World): [Transferred] | [Transferred, Claimed] {
  requireOwner(c, command.agent, command.epoch);
  const { to } = command;
  if (c.phase.at !== 'human') throw new Error('decideTransfer: the owner was found, so the phase is human');
  const transferred: Transferred = { type: 'transferred', from: c.phase.owner, to, note: command.note.trim() };
  if (!('agent' in to)) return [transferred];
  if (to.agent.name === command.agent) throw new Rejected('invalid', 'to: the conversation is yours already.');
  return [
    transferred,
    claimed(
      c,
      to.agent,
      { since: c.phase.since, dueAt: dueOf(c.phase) },
      w,
      command.capacity ?? Number.POSITIVE_INFINITY,
    ),
  ];
}

export function evolveTransferred(c: Conversation, { to }: Transferred): Conversation {
  if ('agent' in to || c.phase.at !== 'human') return c;
  const { since } = c.phase;
  return {
    ...c,
    // Others are asked now: who passed it before is asked again.
    phase: { at: 'queued', since, dueAt: dueOf(c.phase) },
    ...(isOpen(c.ticket) ? { ticket: { ...c.ticket, tier: to.tier, skills: to.skills } } : {}),
  };
}
