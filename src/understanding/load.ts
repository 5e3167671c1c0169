/** Opens the FAQ for a running service. */
import { type Reading, readFaq, servedEntries } from './files.ts';
import { buildMatcher } from './matcher/matcher.ts';
import type { Entry, Knowledge, Problem, Understanding } from './understanding.ts';

/** The part of pino's logger used here. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface OpenOptions {
  readonly directory: string;
  readonly log?: Log;
  /** Serve saved edits without a restart. */
  readonly watch: boolean;
}

/** Resolves once questions can be answered. Files with problems do not stop it: their sound entries are served, `problems()` tells. */
export async function openUnderstanding({ directory, log }: OpenOptions): Promise<Understanding> {
  const reading = await readFaq(directory);
  for (const problem of reading.problems) log?.warn({ ...problem }, 'FAQ problem');
  const knowledge = know(reading);
  log?.info({ version: knowledge.version, entries: knowledge.entries.length }, 'FAQ served');
  const listeners = new Set<() => void>();
  return {
    current: () => knowledge,
    problems: (): readonly Problem[] => reading.problems,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => listeners.clear(),
  };
}

function know(reading: Reading): Knowledge {
  const entries = servedEntries(reading);
  const byId = new Map<string, Entry>(entries.map((entry) => [entry.id, entry]));
  const matcher = buildMatcher(entries);
  return {
    version: reading.version,
    entries,
    entry: (id) => byId.get(id),
    match: (text, locale) => matcher.match(text, locale),
  };
}
