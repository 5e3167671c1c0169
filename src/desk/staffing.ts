/** Whether somebody can take a case now, as its visitor is told it at the hand-off: open, or why not and from when. */
import type { Terms } from '../conversation/world.ts';

export type Staffing =
  /** `waiting`: how many wait already. */
  | { readonly state: 'open'; readonly waiting: number | undefined }
  /** `opening`: from when it is worked on at the latest, ms since 1970; undefined where no time is known. */
  | { readonly state: 'closed' | 'full' | 'nobody'; readonly opening: number | undefined };

export interface StaffingOptions {
  readonly terms: () => Terms;
  /** Cases that wait for a person. */
  readonly waiting: () => Promise<number>;
  /** Who is signed in and takes cases. */
  readonly available: () => Promise<readonly { readonly name: string; readonly tier: 1 | 2 | 3 }[]>;
}

/** @param now ms since 1970 */
export async function staffingOf(options: StaffingOptions, tier: 1 | 2 | 3, now: number): Promise<Staffing> {
  const { rules, calendar } = options.terms();
  if (!calendar.isOpen(now, tier)) return { state: 'closed', opening: calendar.nextOpening(now, tier) };
  const [waiting, agents] = await Promise.all([options.waiting(), options.available()]);
  const { mostWaiting } = rules.queue;
  if (mostWaiting !== undefined && waiting >= mostWaiting)
    return { state: 'full', opening: openingAfter({ rules, calendar }, tier, now) };
  const isThere = agents.some((agent) => agent.tier >= tier && calendar.isOnShift(agent.name, now));
  return isThere
    ? { state: 'open', waiting }
    : { state: 'nobody', opening: openingAfter({ rules, calendar }, tier, now) };
}

/** The next opening after the hours that run now; undefined where they do not end. */
function openingAfter({ calendar }: Terms, tier: 1 | 2 | 3, now: number): number | undefined {
  const closing = calendar.nextClosing(now, tier);
  return closing === undefined ? undefined : calendar.nextOpening(closing, tier);
}
