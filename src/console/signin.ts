/**
 * Checks a name and a password. Guesses are counted for each name, in all processes together, whether or not anybody has that name:
 * after the fifth wrong one each next must wait, after the tenth the name is locked for a while. Others are never kept waiting.
 */
import { HttpError } from '../channels/http.ts';
import type { Store } from '../store/store.ts';
import { type Account, accountName, findAccount } from './accounts.ts';
import { isPassword } from './passwords.ts';

/** Wrong passwords counted together, ms from the first. */
const window = 15 * 60_000;
const locked = 15 * 60_000;
const freeGuesses = 5;
const mostGuesses = 10;
/** Sign-ins that may wait for their turn in this process: to one name, and in all, some ten seconds' work. */
const mostWaiting = 50;
const mostWaitingInAll = 200;

const countOf = 'sign-in-failures';
const pauseOf = 'sign-in-pause';

/** How an attempt ended that was not held back. */
export type Attempt = 'signed-in' | 'sign-in-failed' | 'sign-in-locked';

export interface SignInOptions {
  readonly store: Store;
  /** ms since 1970 */
  readonly now?: () => number;
  /** Told before the answer goes out. @param account undefined where nobody has the name that was given. */
  readonly onAttempt?: (attempt: Attempt, account: string | undefined) => Promise<void>;
}

export class SignIn {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #onAttempt: NonNullable<SignInOptions['onAttempt']>;
  /** One at a time for a name: fifty guesses at once must not all pass before the first is counted. */
  readonly #turns = new Map<string, { last: Promise<unknown>; waiting: number }>();

  #waiting = 0;

  constructor({ store, now = Date.now, onAttempt = async () => {} }: SignInOptions) {
    this.#store = store;
    this.#now = now;
    this.#onAttempt = onAttempt;
  }

  /** @throws HttpError 401 for a wrong name or password alike; 429 (wait) or 423 (locked), with `retryAfter` in seconds. */
  async check(given: string, password: string): Promise<Account> {
    const name = given.normalize('NFKC').trim().toLowerCase();
    const turn = this.#turns.get(name) ?? { last: Promise.resolve(), waiting: 0 };
    if (turn.waiting >= mostWaiting || this.#waiting >= mostWaitingInAll) throw mustWait(1_000);
    this.#turns.set(name, turn);
    turn.waiting++;
    this.#waiting++;
    const mine = turn.last.then(() => this.#guess(name, password));
    // Whoever comes next waits for the end of this one, however it ends; its outcome is the caller's.
    turn.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      turn.waiting--;
      this.#waiting--;
      if (turn.waiting === 0) this.#turns.delete(name);
    }
  }

  async #guess(name: string, password: string): Promise<Account> {
    const { records } = this.#store;
    const isName = accountName.safeParse(name).success;
    const paused = isName ? pauseIn(await records.get(pauseOf, name)) : undefined;
    if (paused && paused.until > this.#now()) {
      const rest = paused.until - this.#now();
      throw paused.locked ? isLocked(rest) : mustWait(rest);
    }
    const account = await findAccount(this.#store, name);
    if (!(await isPassword(password, account?.password)) || !account) {
      const isLocked = isName && (await this.#countFailure(name));
      await this.#onAttempt(isLocked ? 'sign-in-locked' : 'sign-in-failed', account?.name);
      throw new HttpError(401, 'wrong-password', 'The name or the password is wrong.');
    }
    await records.remove(countOf, name);
    await records.remove(pauseOf, name);
    await this.#onAttempt('signed-in', name);
    return account;
  }

  /** @returns whether the name is locked from now on. */
  async #countFailure(name: string): Promise<boolean> {
    const { records } = this.#store;
    const failures = await records.increment(countOf, name, window);
    if (failures < freeGuesses) return false;
    const isLast = failures >= mostGuesses;
    const pause = isLast ? locked : 1_000 * 2 ** (failures - freeGuesses);
    await records.put(pauseOf, name, { until: this.#now() + pause, locked: isLast }, pause);
    return isLast;
  }
}

function pauseIn(value: unknown): { until: number; locked: boolean } | undefined {
  return value as { until: number; locked: boolean } | undefined;
}

const mustWait = (ms: number): HttpError => {
  const retryAfter = Math.ceil(ms / 1000);
  return new HttpError(
    429,
    'too-many-attempts',
    `Too many attempts to sign in: wait ${retryAfter} s, then try again.`,
    { retryAfter },
  );
};

const isLocked = (ms: number): HttpError => {
  const retryAfter = Math.ceil(ms / 1000);
  return new HttpError(
    423,
    'locked',
    `This account is locked after too many wrong passwords: try again in ${Math.ceil(ms / 60_000)} minutes.`,
    { retryAfter },
  );
};
