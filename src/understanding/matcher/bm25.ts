/** Scoring of entries by the words they share with a question, and the picking of the best. */
import type { PhrasingIndex } from './phrasing-index.ts';

/** Adds to each row what a term of this weight earns it. */
export function scoreBm25({ postings }: PhrasingIndex, term: number, weight: number, scores: Float32Array): void {
  const to = postings.start[term + 1] as number;
  for (let at = postings.start[term] as number; at < to; at++) {
    const row = postings.item[at] as number;
    scores[row] = (scores[row] as number) + weight * (postings.value[at] as number);
  }
}

/** The places of the `most` greatest values above `floor`, greatest first. */
export function best(values: Float32Array, most: number, floor: number): number[] {
  const found: number[] = [];
  const greatestFirst = (a: number, b: number) => (values[b] as number) - (values[a] as number) || a - b;
  let least = floor;
  for (let place = 0; place < values.length; place++) {
    if (!((values[place] as number) > least)) continue;
    found.push(place);
    if (found.length >= most * 4) {
      found.sort(greatestFirst);
      found.length = most;
      least = values[found[most - 1] as number] as number;
    }
  }
  return found.sort(greatestFirst).slice(0, most);
}
