/**
 * Reads the FAQ in a worker thread, so that parsing a thousand entries (half a second) holds nothing up.
 * This file is both sides: the worker is this same file.
 */
import { once } from 'node:events';
import { isMainThread, type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import { type FileCache, type Lead, leadsOf, readFaq, servedEntries } from './files.ts';
import type { Entry, Problem } from './understanding.ts';

/** What a running service needs of a reading. */
export interface Served {
  readonly version: string;
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  readonly leads: readonly Lead[];
}

export interface FaqReader {
  /** One call at a time. Rejects only if the thread fails, or once the reader is closed. */
  read(): Promise<Served>;
  close(): Promise<void>;
}

/** A reader that stays at hand: files that did not change are not parsed again. */
export function faqReader(directory: string): FaqReader {
  // Run from its sources, without a build, there is no file a worker could start from.
  return import.meta.url.endsWith('.js') ? inThread(directory) : inPlace(directory);
}

/** Entries handed over at once: taking them in holds the event loop some milliseconds. */
const slice = 250;
const role = 'read-faq';

type Part = { readonly entries: readonly Entry[] } | ({ readonly entries?: never } & Omit<Served, 'entries'>);

function inThread(directory: string): FaqReader {
  const closing = new AbortController();
  let worker: Worker | undefined;
  return {
    async read() {
      closing.signal.throwIfAborted();
      // A thread that failed, by running out of memory for one, is followed by a fresh one.
      const thread = worker ?? start(directory);
      if (!worker)
        thread.once('exit', () => {
          worker = undefined;
        });
      worker = thread;
      // An idle reader does not keep the process running, one at work does.
      thread.ref();
      const entries: Entry[] = [];
      for (;;) {
        thread.postMessage('next');
        const [part] = (await once(thread, 'message', { signal: closing.signal })) as [Part];
        if (part.entries) {
          entries.push(...part.entries);
          continue;
        }
        thread.unref();
        const { version, problems, leads } = part;
        return { version, problems, leads, entries };
      }
    },
    async close() {
      closing.abort();
      await worker?.terminate();
    },
  };
}

function start(directory: string): Worker {
  const worker = new Worker(new URL(import.meta.url), { workerData: { role, directory } });
  // Whoever waits for a message hears of a failure too; one that nobody waits for must not end the process.
  worker.on('error', () => {});
  return worker;
}

/** The thread's side: each `next` is answered by the next slice of entries, and after the last by what ends the reading. */
async function serve(port: MessagePort, directory: string): Promise<void> {
  const cache: FileCache = new Map();
  for (;;) {
    await once(port, 'message');
    const { entries, ...rest } = await toServed(directory, cache);
    for (let from = 0; from < entries.length; from += slice) {
      port.postMessage({ entries: entries.slice(from, from + slice) } satisfies Part);
      await once(port, 'message');
    }
    port.postMessage(rest satisfies Part);
  }
}

function inPlace(directory: string): FaqReader {
  const cache: FileCache = new Map();
  return { read: () => toServed(directory, cache), close: async () => {} };
}

async function toServed(directory: string, cache: FileCache): Promise<Served> {
  const reading = await readFaq(directory, cache);
  const { version, problems } = reading;
  return { version, problems, entries: servedEntries(reading), leads: leadsOf(reading) };
}

if (!isMainThread && parentPort && workerData?.role === role) await serve(parentPort, workerData.directory);
