/**
 * The engine for any number of service processes: Redis 6.2 or newer, a single primary. One Lua script commits (commit.lua). All keys
 * of a desk share the hash tag `{desk}`, so that a desk lives on one shard of a Redis Cluster.
 *
 *   {desk}:state:ID      string, JSON          {desk}:record:KIND:ID   string, JSON
 *   {desk}:log:ID        list of events        {desk}:kind:KIND        sorted set: ids by expiry, ms
 *   {desk}:index:NAME    sorted set            {desk}:counter:NAME     number
 *   {desk}:feed          stream                {desk}:signal           channel
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import type { Event } from '../conversation/event.ts';
import type { Conversation, Json } from '../conversation/state.ts';
import { LocalSignals } from './localsignals.ts';
import { failureOf, isSignInRefused, isUnknownScript, isWorthAnother } from './redisfailure.ts';
import { healthOf, serverVersion } from './redishealth.ts';
import { RedisRecords } from './redisrecords.ts';
import { type Page, pageSize, RemoteFeed } from './remotefeed.ts';
import {
  type Announcement,
  type Commit,
  type FeedItem,
  type FeedPosition,
  type Health,
  LimitReached,
  type Listed,
  type Range,
  type Records,
  type Removal,
  type Store,
  slack,
  Unavailable,
  Unreadable,
  VersionConflict,
} from './store.ts';
import { checkedRemoval, checkLimit, commitText, parseEvents, parseState } from './text.ts';

export interface RedisOptions {
  /** Feed entries kept, about. Default: 100,000. */
  readonly feedLength?: number;
  /** How long to look for the server at start, ms. Default: 3,000. */
  readonly connectWithin?: number;
  /** Told of what no caller awaits: lost connections, a listener that throws. Default: the console. */
  readonly onError?: (error: unknown) => void;
}

/** How long a call may go without an answer, ms; with the patience below it stays within the port's 5 s. */
const answerWithin = 2_000;
/** How long after a connection was lost calls wait for it to come back, ms; from then on they fail at once. */
const patience = 2_000;
/** How long the feed's reader waits for news before it asks again, ms. */
const waitFor = 4_000;
/** How often the link that signals come over is tried, ms. */
const pulseEvery = 5_000;

interface Script {
  readonly text: string;
  readonly sha: string;
}

function scriptOf(file: string): Script {
  const text = readFileSync(new URL(`../../src/store/${file}`, import.meta.url), 'utf8');
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

const commitScript = scriptOf('commit.lua');
const removeScript = scriptOf('remove.lua');

/**
 * @param url redis:// or rediss://, with user, password and database if need be.
 * @param desk names the keys; letters, digits, `-`, `_` and `.`.
 * @throws Error in one sentence that says what to do, when the server cannot be used.
 */
export async function openRedis(url: string, desk: string, options: RedisOptions = {}): Promise<Store> {
  if (!/^[\w.-]{1,64}$/.test(desk)) throw new Error(`A desk's id is 1 to 64 letters, digits, "-", "_" or ".": ${desk}`);
  if (!/^rediss?:\/\/[^/]/.test(url) || !URL.canParse(url)) {
    throw new Error('REDIS_URL must look like redis://host:6379 (or rediss:// for TLS).');
  }
  const store = new RedisStore(url, desk, options);
  try {
    await store.start(options.connectWithin ?? 3_000);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

class RedisStore implements Store {
  readonly records: Records;
  readonly #url: string;
  readonly #prefix: string;
  readonly #feedKey: string;
  readonly #channel: string;
  readonly #feedLength: number;
  readonly #onError: (error: unknown) => void;
  /** For every command that is answered at once. */
  readonly #redis: Redis;
  /** Blocks at the end of the feed. */
  readonly #blocking: Redis;
  /** Listens to signals. */
  readonly #listening: Redis;
  readonly #feed: RemoteFeed;
  readonly #signals: LocalSignals;
  /** When the connection was lost, ms; undefined while it stands. */
  #lostAt: number | undefined;
  /** Connection trouble already told of: it comes again with each attempt to reconnect. */
  #told: string | undefined;
  #pulse: NodeJS.Timeout | undefined;
  #refuseStart: ((error: Error) => void) | undefined;
  #closed = false;

  constructor(url: string, desk: string, options: RedisOptions) {
    const common = {
      lazyConnect: true,
      connectTimeout: 3_000,
      retryStrategy: (times: number) => Math.min(20 * 2 ** times, 1_000),
      // After a failover the old primary refuses to write: look who answers now.
      reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
      connectionName: `firstline:${desk}`,
    };
    this.#url = url;
    this.#prefix = `{${desk}}`;
    this.#feedKey = `${this.#prefix}:feed`;
    this.#channel = `${this.#prefix}:signal`;
    this.#feedLength = options.feedLength ?? 100_000;
    this.#onError = options.onError ?? ((error: unknown) => console.error(error));
    this.#redis = new Redis(url, {
      ...common,
      enableOfflineQueue: false,
      commandTimeout: answerWithin,
      // A link that takes commands and gives no answers is cut, and what it owed is asked again.
      socketTimeout: answerWithin + 500,
    });
    this.#blocking = new Redis(url, { ...common, maxRetriesPerRequest: null, socketTimeout: waitFor + 2_000 });
    this.#listening = new Redis(url, { ...common, maxRetriesPerRequest: null, socketTimeout: answerWithin });
    for (const connection of [this.#redis, this.#blocking, this.#listening]) {
      connection.on('error', (error: Error) => this.#trouble(error));
    }
    this.#redis.on('close', () => {
      this.#lostAt ??= Date.now();
    });
    this.#redis.on('ready', () => {
      this.#lostAt = undefined;
      this.#told = undefined;
    });
    this.#listening.on('message', (_channel, text) => this.#signals.deliver(text));
    this.#signals = new LocalSignals(this.#onError);
    this.#feed = new RemoteFeed(
      {
        newest: () => this.position(),
        read: (after) => this.#readFeed(after),
        wait: (after) => this.#waitFeed(after),
        compare: comparePositions,
      },
      this.#onError,
    );
    this.records = new RedisRecords(
      {
        get: (key) => this.#call(() => this.#redis.get(key)),
        mget: (keys) => this.#call(() => this.#redis.mget(keys)),
        together: (commands) => this.#together(commands),
      },
      this.#prefix,
    );
  }

  async start(within: number): Promise<void> {
    await this.#connect(within);
    const info = await this.#call(() => this.#redis.info());
    const version = serverVersion(info);
    if (version && (version.major < 6 || (version.major === 6 && version.minor < 2))) {
      throw new Error(`Redis ${version.text} at ${this.#place()} is too old: 6.2 or newer is needed.`);
    }
    await this.#listening.connect();
    // Who only listens does not notice a dead link: it must ask now and then.
    this.#pulse = setInterval(() => {
      if (this.#listening.status === 'ready') this.#listening.ping().catch((error: Error) => this.#trouble(error));
    }, pulseEvery).unref();
    await this.#listening.subscribe(this.#channel);
  }

  /** Waits for the server, for servers and services are often started together. */
  async #connect(within: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let last: Error | undefined;
    try {
      await new Promise<void>((done, fail) => {
        this.#redis.once('ready', done);
        this.#refuseStart = (error) => {
          last = error;
          if (isSignInRefused(error))
            fail(
              new Error(`Redis at ${this.#place()} refuses the sign-in: correct the user and password in REDIS_URL.`),
            );
        };
        timer = setTimeout(() => {
          const why = last
            ? String((failureOf(last) as Error).message).replace('Redis does not answer: ', '')
            : 'no answer';
          fail(
            new Error(
              `Redis at ${this.#place()} cannot be reached (${why}): start it, correct REDIS_URL, or unset REDIS_URL to use the embedded store.`,
            ),
          );
        }, within);
        this.#redis.connect().catch((error: Error) => this.#refuseStart?.(error));
      });
    } finally {
      clearTimeout(timer);
      this.#refuseStart = undefined;
    }
  }

  #trouble(error: Error): void {
    this.#refuseStart?.(error);
    if (this.#refuseStart || this.#closed || this.#told === error.message) return;
    this.#told = error.message;
    this.#onError(failureOf(error));
  }

  /** The server's address without its password. */
  #place(): string {
    const { hostname, port } = new URL(this.#url);
    return `${hostname}:${port || 6379}`;
  }

  #key(kind: string, name: string): string {
    return `${this.#prefix}:${kind}:${name}`;
  }

  /** Asks, and asks again where that is safe, while a lost connection may soon be back. @throws Unavailable within 5 s */
  async #call<T>(ask: () => Promise<T>): Promise<T> {
    const since = Date.now();
    for (;;) {
      if (this.#closed) throw new Unavailable('The store is closed.');
      try {
        return await ask();
      } catch (error) {
        if (isUnknownScript(error)) {
          // Scripts are forgotten with a restart or SCRIPT FLUSH; it was not run.
          for (const { text } of [commitScript, removeScript]) {
            await this.#redis.script('LOAD', text).catch((refusal: unknown) => {
              throw failureOf(refusal);
            });
          }
          continue;
        }
        const soon = Date.now() - Math.min(since, this.#lostAt ?? since) < patience;
        if (!isWorthAnother(error) || !soon) throw failureOf(error);
        await new Promise((done) => setTimeout(done, 20));
      }
    }
  }

  async commit(commit: Commit): Promise<void> {
    const c = commitText(commit);
    const indexes = [...new Set([...c.moves.map(({ index }) => index), ...(c.limit ? [c.limit.index] : [])])];
    const place = (index: string): number => 4 + indexes.indexOf(index);
    const keys = [
      this.#key('log', c.id),
      this.#key('state', c.id),
      this.#feedKey,
      ...indexes.map((index) => this.#key('index', index)),
    ];
    const args = [
      c.expected,
      c.state,
      c.announcement,
      this.#feedLength,
      c.events.length,
      c.limit ? place(c.limit.index) : 0,
      (c.limit?.max ?? 0) + slack,
      c.limit?.of ?? 'members',
      ...c.events,
      ...c.moves.flatMap(({ index, member, to }) => [place(index), member, to === undefined ? '' : to + 0]),
    ];
    const result = await this.#call(() => this.#redis.evalsha(commitScript.sha, keys.length, ...keys, ...args));
    if (result === 1) return;
    if (result === 0) throw new VersionConflict(c.id, c.expected);
    if (result === -1 && c.limit) throw new LimitReached(c.limit);
    throw new Unreadable(c.id, 'its log does not hold what its state says.');
  }

  async remove(removal: Removal): Promise<void> {
    const { id, expected, places, announcement } = checkedRemoval(removal);
    const indexes = [...new Set(places.map(({ index }) => index))];
    const keys = [
      this.#key('log', id),
      this.#key('state', id),
      this.#feedKey,
      ...indexes.map((index) => this.#key('index', index)),
    ];
    const args = [
      expected,
      JSON.stringify(announcement),
      this.#feedLength,
      ...places.flatMap(({ index, member }) => [4 + indexes.indexOf(index), member]),
    ];
    const result = await this.#call(() => this.#redis.evalsha(removeScript.sha, keys.length, ...keys, ...args));
    if (result !== 1) throw new VersionConflict(id, expected);
  }

  async load(ids: readonly string[]): Promise<(Conversation | undefined)[]> {
    if (ids.length > 1_000) throw new RangeError(`At most 1,000 conversations are loaded at once, not ${ids.length}`);
    if (ids.length === 0) return [];
    const found = await this.#call(() => this.#redis.mget(ids.map((id) => this.#key('state', id))));
    return ids.map((id, i) => {
      const text = found[i];
      return text == null ? undefined : parseState(id, text);
    });
  }

  async history(id: string, after: number, limit: number): Promise<Event[]> {
    checkLimit(limit);
    const texts = await this.#call(() => this.#redis.lrange(this.#key('log', id), after, after + limit - 1));
    return parseEvents(id, after, texts);
  }

  async list(index: string, range: Range): Promise<Listed[]> {
    const { max, limit, after, reverse = false } = range;
    checkLimit(limit);
    const key = this.#key('index', index);
    const top = Math.min(max ?? Infinity, reverse ? (after?.score ?? Infinity) : Infinity);
    const bottom = reverse ? -Infinity : (after?.score ?? -Infinity);
    // Members of the cursor's own score that stand before it are read too and dropped; how many there are shows only then.
    for (let some = after ? limit + 20 : limit; ; some *= 4) {
      const found = await this.#call(() =>
        reverse
          ? this.#redis.zrevrangebyscore(key, score(top), score(bottom), 'WITHSCORES', 'LIMIT', 0, some)
          : this.#redis.zrangebyscore(key, score(bottom), score(top), 'WITHSCORES', 'LIMIT', 0, some),
      );
      const listed = pairs(found).filter((entry) => !after || isBehind(entry, after, reverse));
      if (listed.length >= limit || found.length < 2 * some) return listed.slice(0, limit);
    }
  }

  count(index: string): Promise<number> {
    return this.#call(() => this.#redis.zcard(this.#key('index', index)));
  }

  async rank(index: string, member: string): Promise<number | undefined> {
    return (await this.#call(() => this.#redis.zrank(this.#key('index', index), member))) ?? undefined;
  }

  reserve(counter: string): Promise<number> {
    return this.#call(() => this.#redis.incr(this.#key('counter', counter)));
  }

  follow(from: FeedPosition | undefined, listener: (item: FeedItem) => void): Promise<() => void> {
    return this.#feed.follow(from, listener);
  }

  async position(): Promise<FeedPosition> {
    const [newest] = await this.#call(() => this.#redis.xrevrange(this.#feedKey, '+', '-', 'COUNT', 1));
    return newest?.[0] ?? beginning;
  }

  async signal(message: Json): Promise<void> {
    await this.#call(() => this.#redis.publish(this.#channel, JSON.stringify(message)));
  }

  onSignal(listener: (message: Json) => void): () => void {
    return this.#signals.listen(listener);
  }

  async health(): Promise<Health> {
    const [info, [seconds], appendfsync] = await this.#call(() =>
      Promise.all([
        this.#redis.info(),
        this.#redis.time(),
        // Hosted servers often forbid to ask.
        this.#redis.config('GET', 'appendfsync').catch((error: Error) => {
          if (error.name !== 'ReplyError') throw error;
          return undefined;
        }),
      ]),
    );
    const value = Array.isArray(appendfsync) ? appendfsync[1] : undefined;
    const ahead = Date.now() - Number(seconds) * 1_000;
    return healthOf(info, typeof value === 'string' ? value : undefined, ahead);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#pulse);
    this.#feed.close();
    this.#blocking.disconnect();
    this.#listening.disconnect();
    // What was asked is answered first.
    if (this.#redis.status === 'ready') await this.#redis.quit().catch(() => this.#redis.disconnect());
    else this.#redis.disconnect();
  }

  async #readFeed(after: string): Promise<Page> {
    if (!isPosition(after)) return { held: false, entries: [] };
    const [entries, own, length] = await this.#call(() =>
      Promise.all([
        this.#redis.xrange(this.#feedKey, `(${after}`, '+', 'COUNT', pageSize),
        this.#redis.xrange(this.#feedKey, after, after),
        this.#redis.xlen(this.#feedKey),
      ]),
    );
    // Looked for after the read: an entry that is still there has lost none of those behind it. The beginning is no entry; it is
    // held while the feed has not grown long enough to be trimmed.
    const held = own.length > 0 || (after === beginning && length < this.#feedLength);
    return { held, entries: entries.map(feedEntry) };
  }

  async #waitFeed(after: string): Promise<Page> {
    const [streams, own] = await Promise.all([
      this.#blocking.xread('COUNT', pageSize, 'BLOCK', waitFor, 'STREAMS', this.#feedKey, after),
      this.#blocking.xrange(this.#feedKey, after, after),
    ]);
    const entries = streams?.[0]?.[1] ?? [];
    return { held: own.length > 0 || after === beginning, entries: entries.map(feedEntry) };
  }

  /** Several commands as one. */
  async #together(commands: string[][]): Promise<unknown[]> {
    const replies = await this.#call(() => this.#redis.multi(commands).exec());
    if (!replies) throw new Unavailable('Redis did not carry out a transaction.');
    return replies.map(([error, reply]) => {
      if (error) throw failureOf(error);
      return reply;
    });
  }
}

/** Position before the first entry. */
const beginning = '0-0';

const isPosition = (text: string): boolean => /^\d{1,15}-\d{1,15}$/.test(text);

function comparePositions(a: string, b: string): number {
  const [ms = 0, n = 0] = a.split('-').map(Number);
  const [otherMs = 0, otherN = 0] = b.split('-').map(Number);
  return ms - otherMs || n - otherN;
}

/** An entry that cannot be read names no conversation: it must not keep the followers from those behind it. */
function feedEntry([position, fields]: [string, string[]]): Page['entries'][number] {
  try {
    return { position, announcement: JSON.parse(fields[1] ?? '') as Announcement };
  } catch {
    return { position, announcement: { conversation: '', version: 0 } };
  }
}

const score = (n: number): string => (n === Infinity ? '+inf' : n === -Infinity ? '-inf' : String(n));

function pairs(flat: readonly string[]): Listed[] {
  return flat.flatMap((member, i) => (i % 2 === 0 ? [{ member, score: Number(flat[i + 1]) }] : []));
}

function isBehind(entry: Listed, after: Listed, reverse: boolean): boolean {
  const order = entry.score - after.score || Buffer.compare(Buffer.from(entry.member), Buffer.from(after.member));
  return reverse ? order < 0 : order > 0;
}
