/** A desk for the console's tests: an engine, service processes on it that have the console alone, and cases that wait. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { texts } from '../../src/bot/texts.ts';
import { type FileStore, filesOnDisk } from '../../src/channels/files.ts';
import { createHttp } from '../../src/channels/http.ts';
import { defaultProfile, findAccount, type Profile } from '../../src/console/accounts.ts';
import { mountConsole } from '../../src/console/console.ts';
import { hashPassword, type PasswordHash } from '../../src/console/passwords.ts';
import { Sessions } from '../../src/console/sessions.ts';
import { decide } from '../../src/conversation/conversation.ts';
import { initial } from '../../src/conversation/fold.ts';
import type { Language } from '../../src/conversation/language.ts';
import type { Conversation, Visitor } from '../../src/conversation/state.ts';
import type { Decided } from '../../src/conversation/world.ts';
import { Archive } from '../../src/desk/archive/archive.ts';
import { Shelf } from '../../src/desk/archive/shelf.ts';
import { commitDecided } from '../../src/desk/commit.ts';
import { Desk } from '../../src/desk/desk.ts';
import { Leases } from '../../src/desk/leases.ts';
import { Line } from '../../src/desk/line.ts';
import { Finder } from '../../src/desk/search/finder.ts';
import { shippedTerms } from '../../src/desk/terms.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import { openRedis } from '../../src/store/redis.ts';
import type { Store } from '../../src/store/store.ts';
import { hasRedis, startRedis } from '../support/redis.ts';

export const password = 'correct horse';

/** An engine on which any number of processes may be started. */
export interface Engine {
  readonly store: Store;
  readonly files: FileStore;
  /** Of the archive's files. */
  readonly archive: Archive;
  /** A service process of its own on this engine; the embedded engine lends all of them its one connection. */
  process(options?: { readonly publicUrl?: string }): Promise<ServiceProcess>;
  stop(): Promise<void>;
}

export interface ServiceProcess {
  readonly url: string;
  readonly desk: Desk;
  stop(): Promise<void>;
}

export const engines: readonly { readonly name: string; open(): Promise<Engine> }[] = [
  { name: 'LMDB', open: () => openEngine('lmdb') },
  ...(hasRedis ? [{ name: 'Redis', open: () => openEngine('redis') }] : []),
];

async function openEngine(kind: 'lmdb' | 'redis'): Promise<Engine> {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-console-'));
  const redis = kind === 'redis' ? await startRedis() : undefined;
  const connect = () => (redis ? openRedis(redis.url, 'test') : openLmdb(directory));
  const store = await connect();
  const files = filesOnDisk(join(directory, 'files'));
  const running = new Set<ServiceProcess>();
  return {
    store,
    files,
    archive: new Archive(store, new Shelf(join(directory, 'archive'))),
    process: async ({ publicUrl } = {}) => {
      const own = redis ? await connect() : store;
      const archive = new Archive(own, new Shelf(join(directory, 'archive')));
      const started = await startProcess(own, archive, files, publicUrl);
      const process: ServiceProcess = {
        ...started,
        stop: async () => {
          if (!running.delete(process)) return;
          await started.stop();
          if (own !== store) await own.close();
        },
      };
      running.add(process);
      return process;
    },
    stop: async () => {
      for (const process of [...running]) await process.stop();
      await store.close();
      await redis?.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function startProcess(
  store: Store,
  archive: Archive,
  files: FileStore,
  publicUrl: string | undefined,
): Promise<ServiceProcess> {
  const log = pino({ level: 'silent' });
  const http = createHttp(log);
  const desk = new Desk({ store, notices: texts });
  const fail = (error: unknown) => {
    throw error;
  };
  const leases = new Leases({ store, rules: () => desk.terms().rules.lease, onError: fail });
  const line = new Line({ store, onUnreadable: () => {}, onError: fail });
  const console_ = mountConsole(http.server, {
    store,
    desk,
    line,
    leases,
    files,
    archive,
    finder: new Finder(store, () => {}),
    log,
    rules: () => shippedTerms.rules,
    readiness: async () => ({ problems: ['faq/account.yaml:3:1: something is wrong'], processes: [] }),
    publicUrl,
  });
  const unfollow = await store.follow(undefined, (item) => {
    line.announced(item);
    console_.announced(item);
  });
  const unlisten = store.onSignal((message) => console_.signal(message));
  const port = await http.listen(0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    desk,
    stop: async () => {
      console_.close();
      leases.close();
      await http.stop(200);
      unfollow();
      unlisten();
    },
  };
}

let hashed: Promise<PasswordHash> | undefined;

/** With `password`, hashed once for all: a hundred hashes would take a test's whole time. */
export async function makeAgent(store: Store, name: string, facts: Partial<Profile> = {}): Promise<void> {
  hashed ??= hashPassword(password);
  const displayName = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const account = { ...defaultProfile(name), displayName, ...facts, password: await hashed };
  await store.records.put('account', name, account);
}

export interface Case {
  readonly id?: string;
  readonly language?: Language;
  readonly visitor?: Partial<Visitor>;
  readonly subject?: string;
  readonly tier?: 1 | 2 | 3;
  readonly skills?: readonly string[];
  /** ms since 1970 */
  readonly at?: number;
}

/** A visitor asked the bot, was not helped, and waits for a person now. */
export async function makeWaiting(store: Store, facts: Case = {}): Promise<Conversation> {
  const { id = `c-${randomUUID()}`, language = 'en', subject = 'The printer is on fire', at = Date.now() } = facts;
  const visitor: Visitor = { id: 'v-1', name: 'Hanako', signed: false, ...facts.visitor };
  const world = {
    ...shippedTerms,
    now: at,
    notices: texts,
    by: { role: 'desk' } as const,
    nextTicket: await store.reserve('ticket'),
  };
  const commit = (c: Conversation, decided: readonly Decided[], key: string) =>
    commitDecided(store, c, decided, { at, key });
  const fresh = initial(id);
  const opened = await commit(
    fresh,
    decide(fresh, { type: 'open', channel: { kind: 'website' }, visitor, language }, world),
    'open',
  );
  return commit(
    opened,
    decide(
      opened,
      {
        type: 'turn',
        inbound: { type: 'message', text: subject, language },
        findings: [
          { type: 'matched', decision: 'answer', confidence: 0.7, matches: [{ id: 'printer', confidence: 0.7 }] },
          { type: 'answered', entry: 'printer', confidence: 0.7 },
        ],
        replies: [{ text: 'Put it **out**.', format: 'markdown' }],
        memory: { pending: 'secret' },
        handoff: {
          reason: 'not-helped',
          confidence: 0.7,
          subject,
          ...(facts.tier ? { tier: facts.tier } : {}),
          ...(facts.skills ? { skills: facts.skills } : {}),
        },
      },
      world,
    ),
    'turn',
  );
}

export type Json = Record<string, unknown>;
export interface Answer<T = Json> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

export async function call<T = Json>(
  url: string,
  method: string,
  { body, headers = {} }: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer<T>> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : { text }) as T };
}

export interface Browser {
  readonly cookie: string;
  get<T = Json>(path: string): Promise<Answer<T>>;
  post<T = Json>(path: string, body?: unknown): Promise<Answer<T>>;
  put<T = Json>(path: string, body: unknown): Promise<Answer<T>>;
  remove<T = Json>(path: string): Promise<Answer<T>>;
  /** The same cookie at another process. */
  at(url: string): Browser;
}

export async function signIn(url: string, name: string, secret = password): Promise<Browser> {
  const answer = await call(`${url}/console/api/session`, 'POST', { body: { name, password: secret } });
  if (answer.status !== 204) throw new Error(`Sign-in of ${name} was answered with ${answer.status}`);
  return browser(url, (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
}

/** An agent who has signed in already. */
export async function signedIn(store: Store, url: string, name: string): Promise<Browser> {
  const account = await findAccount(store, name);
  if (!account) throw new Error(`${name} has no account`);
  const cookie = await new Sessions({ store, secure: false }).begin(account);
  return browser(url, cookie.split(';')[0] ?? '');
}

function browser(url: string, cookie: string): Browser {
  const headers = { cookie, origin: url, 'sec-fetch-site': 'same-origin' };
  const to = (path: string) => `${url}/console/api${path}`;
  return {
    cookie,
    get: (path) => call(to(path), 'GET', { headers }),
    post: (path, body = {}) => call(to(path), 'POST', { body, headers }),
    put: (path, body) => call(to(path), 'PUT', { body, headers }),
    remove: (path) => call(to(path), 'DELETE', { headers }),
    at: (other) => browser(other, cookie),
  };
}
