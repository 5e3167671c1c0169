/**
 * The audit trail's rows and the chain that holds them: each carries the SHA-256 of the row before it and of itself, so a row that is
 * changed, removed, put in or put elsewhere breaks the chain at its place. Rows tell who did what to which case, never what was said.
 */
import { createHash } from 'node:crypto';
import type { Json } from '../../conversation/state.ts';

/** What happened, as it is handed to the trail. */
export interface Deed {
  /** ms since 1970 */
  readonly at: number;
  /** `agent:NAME`, `visitor`, `bot`, `desk` (the service itself), `command:USER` (a command at the terminal), `unknown`. */
  readonly who: string;
  /** A word: an event's type, or what is no event, such as `signed-in`. */
  readonly what: string;
  /** What it was done to: a conversation's id, an account's name, a file; '' for nothing in particular. */
  readonly subject: string;
  /** Short, free of personal data and of anything that was written. */
  readonly facts: { readonly [fact: string]: Json };
}

/** A deed in its place. */
export interface Row extends Deed {
  /** 1, 2, 3 … without a gap, from the desk's beginning. */
  readonly n: number;
  /** Hash of row n − 1; of the first row: `beginning`. */
  readonly previous: string;
  /** SHA-256, hexadecimal, of the canonical JSON of all the members above. */
  readonly hash: string;
}

/** Stands where the first row names the one before it. */
export const beginning = '0'.repeat(64);

export function rowOf({ at, who, what, subject, facts }: Deed, n: number, previous: string): Row {
  const row = { n, at, who, what, subject, facts, previous };
  return { ...row, hash: hashOf(row) };
}

/** What the row's hash must be, whatever other members the stored row has. */
function hashOf({ n, at, who, what, subject, facts, previous }: Omit<Row, 'hash'>): string {
  return createHash('sha256').update(canonical({ n, at, who, what, subject, facts, previous })).digest('hex');
}

/** JSON whose members stand in the order of their names: one text for one value (RFC 8785 for what rows hold). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

/** How a trail can fail to be what was written: at its row, or from it on. */
export type FaultKind = 'displaced' | 'unlinked' | 'changed' | 'rewritten' | 'unreadable' | 'gone' | 'surplus';

export interface Fault {
  readonly kind: FaultKind;
  /** In English, for the terminal. */
  readonly message: string;
}

/** Why a row is not the one that must follow; undefined when it is. */
export function faultOf(row: Row, n: number, previous: string): Fault | undefined {
  if (row.n !== n) {
    const message = `row ${row.n} stands where row ${n} belongs: rows were removed, put in or put elsewhere.`;
    return { kind: 'displaced', message };
  }
  if (row.previous !== previous)
    return { kind: 'unlinked', message: `row ${n} does not follow the row before it: one of the two was changed.` };
  if (row.hash !== hashOf(row)) return { kind: 'changed', message: `row ${n} was changed.` };
  return undefined;
}
