/** Reads the trail from its beginning and says the first place where it is not what was written. */
import { Unreadable } from '../../store/store.ts';
import { beginning, type Fault, type FaultKind, faultOf, type Row } from './chain.ts';
import type { Checkpoint, Head, Trail } from './trail.ts';

export interface Verdict {
  /** Rows that hold, from the first on. */
  readonly rows: number;
  /** Of the last row that holds: to be noted elsewhere, and given to a later check. */
  readonly hash: string;
  /** What is wrong at the row behind them, a sentence in English; undefined when all hold. */
  readonly fault: string | undefined;
  readonly kind: FaultKind | undefined;
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
 * @param told after each page: rows that hold so far, and how many there were at the beginning.
 */
export async function verify(
  trail: Rows,
  newest: () => Promise<Pick<Head, 'n' | 'hash'> | undefined>,
  known: readonly Pick<Checkpoint, 'n' | 'hash'>[],
  told: (rows: number, of: number) => void = () => {},
): Promise<Verdict> {
  let n = 0;
  let hash = beginning;
  const verdict = (fault?: Fault): Verdict => ({ rows: n, hash, fault: fault?.message, kind: fault?.kind });
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
    told(n, Math.max(n, head?.n ?? 0));
  }
  const end = Math.max(...noted.map((one) => one.n), 0);
  if (end > n) {
    const message = end === n + 1 ? `row ${end} is gone.` : `rows ${n + 1} to ${end} are gone.`;
    return verdict({ kind: 'gone', message });
  }
  const now = (await newest())?.n ?? 0;
  if (now >= n) return verdict();
  return verdict({ kind: 'surplus', message: `there are ${n} rows where the store knows of ${now}.` });
}

function contradiction(known: readonly Pick<Checkpoint, 'n' | 'hash'>[], row: Row): Fault | undefined {
  if (!known.some(({ n, hash }) => n === row.n && hash !== row.hash)) return undefined;
  const message = `row ${row.n} is not the one that was noted: the chain up to it was written anew.`;
  return { kind: 'rewritten', message };
}

/** A page of rows; where one of them cannot be read, those before it, and why. */
async function readable(trail: Rows, after: number): Promise<{ rows: readonly Row[]; fault: Fault | undefined }> {
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
      const message = `row ${n + 1} is missing, out of its place, or cannot be read.`;
      return { rows, fault: { kind: 'unreadable', message } };
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
