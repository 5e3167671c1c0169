/**
 * The queue's order: the earliest deadline first. A case's deadline is the start of its wait plus what its plan and priority allow for
 * the first response, in business time; it is set when the wait begins, comes forward when the priority rises, and else stays.
 *
 * So nobody starves: two cases of one calendar change places with the order of their coming only while their waits began less than the
 * difference of their allowances apart. A case is passed by none that comes later than (its allowance − the least allowance) after it.
 */
import { type Allowances, allowancesOf } from './rules.ts';
import type { Conversation, Phase, Priority } from './state.ts';
import type { Terms } from './world.ts';

/** What the visitor's contract allows a case of this priority, in business time. */
export function allowedFor(
  { visitor }: Pick<Conversation, 'visitor'>,
  priority: Priority,
  { rules }: Pick<Terms, 'rules'>,
): Allowances {
  // Only the website, or the desk itself, may say what somebody has paid for.
  return allowancesOf(rules, visitor.signed ? visitor.plan : undefined, priority);
}

/** @param since when the wait began, ms since 1970. */
export function dueAtOf(
  c: Pick<Conversation, 'visitor'>,
  { priority, tier }: { readonly priority: Priority; readonly tier: 1 | 2 | 3 },
  since: number,
  terms: Terms,
): number {
  return terms.calendar.add(since, allowedFor(c, priority, terms).firstResponse, tier);
}

/** Of a case that waits or is with a person. A state of an older release has none: its wait began before all others. */
export const dueOf = (phase: Extract<Phase, { at: 'queued' | 'human' }>): number => phase.dueAt ?? phase.since;
