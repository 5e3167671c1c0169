/** Reads a question in one language: the entries that may be meant, each with its probability. */
import { probabilityOf, signalsOf } from './confidence.ts';
import type { Learnt } from './learn.ts';
import { Ranker, type Ranking } from './rank.ts';
import { readQuestion } from './reading.ts';

export interface Reply {
  /** Place of the entry in the list the matcher was given. */
  readonly entry: number;
  readonly confidence: number;
}

const MOST = 5;

export class Reader {
  private readonly learnt: Learnt;
  private readonly ranker: Ranker;

  constructor(learnt: Learnt) {
    this.learnt = learnt;
    this.ranker = new Ranker(learnt.index, learnt.model);
  }

  /** At most five, surest first. `part` is normalised. */
  read(part: string): Reply[] {
    const { index, confidence } = this.learnt;
    const ranking = this.ranker.rank(readQuestion(part, index.vocabulary));
    const signals = signalsOf(ranking, index);
    if (!signals) return [];
    return spread(ranking, probabilityOf(signals, confidence)).map(({ row, confidence: sure }) => ({
      entry: index.rowEntry[row] as number,
      confidence: sure,
    }));
  }
}

/**
 * The first has the estimated probability. What it leaves is shared among the others as the rankers share it, less what
 * falls to "none of these": the less sure the first, the likelier it is that no entry answers.
 */
export function spread(
  ranking: { readonly candidates: Ranking['candidates'] | readonly { row: number; logProbability: number }[] },
  first: number,
): { row: number; confidence: number }[] {
  const top = ranking.candidates.slice(0, MOST);
  const rest = Math.max(1e-9, 1 - Math.exp(top[0]?.logProbability ?? 0));
  let before = first;
  return top.map(({ row, logProbability }, place) => {
    if (place === 0) return { row, confidence: first };
    before = Math.min(before, (1 - first) * Math.sqrt(first) * Math.min(1, Math.exp(logProbability) / rest));
    return { row, confidence: before };
  });
}
