/**
 * Long work that somebody has begun at the console, such as an erasure. It goes on whatever becomes of the request that began it; how far
 * it is, and how it ended, can be asked of any process under the id that whoever began it chose.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Response, Server } from 'restify';
import { HttpError, sendJson } from '../channels/http.ts';
import type { Json } from '../conversation/state.ts';
import type { Store } from '../store/store.ts';
import type { Route } from './requests.ts';

export type WorkState =
  /** `of` is null while nobody knows how much there is. */
  | { readonly state: 'running'; readonly done: number; readonly of: number | null }
  | { readonly state: 'done'; readonly result: { readonly [fact: string]: Json } }
  | { readonly state: 'failed'; readonly code: string; readonly message: string };

export type Progress = (done: number, of: number) => void;

interface Work {
  /** Whoever began it: nobody else may ask for it. */
  readonly agent: string;
  /** Chosen by whoever begins it; the same again joins the work that was begun. */
  readonly id: string;
  run(told: Progress): Promise<{ readonly [fact: string]: Json }>;
}

const kind = 'work';
/** How far it is stands in the store as of so many ms ago; three beats missed, and its process is gone. */
const beat = 2_000;
const missed = 3 * beat + 1_000;
/** How it ended can be asked for so long, ms. */
const keptFor = 60 * 60_000;
/** Who begins it is answered with its end where that comes within so many ms. */
const waitsFor = 5_000;

export class Works {
  readonly #store: Pick<Store, 'records'>;
  readonly #log: Logger;
  readonly #mine = new Map<string, WorkState>();
  readonly #ending = new AbortController();

  constructor(store: Pick<Store, 'records'>, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  /** Begins the work, or joins it. @returns how it stands: at its end, or after 5 s. */
  async begin(work: Work): Promise<WorkState> {
    const key = keyOf(work.agent, work.id);
    const begun: WorkState = { state: 'running', done: 0, of: null };
    if (await this.#store.records.putIfAbsent(kind, key, begun, missed)) {
      this.#mine.set(key, begun);
      void this.#run(key, work);
    }
    for (const until = Date.now() + waitsFor; Date.now() < until; await pause(40)) {
      const now = await this.of(work.agent, work.id);
      if (now?.state !== 'running') break;
    }
    return (await this.of(work.agent, work.id)) ?? gone;
  }

  /** @returns undefined where there is no such work, or where its process has died over it. */
  async of(agent: string, id: string): Promise<WorkState | undefined> {
    const key = keyOf(agent, id);
    return this.#mine.get(key) ?? ((await this.#store.records.get(kind, key)) as WorkState | undefined);
  }

  close(): void {
    this.#ending.abort();
  }

  /** Settles when the end of it stands in the store. Never rejects. */
  async #run(key: string, { run }: Work): Promise<void> {
    const ended = new AbortController();
    const running = run((done, of) => this.#mine.set(key, { state: 'running', done, of }))
      .then((result): WorkState => ({ state: 'done', result }))
      .catch((error: unknown) => this.#failed(error))
      .then((end) => {
        this.#mine.set(key, end);
        ended.abort();
      });
    const either = AbortSignal.any([ended.signal, this.#ending.signal]);
    while (!either.aborted) {
      await this.#tell(key, missed);
      await pause(beat, undefined, { signal: either, ref: false }).catch(() => undefined);
    }
    await running;
    while (!(await this.#tell(key, keptFor)) && !this.#ending.signal.aborted)
      await pause(beat, undefined, { ref: false });
    this.#mine.delete(key);
  }

  async #tell(key: string, expiresIn: number): Promise<boolean> {
    const state = this.#mine.get(key);
    if (!state) return true;
    try {
      await this.#store.records.put(kind, key, { ...state }, expiresIn);
      return true;
    } catch (error) {
      this.#log.warn({ error }, 'how far a work is could not be told; it is told again');
      return false;
    }
  }

  #failed(error: unknown): WorkState {
    if (error instanceof HttpError) return { state: 'failed', code: error.code, message: error.message };
    this.#log.error({ error }, 'a work that was begun at the console failed');
    return { state: 'failed', code: 'internal', message: 'Something went wrong on our side. It may be begun again.' };
  }
}

const gone: WorkState = {
  state: 'failed',
  code: 'cut-short',
  message: 'The process that did this ended: begin again.',
};

const keyOf = (agent: string, id: string): string => `${agent}\n${id}`;

/** How a work of one's own stands; of what another has begun nothing is told. */
export function mountWorks(server: Server, works: Works, route: Route): void {
  server.get(
    '/console/api/works/:id',
    route(async ({ account }, request, response) => {
      const work = await works.of(account.name, String(request.params.id ?? ''));
      if (!work) throw new HttpError(404, 'no-work', 'There is no such work of yours, or its process ended over it.');
      sendJson(response, 200, work);
    }),
  );
}

/** The result, with 202 how far it is, or the refusal. */
export function sendWork(response: Response, id: string, work: WorkState): void {
  if (work.state === 'failed') throw new HttpError(work.code === 'internal' ? 500 : 409, work.code, work.message);
  if (work.state === 'done') sendJson(response, 200, work.result);
  else sendJson(response, 202, { work: id, ...work });
}
