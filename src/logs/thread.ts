/**
 * Logs are read in a thread of their own, one at a time, with a limit of time and of memory: no file, however made, holds the service up.
 * A thread that goes beyond a limit is ended, and the file is refused with that as the reason.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Answer, doJob, type Job } from './job.ts';

export interface LogThreadOptions {
  /** A job is ended after this, ms. */
  readonly patience?: number;
  /** Of the thread's heap, MB; the file's own bytes are not in it. */
  readonly memory?: number;
  /** Jobs that may wait; who comes after is told that it is busy. */
  readonly queue?: number;
}

/** The end came before the answer did. */
export class ThreadClosed extends Error {
  override readonly name = 'ThreadClosed';
}

export class LogThread {
  readonly #patience: number;
  readonly #memory: number;
  readonly #queue: number;
  #worker: Worker | undefined;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;
  #end: ((error: Error) => void) | undefined;

  constructor({ patience = 5_000, memory = 384, queue = 20 }: LogThreadOptions = {}) {
    this.#patience = patience;
    this.#memory = memory;
    this.#queue = queue;
  }

  /**
   * Takes the job's bytes over: they are gone from the caller's hands.
   * @throws ThreadClosed; Error when the thread itself fails, which no file should be able to make it do.
   */
  async run(job: Job): Promise<Answer> {
    if (this.#closed) throw new ThreadClosed();
    if (this.#waiting >= this.#queue) return { kind: 'refused', refusal: 'busy' };
    this.#waiting++;
    const mine = this.#last.then(() => this.#one(job)).finally(() => this.#waiting--);
    // How it ended is told to whoever asked; the next one only waits.
    this.#last = mine.catch(() => {});
    return mine;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#end?.(new ThreadClosed());
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #one(job: Job): Promise<Answer> {
    if (this.#closed) throw new ThreadClosed();
    // Run from its sources, without a build, there is no file a thread could start from.
    if (!import.meta.url.endsWith('.js')) return doJob(job);
    const worker = this.#ready();
    worker.ref();
    let timer: NodeJS.Timeout | undefined;
    const listening = new AbortController();
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        this.#end = reject;
        const { signal } = listening;
        once(worker, 'message', { signal }).then(([told]) => resolve(told as Answer), reject);
        once(worker, 'exit', { signal }).then(() => reject(new Error('The thread that reads logs ended.')), reject);
        timer = setTimeout(() => resolve({ kind: 'refused', refusal: 'time' }), this.#patience);
        worker.postMessage(job, movable(job.bytes));
      });
      if (answer.kind === 'refused' && answer.refusal === 'time') await this.#drop(worker);
      return answer;
    } catch (error) {
      await this.#drop(worker);
      if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
        return { kind: 'refused', refusal: 'memory' };
      throw error;
    } finally {
      clearTimeout(timer);
      listening.abort();
      this.#end = undefined;
      // An idle thread does not keep the process running, one at work does.
      worker.unref();
    }
  }

  #ready(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.#memory, maxYoungGenerationSizeMb: 32 },
    });
    // Whoever waits for an answer hears of a failure; one that nobody waits for must not end the process.
    worker.on('error', () => {});
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    this.#worker = worker;
    return worker;
  }

  async #drop(worker: Worker): Promise<void> {
    if (this.#worker === worker) this.#worker = undefined;
    await worker.terminate();
  }
}

/** A buffer of its own goes over without being copied; one that shares its memory with others is copied. */
function movable({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength ? [buffer] : [];
}
