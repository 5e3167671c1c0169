/** Which commits are deeds for the trail, and how they read there. */
import type { Json } from '../../conversation/state.ts';
import type { Announcement } from '../../store/store.ts';
import type { Deed } from './chain.ts';

/**
 * What visitors, the bot and deliveries do all the time: the conversation's own log has it. By an agent's hand each of them is a deed.
 * `archived`, `restored` and `erased` tell followers of single conversations; the trail has one row for the whole of such a run.
 */
const ordinary: readonly Json[] = [
  'message',
  'matched',
  'answered',
  'feedback',
  'collected',
  'memory',
  'activity',
  'reached',
  'delivered',
  'delivery-failed',
  'felt',
  'analysed',
  'customer-known',
  'archived',
  'restored',
  'erased',
  'enlisted',
];

/** @returns the deed of a commit, or undefined where it is none. */
export function deedOf(announcement: Announcement): Deed | undefined {
  const {
    conversation,
    version,
    first = version,
    type = 'unknown',
    at,
    by,
    state = null,
    ticket = null,
  } = announcement;
  if (isOwnLog(conversation)) return undefined;
  const who = whoIs(by);
  if (!who.startsWith('agent:') && ordinary.includes(type)) return undefined;
  return {
    at: typeof at === 'number' ? at : 0,
    who,
    what: String(type),
    subject: conversation,
    facts: { versions: [first, version], state, ticket },
  };
}

/** @param by as announcements of older releases lack it. */
function whoIs(by: Json | undefined): string {
  const { role, name } = (by ?? {}) as { role?: string; name?: string };
  return role === 'agent' && name ? agentDid(name) : (role ?? 'unknown');
}

export const agentDid = (name: string): string => `agent:${name}`;

/** Begins the ids of the desk's own logs. It is a control character: no channel's conversation can be called so. */
const own = '\u0001';

/** The log of a stretch of the trail, from 1. */
export const segmentId = (segment: number): string => `${own}audit:${segment}`;

/** Whether a log is the desk's own, and so no conversation. */
export const isOwnLog = (id: string): boolean => id.startsWith(own);
