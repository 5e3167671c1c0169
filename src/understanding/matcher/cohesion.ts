/**
 * How alike the phrasings of an entry are. A question that is far from all of them means more in an entry whose phrasings
 * stand close together than in one whose phrasings share little anyway.
 */

import { UNIT, type Vectors } from './sparse.ts';
import type { Steps } from './steps.ts';

/** Phrasings of an entry that are compared with each other. */
const MOST = 20;
/** Share that the mean over all entries has in each entry's figure: few phrasings tell it by chance. */
const SHARED = 0.25;
/** Where no entry has two phrasings. */
const USUAL = 0.4;

/** Row → mean cosine of its phrasings, each to the nearest of the others; a lone phrasing takes the mean over all rows. */
export function* cohesionOf(vectors: Vectors, rowStart: readonly number[], features: number): Steps<Float32Array> {
  const rows = rowStart.length - 1;
  const cohesion = new Float32Array(rows).fill(Number.NaN);
  const scratch = new Float32Array(features);
  let sum = 0;
  let counted = 0;
  for (let row = 0; row < rows; row++) {
    const from = rowStart[row] as number;
    const to = Math.min(rowStart[row + 1] as number, from + MOST);
    if (to - from < 2) continue;
    const own = withinRow(vectors, from, to, scratch);
    cohesion[row] = own;
    sum += own;
    counted++;
    if (row % 50 === 49) yield;
  }
  const mean = counted > 0 ? sum / counted : USUAL;
  return cohesion.map((own) => (Number.isNaN(own) ? mean : own + SHARED * (mean - own)));
}

function withinRow({ start, item, value }: Vectors, from: number, to: number, scratch: Float32Array): number {
  const nearest = new Float32Array(to - from);
  for (let one = from; one < to; one++) {
    for (let at = start[one] as number; at < (start[one + 1] as number); at++)
      scratch[item[at] as number] = (value[at] as number) * UNIT;
    for (let other = one + 1; other < to; other++) {
      let dot = 0;
      for (let at = start[other] as number; at < (start[other + 1] as number); at++)
        dot += (scratch[item[at] as number] as number) * (value[at] as number);
      const cosine = dot * UNIT;
      if (cosine > (nearest[one - from] as number)) nearest[one - from] = cosine;
      if (cosine > (nearest[other - from] as number)) nearest[other - from] = cosine;
    }
    for (let at = start[one] as number; at < (start[one + 1] as number); at++) scratch[item[at] as number] = 0;
  }
  return nearest.reduce((sum, cosine) => sum + cosine, 0) / nearest.length;
}
