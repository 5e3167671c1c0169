/** Sparse rows packed one after another: row `r` is `[start[r], start[r + 1])` of `item` and `value`. */
export interface Sparse {
  start: Int32Array;
  item: Int32Array;
  value: Float32Array;
}

/** Packs rows as they come; the arrays double when full. */
export class SparseBuilder {
  private starts = [0];
  private item = new Int32Array(1024);
  private value = new Float32Array(1024);
  private length = 0;

  push(item: number, value: number): void {
    if (this.length === this.item.length) {
      const items = new Int32Array(this.length * 2);
      items.set(this.item);
      this.item = items;
      const values = new Float32Array(this.length * 2);
      values.set(this.value);
      this.value = values;
    }
    this.item[this.length] = item;
    this.value[this.length++] = value;
  }

  endRow(): void {
    this.starts.push(this.length);
  }

  done(): Sparse {
    return {
      start: Int32Array.from(this.starts),
      item: this.item.slice(0, this.length),
      value: this.value.slice(0, this.length),
    };
  }
}

/** Columns become rows: the inverted index of `rows`. `columns` is one more than the greatest item. */
export function transpose(rows: Sparse, columns: number): Sparse {
  const start = new Int32Array(columns + 1);
  for (const item of rows.item) start[item + 1] = (start[item + 1] as number) + 1;
  for (let column = 0; column < columns; column++) {
    start[column + 1] = (start[column + 1] as number) + (start[column] as number);
  }
  const next = start.slice();
  const item = new Int32Array(rows.item.length);
  const value = new Float32Array(rows.item.length);
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
