/**
 * A task of the matcher off the main thread: texts go to a worker thread in small parcels, and what it learnt comes back in
 * shared memory, so that the event loop is never held for long. Where the code runs as TypeScript (tests), which a worker
 * thread cannot load, the same steps run in slices on this thread.
 */
import { Worker } from 'node:worker_threads';
import type { Entry } from '../understanding.ts';
import type { LearnOptions } from './learn.ts';
import { type Row, rowsOf } from './rows.ts';
import { runInSlices } from './steps.ts';
import { type Result, type Task, work } from './work.ts';
import type { ToWorker } from './worker.ts';

export interface Job {
  /** Settles when the work is done, has failed, or was closed (then with {@link WorkClosed}). */
  readonly done: Promise<void>;
  close(): Promise<void>;
}

/** The work was closed before its end. */
export class WorkClosed extends Error {
  readonly code = 'matcher-work-closed';
  constructor() {
    super('The matcher’s work was closed before its end; start it again.');
  }
}

/** Megabytes for what the worker has just made: a larger FAQ is learnt as fast, with a tenth less at its peak. */
const YOUNG = 8;

/** Rows sent at a time: a millisecond or two of copying. */
const PARCEL = 100;

export function startJob(
  task: Task,
  entries: readonly Entry[],
  options: LearnOptions,
  tell: (result: Result) => void,
): Job {
  const closing = new AbortController();
  const done = import.meta.url.endsWith('.ts')
    ? inSlices(task, entries, options, tell, closing.signal)
    : inWorker(task, entries, options, tell, closing.signal);
  return {
    done,
    async close() {
      closing.abort(new WorkClosed());
      await done.catch(() => undefined); // told to whoever awaits `done`
    },
  };
}

async function inSlices(
  task: Task,
  entries: readonly Entry[],
  options: LearnOptions,
  tell: (result: Result) => void,
  signal: AbortSignal,
): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
  const rows = { ja: rowsOf(entries, 'ja'), en: rowsOf(entries, 'en') };
  await runInSlices(work(task, rows, options, tell), signal);
}

async function inWorker(
  task: Task,
  entries: readonly Entry[],
  options: LearnOptions,
  tell: (result: Result) => void,
  signal: AbortSignal,
): Promise<void> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: { task, options },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
  });
  const ended = new Promise<void>((resolve, reject) => {
    worker.on('message', (result: Result) => {
      try {
        if (!signal.aborted) tell(result);
      } catch (error) {
        reject(error);
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The matcher's worker ended with exit code ${code}.`)),
    );
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  ended.catch(() => undefined); // awaited below, after the parcels are sent
  try {
    const send = (message: ToWorker) => worker.postMessage(message);
    for (let from = 0; from < entries.length && !signal.aborted; from += PARCEL) {
      const parcel = entries.slice(from, from + PARCEL);
      for (const language of ['ja', 'en'] as const) {
        const rows: Row[] = rowsOf(parcel, language).map((row) => ({ ...row, entry: row.entry + from }));
        if (rows.length > 0) send({ language, rows });
      }
      await nextTurn();
    }
    send('go');
    await ended;
  } finally {
    await worker.terminate();
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
