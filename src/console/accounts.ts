/** Who may work at the desk: accounts, kept as records of the store and so the same in every process. */
import { z } from 'zod';
import type { Deed } from '../desk/audit/chain.ts';
import { Trail } from '../desk/audit/trail.ts';
import type { Store } from '../store/store.ts';
import { generatePassword, hashPassword, isPassword, passwordHash } from './passwords.ts';
import { forgetPresence } from './presence.ts';

const roles = ['agent', 'lead', 'admin'] as const;

/** Of accounts, as in `agents add NAME`. */
export const accountName = z
  .string()
  .regex(/^[a-z0-9._-]{2,40}$/, 'A name has 2 to 40 lower-case letters, digits, dots, underscores or hyphens.');

const skill = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^,\p{Cc}]+$/u);

/** What an account says of its holder, its password apart. */
export const profile = z.object({
  displayName: z.string().trim().min(1).max(80),
  role: z.enum(roles),
  /** None: may take a case whatever skills it asks for. */
  skills: z.array(skill).max(50),
  languages: z.array(z.enum(['ja', 'en'])).min(1),
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** Weights of conversations held at once, as a sum: a website chat weighs 1 as shipped. */
  capacity: z.number().int().min(1).max(100),
});
export type Profile = Readonly<z.output<typeof profile>>;

const stored = profile.extend({ password: passwordHash });
export type Account = Readonly<z.output<typeof stored>> & { readonly name: string };

export const defaultProfile = (name: string): Profile => ({
  displayName: name,
  role: 'agent',
  skills: [],
  languages: ['ja', 'en'],
  tier: 1,
  capacity: 5,
});

const kind = 'account';

const toAccount = (name: string, value: unknown): Account => ({ ...stored.parse(value), name });

export async function findAccount({ records }: Store, name: string): Promise<Account | undefined> {
  const value = accountName.safeParse(name).success ? await records.get(kind, name) : undefined;
  return value === undefined ? undefined : toAccount(name, value);
}

/** By name. */
export async function listAccounts({ records }: Store): Promise<Account[]> {
  const all = await records.list(kind);
  return all.map(({ id, value }) => toAccount(id, value)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @returns false, changing nothing, when the name is taken. @throws ZodError for a name or profile that is not one. */
export async function addAccount(store: Store, name: string, facts: Profile, password: string): Promise<boolean> {
  const value = { ...profile.parse(facts), password: await hashPassword(password) };
  return store.records.putIfAbsent(kind, accountName.parse(name), value);
}

/** Ends the account's sessions too: each holds only for the password it was begun with. @returns false when there is none. */
export async function setPassword(store: Store, name: string, password: string): Promise<boolean> {
  const account = await findAccount(store, name);
  if (!account) return false;
  await store.records.put(kind, name, { ...stored.parse(account), password: await hashPassword(password) });
  return true;
}

/** Its conversations stay with it until somebody takes them over. @returns false when there is none. */
export async function removeAccount(store: Store, name: string): Promise<boolean> {
  if (!(await findAccount(store, name))) return false;
  await store.records.remove(kind, name);
  await forgetPresence(store, name);
  return true;
}

/**
 * Makes or resets `admin` where a password is given; where none is and nobody has an account, makes `admin` with a new password.
 * @returns the new password in the latter case, to be shown once at the terminal and never logged.
 */
export async function ensureAdmin(
  store: Store,
  adminPassword?: string,
): Promise<{ name: string; password: string } | undefined> {
  const name = 'admin';
  const facts: Profile = { ...defaultProfile(name), role: 'admin', tier: 3 };
  if (adminPassword !== undefined) {
    const known = await findAccount(store, name);
    // An unchanged password leaves its sessions alone at a restart.
    if (known?.role === 'admin' && (await isPassword(adminPassword, known.password))) return undefined;
    const password = await hashPassword(adminPassword);
    await store.records.put(kind, name, { ...(known ? profile.parse(known) : facts), role: 'admin', password });
    await noteAccount(store, 'desk', known ? 'password-set' : 'account-added', name);
    return undefined;
  }
  if ((await store.records.list(kind)).length > 0) return undefined;
  const password = generatePassword();
  if (!(await addAccount(store, name, facts, password))) return undefined;
  await noteAccount(store, 'desk', 'account-added', name, { role: facts.role });
  return { name, password };
}

/** Puts a change of an account on the audit trail. @param who as in `Deed`. */
export function noteAccount(
  store: Store,
  who: string,
  what: 'account-added' | 'password-set' | 'account-removed',
  name: string,
  facts: Deed['facts'] = {},
): Promise<void> {
  return new Trail(store).append({ at: Date.now(), who, what, subject: name, facts });
}
