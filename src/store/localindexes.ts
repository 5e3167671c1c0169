/**
 * Indexes in ordered tables: by score and member, for the order; by member, so that one stands in an index once; and their sizes. What
 * writes runs inside the engine's transaction.
 */
import { aboveKey, numberAndLast, numberedKey, pairKey, textKey } from './keys.ts';
import type { Limit, Listed, Move, Range } from './store.ts';
import { checkLimit } from './text.ts';

interface Span {
  readonly start: Buffer;
  readonly end: Buffer;
  readonly limit?: number;
  readonly reverse?: boolean;
  readonly exclusiveStart?: boolean;
}

/** A table ordered by its keys' bytes. */
interface Table {
  get(key: Buffer): string | undefined;
  putSync(key: Buffer, value: string): void;
  removeSync(key: Buffer): boolean;
}

export interface IndexTables {
  /** index, score, member. */
  readonly entries: Table & {
    getKeys(span: Span): Iterable<Buffer>;
    getKeysCount(span: Span): number;
  };
  /** index, member → score. */
  readonly scores: Table;
  /** `size:INDEX` → members. */
  readonly numbers: Table;
}

export class LocalIndexes {
  readonly #tables: IndexTables;

  constructor(tables: IndexTables) {
    this.#tables = tables;
  }

  /** What the limited index would hold after the moves. */
  fullness({ index, of }: Limit, moves: readonly Move[]): number {
    const counted = (score: number | undefined): number => (score === undefined ? 0 : of === 'members' ? 1 : score);
    const present =
      of === 'members' ? this.size(index) : this.#entries(index).reduce((sum, { score }) => sum + score, 0);
    return moves
      .filter((move) => move.index === index)
      .reduce((sum, { member, to }) => sum + counted(to) - counted(this.#score(index, member)), present);
  }

  /** From wherever the member stands: a release that computes scores anew finds those of the release before it. */
  move(index: string, member: string, to: number | undefined): void {
    const from = this.#score(index, member);
    if (from === to) return;
    if (from !== undefined) this.#tables.entries.removeSync(numberedKey(index, from, member));
    if (to === undefined) {
      this.#tables.scores.removeSync(pairKey(index, member));
    } else {
      this.#tables.entries.putSync(numberedKey(index, to, member), '');
      this.#tables.scores.putSync(pairKey(index, member), String(to));
    }
    if (from === undefined) this.#resize(index, 1);
    else if (to === undefined) this.#resize(index, -1);
  }

  #resize(index: string, by: number): void {
    this.#tables.numbers.putSync(textKey(`size:${index}`), String(this.size(index) + by));
  }

  list(index: string, { max, limit, after, reverse = false }: Range): Listed[] {
    checkLimit(limit);
    const bottom = numberedKey(index, -Number.MAX_VALUE);
    const top = max === undefined ? aboveKey(index) : aboveKey(index, max);
    const at = after && numberedKey(index, after.score, after.member);
    // A cursor above `max` must not raise the bound again.
    const start = at && (!reverse || at.compare(top) < 0) ? at : reverse ? top : bottom;
    const end = reverse ? Buffer.from(`${index}\0`) : top;
    const keys = this.#tables.entries.getKeys({ start, end, limit, reverse, exclusiveStart: start === at });
    return Array.from(keys, listed);
  }

  #entries(index: string): Listed[] {
    const keys = this.#tables.entries.getKeys({ start: numberedKey(index, -Number.MAX_VALUE), end: aboveKey(index) });
    return Array.from(keys, listed);
  }

  rank(index: string, member: string): number | undefined {
    const score = this.#score(index, member);
    if (score === undefined) return undefined;
    return this.#tables.entries.getKeysCount({
      start: numberedKey(index, -Number.MAX_VALUE),
      end: numberedKey(index, score, member),
    });
  }

  size(index: string): number {
    return Number(this.#tables.numbers.get(textKey(`size:${index}`)) ?? 0);
  }

  #score(index: string, member: string): number | undefined {
    const text = this.#tables.scores.get(pairKey(index, member));
    return text === undefined ? undefined : Number(text);
  }
}

function listed(key: Buffer): Listed {
  const { number: score, last: member } = numberAndLast(key);
  return { member, score };
}
