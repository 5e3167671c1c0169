/** Opens the signatures for a running service, and keeps them fresh while admins edit. */
import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../understanding/understanding.ts';
import { type Watching, watchFaq } from '../understanding/watch.ts';
import type { Signature } from './signature.ts';
import { type ParsedSignatures, parseSignatures } from './signature-file.ts';

/** The part of pino's logger used here. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface KnownTroubles {
  current(): readonly Signature[];
  /** @param hasEntry whether the FAQ has an entry: one that is named must be there. */
  problems(hasEntry: (id: string) => boolean): readonly Problem[];
  close(): Promise<void>;
}

export interface OpenOptions {
  /** The directory of the dialogs; `signatures.yaml` in it may be missing. */
  readonly directory: string;
  readonly log?: Log;
  /** Serve saved edits without a restart, within 2 s. */
  readonly watch: boolean;
}

const largestFile = 1024 * 1024;

/** Resolves once they can be used. A file with problems does not stop it: the last good version goes on. */
export async function openSignatures({ directory, log, watch }: OpenOptions): Promise<KnownTroubles> {
  const path = join(directory, 'signatures.yaml');
  let served: ParsedSignatures = nothing;
  let read: ParsedSignatures = nothing;
  let watching: Watching | undefined;
  let closed = false;
  let reloading: Promise<void> = Promise.resolve();

  const reload = async () => {
    const before = read;
    read = await readSignatures(path);
    if (closed) return;
    for (const problem of read.problems) log?.warn({ ...problem }, 'signature problem');
    if (read.problems.length > 0) return;
    if (before.problems.length > 0) log?.info({}, 'signature problems mended');
    served = read;
    log?.info({ signatures: served.signatures.length }, 'signatures served');
  };
  // Watching begins before reading, so that no edit falls between.
  if (watch)
    watching = await watchFaq(directory, () => {
      reloading = reloading.then(reload).catch((error: unknown) => log?.warn({ err: error }, 'signatures not read'));
    });
  await reload();
  return {
    current: () => served.signatures,
    problems: (hasEntry) => [
      ...read.problems,
      ...served.signatures.flatMap(({ id, entry }, i) =>
        entry && !hasEntry(entry) && served === read
          ? [read.atEntry(i, `entry: signature "${id}" names "${entry}", which the FAQ does not have`)]
          : [],
      ),
    ],
    async close() {
      closed = true;
      watching?.close();
      await reloading;
    },
  };
}

const nothing = parseSignatures('', 'signatures: []');

async function readSignatures(path: string): Promise<ParsedSignatures> {
  const refused = (message: string): ParsedSignatures => ({
    ...nothing,
    problems: [{ file: path, line: 1, column: 1, message }],
  });
  try {
    const { size } = await stat(path);
    if (size > largestFile) return refused(`found ${size} bytes; allowed are ${largestFile}`);
    const bytes = await readFile(path);
    if (!isUtf8(bytes)) return refused('found bytes that are not UTF-8 (Shift_JIS perhaps?); save the file as UTF-8');
    return parseSignatures(path, bytes.toString('utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return nothing;
    return refused(`cannot read the file: ${code ?? (error instanceof Error ? error.message : String(error))}`);
  }
}
