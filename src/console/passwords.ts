/** Passwords at rest: scrypt with a salt of each account's own; the parameters stand beside the hash so that they can be raised later. */
import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

export const shortestPassword = 8;
export const longestPassword = 1_000;

/** Salt and hash in base64url; N, r and p are scrypt's cost, block size and parallelisation. */
export const passwordHash = z.object({
  kdf: z.literal('scrypt'),
  salt: z.string(),
  hash: z.string(),
  N: z.number(),
  r: z.number(),
  p: z.number(),
});
export type PasswordHash = Readonly<z.output<typeof passwordHash>>;

/** 32 MB and about 0.1 s a guess on the machines this was measured on. */
const cost = { N: 2 ** 15, r: 8, p: 1 } as const;
const hashLength = 32;

/** Hashes at once: memory stays bounded, and Node's four worker threads are left for files and the store. */
const mostAtOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function derive(
  password: string,
  salt: Buffer,
  { N, r, p }: Pick<PasswordHash, 'N' | 'r' | 'p'>,
): Promise<Buffer> {
  if (running >= mostAtOnce) await new Promise<void>((free) => waiting.push(free));
  else running++;
  try {
    return await new Promise((resolve, reject) => {
      // The same word typed on another keyboard may be composed otherwise.
      scrypt(password.normalize('NFC'), salt, hashLength, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return { kdf: 'scrypt', salt: salt.toString('base64url'), hash: hash.toString('base64url'), ...cost };
}

/** For names nobody has: to check against this costs the same time and never holds. */
const nobody: PasswordHash = {
  kdf: 'scrypt',
  salt: randomBytes(16).toString('base64url'),
  hash: Buffer.alloc(hashLength).toString('base64url'),
  ...cost,
};

/** @param known undefined where there is no such account: takes as long, and is false. */
export async function isPassword(password: string, known: PasswordHash | undefined): Promise<boolean> {
  const against = known ?? nobody;
  const hash = await derive(password.slice(0, longestPassword), Buffer.from(against.salt, 'base64url'), against);
  const expected = Buffer.from(against.hash, 'base64url');
  return known !== undefined && expected.length === hash.length && timingSafeEqual(expected, hash);
}

/** Without characters that are taken for one another when read out: i l o 0 1. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of five characters, about 99 bits. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
