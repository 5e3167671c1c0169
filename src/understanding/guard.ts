/** Whether an edit of the FAQ makes answers worse, told by cross-validation before and after. Pure. */
import { type Evaluated, heldBack } from './held-back.ts';
import { confusions, isRight, shareOf } from './measures.ts';

export interface Guard {
  /** How far precision may fall by one edit, 0 to 1, such as 0.02 for two points. */
  readonly margin: number;
  /** True: an edit that falls further is not served, and waits for its evaluation before being served at all. False: it is served and logged. */
  readonly hold: boolean;
}

/** Of what is answered outright, the share that is right; null where nothing is. */
function precisionOf(evaluated: Evaluated): number | null {
  const answered = heldBack(evaluated).filter((judged) => judged.understood.decision === 'answer');
  return shareOf(answered, isRight).share;
}

/** Why an edit is worse than allowed, in a sentence for the admin; undefined where it is not. */
export function worsening(before: Evaluated, after: Evaluated, { margin }: Guard): string | undefined {
  const [was, is] = [precisionOf(before), precisionOf(after)];
  if (was === null || is === null || is >= was - margin) return undefined;
  const points = (share: number) => `${(share * 100).toFixed(1)} %`;
  return (
    `of what is answered outright, ${points(is)} would be right; it was ${points(was)}, and allowed is a fall of ${(margin * 100).toFixed(1)} points` +
    `${newConfusions(before, after)}`
  );
}

/** The three pairs of entries that are confused more often than before. */
function newConfusions(before: Evaluated, after: Evaluated): string {
  const of = (evaluated: Evaluated) => confusions(heldBack(evaluated));
  const earlier = new Map(of(before).map((pair) => [`${pair.expected} ${pair.got}`, pair.n]));
  const grown = of(after)
    .map((pair) => ({ ...pair, more: pair.n - (earlier.get(`${pair.expected} ${pair.got}`) ?? 0) }))
    .filter((pair) => pair.more > 0)
    .sort((a, b) => b.more - a.more)
    .slice(0, 3);
  if (grown.length === 0) return '';
  return `; newly confused: ${grown.map((pair) => `"${pair.texts[0]}" of ${pair.expected} with ${pair.got}`).join(', ')}`;
}
