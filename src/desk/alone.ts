/** Work that one process of the desk may do at a time: a lease in the store, renewed where the work is long. */
import { randomUUID } from 'node:crypto';
import type { Store } from '../store/store.ts';

/** A process that died holds the work for this long, ms. */
const lease = 30_000;

export interface Held {
  /** @throws Error when another process has taken over: whatever is not yet written must not be. */
  check(): Promise<void>;
}

export interface Lease {
  /** Of the record, with `id`. */
  readonly kind: string;
  readonly id: string;
  /** Names this process among those of the desk. */
  readonly owner: string;
  /** A process that died holds it for this long, ms. */
  readonly lasts: number;
}

/** Work that ends well within its lease; done nothing of where another holds it. */
export async function whileHolding(
  { records }: Pick<Store, 'records'>,
  { kind, id, owner, lasts }: Lease,
  work: () => Promise<void>,
): Promise<void> {
  if (!(await records.putIfAbsent(kind, id, owner, lasts))) return;
  try {
    await work();
  } finally {
    await letGo({ records }, { kind, id, owner });
  }
}

/** Whoever took over from a process that was slower than its lease keeps it. */
export async function letGo(
  { records }: Pick<Store, 'records'>,
  { kind, id, owner }: Omit<Lease, 'lasts'>,
): Promise<void> {
  if ((await records.get(kind, id)) === owner) await records.remove(kind, id);
}

/** @returns undefined, doing nothing, when another process is at it. */
export async function alone<T>(
  { records }: Pick<Store, 'records'>,
  name: string,
  work: (held: Held) => Promise<T>,
): Promise<{ readonly result: T } | undefined> {
  const own = randomUUID();
  if (!(await records.putIfAbsent('alone', name, own, lease))) return undefined;
  let renewedAt = Date.now();
  const check = async (): Promise<void> => {
    if ((await records.get('alone', name)) !== own)
      throw new Error(`Another process has taken over "${name}": this one was silent for too long.`);
    if (Date.now() - renewedAt < lease / 3) return;
    await records.put('alone', name, own, lease);
    renewedAt = Date.now();
  };
  try {
    return { result: await work({ check }) };
  } finally {
    await letGo({ records }, { kind: 'alone', id: name, owner: own });
  }
}
