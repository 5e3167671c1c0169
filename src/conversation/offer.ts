/** A waiting case is offered to one agent at a time. An offer is no lock: whoever claims it first has it. */
import { isDue, withAlarm } from './alarms.ts';
import { Rejected } from './rejected.ts';
import type { Agent, Conversation, Pass, Phase } from './state.ts';
import type { Decided, World } from './world.ts';

/** The agent may take it until `until`, ms since 1970. */
export interface Offered {
  readonly type: 'offered';
  readonly agent: Agent;
  readonly until: number;
}

/** The agent does not want it. */
export interface Declined {
  readonly type: 'declined';
  readonly agent: Agent;
}

/** The agent did not answer in time. */
export interface Lapsed {
  readonly type: 'lapsed';
  readonly agent: Agent;
}

export type OfferEvent = Offered | Declined | Lapsed;

export interface Offer {
  readonly type: 'offer';
  readonly agent: Agent;
}

export interface Decline {
  readonly type: 'decline';
  readonly agent: string;
}

/** Agents remembered who let the case pass. */
const mostPassed = 20;

/** The offer that stands at `now`. */
function offerOf({ phase }: Conversation, now: number): { agent: Agent; until: number } | undefined {
  return phase.at === 'queued' && phase.offer && phase.offer.until > now ? phase.offer : undefined;
}

/** No event where it is offered to somebody already. @throws Rejected `not-waiting` */
export function decideOffer(c: Conversation, { agent }: Offer, w: World): [] | [Offered] {
  if (c.phase.at !== 'queued') throw new Rejected('not-waiting', 'This conversation is not waiting for a person.');
  if (offerOf(c, w.now)) return [];
  return [{ type: 'offered', agent, until: w.now + w.rules.queue.acceptWithin }];
}

/** @throws Rejected `not-offered` where it is not this agent's to decline. */
export function decideDecline(c: Conversation, { agent }: Decline): [Declined] {
  const offered = c.phase.at === 'queued' ? c.phase.offer : undefined;
  if (offered?.agent.name !== agent)
    throw new Rejected('not-offered', 'This conversation is not offered to you any more.');
  return [{ type: 'declined', agent: offered.agent }];
}

/** The role's part of `wake`. */
export function decideLapse(c: Conversation, w: World): Decided[] {
  if (!isDue(c, 'offer', w.now) || c.phase.at !== 'queued' || !c.phase.offer) return [];
  return [{ body: { type: 'lapsed', agent: c.phase.offer.agent }, by: { role: 'desk' } }];
}

export function evolveOffered(c: Conversation, { agent, until }: Offered): Conversation {
  return c.phase.at === 'queued' ? { ...c, phase: { ...c.phase, offer: { agent, until } } } : c;
}

export function evolvePassed(c: Conversation, { agent }: Declined | Lapsed, at: number): Conversation {
  if (c.phase.at !== 'queued') return c;
  const { offer: _, ...phase } = c.phase;
  return { ...c, phase: { ...phase, passed: withPass(phase.passed, { agent: agent.name, at }) } };
}

/** Newest last, one an agent. */
export function withPass(passed: readonly Pass[] | undefined, pass: Pass): readonly Pass[] {
  return [...(passed ?? []).filter(({ agent }) => agent !== pass.agent), pass].slice(-mostPassed);
}

/** The alarm follows the phase: an offer that was taken, or whose case left the queue, rings no more. */
export function withOfferAlarm(c: Conversation): Conversation {
  return withAlarm(c, 'offer', offerIn(c.phase)?.until);
}

const offerIn = (phase: Phase) => (phase.at === 'queued' ? phase.offer : undefined);
