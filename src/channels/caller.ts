/** Who calls Direct Line: a visitor with a token for one conversation, or a server with the desk's secret. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'restify';
import { isConversationId } from '../conversation/id.ts';
import { HttpError } from './http.ts';
import type { Grant, Tokens } from './identity.ts';

export type Caller =
  | { readonly kind: 'visitor'; readonly grant: Grant; readonly token: string }
  | { readonly kind: 'server' };

export class Callers {
  readonly #tokens: Tokens;
  readonly #secret: string | undefined;

  constructor(tokens: Tokens, secret: string | undefined) {
    this.#tokens = tokens;
    this.#secret = secret;
  }

  /** @throws HttpError 401 without a credential, 403 with one that does not hold. */
  async caller(request: Request): Promise<Caller> {
    const token = bearer(request) ?? queryOf(request).get('t');
    if (!token) throw new HttpError(401, 'no-token', 'Send a token: Authorization: Bearer …');
    if (this.#secret && isSame(token, this.#secret)) return { kind: 'server' };
    return { kind: 'visitor', grant: await this.#tokens.verify(token), token };
  }

  /** The caller, if the conversation in the path is theirs. @throws HttpError 403 when it is another's. */
  async callerFor(request: Request): Promise<Caller> {
    const caller = await this.caller(request);
    if (caller.kind === 'visitor' && caller.grant.conversation !== idOf(request)) {
      throw new HttpError(403, 'forbidden', 'This token is for another conversation.');
    }
    return caller;
  }

  /** What the request's own token was for; undefined without one that still holds. */
  async resumed(request: Request): Promise<Grant | undefined> {
    const token = bearer(request);
    if (!token) return undefined;
    try {
      return await this.#tokens.verify(token);
    } catch (error) {
      if (error instanceof HttpError) return undefined;
      throw error;
    }
  }
}

/** As long for a near miss as for a wild one. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** The conversation's id in the path. @throws HttpError 404 for what cannot be one. */
export function idOf(request: Request): string {
  const id = String(request.params.id);
  if (!isConversationId(id)) throw new HttpError(404, 'not-found', 'There is no such conversation.');
  return id;
}

/** The query; empty where the address cannot be read. */
export function queryOf(request: Request): URLSearchParams {
  const address = request.url ?? '';
  return new URLSearchParams(address.includes('?') ? address.slice(address.indexOf('?') + 1) : '');
}

function bearer(request: Request): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
