/** Sparse rows packed one after another: row `r` is `[start[r], start[r + 1])` of `item` and `value`. */
export interface Sparse {
  start: Int32Array;
  item: Int32Array;
  value: Float32Array;
}

/** Sparse vectors of length 1, whose values lie between 0 and 1: two bytes each are exact enough for any ranking. */
export interface Vectors {
  start: Int32Array;
  item: Int32Array;
  /** In units of {@link UNIT}. */
  value: Uint16Array;
}

export const UNIT = 1 / 65_535;

/** Numbers of a chunk; a power of two. */
const CHUNK = 2 ** 16;

/**
 * Packs rows as they come, in chunks: arrays that double would for a moment hold three times what they are for. The packed
 * rows lie in shared memory, so that a worker thread hands them over without copying.
 */
export class SparseBuilder {
  private starts = [0];
  private items: Int32Array[] = [];
  private values: Float32Array[] = [];
  private length = 0;

  push(item: number, value: number): void {
    const at = this.length % CHUNK;
    if (at === 0) {
      this.items.push(new Int32Array(CHUNK));
      this.values.push(new Float32Array(CHUNK));
    }
    (this.items.at(-1) as Int32Array)[at] = item;
    (this.values.at(-1) as Float32Array)[at] = value;
    this.length++;
  }

  endRow(): void {
    this.starts.push(this.length);
  }

  /** The rows; the builder is empty afterwards. */
  done(): Sparse {
    const start = sharedInts(this.starts.length);
    start.set(this.starts);
    const item = sharedInts(this.length);
    this.items.forEach((chunk, at) => {
      item.set(chunk.subarray(0, this.length - at * CHUNK), at * CHUNK);
    });
    this.items = [];
    const value = sharedFloats(this.length);
    this.values.forEach((chunk, at) => {
      value.set(chunk.subarray(0, this.length - at * CHUNK), at * CHUNK);
    });
    this.values = [];
    this.starts = [0];
    this.length = 0;
    return { start, item, value };
  }
}

const sharedInts = (length: number) => new Int32Array(new SharedArrayBuffer(length * 4));
const sharedFloats = (length: number) => new Float32Array(new SharedArrayBuffer(length * 4));

/** Columns become rows: the inverted index of `rows`. `columns` is one more than the greatest item. */
export function transpose(rows: Sparse, columns: number): Sparse {
  const start = new Int32Array(columns + 1);
  for (const item of rows.item) start[item + 1] = (start[item + 1] as number) + 1;
  for (let column = 0; column < columns; column++) {
    start[column + 1] = (start[column + 1] as number) + (start[column] as number);
  }
  const next = start.slice();
  const item = sharedInts(rows.item.length);
  const value = sharedFloats(rows.item.length);
  for (let row = 0; row + 1 < rows.start.length; row++) {
    for (let at = rows.start[row] as number; at < (rows.start[row + 1] as number); at++) {
      const column = rows.item[at] as number;
      const place = next[column] as number;
      next[column] = place + 1;
      item[place] = row;
      value[place] = rows.value[at] as number;
    }
  }
  return { start, item, value };
}
