/**
 * Features are known by 32-bit hashes instead of strings, so that a whole index is a handful of typed arrays: small,
 * quick to look up, handed from a worker thread without copying and written to a file as it is. Among a million features
 * about a hundred pairs share a hash, which no ranking notices.
 */

/** Hash of `text[from, to)`, told apart by `kind` (a word and a character n-gram spelled alike are two features). Never 0. */
export function hashText(kind: number, text: string, from = 0, to = text.length): number {
  let hash = Math.imul(kind + 1, 0x9e3779b1);
  for (let at = from; at < to; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  return finish(hash);
}

/** Hash of an ordered pair of hashes. */
export function hashPair(kind: number, first: number, second: number): number {
  let hash = Math.imul(kind + 1, 0x9e3779b1) ^ first;
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return finish(Math.imul(hash ^ second, 0xc2b2ae35));
}

function finish(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash = (hash ^ (hash >>> 16)) >>> 0;
  return hash === 0 ? 1 : hash;
}

/** Hashes numbered in the order they came: an open-addressing table. */
export interface HashTable {
  /** 0 marks a free place; the length is a power of two. */
  keys: Uint32Array;
  numbers: Int32Array;
  size: number;
}

export function hashTable(capacity = 1024): HashTable {
  let length = 16;
  while (length < capacity * 2) length *= 2;
  return { keys: new Uint32Array(length), numbers: new Int32Array(length), size: 0 };
}

/** The number of `key`, or -1. */
export function lookUp(table: HashTable, key: number): number {
  const { keys, numbers } = table;
  const mask = keys.length - 1;
  for (let place = key & mask; ; place = (place + 1) & mask) {
    const found = keys[place];
    if (found === key) return numbers[place] as number;
    if (found === 0) return -1;
  }
}

/** The number of `key`, given the next free one if it is new. */
export function numberOf(table: HashTable, key: number): number {
  if (table.size * 2 >= table.keys.length) grow(table);
  const { keys, numbers } = table;
  const mask = keys.length - 1;
  let place = key & mask;
  while (keys[place] !== 0) {
    if (keys[place] === key) return numbers[place] as number;
    place = (place + 1) & mask;
  }
  keys[place] = key;
  numbers[place] = table.size;
  return table.size++;
}

function grow(table: HashTable): void {
  const { keys, numbers } = table;
  table.keys = new Uint32Array(keys.length * 2);
  table.numbers = new Int32Array(keys.length * 2);
  const mask = table.keys.length - 1;
  for (let old = 0; old < keys.length; old++) {
    const key = keys[old] as number;
    if (key === 0) continue;
    let place = key & mask;
    while (table.keys[place] !== 0) place = (place + 1) & mask;
    table.keys[place] = key;
    table.numbers[place] = numbers[old] as number;
  }
}
