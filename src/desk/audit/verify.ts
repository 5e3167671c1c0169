/** Reads the trail from its beginning and says the first place where it is not what was written. */
import { Unreadable } from '../../store/store.ts';
import { beginning, faultOf, type Row } from './chain.ts';
import type { Checkpoint, Head, Trail } from './trail.ts';

export interface Verdict {
  /** Rows that hold, from the first on. */
  readonly rows: number;
  /** Of the last row that holds: to be noted elsewhere, and given to a later check. */
  readonly hash: string;
  /** What is wrong at the row behind them; undefined when all hold. */
  readonly fault: string | undefined;
}

/** Rows read at once. */
const page = 500;

/** What `verify` reads: the store's trail, or that and the archives'. */
export interface Rows {
  rows(after: number, limit: number): Promise<readonly Row[]>;
}

/**
 * @param known checkpoints that the trail must agree with: the one kept beside it, and any that was noted elsewhere.
 * @param newest the newest segment's head as the store has it; asked before and after, for the trail may grow meanwhile.
 */
export async function verify(
  trail: Rows,
  newest: () => Promise<Pick<Head, 'n' | 'hash'> | undefined>,
  known: readonly Pick<Checkpoint, 'n' | 'hash'>[],
): Promise<Verdict> {
  let n = 0;
  let hash = beginning;
  const verdict = (fault: string | undefined): Verdict => ({ rows: n, hash, fault });
  const head = await newest();
  const noted = [...known, ...(head ? [head] : [])];
  for (;;) {
    const { rows, fault: unreadable } = await readable(trail, n);
    for (const row of rows) {
      const fault = faultOf(row, n + 1, hash) ?? contradiction(noted, row);
      if (fault) return verdict(fault);
      n = row.n;
      hash = row.hash;
    }
    if (unreadable) return verdict(unreadable);
    if (rows.length === 0) break;
  }
  const end = Math.max(...noted.map((one) => one.n), 0);
  if (end > n) return verdict(end === n + 1 ? `row ${end} is gone.` : `rows ${n + 1} to ${end} are gone.`);
  const now = (await newest())?.n ?? 0;
  return verdict(now < n ? `there are ${n} rows where the store knows of ${now}.` : undefined);
}

function contradiction(known: readonly Pick<Checkpoint, 'n' | 'hash'>[], row: Row): string | undefined {
  const other = known.find(({ n, hash }) => n === row.n && hash !== row.hash);
  return other && `row ${row.n} is not the one that was noted: the chain up to it was written anew.`;
}

/** A page of rows; where one of them cannot be read, those before it, and why. */
async function readable(trail: Rows, after: number): Promise<{ rows: readonly Row[]; fault: string | undefined }> {
  try {
    return { rows: await trail.rows(after, page), fault: undefined };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  const rows: Row[] = [];
  for (;;) {
    const n = after + rows.length;
    try {
      const one = await trail.rows(n, 1);
      if (one.length === 0) return { rows, fault: undefined };
      rows.push(...one);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { rows, fault: `row ${n + 1} is missing, out of its place, or cannot be read.` };
    }
  }
}

/** Every row, oldest first. */
export async function* allRows(trail: Pick<Trail, 'rows'>): AsyncGenerator<Row> {
  for (let n = 0; ; ) {
    const rows = await trail.rows(n, page);
    if (rows.length === 0) return;
    yield* rows;
    n += rows.length;
  }
}
