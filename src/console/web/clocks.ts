/** How an SLA clock stands, as words and urgency: never by colour alone. */
import type { Language } from '../../conversation/language.ts';
import type { Clock } from './case-model.ts';
import type { TextKey } from './texts.ts';
import { formatDuration, type Urgency, urgencyOf } from './waiting.ts';

export interface ClockStand {
  readonly urgency: Urgency;
  /** `clock.running`, …; with `{time}` to fill where a time says more. */
  readonly key: TextKey;
  readonly time: string;
}

/**
 * @param now ms since 1970: a clock that runs out while nobody has told the page is over all the same.
 * A paused clock has no time to say: what is left of it counts in business time once the visitor writes.
 */
export function standOf(clock: Clock, now: number, language: Language): ClockStand {
  const { state, late, metAt } = clock;
  const due = Date.parse(clock.dueAt);
  const apart = (instant: number) => formatDuration(Math.abs(instant - due), language);
  if (state === 'met' && metAt !== null && late)
    return { urgency: 'over', key: 'clock.metLate', time: apart(Date.parse(metAt)) };
  if (state === 'met') return { urgency: 'calm', key: 'clock.met', time: '' };
  if (state === 'paused') return { urgency: 'calm', key: 'clock.paused', time: '' };
  if (state === 'breached' || now >= due) return { urgency: 'over', key: 'clock.over', time: apart(now) };
  return { urgency: state === 'warned' ? 'soon' : urgencyOf(due, now), key: 'clock.left', time: apart(now) };
}
