/** Direct Line 3.0 and the widget's session, as far as this chat needs them. */
import { type Frame, frameOf } from './activity.ts';

export interface Session {
  readonly token: string;
  readonly userId: string;
  /** Null before the conversation was begun. */
  readonly conversationId: string | null;
  /** ms since 1970. */
  readonly expiresAt: number;
}

export interface Opened {
  readonly session: Session;
  readonly streamUrl: string;
}

/** The service answered and will answer so again (4xx). `reason` is its own sentence, or empty. */
export class Refused extends Error {
  readonly code = 'refused';
  constructor(
    readonly status: number,
    readonly reason: string,
  ) {
    super(`The service refused with ${status}${reason && `: ${reason}`}`);
  }
}

/** No answer, or one that says "later" (5xx, 408, 429): the same request may succeed in a while. */
export class Unreachable extends Error {
  readonly code = 'unreachable';
}

const patience = 20_000;
const uploadPatience = 300_000;

type Answer = Readonly<Record<string, unknown>>;

/** The sentence in `{error: {message}}` (Direct Line) or `{message}`; empty where there is none. */
async function reasonOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== 'object' || body === null) return '';
  const inner: unknown = 'error' in body ? body.error : body;
  if (typeof inner !== 'object' || inner === null || !('message' in inner)) return '';
  return typeof inner.message === 'string' ? inner.message : '';
}

const field = (answer: Answer, name: string): string => {
  const value = answer[name];
  if (typeof value !== 'string' || value === '') throw new Unreachable(`The service's answer lacks "${name}"`);
  return value;
};

export class DirectLine {
  readonly #base: URL;
  readonly #fetch: typeof fetch;
  readonly #now: () => number;

  /** `base` is the service's address, ending in `/`. */
  constructor(base: URL, request: typeof fetch, now: () => number) {
    this.#base = base;
    this.#fetch = request;
    this.#now = now;
  }

  /** Begins a session, or renews the one whose token is given: the service then names its conversation again. */
  async session(old: string | null, locale: string, identity: string | null): Promise<Session> {
    const answer = await this.#ask('widget/session', old, {
      method: 'POST',
      body: JSON.stringify(identity === null ? { locale } : { locale, identity }),
    });
    const conversationId = answer.conversationId;
    return {
      token: field(answer, 'token'),
      userId: field(answer, 'userId'),
      conversationId: typeof conversationId === 'string' ? conversationId : null,
      expiresAt: this.#expiry(answer),
    };
  }

  async begin(session: Session, locale: string): Promise<Opened> {
    const answer = await this.#ask('v3/directline/conversations', session.token, {
      method: 'POST',
      body: JSON.stringify({ user: { id: session.userId }, locale }),
    });
    return this.#opened(session, answer);
  }

  /** Opens a known conversation from behind `watermark` (empty: from its start). */
  async resume(session: Session, conversationId: string, watermark: string): Promise<Opened> {
    const query = watermark === '' ? '' : `?watermark=${encodeURIComponent(watermark)}`;
    const path = `v3/directline/conversations/${encodeURIComponent(conversationId)}${query}`;
    return this.#opened(session, await this.#ask(path, session.token, { method: 'GET' }));
  }

  async refresh(session: Session): Promise<Session> {
    const answer = await this.#ask('v3/directline/tokens/refresh', session.token, { method: 'POST' });
    return { ...session, token: field(answer, 'token'), expiresAt: this.#expiry(answer) };
  }

  /** What the log holds behind `watermark` (empty: all of it) and where the conversation stands, for who cannot open a stream. */
  async since(session: Session, conversationId: string, watermark: string): Promise<Frame> {
    const query = `?state=1&watermark=${encodeURIComponent(watermark)}`;
    return frameOf(await this.#ask(this.#activities(conversationId) + query, session.token, { method: 'GET' }));
  }

  /** Resolves once the activity is stored. */
  async post(session: Session, conversationId: string, activity: object): Promise<void> {
    await this.#ask(this.#activities(conversationId), session.token, {
      method: 'POST',
      body: JSON.stringify({ ...activity, from: { id: session.userId } }),
    });
  }

  async upload(
    session: Session,
    conversationId: string,
    activity: object,
    files: readonly (Blob & { name: string })[],
  ): Promise<void> {
    const form = new FormData();
    const from = { id: session.userId };
    const part = new Blob([JSON.stringify({ ...activity, from })], { type: 'application/vnd.microsoft.activity' });
    form.append('activity', part, 'blob');
    for (const file of files) form.append('file', file, file.name);
    const path = `v3/directline/conversations/${encodeURIComponent(conversationId)}/upload`;
    const query = `?userId=${encodeURIComponent(session.userId)}`;
    await this.#ask(path + query, session.token, { method: 'POST', body: form }, uploadPatience);
  }

  /** Questions that may be meant by what is typed; not of Direct Line, and without the visitor's token. */
  suggestions(typed: string, locale: string): Promise<unknown> {
    return this.#ask(`widget/suggestions?${new URLSearchParams({ q: typed, locale })}`, null, { method: 'GET' }, 5_000);
  }

  #activities(conversationId: string): string {
    return `v3/directline/conversations/${encodeURIComponent(conversationId)}/activities`;
  }

  #expiry(answer: Answer): number {
    return this.#now() + (typeof answer.expires_in === 'number' ? answer.expires_in : 1800) * 1000;
  }

  #opened(session: Session, answer: Answer): Opened {
    return {
      session: {
        ...session,
        conversationId: field(answer, 'conversationId'),
        token: field(answer, 'token'),
        expiresAt: this.#expiry(answer),
      },
      streamUrl: field(answer, 'streamUrl'),
    };
  }

  async #ask(path: string, token: string | null, init: RequestInit, limit = patience): Promise<Answer> {
    const headers: Record<string, string> = {};
    if (token !== null) headers.authorization = `Bearer ${token}`;
    if (typeof init.body === 'string') headers['content-type'] = 'application/json';
    let response: Response;
    try {
      const signal = AbortSignal.timeout(limit);
      response = await this.#fetch(new URL(path, this.#base), { ...init, headers, signal, credentials: 'omit' });
    } catch (cause) {
      throw new Unreachable('The service did not answer', { cause });
    }
    const { status } = response;
    if (status >= 500 || status === 408 || status === 429) throw new Unreachable(`The service answered ${status}`);
    if (!response.ok) throw new Refused(status, await reasonOf(response));
    const body: unknown = await response.json().catch(() => null);
    return typeof body === 'object' && body !== null ? (body as Answer) : {};
  }
}
