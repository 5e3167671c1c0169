/** Records in two ordered tables: by kind and id, and by expiry, so that what has expired is found without looking at the rest. */
import { createHash } from 'node:crypto';
import type { Json } from '../conversation/state.ts';
import { aboveKey, lastOf, numberAndLast, numberedKey, pairKey } from './keys.ts';
import type { Records } from './store.ts';

/** A table ordered by its keys' bytes. */
export interface Table {
  get(key: Buffer): string | undefined;
  putSync(key: Buffer, value: string): void;
  removeSync(key: Buffer): boolean;
  getKeys(range: { start?: Buffer; end?: Buffer; limit?: number }): Iterable<Buffer>;
  getRange(range: { start?: Buffer; end?: Buffer }): Iterable<{ key: Buffer; value: string }>;
}

export interface RecordTables {
  /** kind, id → record. */
  readonly records: Table;
  /** expiry, then kind and id. */
  readonly expiries: Table;
}

interface Stored {
  /** Where the key holds only its digest. */
  readonly id?: string;
  readonly value: Json;
  /** ms since 1970. */
  readonly expires?: number;
}

/** How an engine reads, and writes in one transaction. */
export interface Access {
  read<T>(action: () => T): Promise<T>;
  write<T>(action: () => T): Promise<T>;
}

export class LocalRecords implements Records {
  readonly #tables: RecordTables;
  readonly #access: Access;

  constructor(tables: RecordTables, access: Access) {
    this.#tables = tables;
    this.#access = access;
  }

  get(kind: string, id: string): Promise<Json | undefined> {
    return this.#access.read(() => this.#find(kind, id)?.value);
  }

  put(kind: string, id: string, value: Json, expiresIn?: number): Promise<void> {
    return this.#access.write(() => this.#set(kind, id, value, after(expiresIn)));
  }

  putIfAbsent(kind: string, id: string, value: Json, expiresIn?: number): Promise<boolean> {
    return this.#access.write(() => {
      if (this.#find(kind, id)) return false;
      this.#set(kind, id, value, after(expiresIn));
      return true;
    });
  }

  increment(kind: string, id: string, expiresIn: number): Promise<number> {
    return this.#access.write(() => {
      const old = this.#find(kind, id);
      const sum = (old ? Number(old.value) : 0) + 1;
      this.#set(kind, id, sum, old ? old.expires : after(expiresIn));
      return sum;
    });
  }

  remove(kind: string, id: string): Promise<void> {
    return this.#access.write(() => this.#unset(recordKey(kind, id)));
  }

  list(kind: string): Promise<{ id: string; value: Json }[]> {
    return this.#access.read(() => {
      const now = Date.now();
      return [...this.#tables.records.getRange({ start: pairKey(kind, ''), end: aboveKey(kind) })]
        .map(({ key, value }) => ({ id: lastOf(key), ...(JSON.parse(value) as Stored) }))
        .filter(({ expires }) => expires === undefined || expires > now)
        .map(({ id, value }) => ({ id, value }));
    });
  }

  /** Removes what has expired, at most `limit` of it. @returns how many were removed. */
  sweep(limit: number): Promise<number> {
    return this.#access.write(() => {
      const due = [...this.#tables.expiries.getKeys({ end: aboveKey('', Date.now()), limit })];
      for (const key of due) this.#unset(recordOf(key));
      return due.length;
    });
  }

  /** A record that has not expired. */
  #find(kind: string, id: string): Stored | undefined {
    const text = this.#tables.records.get(recordKey(kind, id));
    const stored = text === undefined ? undefined : (JSON.parse(text) as Stored);
    return stored?.expires !== undefined && stored.expires <= Date.now() ? undefined : stored;
  }

  #set(kind: string, id: string, value: Json, expires: number | undefined): void {
    const key = recordKey(kind, id);
    this.#unset(key);
    const stored: Stored = {
      value,
      ...(expires === undefined ? {} : { expires }),
      ...(lastOf(key) === id ? {} : { id }),
    };
    this.#tables.records.putSync(key, JSON.stringify(stored));
    if (expires !== undefined) this.#tables.expiries.putSync(expiryKey(expires, key), '');
  }

  #unset(key: Buffer): void {
    const text = this.#tables.records.get(key);
    if (text === undefined) return;
    const { expires } = JSON.parse(text) as Stored;
    if (expires !== undefined) this.#tables.expiries.removeSync(expiryKey(expires, key));
    this.#tables.records.removeSync(key);
  }
}

const after = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : Date.now() + ms);

/** Ids may be any text; a long one is stored under its digest. */
const longId = 1_000;
const recordKey = (kind: string, id: string): Buffer =>
  pairKey(kind, Buffer.byteLength(id) > longId ? `sha256:${createHash('sha256').update(id).digest('hex')}` : id);

const expiryKey = (expires: number, record: Buffer): Buffer => numberedKey('', expires, record.toString());
const recordOf = (expiry: Buffer): Buffer => Buffer.from(numberAndLast(expiry).last);
