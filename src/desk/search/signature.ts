/**
 * Which characters, and which pairs of neighbours, occur in a text: a Bloom filter, some ten bits each. A word that it does not hold is not
 * in the text; one that it seems to hold must be looked up (about 1 of 100 pairs is none). Pure.
 */

/** Bits for each character or pair, and places that each sets. */
const bitsEach = 10;
const places = 5;
/** Bytes, at least and at most: beyond, more and more seems to be there, and more is looked up. */
const least = 16;
const most = 16 * 1024;
/** From this share of set bits on it tells too little, and is made anew, larger. */
const fullest = 0.6;

export type Signature = Uint8Array;

/** @param texts folded. */
export function signatureOf(texts: readonly string[]): Signature {
  const keys = new Set<number>();
  for (const text of texts) for (const key of keysIn(text)) keys.add(key);
  const signature = new Uint8Array(Math.min(most, Math.max(least, Math.ceil((keys.size * bitsEach) / 8))));
  for (const key of keys) set(signature, key);
  return signature;
}

/** Adds in place. @returns false when it is too full by now to be of use, though a larger one would be. */
export function addTo(signature: Signature, texts: readonly string[]): boolean {
  for (const text of texts) for (const key of keysIn(text)) set(signature, key);
  if (signature.length >= most) return true;
  let bits = 0;
  for (let byte of signature) for (; byte !== 0; byte &= byte - 1) bits++;
  return bits / (8 * signature.length) < fullest;
}

/** @param word folded, without spaces. */
export function mayHold(signature: Signature, word: string): boolean {
  for (const key of word.length === 1 ? [word.charCodeAt(0)] : pairsIn(word)) if (!has(signature, key)) return false;
  return true;
}

const isSpace = (unit: number): boolean => unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0x3000;

function* keysIn(text: string): Generator<number> {
  for (let i = 0; i < text.length; i++) if (!isSpace(text.charCodeAt(i))) yield text.charCodeAt(i);
  yield* pairsIn(text);
}

/** Of UTF-16 units; no word goes over a space. */
function* pairsIn(text: string): Generator<number> {
  for (let i = 1; i < text.length; i++) {
    const [first, second] = [text.charCodeAt(i - 1), text.charCodeAt(i)];
    if (!isSpace(first) && !isSpace(second)) yield first * 65_536 + second;
  }
}

/** MurmurHash3's finish: near keys come to lie far apart. */
function mixed(key: number, seed: number): number {
  let h = (key ^ seed) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function set(signature: Signature, key: number): void {
  const bits = signature.length * 8;
  const [from, by] = [mixed(key, 0x9747b28c), mixed(key, 0x1b873593) | 1];
  for (let n = 0; n < places; n++) {
    const bit = (from + n * (by >>> 0)) % bits;
    signature[bit >> 3] = (signature[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
}

function has(signature: Signature, key: number): boolean {
  const bits = signature.length * 8;
  const [from, by] = [mixed(key, 0x9747b28c), mixed(key, 0x1b873593) | 1];
  for (let n = 0; n < places; n++) {
    const bit = (from + n * (by >>> 0)) % bits;
    if (((signature[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}
