/** Who may take which case: by tier, skills and language, widened step by step the longer it waits. */
import type { Language } from './language.ts';
import type { QueueRules } from './rules.ts';

/** What an agent can do. */
export interface Abilities {
  readonly tier: 1 | 2 | 3;
  /** None: takes a case whatever skills it asks for. */
  readonly skills: readonly string[];
  readonly languages: readonly Language[];
}

/** What a case asks for. */
export interface Demand {
  readonly tier: 1 | 2 | 3;
  readonly skills: readonly string[];
  readonly language: Language;
  /** When it began to wait, ms since 1970. */
  readonly since: number;
}

/**
 * `full`: all that is asked for. Widened: `skills`, some of the skills; `anyone`, none of them; `language`, the other language.
 * `none`: not now; the tier is never widened.
 */
export type Fit = 'full' | 'skills' | 'anyone' | 'language' | 'none';

/** @param now ms since 1970 */
export function fitOf(demand: Demand, agent: Abilities, { widen }: Pick<QueueRules, 'widen'>, now: number): Fit {
  if (demand.tier > agent.tier) return 'none';
  const waited = now - demand.since;
  const isWidened = (after: number | undefined): boolean => after !== undefined && waited >= after;
  const has = (skill: string): boolean => agent.skills.length === 0 || agent.skills.includes(skill);
  const bySkill: Fit = demand.skills.every(has)
    ? 'full'
    : demand.skills.some(has) && isWidened(widen.skills)
      ? 'skills'
      : isWidened(widen.anyone)
        ? 'anyone'
        : 'none';
  if (bySkill === 'none' || agent.languages.includes(demand.language)) return bySkill;
  return isWidened(widen.language) ? 'language' : 'none';
}

/** Best first. */
export const fits: readonly Fit[] = ['full', 'skills', 'anyone', 'language', 'none'];
