import * as z from 'zod';
import { share, yesNo } from './values.ts';

/** How the bot decides between answering, offering choices and handing over. Probabilities and shares are 0 to 1. */
export interface UnderstandingRules {
  /** Least confidence to answer outright. */
  readonly answerAt: { readonly ja: number; readonly en: number };
  /** Least confidence to offer choices. */
  readonly chooseAt: { readonly ja: number; readonly en: number };
  /** Share of questions that no entry is for. */
  readonly outOfScopeShare: number;
  readonly guard: {
    /** How far one edit of the FAQ may let precision fall. */
    readonly margin: number;
    /** True: an edit that lets it fall further is not served. */
    readonly hold: boolean;
  };
}

const both = (shipped: string) =>
  z.strictObject({ ja: share.prefault(shipped), en: share.prefault(shipped) }).prefault({});

export const understanding = z
  .strictObject({
    answerAt: both('0.7'),
    chooseAt: both('0.3'),
    outOfScopeShare: share.prefault('0.14'),
    guard: z.strictObject({ margin: share.prefault('0.05'), hold: yesNo.prefault('false') }).prefault({}),
  })
  .prefault({});
