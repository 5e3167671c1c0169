/** Reading the trail: which rows of a time, of whom; newest first, a page at a time. */
import type { Row } from './chain.ts';
import type { Trail } from './trail.ts';

export interface Asked {
  /** ms since 1970, both inclusive. */
  readonly from: number;
  readonly to: number;
  /** `agent:aiko`, or the name alone; undefined: anybody. */
  readonly who?: string | undefined;
  /** Words that a row's `what` may be; undefined: anything. */
  readonly what?: readonly string[] | undefined;
  /** What it was done to: a ticket's number, a conversation's id, an account's name, an erasure's receipt; undefined: anything. */
  readonly about?: string | undefined;
}

export const isAsked = (row: Row, { from, to, who, what, about }: Asked): boolean =>
  row.at >= from &&
  row.at <= to &&
  (who === undefined || row.who === who || row.who.split(':')[1] === who) &&
  (what === undefined || what.includes(row.what)) &&
  (about === undefined || row.subject === about || row.facts.ticket === about);

export interface TrailPage {
  readonly rows: readonly Row[];
  /** Asks for the page behind; undefined at the end. A page may hold few rows, or none, before it. */
  readonly before: number | undefined;
}

/** Rows of a page, and rows looked at for one. */
const pageSize = 100;
const mostLooked = 5_000;
const batch = 500;

/** @param before number of the row before which to look; undefined: from the newest on. */
export async function newestRows(trail: Trail, asked: Asked, before: number | undefined): Promise<TrailPage> {
  const newest = (await trail.head())?.n ?? 0;
  const rows: Row[] = [];
  let at = Math.min(before ?? newest + 1, newest + 1);
  const least = Math.max(1, at - mostLooked);
  while (at > least && rows.length < pageSize) {
    const after = Math.max(least - 1, at - 1 - batch);
    const some = await rowsBetween(trail, after, at - 1);
    for (const row of some.reverse()) {
      at = row.n;
      if (isAsked(row, asked)) rows.push(row);
      if (rows.length === pageSize) break;
    }
    if (some.length === 0) at = after + 1;
  }
  return { rows, before: at > 1 ? at : undefined };
}

/** Rows behind `after` up to `through`, in order; a segment's end ends no batch. */
async function rowsBetween(trail: Trail, after: number, through: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (let at = after; at < through; ) {
    const some = await trail.rows(at, through - at);
    if (some.length === 0) break;
    rows.push(...some);
    at += some.length;
  }
  return rows;
}
