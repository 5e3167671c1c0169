/** Finds texts that are nearly the same among many, without comparing all with all. Pure. */

/** Two places in the list given, a < b. */
export type Pair = readonly [a: number, b: number];

/** Most wrong, lost or added letters between two texts that are nearly the same; one in eight letters at most. */
const mostSlips = 2;
const lettersPerSlip = 8;
/** A piece that more texts share is a common opening ("how do I …"); what else they share finds those alike. */
const commonPiece = 100;

/**
 * All pairs of different texts with at most {@link mostSlips} slips between them, each once. Texts under eight letters are
 * left out: one letter changes everything. Of three pieces of a text at least one comes through two slips unharmed, at most
 * two letters from its place, so only texts sharing a piece are compared (Li et al., "Pass-Join", 2011).
 */
export function nearlySame(texts: readonly string[]): Pair[] {
  const pieces = mostSlips + 1;
  /** Length and number of a piece → the piece → texts that have it there. */
  const holders = new Map<number, Map<string, number[]>>();
  const found: Pair[] = [];
  /** The last text each was compared with: one pair shares many pieces. */
  const comparedWith = new Int32Array(texts.length).fill(-1);
  const byLength = texts.map((_, i) => i).filter((i) => (texts[i] ?? '').length >= lettersPerSlip);
  byLength.sort((a, b) => (texts[a] ?? '').length - (texts[b] ?? '').length || a - b);
  for (const b of byLength) {
    const text = texts[b] ?? '';
    for (let length = Math.max(lettersPerSlip, text.length - mostSlips); length <= text.length; length++) {
      for (let piece = 0; piece < pieces; piece++) {
        const [from, size] = pieceOf(length, piece, pieces);
        const here = holders.get(length * pieces + piece);
        if (!here) continue;
        for (
          let start = Math.max(0, from - mostSlips);
          start <= Math.min(text.length - size, from + mostSlips);
          start++
        ) {
          const others = here.get(text.slice(start, start + size));
          if (!others || others.length > commonPiece) continue;
          for (const a of others) {
            if (comparedWith[a] === b) continue;
            comparedWith[a] = b;
            const other = texts[a] ?? '';
            const most = Math.min(mostSlips, Math.floor(other.length / lettersPerSlip));
            if (other !== text && slips(other, text, most) <= most) found.push(a < b ? [a, b] : [b, a]);
          }
        }
      }
    }
    for (let piece = 0; piece < pieces; piece++) {
      const [from, size] = pieceOf(text.length, piece, pieces);
      const place = text.length * pieces + piece;
      const here = holders.get(place) ?? new Map<string, number[]>();
      holders.set(place, here);
      const key = text.slice(from, from + size);
      const others = here.get(key);
      if (others) others.push(b);
      else here.set(key, [b]);
    }
  }
  return found;
}

/** Where a piece of a text of this length begins, and its size; the last pieces take what does not divide. */
function pieceOf(length: number, piece: number, pieces: number): [from: number, size: number] {
  const small = Math.floor(length / pieces);
  const firstLarge = pieces - (length % pieces);
  return [piece * small + Math.max(0, piece - firstLarge), small + (piece >= firstLarge ? 1 : 0)];
}

/** Levenshtein distance, or any number above `most` as soon as it must be more. */
function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  // What both begin and end with costs nothing; in texts that are alike, little is left.
  let from = 0;
  let [aEnd, bEnd] = [a.length, b.length];
  while (from < aEnd && from < bEnd && a[from] === b[from]) from++;
  while (aEnd > from && bEnd > from && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  return distance(a, b, from, aEnd, bEnd, most);
}

/** By trying each slip where the texts part: with at most two, cheaper than a table. */
function distance(
  a: string,
  b: string,
  aFrom: number,
  aEnd: number,
  bEnd: number,
  most: number,
  bFrom = aFrom,
): number {
  let [i, j] = [aFrom, bFrom];
  while (i < aEnd && j < bEnd && a[i] === b[j]) {
    i++;
    j++;
  }
  const rest = Math.max(aEnd - i, bEnd - j);
  if (rest === 0 || i === aEnd || j === bEnd) return rest;
  if (most === 0) return 1;
  const wrong = distance(a, b, i + 1, aEnd, bEnd, most - 1, j + 1);
  const lost = wrong === 0 ? most : distance(a, b, i + 1, aEnd, bEnd, most - 1, j);
  const added = Math.min(wrong, lost) === 0 ? most : distance(a, b, i, aEnd, bEnd, most - 1, j + 1);
  return 1 + Math.min(wrong, lost, added);
}

/** Pairs of texts with the same words in another order, each once, first bearer first. Texts under three words are left out. */
export function sameWords(texts: readonly string[]): Pair[] {
  const first = new Map<string, number>();
  const found: Pair[] = [];
  texts.forEach((text, i) => {
    const words = [...new Set(text.match(/[\p{L}\p{N}]+/gu))];
    if (words.length < 3) return;
    const key = words.sort().join(' ');
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, i);
    else found.push([earlier, i]);
  });
  return found;
}
