/**
 * Words with a vector each, as one file: three numbers (words, dimensions, bytes of text; 32 bits, little-endian), the words in
 * UTF-8 one a line, then a byte for each number of each vector. A vector counts by its direction alone, so that its greatest
 * number can be 127 whatever its length: a byte each loses nothing that a ranking notices.
 */

export interface WordList {
  /** Most frequent first. */
  readonly words: readonly string[];
  /** Numbers of a vector. */
  readonly dimensions: number;
  /** The vector of the word at `n` from `n * dimensions` on. */
  readonly numbers: Int8Array;
}

const HEAD = 12;

export function packedWords({ words, dimensions, numbers }: WordList): Uint8Array {
  const text = new TextEncoder().encode(words.join('\n'));
  const bytes = new Uint8Array(HEAD + text.length + numbers.length);
  const head = new DataView(bytes.buffer);
  for (const [at, number] of [words.length, dimensions, text.length].entries()) head.setUint32(4 * at, number, true);
  bytes.set(text, HEAD);
  bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.length), HEAD + text.length);
  return bytes;
}

/** What {@link packedWords} was given. Throws a `RangeError` where the bytes are not its work. */
export function unpackedWords(bytes: Uint8Array): WordList {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [count, dimensions, length] = [0, 4, 8].map((at) => head.getUint32(at, true)) as [number, number, number];
  const words = new TextDecoder().decode(bytes.subarray(HEAD, HEAD + length)).split('\n');
  const numbers = new Int8Array(bytes.subarray(HEAD + length)); // a copy: what was read beside it may go
  if (words.length !== count || numbers.length !== count * dimensions) {
    throw new RangeError(`not a file of word vectors: ${words.length} words of ${count}, ${numbers.length} numbers`);
  }
  return { words, dimensions, numbers };
}

/** A vector in bytes, its greatest number 127. */
export function inBytes(vector: ArrayLike<number>, into: Int8Array, from: number): void {
  let greatest = 0;
  for (let at = 0; at < vector.length; at++) greatest = Math.max(greatest, Math.abs(vector[at] as number));
  for (let at = 0; at < vector.length; at++) {
    into[from + at] = greatest > 0 ? Math.round(((vector[at] as number) / greatest) * 127) : 0;
  }
}
