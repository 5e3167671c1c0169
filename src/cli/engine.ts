/** The engine that the environment names: Redis where REDIS_URL is set, else the embedded store in DATA_DIR. */
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import { writableDirectory } from '../store/writable.ts';

export interface EngineSettings {
  /** Opened by a command, beside a service that may be running. */
  readonly shared: boolean;
  /** Told of what no caller awaits, such as a lost connection. */
  readonly onError?: (error: unknown) => void;
}

/** @throws Error in one sentence when it cannot be had. */
export async function openEngine(config: Config, { shared, onError }: EngineSettings): Promise<Store> {
  const directory = join(config.DATA_DIR, 'store');
  // Visitors' files and the archive are kept there with Redis too.
  if (!config.REDIS_URL) await writableDirectory(directory);
  else if (!shared) await writableDirectory(config.DATA_DIR);
  // Each engine's client is loaded only where it is used.
  if (config.REDIS_URL) {
    const { openRedis } = await import('../store/redis.ts');
    return openRedis(config.REDIS_URL, config.DESK_ID, onError ? { onError } : {});
  }
  const { openLmdb } = await import('../store/lmdb.ts');
  return openLmdb(directory, { shared, ...(onError ? { onError } : {}) });
}
