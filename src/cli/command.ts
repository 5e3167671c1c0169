/** What the commands beside the service have in common: the store, the reader's patience, and one sentence for what went wrong. */
import { join } from 'node:path';
import { config as readDotenv } from 'dotenv';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { Archive } from '../desk/archive/archive.ts';
import { Shelf } from '../desk/archive/shelf.ts';
import { NoTime } from '../desk/period.ts';
import type { Store } from '../store/store.ts';
import { openEngine } from './engine.ts';
import { Misuse } from './faq/streams.ts';

/**
 * Runs a command to its end and sets the exit code: what `work` returns; 2 for what was not understood, 1 for what failed.
 * @param name what messages begin with
 */
export async function runCommand(name: string, work: (args: readonly string[]) => Promise<number>): Promise<void> {
  // A reader that has seen enough (`| head`) closes the pipe: that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  readDotenv({ quiet: true });
  try {
    process.exitCode = await work(process.argv.slice(2));
  } catch (error) {
    const isMisuse = error instanceof Misuse || error instanceof ConfigError || error instanceof NoTime;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${name}: ${message}${isMisuse && !message.endsWith('.') ? '.' : ''}\n`);
    process.exitCode = isMisuse ? 2 : 1;
  }
}

/** The archive of the desk whose store that is. */
export const archiveOf = (store: Store, { DATA_DIR }: Config): Archive =>
  new Archive(store, new Shelf(join(DATA_DIR, 'archive')));

/** Opens the store beside a service that may be running, and closes it however `work` ends. */
export async function withStore<T>(work: (store: Store, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const store = await openEngine(config, { shared: true });
  try {
    return await work(store, config);
  } finally {
    await store.close();
  }
}
