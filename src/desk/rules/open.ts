/** Opens the desk's rules for a running service, and keeps them fresh while admins edit. */
import type { Calendar } from '../../conversation/calendar.ts';
import type { Problem } from '../../understanding/understanding.ts';
import { type Watching, watchFile } from '../../understanding/watch.ts';
import { calendarOf } from '../calendar/calendar.ts';
import type { Rules } from './file.ts';
import { type RulesFile, readRulesFile, rulesAtStart, shippedPath } from './read.ts';

/** The part of pino's logger used here. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface OpenOptions {
  /** Undefined: `./desk.yaml`, if it is there. */
  readonly file: string | undefined;
  readonly log?: Log;
  /** Serve a saved edit without a restart, within 2 s. */
  readonly watch: boolean;
}

/** What the desk has settled, as it stands. Immutable: an edit makes a new one. */
export interface Settled {
  readonly rules: Rules;
  readonly calendar: Calendar;
}

/** The rules as they hold: the last good version of the file, and what is wrong with it as it is now. */
export interface LiveRules {
  current(): Settled;
  /** Short content hash of the file they come from; `shipped` where there is none. */
  version(): string;
  /** Faults of the newest file; empty when what holds is what is on disk. */
  problems(): readonly Problem[];
  /** Calls `listener` after other rules hold; the returned function ends that. */
  onChange(listener: (settled: Settled) => void): () => void;
  /** Stops watching. */
  close(): Promise<void>;
}

/** Resolves once rules hold. @throws RulesError when the file as found is broken: nothing good is known then. */
export async function openRules({ file, log, watch }: OpenOptions): Promise<LiveRules> {
  const path = file ?? shippedPath;
  const listeners = new Set<(settled: Settled) => void>();
  let problems: readonly Problem[] = [];
  let watching: Watching | undefined;
  let closed = false;
  let reloading: Promise<void> = Promise.resolve();
  let version: string;
  let settled: Settled;

  const tell = () => {
    for (const listener of listeners)
      try {
        listener(settled);
      } catch (error) {
        log?.warn({ err: error }, 'a listener to changes of the desk’s rules failed');
      }
  };
  const hold = (read: RulesFile) => {
    version = read.version;
    settled = { rules: read.rules, calendar: calendarOf(read.rules) };
    log?.info({ version }, 'the desk’s rules hold');
  };
  const reload = async () => {
    const read = await readRulesFile(path);
    if (closed) return;
    if ('rules' in read) {
      if (problems.length > 0) log?.info({ version: read.version }, 'problems of the desk’s rules mended');
      problems = [];
      if (read.version === version) return;
      hold(read);
      tell();
      return;
    }
    problems =
      'problems' in read
        ? read.problems
        : [
            {
              file: path,
              line: 1,
              column: 1,
              message: `cannot be read (${read.unreadable}); the last good rules hold`,
            },
          ];
    for (const problem of problems) log?.warn({ ...problem }, 'problem of the desk’s rules');
  };

  // Watching begins before reading, so that no edit falls between.
  if (watch)
    watching = await watchFile(path, () => {
      reloading = reloading.then(reload).catch((error: unknown) => log?.warn({ err: error }, 'desk’s rules not read'));
    });
  try {
    hold(await rulesAtStart(file));
  } catch (error) {
    watching?.close();
    throw error;
  }
  return {
    current: () => settled,
    version: () => version,
    problems: () => problems,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      closed = true;
      listeners.clear();
      watching?.close();
      await reloading;
    },
  };
}
