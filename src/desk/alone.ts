/** Work that one process of the desk may do at a time: a lease in the store, renewed while the work goes on. */
import { randomUUID } from 'node:crypto';
import type { Store } from '../store/store.ts';

/** A process that died holds the work for this long, ms. */
const lease = 30_000;

export interface Held {
  /** @throws Error when another process has taken over: whatever is not yet written must not be. */
  check(): Promise<void>;
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
    if ((await records.get('alone', name)) === own) await records.remove('alone', name);
  }
}
