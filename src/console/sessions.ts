/**
 * Signed-in browsers. The cookie is a random id of which the store keeps only the SHA-256, so that whoever reads the store cannot
 * sign in; being in the store, a session holds in every process.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { HttpError } from '../channels/http.ts';
import type { Store } from '../store/store.ts';
import { type Account, findAccount } from './accounts.ts';

/** A session ends this long after its last use … ms */
const idleFor = 12 * 3_600_000;
/** … and this long after sign-in, however much it is used, ms. */
const longest = 7 * 24 * 3_600_000;
/** Use is noted at most this often, ms: a request need not cost a write. */
const notedEvery = 5 * 60_000;

const cookieName = 'firstline_session';
const path = '/console';

/**
 * Two records a session: `session` stands from sign-in to sign-out, `session-use` is renewed by use. Both must be there, so that a
 * renewal that crosses with a sign-out brings nothing back.
 */
const sessionKind = 'session';
const useKind = 'session-use';

/** `password` is the salt of the password that began it: a new password ends what the old one opened. */
const stored = z.object({ account: z.string(), password: z.string() });

export interface Signed {
  readonly account: Account;
  /** Id of the session's record; not the cookie. */
  readonly session: string;
}

export interface SessionsOptions {
  readonly store: Store;
  /** Cookies go out over HTTPS only. */
  readonly secure: boolean;
  /** ms since 1970 */
  readonly now?: () => number;
}

export class Sessions {
  readonly #store: Store;
  readonly #attributes: string;
  readonly #now: () => number;

  constructor({ store, secure, now = Date.now }: SessionsOptions) {
    this.#store = store;
    this.#attributes = `Path=${path}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
    this.#now = now;
  }

  /** @returns the value of the `Set-Cookie` header. */
  async begin(account: Account): Promise<string> {
    const cookie = randomBytes(32).toString('base64url');
    const id = idOf(cookie);
    const { records } = this.#store;
    await records.put(useKind, id, this.#now(), idleFor);
    await records.put(sessionKind, id, { account: account.name, password: account.password.salt }, longest);
    return `${cookieName}=${cookie}; ${this.#attributes}; Max-Age=${longest / 1000}`;
  }

  /** @throws HttpError 401 when nobody is signed in by this request. */
  async of(request: IncomingMessage): Promise<Signed> {
    const cookie = cookieOf(request);
    const session = cookie === undefined ? undefined : idOf(cookie);
    const found = session === undefined ? undefined : await this.#find(session);
    if (!session || !found) throw new HttpError(401, 'signed-out', 'Sign in first.');
    if (this.#now() - found.usedAt > notedEvery) await this.#store.records.put(useKind, session, this.#now(), idleFor);
    return { account: found.account, session };
  }

  /** Whether a session still holds; does not count as its use. */
  async holds(session: string): Promise<boolean> {
    return (await this.#find(session)) !== undefined;
  }

  /** @returns the value of the `Set-Cookie` header. */
  async end(session: string): Promise<string> {
    await this.#store.records.remove(sessionKind, session);
    await this.#store.records.remove(useKind, session);
    return `${cookieName}=; ${this.#attributes}; Max-Age=0`;
  }

  async #find(session: string): Promise<{ account: Account; usedAt: number } | undefined> {
    const { records } = this.#store;
    const [value, usedAt] = await Promise.all([records.get(sessionKind, session), records.get(useKind, session)]);
    const known = stored.safeParse(value);
    if (!known.success || typeof usedAt !== 'number') return undefined;
    const account = await findAccount(this.#store, known.data.account);
    return account?.password.salt === known.data.password ? { account, usedAt } : undefined;
  }
}

const idOf = (cookie: string): string => createHash('sha256').update(cookie).digest('base64url');

function cookieOf(request: IncomingMessage): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === cookieName && value) return value.trim();
  }
  return undefined;
}

/**
 * Refuses writes that another site's page makes with the agent's cookie. Programs that send neither header are no browsers and have
 * no cookie but their own.
 * @param publicUrl its origin counts as ours too: a proxy may have rewritten `Host`.
 * @throws HttpError 403
 */
export function requireSameOrigin(request: IncomingMessage, publicUrl: string | undefined): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin') return;
  const { origin } = request.headers;
  const isOurs =
    (site === undefined || site === 'none') &&
    (origin === undefined || hostOf(origin) === request.headers.host || origin === originOf(publicUrl));
  if (!isOurs) throw new HttpError(403, 'other-origin', "Only the console's own page may do this.");
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
const originOf = (url: string | undefined): string | undefined => (url ? new URL(url).origin : undefined);
