import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { signedVisitor } from '../../../src/channels/identity.ts';

const secret = 'a secret of the website, long enough';
const sign = (claims: Record<string, unknown>) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(secret));

describe("the website's signed identity", () => {
  it('names the visitor; what the website signs as null it does not know', async () => {
    const facts = { name: '山田', email: 'yamada@example.com', plan: 'premium' };
    expect(await signedVisitor(await sign({ sub: 'u1', ...facts }), secret)).toEqual({
      id: 'u1',
      ...facts,
      signed: true,
    });
    const bare = await sign({ sub: 'u1', name: null, email: null, plan: null });
    expect(await signedVisitor(bare, secret)).toEqual({ id: 'u1', signed: true });
  });

  it.each([
    [{ name: '山田' }],
    [{ sub: '' }],
    [{ sub: 7 }],
    [{ sub: 'u1', email: 'not an address' }],
    [{ sub: 'u1', exp: 1 }],
  ])('proves nothing as %j', async (claims) => {
    const jwt = 'exp' in claims ? signExpired(claims) : sign(claims);
    await expect(signedVisitor(await jwt, secret)).rejects.toMatchObject({ status: 403, code: 'bad-identity' });
  });
});

const signExpired = (claims: Record<string, unknown>) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
