/** What the desk keeps: the engine, the archive behind it, and the trail of who did what. */
import { join } from 'node:path';
import type { Logger } from 'pino';
import { openEngine } from '../cli/engine.ts';
import type { Config } from '../config.ts';
import { Archive } from '../desk/archive/archive.ts';
import { startArchiver } from '../desk/archive/archiver.ts';
import { reaching } from '../desk/archive/reaching.ts';
import { Shelf } from '../desk/archive/shelf.ts';
import { startAuditor } from '../desk/audit/auditor.ts';
import { watchServed } from '../desk/audit/served.ts';
import { Trail } from '../desk/audit/trail.ts';
import { enlistAll } from '../desk/enlist.ts';
import type { Store } from '../store/store.ts';
import type { Closing } from './closing.ts';
import type { Edited } from './edited.ts';

export interface Kept {
  /** The engine itself, without what is archived. */
  readonly engine: Store;
  /** The engine with the archive behind it. */
  readonly store: Store;
  readonly archive: Archive;
  readonly trail: Trail;
}

/** @param wrap around the engine. @throws Error in one sentence when it cannot be had. */
export async function openKept(
  config: Config,
  log: Logger,
  closing: Closing,
  wrap: (store: Store) => Store,
): Promise<Kept> {
  const opened = await openEngine(config, {
    shared: false,
    onError: (error) => log.warn({ error }, 'the store reported a fault'),
  });
  const engine = wrap(opened);
  closing.add(() => engine.close());
  const archive = new Archive(engine, new Shelf(join(config.DATA_DIR, 'archive')));
  const store = reaching(engine, archive);
  return { engine, store, archive, trail: new Trail(store) };
}

/** Writes the trail, and what begins to serve into it. */
export async function startTrail({ store, trail }: Kept, sources: Edited['versions'], log: Logger, closing: Closing) {
  const onError = (error: unknown) =>
    log.warn({ error }, 'the audit trail is behind; what is missing is written later');
  const auditor = await startAuditor({ store, trail, onError });
  closing.add(() => auditor.stop());
  const served = await watchServed({ store, trail, onError, sources });
  closing.add(() => served.stop());
}

/** Puts what an older release wrote into the index of all conversations, once for each desk. */
export function startEnlisting({ engine }: Kept, log: Logger, closing: Closing): void {
  let isStopping = false;
  const running = enlistAll({
    store: engine,
    isStopping: () => isStopping,
    onUnreadable: (error) =>
      log.error({ error, conversation: error.conversation }, 'a conversation cannot be read and is not in the index'),
    onProgress: (looked, enlisted) => {
      if (enlisted > 0) log.info({ looked, enlisted }, 'conversations of an older release enter the index of all');
    },
  }).catch((error: unknown) =>
    log.warn({ error }, 'conversations of an older release could not all enter the index; the next start goes on'),
  );
  closing.add(async () => {
    isStopping = true;
    await running;
  });
}

/** Moves what is at rest out of the engine. */
export function startArchiving(
  { engine, archive, trail }: Kept,
  terms: Edited['terms'],
  log: Logger,
  closing: Closing,
): void {
  const archiver = startArchiver({
    store: engine,
    archive,
    trail,
    after: () => terms().rules.retention.archiveAfter,
    onUnreadable: (error) =>
      log.error({ error, conversation: error.conversation }, 'a conversation cannot be read and is not archived'),
    onError: (error) => log.warn({ error }, 'nothing more could be archived now; it is tried again within an hour'),
  });
  closing.add(() => archiver.stop());
}
