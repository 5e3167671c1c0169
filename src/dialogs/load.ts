/** Opens the dialogs for a running service, and keeps them fresh while admins edit. */
import type { Problem } from '../understanding/understanding.ts';
import { type Watching, watchFaq } from '../understanding/watch.ts';
import type { Dialog, Dialogs } from './dialog.ts';
import { readDialogs } from './files.ts';
import { astray, type Lead } from './leads.ts';

/** The part of pino's logger used here. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface OpenOptions {
  readonly directory: string;
  readonly log?: Log;
  /** Serve saved edits without a restart, within 2 s. */
  readonly watch: boolean;
  /** Whether a directory that does not exist is a problem; else there are just no dialogs. */
  readonly required?: boolean;
  /** Whether the FAQ serves an entry: one that a dialog ends with must be there. Absent: not checked. */
  readonly hasEntry?: (id: string) => boolean;
}

/** Versions kept for those who are still in them: an edit every minute of a long working day. */
const mostHeld = 500;

/** Resolves once dialogs can be run. Files with problems do not stop it: the sound ones are served, `problems()` tells. */
export async function openDialogs(options: OpenOptions): Promise<Dialogs> {
  const { directory, log, watch, required = false, hasEntry = () => true } = options;
  let served = new Map<string, Dialog>();
  let problems: readonly Problem[] = [];
  /** Of what is on disk, served or not. */
  let leads: readonly Lead[] = [];
  const held = new Map<string, Dialog>();
  let watching: Watching | undefined;
  let closed = false;
  let reloading: Promise<void> = Promise.resolve();

  const serve = (dialogs: readonly Dialog[]) => {
    served = new Map(dialogs.map((dialog) => [dialog.id, dialog]));
    for (const dialog of dialogs) {
      const key = versionKey(dialog.id, dialog.version);
      held.delete(key);
      held.set(key, dialog);
    }
    for (const key of held.keys()) {
      if (held.size <= mostHeld) break;
      held.delete(key);
    }
    log?.info({ dialogs: dialogs.length }, 'dialogs served');
  };
  const report = (read: { readonly problems: readonly Problem[]; readonly leads: readonly Lead[] }) => {
    const { problems: found } = read;
    if (problems.length > 0 && found.length === 0) log?.info({}, 'dialog problems mended');
    problems = found;
    leads = read.leads;
    for (const problem of [...found, ...astray(leads, hasEntry)]) log?.warn({ ...problem }, 'dialog problem');
  };
  const reload = async () => {
    const read = await readDialogs(directory, required);
    if (closed) return;
    report(read);
    if (read.problems.length === 0) serve(read.dialogs);
    else log?.warn({ problems: read.problems.length }, 'dialog edit not served');
  };

  // Watching begins before reading, so that no edit falls between.
  if (watch)
    watching = await watchFaq(directory, () => {
      reloading = reloading.then(reload).catch((error: unknown) => log?.warn({ err: error }, 'dialogs not read'));
    });
  const read = await readDialogs(directory, required);
  report(read);
  serve(read.dialogs);
  return {
    get: (id) => served.get(id),
    version: (id, version) => held.get(versionKey(id, version)),
    all: () => [...served.values()],
    problems: () => [...problems, ...astray(leads, hasEntry)],
    async close() {
      closed = true;
      watching?.close();
      await reloading;
    },
  };
}

const versionKey = (id: string, version: string) => `${id}@${version}`;
