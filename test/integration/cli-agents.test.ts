import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../src/cli/engine.ts';
import { readConfig } from '../../src/config.ts';
import { ensureAdmin, findAccount } from '../../src/console/accounts.ts';
import { isPassword } from '../../src/console/passwords.ts';
import { Sessions } from '../../src/console/sessions.ts';
import type { Store } from '../../src/store/store.ts';
import { signIn, startDesk } from '../support/desk.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { build, type Run, type RunSettings, run } from './cli-agents-run.ts';

beforeAll(build, 120_000);

interface Place {
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  stop(): Promise<void>;
}

const places: readonly { readonly name: string; make(): Promise<Place> }[] = [
  { name: 'the embedded store', make: () => makePlace(undefined) },
  ...(hasRedis ? [{ name: 'Redis', make: async () => makePlace(await startRedis()) }] : []),
];

async function makePlace(redis: RedisProcess | undefined): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-agents-'));
  return {
    directory,
    env: redis ? { REDIS_URL: redis.url } : {},
    stop: async () => {
      await redis?.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

for (const { name, make } of places) {
  describe(`the agents command on ${name}`, () => {
    let place: Place;
    beforeAll(async () => {
      place = await make();
    });
    afterAll(() => place?.stop());

    const agents = (args: readonly string[], input: RunSettings['input'] = ''): Promise<Run> =>
      run('agents', args, { directory: place.directory, env: place.env, input });

    const withStore = async <T>(look: (store: Store) => Promise<T>): Promise<T> => {
      const store = await openEngine(readConfig({ DATA_DIR: place.directory, ...place.env }), { shared: true });
      try {
        return await look(store);
      } finally {
        await store.close();
      }
    };
    const passwordIs = (account: string, password: string) =>
      withStore(async (store) => isPassword(password, (await findAccount(store, account))?.password));

    it('makes an account with the password of the standard input, and prints none', async () => {
      const facts = ['--role', 'lead', '--skills', 'vpn, mail', '--languages', 'ja', '--tier', '2', '--capacity', '7'];
      const made = await agents(['add', 'hana', ...facts, '--display-name', '花'], 'パスワード-1234\n');
      expect(made).toEqual({ code: 0, out: '', err: 'hana may sign in now (lead).\n' });
      expect(await passwordIs('hana', 'パスワード-1234')).toBe(true);
      expect(await passwordIs('hana', 'パスワード-1235')).toBe(false);
      const { password: _, ...account } = (await withStore((store) => findAccount(store, 'hana'))) ?? {};
      expect(account).toEqual({
        name: 'hana',
        displayName: '花',
        role: 'lead',
        skills: ['vpn', 'mail'],
        languages: ['ja'],
        tier: 2,
        capacity: 7,
      });
    });

    it('prints a generated password alone on stdout where none is given', async () => {
      const made = await agents(['add', 'gen']);
      expect(made.code).toBe(0);
      expect(made.out).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}\n$/);
      expect(await passwordIs('gen', made.out.trim())).toBe(true);
    });

    it('does not wait for ever on a standard input that is left open', async () => {
      const made = await agents(['add', 'quiet'], null);
      expect([made.code, made.out.length]).toEqual([0, 24]);
    });

    it('lists, gives new passwords and removes', async () => {
      await agents(['add', 'temp'], 'first password\n');
      expect((await agents(['list'])).out).toContain('temp\tagent\ttier 1\tja,en\t-\tcapacity 5\ttemp\n');
      expect((await agents(['password', 'temp'], 'second password\n')).code).toBe(0);
      expect(await passwordIs('temp', 'second password')).toBe(true);
      expect((await agents(['remove', 'temp'])).code).toBe(0);
      expect((await agents(['list'])).out).not.toContain('temp');
      expect(await agents(['remove', 'temp'])).toMatchObject({ code: 2, err: 'agents: temp has no account.\n' });
    });

    it('never overwrites an account', async () => {
      await agents(['add', 'once'], 'first password\n');
      const again = await agents(['add', 'once'], 'other password\n');
      expect([again.code, again.out]).toEqual([2, '']);
      expect(again.err).toMatch(/^agents: once has an account already; .*\n$/);
      expect(await passwordIs('once', 'first password')).toBe(true);
    });
  });
}

describe('the agents command', () => {
  it.each([
    [['add'], /needs the account's name/],
    [['add', 'No Spaces'], /"No Spaces" is no name/],
    [['add', 'x'], /2 to 40/],
    [['add', 'amy', '--role', 'boss'], /--role is agent, lead or admin/],
    [['add', 'amy', '--languages', 'fr'], /--languages is ja, en or both/],
    [['add', 'amy', '--languages', ''], /--languages is ja, en or both/],
    [['add', 'amy', '--tier', '4'], /--tier is 1, 2 or 3/],
    [['add', 'amy', '--capacity', 'many'], /--capacity is a whole number/],
    [['add', 'amy', '--capacity', '0'], /--capacity is a whole number/],
    [['add', 'amy', '--colour', 'red'], /--colour/],
    [['add', 'amy', 'bob'], /found "bob"/],
    [['promote', 'amy'], /unknown command "promote"/],
    [['remove', 'amy'], /amy has no account/],
  ])('answers %j with one sentence and exit code 2', async (args, sentence) => {
    const directory = await mkdtemp(join(tmpdir(), 'firstline-agents-'));
    const answer = await run('agents', args, { directory, input: '' });
    expect(answer.err).toMatch(sentence);
    expect(answer.err.trim().split('\n')).toHaveLength(1);
    expect([answer.code, answer.out]).toEqual([2, '']);
    await rm(directory, { recursive: true });
  });

  it('refuses a short password and a bad environment by name', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'firstline-agents-'));
    const short = await run('agents', ['add', 'amy'], { directory, input: 'short\n' });
    expect([short.code, short.out]).toEqual([2, '']);
    expect(short.err).toMatch(/has 5 characters; at least 8/);
    const bad = await run('agents', ['list'], { directory, input: '', env: { REDIS_URL: 'http://nowhere' } });
    expect(bad.code).toBe(2);
    expect(bad.err).toMatch(/REDIS_URL/);
    await rm(directory, { recursive: true });
  });

  it('works beside a running service on the embedded store', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'firstline-agents-'));
    const desk = await startDesk({ env: { DATA_DIR: directory } });
    const made = await run('agents', ['add', 'late'], { directory, input: 'late password\n' });
    expect(made).toMatchObject({ code: 0, out: '' });
    const late = await signIn(desk.url, 'late', 'late password');
    expect((await late.get('/me')).body.name).toBe('late');
    await run('agents', ['remove', 'late'], { directory, input: '' });
    expect((await late.get('/me')).status).toBe(401);
    await desk.stop();
    await rm(directory, { recursive: true, force: true });
  }, 60_000);
});

describe('the first account', () => {
  let directory: string;
  let store: Store;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'firstline-agents-'));
    store = await openEngine(readConfig({ DATA_DIR: directory }), { shared: false });
  });
  afterAll(async () => {
    await store?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('is made once, by one of two processes that start together, with a password that is told once', async () => {
    const made = (await Promise.all([ensureAdmin(store), ensureAdmin(store)])).filter(Boolean);
    expect(made).toHaveLength(1);
    expect(await isPassword(made[0]?.password ?? '', (await findAccount(store, 'admin'))?.password)).toBe(true);
    expect(await ensureAdmin(store)).toBeUndefined();
  });

  it('takes the password of the environment, which ends its sessions only when it is another', async () => {
    const sessions = new Sessions({ store, secure: false });
    const session = async () => {
      const account = await findAccount(store, 'admin');
      if (!account) throw new Error('no admin');
      const cookie = (await sessions.begin(account)).split(';')[0] ?? '';
      return () =>
        sessions.of({ headers: { cookie } } as never).then(
          () => 'holds',
          (error) => error.status,
        );
    };
    const first = await session();
    expect(await ensureAdmin(store, 'from the environment')).toBeUndefined();
    expect(await first()).toBe(401);
    const second = await session();
    await ensureAdmin(store, 'from the environment');
    expect(await second()).toBe('holds');
    expect((await findAccount(store, 'admin'))?.role).toBe('admin');
  });
});
