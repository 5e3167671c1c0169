/**
 * Reads the FAQ in a worker thread, so that parsing a thousand entries (half a second) holds nothing up.
 * This file is both sides: the worker is this same file.
 */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { readFaq, servedEntries } from './files.ts';
import type { Entry, Problem } from './understanding.ts';

/** What a running service needs of a reading. */
export interface Served {
  readonly version: string;
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

/** Entries handed over at once: taking them in holds the event loop some milliseconds. */
const slice = 250;
const role = 'read-faq';

/** Rejects only if the worker itself fails, or once `signal` is aborted. */
export async function readOffThread(directory: string, signal: AbortSignal): Promise<Served> {
  // Run from its sources, without a build, there is no file a worker could start from.
  if (!import.meta.url.endsWith('.js')) return toServed(directory);
  const worker = new Worker(new URL(import.meta.url), { workerData: { role, directory } });
  try {
    const entries: Entry[] = [];
    for (;;) {
      const [part] = (await once(worker, 'message', { signal })) as [Part];
      if (part.entries) {
        entries.push(...part.entries);
        worker.postMessage('next');
      } else return { version: part.version, problems: part.problems, entries };
    }
  } finally {
    await worker.terminate();
  }
}

type Part =
  | { readonly entries: readonly Entry[] }
  | { readonly entries?: never; readonly version: string; readonly problems: readonly Problem[] };

async function toServed(directory: string): Promise<Served> {
  const reading = await readFaq(directory);
  return { version: reading.version, entries: servedEntries(reading), problems: reading.problems };
}

if (!isMainThread && parentPort && workerData?.role === role) {
  const port = parentPort;
  const { version, entries, problems } = await toServed(workerData.directory);
  for (let from = 0; from < entries.length; from += slice) {
    port.postMessage({ entries: entries.slice(from, from + slice) } satisfies Part);
    await once(port, 'message');
  }
  port.postMessage({ version, problems } satisfies Part);
}
