/** How often each fault is done: a short schedule in `npm test`, the long one in `npm run faults`, which also gathers what came of it. */
import { appendFileSync } from 'node:fs';

export const isLong = process.env.FAULTS === 'long';

/** A count, or a span in ms, or what only the long schedule sees. */
export const times = <T = number>(short: T, long: T): T => (isLong ? long : short);

/** A line of the table at the end of `npm run faults`. */
export interface Row {
  readonly fault: string;
  readonly engine: 'LMDB' | 'Redis' | 'both';
  readonly times: number;
  /** Of what was acknowledged. */
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  /** What visitors see while it lasts. */
  readonly visitor: string;
  readonly agent: string;
}

/** Puts a line into the table, where one is made. */
export function told(row: Row): void {
  if (process.env.FAULTS_TABLE) appendFileSync(process.env.FAULTS_TABLE, `${JSON.stringify(row)}\n`);
}
