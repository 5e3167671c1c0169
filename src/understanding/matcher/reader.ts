/** Reads a question in one language: the entries that may be meant, each with its probability. */
import { isClear } from './clear.ts';
import { probabilityOf, signalsOf } from './confidence.ts';
import type { Learnt } from './learn.ts';
import { Ranker } from './rank.ts';
import { readQuestion } from './reading.ts';

export interface Reply {
  /** Place of the entry in the list the matcher was given. */
  readonly entry: number;
  readonly confidence: number;
}

export interface Answers {
  /** At most five, surest first. */
  readonly replies: readonly Reply[];
  /** Whether the first stands clear of the second, and rests on more than one phrasing or nearly is that one. */
  readonly clear: boolean;
}

const MOST = 5;

export class Reader {
  private readonly learnt: Learnt;
  private readonly ranker: Ranker;

  constructor(learnt: Learnt) {
    this.learnt = learnt;
    this.ranker = new Ranker(learnt.index, learnt.model);
  }

  /** `part` is normalised. */
  read(part: string): Answers {
    const { index, confidence, model } = this.learnt;
    const ranking = this.ranker.rank(readQuestion(part, index.vocabulary));
    const signals = signalsOf(ranking, index);
    if (!signals) return { replies: [], clear: false };
    const replies = spread(ranking.candidates, probabilityOf(signals, confidence)).map(({ row, confidence: sure }) => ({
      entry: index.rowEntry[row] as number,
      confidence: sure,
    }));
    return { replies, clear: isClear(ranking.candidates, index, model !== undefined) };
  }
}

/**
 * The first has the estimated probability. What it leaves is shared among the others as the rankers share it, less what
 * falls to "none of these": the less sure the first, the likelier it is that no entry answers.
 */
export function spread(
  candidates: readonly { readonly row: number; readonly logProbability: number }[],
  first: number,
): { row: number; confidence: number }[] {
  const top = candidates.slice(0, MOST);
  const rest = Math.max(1e-9, 1 - Math.exp(top[0]?.logProbability ?? 0));
  let before = first;
  return top.map(({ row, logProbability }, place) => {
    if (place === 0) return { row, confidence: first };
    before = Math.min(before, (1 - first) * Math.sqrt(first) * Math.min(1, Math.exp(logProbability) / rest));
    return { row, confidence: before };
  });
}
