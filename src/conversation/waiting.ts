import { dueOf } from './due.ts';
import type { Demand } from './fit.ts';
import { demandOf } from './handoff.ts';
import type { Origin } from './rules.ts';
import { type Conversation, originOf, type Pass } from './state.ts';

/** What a follower of the feed must know of a case that waits, to give it to the right person. Never what was said. */
export interface Waiting extends Demand {
  /** Its place in the queue, ms since 1970. */
  readonly dueAt: number;
  /** The way it came. */
  readonly origin: Origin;
  /** To whom it is offered, by name, and until when, ms since 1970. */
  readonly offer?: { readonly agent: string; readonly until: number };
  readonly passed?: readonly Pass[];
}

export function waitingIn(c: Conversation): Waiting | undefined {
  const { phase, channel } = c;
  if (phase.at !== 'queued') return undefined;
  return {
    ...demandOf(c, phase.since),
    dueAt: dueOf(phase),
    origin: originOf(channel),
    ...(phase.offer ? { offer: { agent: phase.offer.agent.name, until: phase.offer.until } } : {}),
    ...(phase.passed ? { passed: phase.passed } : {}),
  };
}
