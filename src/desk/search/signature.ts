/**
 * Which characters, which pairs of neighbours, and of Latin letters and digits which threes, occur in a text: a Bloom filter, some ten bits
 * each. A word that it does not hold is not in the text; one that it seems to hold must be looked up. Pairs tell Japanese words apart;
 * of Latin ones there are too few, and a long talk has them all. Pure.
 */

/** Bits for each key, and places that each sets. */
const bitsEach = 10;
const places = 5;
/** Bytes, at least and at most: beyond, more and more seems to be there, and more is looked up. */
const least = 16;
const most = 16 * 1024;
/** From this share of set bits on it tells too little, and is made anew, larger. */
const fullest = 0.6;

export type Signature = Uint8Array;

/** A word to be asked for: where the places of its keys begin, and how far apart they are, by turns. */
export type Probe = Uint32Array;

/** @param texts folded. */
export function signatureOf(texts: readonly string[]): Signature {
  const keys = new Set<number>();
  for (const text of texts) collect(text, keys, true);
  const signature = new Uint8Array(Math.min(most, Math.max(least, Math.ceil((keys.size * bitsEach) / 8))));
  set(signature, keys);
  return signature;
}

/** Adds in place. @returns false when it is too full by now to be of use, though a larger one would be. */
export function addTo(signature: Signature, texts: readonly string[]): boolean {
  const keys = new Set<number>();
  for (const text of texts) collect(text, keys, true);
  set(signature, keys);
  if (signature.length >= most) return true;
  let bits = 0;
  for (let byte of signature) for (; byte !== 0; byte &= byte - 1) bits++;
  return bits / (8 * signature.length) < fullest;
}

/** @param word folded, without spaces. */
export function probeOf(word: string): Probe {
  const keys = new Set<number>();
  collect(word, keys, word.length === 1);
  return Uint32Array.from([...keys].flatMap((key) => [mixed(key, first), mixed(key, second) | 1]));
}

/** A word of no key may be anywhere. */
export function mayHold(signature: Signature, probe: Probe): boolean {
  const bits = signature.length * 8;
  for (let at = 0; at < probe.length; at += 2) {
    let place = probe[at] as number;
    const by = probe[at + 1] as number;
    for (let n = 0; n < places; n++) {
      const bit = place % bits;
      if (((signature[bit >> 3] as number) & (1 << (bit & 7))) === 0) return false;
      place = (place + by) >>> 0;
    }
  }
  return true;
}

function set(signature: Signature, keys: Iterable<number>): void {
  const bits = signature.length * 8;
  for (const key of keys) {
    let place = mixed(key, first);
    const by = (mixed(key, second) | 1) >>> 0;
    for (let n = 0; n < places; n++) {
      const bit = place % bits;
      signature[bit >> 3] = (signature[bit >> 3] as number) | (1 << (bit & 7));
      place = (place + by) >>> 0;
    }
  }
}

const isSpace = (unit: number): boolean => unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0x3000;
const isLatin = (unit: number): boolean => (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);

/** Of UTF-16 units; no word goes over a space. @param singles the characters themselves too. */
function collect(text: string, keys: Set<number>, singles: boolean): void {
  let before = 0x20;
  let beforeThat = 0x20;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (!isSpace(unit)) {
      if (singles) keys.add(unit);
      if (!isSpace(before)) keys.add(before * 65_536 + unit);
      if (isLatin(unit) && isLatin(before) && isLatin(beforeThat))
        keys.add(threes + beforeThat * 16_384 + before * 128 + unit);
    }
    beforeThat = before;
    before = unit;
  }
}

/** Above all pairs. */
const threes = 2 ** 32;
const first = 0x9747b28c;
const second = 0x1b873593;

/** MurmurHash3's finish over both halves of a key: near keys come to lie far apart. */
function mixed(key: number, seed: number): number {
  let h = (key ^ seed ^ (key >= threes ? 0x5bd1e995 : 0)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
