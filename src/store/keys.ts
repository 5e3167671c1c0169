/**
 * Keys of the embedded engine, as bytes whose order is the order the port promises: numbers by size, texts bytewise. Written here
 * and not left to the database's own key encoding, whose strings of 64 characters and more do not escape NUL.
 */

/** Bytes a key may have; LMDB's bound for pages of 4 KiB is 1,978. */
const maxLength = 1_900;

/** @throws RangeError when the key would be too long or a part but the last holds NUL. */
function key(first: string, number: number | undefined, last = ''): Buffer {
  if (first.includes('\0')) throw new RangeError(`A name must not hold NUL: ${JSON.stringify(first)}`);
  const behind = Buffer.byteLength(first) + 1;
  const lastAt = number === undefined ? behind : behind + 8;
  const length = lastAt + (last === '' ? 0 : Buffer.byteLength(last));
  if (length > maxLength) throw new RangeError(`A name is too long to be stored: ${first.slice(0, 60)}…`);
  // Made at once: keys are made for every read and write.
  const bytes = Buffer.allocUnsafe(length);
  bytes.write(first);
  bytes[behind - 1] = 0;
  if (number !== undefined) order(bytes, behind, number);
  if (last !== '') bytes.write(last, lastAt);
  return bytes;
}

/** Writes a finite double as 8 bytes that sort as it does: the sign bit turned, and all bits turned for negative numbers. */
function order(bytes: Buffer, at: number, number: number): void {
  // -0 is 0.
  bytes.writeDoubleBE(number + 0, at);
  const first = bytes[at] ?? 0;
  if (first & 0x80) for (let i = at; i < at + 8; i++) bytes[i] = ~(bytes[i] ?? 0);
  else bytes[at] = first | 0x80;
}

function number(bytes: Buffer): number {
  const copy = Buffer.from(bytes.subarray(0, 8));
  if ((copy[0] ?? 0) & 0x80) copy[0] = (copy[0] ?? 0) & 0x7f;
  else for (let i = 0; i < 8; i++) copy[i] = ~(copy[i] ?? 0);
  return copy.readDoubleBE(0);
}

export const textKey = (text: string): Buffer => key(text, undefined);
export const pairKey = (first: string, last: string): Buffer => key(first, undefined, last);
export const numberedKey = (name: string, n: number, last = ''): Buffer => key(name, n, last);

/** Above every key that begins with this name, and with this number where one is given. */
export function aboveKey(name: string, n?: number): Buffer {
  // No text in UTF-8 holds 0xff, and no finite number begins with it.
  return Buffer.concat([key(name, n), Buffer.from([0xff])]);
}

/** The parts of a numbered key, behind its name. */
export function numberAndLast(bytes: Buffer): { number: number; last: string } {
  const start = bytes.indexOf(0) + 1;
  return { number: number(bytes.subarray(start)), last: bytes.toString('utf8', start + 8) };
}

/** The second part of a pair key. */
export const lastOf = (bytes: Buffer): string => bytes.toString('utf8', bytes.indexOf(0) + 1);
