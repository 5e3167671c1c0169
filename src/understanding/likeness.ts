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
  const byLength = texts.map((_, i) => i).filter((i) => (texts[i] ?? '').length >= lettersPerSlip);
  byLength.sort((a, b) => (texts[a] ?? '').length - (texts[b] ?? '').length || a - b);
  for (const b of byLength) {
    const text = texts[b] ?? '';
    const candidates = new Set<number>();
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
          if (others && others.length <= commonPiece) for (const a of others) candidates.add(a);
        }
      }
    }
    for (const a of candidates) {
      const other = texts[a] ?? '';
      const most = Math.min(mostSlips, Math.floor(other.length / lettersPerSlip));
      if (other !== text && slips(other, text, most) <= most) found.push(a < b ? [a, b] : [b, a]);
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
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    const until = Math.min(b.length, i + most);
    for (let j = 1; j <= b.length; j++) {
      // Away from the diagonal the distance is too great already.
      if (j < i - most || j > until) {
        next.push(most + 1);
        continue;
      }
      const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
      const here = Math.min((row[j - 1] ?? 0) + wrong, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      next.push(here);
      least = Math.min(least, here);
    }
    if (least > most) return most + 1;
    row = next;
  }
  return row[b.length] ?? 0;
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
