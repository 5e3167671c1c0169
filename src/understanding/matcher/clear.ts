/** Whether the first entry stands clear of the second: only then is it answered outright. */
import type { PhrasingIndex } from './phrasing-index.ts';
import type { Candidate } from './rank.ts';

/** Natural logarithm of how many times likelier than the second a clear first is, with a trained model and without. */
const CLEAR_LEAD = 3;
const CLEAR_PLAIN_LEAD = 1.5;
/** Cosine from which a question all but is the phrasing. */
const SAME = 0.9;

/** An entry of a single phrasing is clear only where the question all but is that phrasing: one tells too little. */
export function isClear(
  [first, second]: readonly Pick<Candidate, 'row' | 'logProbability' | 'cosine'>[],
  { rowStart }: Pick<PhrasingIndex, 'rowStart'>,
  trained: boolean,
): boolean {
  if (!first) return false;
  const phrasings = (rowStart[first.row + 1] as number) - (rowStart[first.row] as number);
  if (phrasings < 2 && first.cosine < SAME) return false;
  return !second || first.logProbability - second.logProbability >= (trained ? CLEAR_LEAD : CLEAR_PLAIN_LEAD);
}
