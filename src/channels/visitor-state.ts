/** Where a conversation stands, as its visitor is told: beside the log, without a watermark. */
import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { memoryOf } from '../bot/memory.ts';
import { dueOf } from '../conversation/due.ts';
import type { Bilingual } from '../conversation/language.ts';
import { indexes } from '../conversation/placement.ts';
import type { Phase } from '../conversation/state.ts';
import { ticketName } from '../conversation/ticket-name.ts';
import type { Store } from '../store/store.ts';
import { sender } from './wire.ts';

export interface VisitorState {
  readonly phase: Phase['at'];
  readonly ticket: string | null;
  readonly agent: string | null;
  /** Place in the queue, from 1; null when not waiting. */
  readonly position: number | null;
  /** Seconds until it is the visitor's turn; null when that is not known. */
  readonly estimate: number | null;
  /** A guided dialog is under way: what the visitor says next answers its question. */
  readonly guided: boolean;
  /** What the desk is called, in the visitor's language. */
  readonly desk: string;
}

/** Seconds until it is a place's turn, from 1; null when that is not known. */
export type Estimate = (position: number) => number | null;

/** @returns undefined when there is no such conversation. */
export async function readVisitorState(
  store: Store,
  id: string,
  estimate: Estimate,
  name: () => Bilingual,
): Promise<VisitorState | undefined> {
  const [c] = await store.load([id]);
  if (!c) return undefined;
  const { phase, ticket } = c;
  const before = phase.at === 'queued' ? await store.rank(indexes.waiting, id, dueOf(phase)) : undefined;
  return {
    phase: phase.at,
    ticket: ticket && !ticket.closed ? ticketName(ticket.number) : null,
    agent: phase.at === 'human' ? phase.owner.displayName : null,
    position: before === undefined ? null : before + 1,
    estimate: before === undefined ? null : estimate(before + 1),
    guided: memoryOf(c.memory).dialog !== undefined,
    desk: name()[c.language],
  };
}

export function stateActivity(conversation: string, state: VisitorState): Partial<Activity> {
  return {
    type: 'event',
    // Clients drop an activity whose id they know, so each has its own.
    id: `${conversation}|s-${randomUUID()}`,
    name: 'firstline/state',
    value: state,
    from: sender({ role: 'desk' }),
    conversation: { id: conversation } as Activity['conversation'],
    timestamp: new Date().toISOString() as unknown as Date,
  };
}
