/** Who a visitor is: our own conversation tokens, and the website's signed identity. */
import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Visitor } from '../conversation/state.ts';
import type { Store } from '../store/store.ts';
import { HttpError } from './http.ts';

/** What a token lets its bearer do: read and write one conversation as one user. */
export interface Grant {
  readonly conversation: string;
  readonly user: string;
}

/** Seconds a token lasts: a laptop may sleep over a long weekend and find its conversation again. */
export const tokenLifetime = 7 * 24 * 3600;

/** A new conversation's or user's id: 128 random bits, URL-safe, without the characters that separate ids elsewhere. */
export const newId = (): string => randomBytes(16).toString('base64url').replace(/[-_]/g, 'x');

/** A client sends the same token with every call; this many are known without proving them again. */
const mostKnown = 10_000;

export class Tokens {
  readonly #key: Uint8Array;
  /** Proven tokens, oldest first, and when each ends, ms. */
  readonly #known = new Map<string, { readonly grant: Grant; readonly until: number }>();

  constructor(secret: string) {
    this.#key = new TextEncoder().encode(secret);
  }

  async issue(grant: Grant): Promise<string> {
    return new SignJWT({ conv: grant.conversation })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(grant.user)
      .setAudience('directline')
      .setIssuedAt()
      .setExpirationTime(`${tokenLifetime}s`)
      .sign(this.#key);
  }

  /** @throws HttpError 403 when the token is not ours or has expired. */
  async verify(token: string): Promise<Grant> {
    const known = this.#known.get(token);
    if (known && known.until > Date.now()) return known.grant;
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ['HS256'],
        audience: 'directline',
        clockTolerance: 5,
      });
      if (typeof payload.conv !== 'string' || !payload.sub)
        throw new HttpError(403, 'bad-token', 'This token names no conversation.');
      const grant = { conversation: payload.conv, user: payload.sub };
      this.#remember(token, grant, (payload.exp ?? 0) * 1000);
      return grant;
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw new HttpError(403, 'TokenExpired', 'This token has expired; begin a new session.');
      if (error instanceof errors.JOSEError) throw new HttpError(403, 'bad-token', 'This token is not valid.');
      throw error;
    }
  }

  #remember(token: string, grant: Grant, until: number): void {
    this.#known.set(token, { grant, until });
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** SIGNING_SECRET, or a secret made once and kept in the store, so that tokens outlive restarts and hold on every process. */
export async function signingSecret(store: Store, configured: string | undefined): Promise<string> {
  if (configured) return configured;
  await store.records.putIfAbsent('secret', 'signing', randomBytes(32).toString('base64url'));
  const kept = await store.records.get('secret', 'signing');
  if (typeof kept !== 'string')
    throw new Error('The signing secret in the store is not readable: remove it, or set SIGNING_SECRET.');
  return kept;
}

const identityClaims = z.object({
  sub: z.string().min(1).max(200),
  // A website that does not know a member may sign it as null.
  name: z.string().max(200).nullish(),
  email: z.email().max(320).nullish(),
  plan: z.string().max(100).nullish(),
  exp: z.number(),
});

/**
 * The visitor the website vouches for.
 * @param jwt HS256, signed with IDENTITY_SECRET; `sub` and `exp` required, `name`, `email`, `plan` optional.
 * @throws HttpError 403 when it does not prove anything.
 */
export async function signedVisitor(jwt: string, secret: string | undefined): Promise<Visitor> {
  if (!secret)
    throw new HttpError(403, 'identity-off', 'This desk takes no signed identity: IDENTITY_SECRET is not set.');
  try {
    const { payload } = await jwtVerify(jwt, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      clockTolerance: 5,
    });
    const claims = identityClaims.parse(payload);
    return {
      id: claims.sub,
      ...(claims.name ? { name: claims.name } : {}),
      ...(claims.email ? { email: claims.email } : {}),
      ...(claims.plan ? { plan: claims.plan } : {}),
      signed: true,
    };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
      throw new HttpError(
        403,
        'bad-identity',
        'The identity is not valid: HS256 with IDENTITY_SECRET, with sub and exp, not expired.',
      );
    }
    throw error;
  }
}
