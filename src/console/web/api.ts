/**
 * The console's HTTP API, as functions. The session is a cookie, so a call needs no further proof.
 * Every failure is an ApiError: `status` 0 means that no answer came (offline, cut, or over 20 s).
 */

import type { Language } from '../../conversation/language.ts';
import type { EscalationTarget } from '../../conversation/rules.ts';
import type { Changes, DeadLetter, Rules, TakenIn, Values } from './case-model.ts';
import { momentsOf } from './days.ts';
import { type Faults, noFaults } from './forms.ts';
import type {
  Colleague,
  DeskStatus,
  FiguresBy,
  FiguresReport,
  FoundAnswer,
  Item,
  Me,
  Opened,
  Owner,
  Page,
  Presence,
  TransferTarget,
  View,
} from './model.ts';
import { soughtIn } from './sought.ts';
import type { Preview, TrailPage } from './trail-model.ts';

const base = '/console/api';
const limitMs = 20_000;

export class ApiError extends Error {
  readonly status: number;
  /** The API's stable code, or `network` where no answer came. */
  readonly code: string;
  /** Who has the conversation, with `already-owned` and `not-owner`. */
  readonly owner: Owner | null;
  /** Seconds to wait, with 423, 429 and 503. */
  readonly retryAfter: number | null;
  /** What is the matter with a form, with 422. */
  readonly faults: Faults;

  constructor(
    status: number,
    code: string,
    message: string,
    facts: { owner?: Owner | null; retryAfter?: number | null; faults?: Faults } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.owner = facts.owner ?? null;
    this.retryAfter = facts.retryAfter ?? null;
    this.faults = facts.faults ?? noFaults;
  }

  /** Whether the same call may succeed later unchanged: no answer, a busy or a failing server. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

interface Refused {
  readonly code?: string;
  readonly message?: string;
  readonly owner?: Owner | null;
  readonly retryAfter?: number;
  readonly missing?: readonly string[];
  readonly wrong?: readonly string[];
  readonly unknown?: readonly string[];
  readonly allowed?: readonly string[];
}

/** Seconds of a `Retry-After` header or of the body's `retryAfter`; a date in the header counts as unknown. */
function secondsOf(response: Response, problem: Refused): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? problem.retryAfter ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
}

const faultsOf = ({ missing = [], wrong = [], unknown = [], allowed = [] }: Refused): Faults => ({
  missing,
  wrong,
  unknown,
  allowed,
});

async function problemOf(response: Response): Promise<Refused> {
  try {
    return (await response.json()) as Refused;
  } catch {
    // A proxy's error page is no JSON; the status tells enough.
    return {};
  }
}

/** Told of every 401 but that of the sign-in itself, so that the page can ask for a sign-in wherever it happens. */
let signedOut: () => void = () => {};
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

async function call<T>(method: string, path: string, body?: unknown): Promise<{ status: number; value: T }> {
  let response: Response;
  try {
    response = await fetch(base + path, {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(limitMs),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new ApiError(0, 'network', String(error));
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (response.status === 401 && !(method === 'POST' && path === '/session')) signedOut();
    throw new ApiError(
      response.status,
      problem.code ?? `http-${response.status}`,
      problem.message ?? response.statusText,
      {
        owner: problem.owner ?? null,
        retryAfter: secondsOf(response, problem),
        faults: faultsOf(problem),
      },
    );
  }
  if (response.status === 204) return { status: 204, value: undefined as T };
  try {
    return { status: response.status, value: (await response.json()) as T };
  } catch (error) {
    throw new ApiError(0, 'network', String(error));
  }
}

const value = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
  (await call<T>(method, path, body)).value;

const of = (id: string) => `/conversations/${encodeURIComponent(id)}`;

export const signIn = (name: string, password: string) => value<void>('POST', '/session', { name, password });
export const signOut = () => value<void>('DELETE', '/session');
export const me = () => value<Me>('GET', '/me');
/** What whoever runs the desk should put right, such as a broken FAQ file, and what its processes serve. */
export const status = () => value<DeskStatus>('GET', '/status');
export const setPresence = (status: Presence) => value<void>('PUT', '/presence', { status });

/** @param search as in sought.ts; empty for the whole view. */
export function list(view: View, search: string, cursor: string | null): Promise<Page> {
  const { words, state, from, to } = soughtIn(search);
  const asked = { q: words, state, from: momentsOf(from)?.first, to: momentsOf(to)?.last, cursor };
  const query = new URLSearchParams({ view });
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  return value<Page>('GET', `/conversations?${query}`);
}

/** The conversation with its timeline, or with `after` only the entries of a greater version. */
export const open = (id: string, after?: number) =>
  value<Opened>('GET', of(id) + (after === undefined ? '' : `?after=${after}`));

/** The next conversation that fits the agent, claimed; null when none does. */
export async function next(): Promise<Item | null> {
  const answer = await call<Item>('POST', '/next', {});
  return answer.status === 204 ? null : answer.value;
}

/** Of the last so many days; leads and admins see all cases, agents their own. */
export const figures = (days: number, by: FiguresBy) => value<FiguresReport>('GET', figuresPath(days, by));
/** Where a browser downloads the same as CSV. */
export const figuresCsv = (days: number, by: FiguresBy) => `${base}${figuresPath(days, by)}&format=csv`;

function figuresPath(days: number, by: FiguresBy): string {
  const from = new Date(Date.now() - days * 24 * 3_600_000).toISOString();
  return `/figures?${new URLSearchParams({ from, by })}`;
}

export const answers = async (q: string, language: Language): Promise<readonly FoundAnswer[]> =>
  (await value<{ items: readonly FoundAnswer[] }>('GET', `/answers?${new URLSearchParams({ q, language })}`)).items;

export const claim = (id: string) => value<{ epoch: number; version: number }>('POST', `${of(id)}/claim`, {});
export const send = (id: string, message: { text: string; epoch: number; clientId: string }) =>
  value<{ version: number }>('POST', `${of(id)}/messages`, message);
export const typing = (id: string) => value<void>('POST', `${of(id)}/typing`, {});
export const note = (id: string, text: string, clientId: string) =>
  value<unknown>('POST', `${of(id)}/notes`, { text, clientId });

const withEpoch = (epoch: number | null) => (epoch === null ? {} : { epoch });
export const release = (id: string, epoch: number | null) =>
  value<unknown>('POST', `${of(id)}/release`, withEpoch(epoch));
export const giveBack = (id: string, epoch: number | null) =>
  value<unknown>('POST', `${of(id)}/return`, withEpoch(epoch));
export const resolve = (id: string, outcome: { code: string; summary: string }, epoch: number | null) =>
  value<unknown>('POST', `${of(id)}/resolve`, { ...outcome, ...withEpoch(epoch) });
export const transfer = (id: string, to: TransferTarget, note: string, epoch: number | null) =>
  value<unknown>('POST', `${of(id)}/transfer`, { to, note, ...withEpoch(epoch) });
export const consult = (id: string, agent: string, note: string, epoch: number | null) =>
  value<unknown>('POST', `${of(id)}/consult`, { agent, note, ...withEpoch(epoch) });
export const advise = (id: string) => value<unknown>('POST', `${of(id)}/advise`, {});
export const decline = (id: string) => value<unknown>('POST', `${of(id)}/decline`, {});
export const viewing = (id: string) => value<void>('POST', `${of(id)}/viewing`, {});
/** The answer to the service's beat: without it an agent's conversations go to others. */
export const alive = () => value<void>('POST', '/alive', {});
export const colleagues = async (): Promise<readonly Colleague[]> =>
  (await value<{ items: readonly Colleague[] }>('GET', '/colleagues')).items;
export const reopen = (id: string) => value<unknown>('POST', `${of(id)}/reopen`, {});

// ── Cases ───────────────────────────────────────────────────────────────────

export const rules = () => value<Rules>('GET', '/rules');
export const deadLetters = async (): Promise<readonly DeadLetter[]> =>
  (await value<{ items: readonly DeadLetter[] }>('GET', '/dead-letters')).items;
export const sendLetterAgain = (id: string, message: string) =>
  value<unknown>('POST', `${of(id)}/messages-out/${encodeURIComponent(message)}/retry`, {});
export const escalate = (
  id: string,
  told: { to: EscalationTarget; reason: string; fields: Values; clientId: string },
  epoch: number | null,
) => value<unknown>('POST', `${of(id)}/escalate`, { ...told, ...withEpoch(epoch) });
export const edit = (id: string, changes: Changes) => value<unknown>('PATCH', `${of(id)}/ticket`, changes);
export const link = (id: string, ticket: string) => value<unknown>('POST', `${of(id)}/links`, { ticket });
export const merge = (id: string, into: string, epoch: number | null) =>
  value<unknown>('POST', `${of(id)}/merge`, { into, ...withEpoch(epoch) });
export const takeIn = (told: TakenIn & { clientId: string }) => value<Item>('POST', '/tickets', told);
/** The conversation that a ticket is in; null where there is none. */
export async function byTicket(ticket: string): Promise<Item | null> {
  const { items } = await value<Page>('GET', `/conversations?${new URLSearchParams({ view: 'all', q: ticket })}`);
  return items.find((item) => item.ticket === ticket) ?? items[0] ?? null;
}

// ── The trail, erasure, long work ────────────────────────────────────────────

export const trail = (query: URLSearchParams, before: number | null) =>
  value<TrailPage>('GET', `/audit?${withBefore(query, before)}`);
/** Where a browser downloads what a query asks of the trail. */
export const trailExport = (query: URLSearchParams, format: 'csv' | 'ndjson') =>
  `${base}/audit/export?${new URLSearchParams([...query, ['format', format]])}`;
export const erasePreview = (customer: string) => value<Preview>('POST', '/erase', { customer });

function withBefore(query: URLSearchParams, before: number | null): URLSearchParams {
  return before === null ? query : new URLSearchParams([...query, ['before', String(before)]]);
}

type Begun<T> =
  | { readonly ended: true; readonly result: T }
  | { readonly ended: false; readonly done: number; readonly of: number | null };

/** Begins work that may take longer than its answer. */
export async function begun<T>(path: string, body: object): Promise<Begun<T>> {
  const answer = await call<T & { done: number; of: number | null }>('POST', path, body);
  if (answer.status !== 202) return { ended: true, result: answer.value };
  return { ended: false, done: answer.value.done, of: answer.value.of };
}

type Work<T> =
  | { readonly state: 'running'; readonly done: number; readonly of: number | null }
  | { readonly state: 'done'; readonly result: T }
  | { readonly state: 'failed'; readonly code: string; readonly message: string };

export const workAt = <T>(id: string) => value<Work<T>>('GET', `/works/${encodeURIComponent(id)}`);
/** Every case there is that has these words, the archived too: for who looks for a customer. */
export const casesOf = async (q: string): Promise<readonly Item[]> =>
  (await value<Page>('GET', `/conversations?${new URLSearchParams({ view: 'all', q })}`)).items;
