/**
 * The engine for any number of service processes: Redis 6.2 or newer, a single primary. One Lua script commits (commit.lua), in one call
 * what is to be committed in one moment (rediscommits.ts). All keys of a desk share the hash tag `{desk}`, so that a desk lives on one
 * shard of a Redis Cluster.
 *
 *   {desk}:state:ID      string, JSON          {desk}:record:KIND:ID   string, JSON
 *   {desk}:log:ID        list of events        {desk}:kind:KIND        sorted set: ids by expiry, ms
 *   {desk}:index:NAME    sorted set            {desk}:counter:NAME     number
 *   {desk}:feed          stream                {desk}:signal           channel
 */
import type { Event } from '../conversation/event.ts';
import type { Conversation, Json } from '../conversation/state.ts';
import { LocalSignals } from './localsignals.ts';
import { RedisCommits } from './rediscommits.ts';
import { redisFeed } from './redisfeed.ts';
import { healthOf } from './redishealth.ts';
import { listIndex } from './redisindex.ts';
import { RedisLink, scriptOf } from './redislink.ts';
import { RedisRecords } from './redisrecords.ts';
import { type FeedSource, RemoteFeed } from './remotefeed.ts';
import {
  type Commit,
  type FeedItem,
  type FeedPosition,
  type Health,
  type Ids,
  LimitReached,
  type Listed,
  type Range,
  type Records,
  type Removal,
  type Store,
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
  readonly #prefix: string;
  readonly #feedKey: string;
  readonly #channel: string;
  readonly #feedLength: number;
  readonly #commits: RedisCommits;
  readonly #link: RedisLink;
  readonly #source: FeedSource;
  readonly #feed: RemoteFeed;
  readonly #signals: LocalSignals;

  constructor(url: string, desk: string, options: RedisOptions) {
    const onError = options.onError ?? ((error: unknown) => console.error(error));
    this.#prefix = `{${desk}}`;
    this.#feedKey = `${this.#prefix}:feed`;
    this.#channel = `${this.#prefix}:signal`;
    this.#feedLength = options.feedLength ?? 100_000;
    this.#signals = new LocalSignals(onError);
    this.#link = new RedisLink(url, {
      name: `firstline:${desk}`,
      onError,
      onMessage: (text) => this.#signals.deliver(text),
    });
    this.#commits = new RedisCommits(
      this.#link,
      (kind, name) => this.#key(kind, name),
      this.#feedKey,
      this.#feedLength,
    );
    this.#source = redisFeed(this.#link, this.#feedKey, this.#feedLength);
    this.#feed = new RemoteFeed(this.#source, onError);
    this.records = new RedisRecords(
      {
        get: (key) => this.#link.call((redis) => redis.get(key)),
        mget: (keys) => this.#link.call((redis) => redis.mget(keys)),
        together: (commands) => this.#link.together(commands),
      },
      this.#prefix,
      () => this.now(),
    );
  }

  start(within: number): Promise<void> {
    return this.#link.start(within, this.#channel);
  }

  #key(kind: string, name: string): string {
    return `${this.#prefix}:${kind}:${name}`;
  }

  async commit(commit: Commit): Promise<void> {
    const c = commitText(commit);
    const result = await this.#commits.add(c);
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
      String(expected),
      JSON.stringify(announcement),
      String(this.#feedLength),
      ...places.flatMap(({ index, member }) => [String(4 + indexes.indexOf(index)), member]),
    ];
    const result = await this.#link.run(removeScript, keys, args);
    if (result !== 1) throw new VersionConflict(id, expected);
  }

  async load(ids: readonly string[]): Promise<(Conversation | undefined)[]> {
    if (ids.length > 1_000) throw new RangeError(`At most 1,000 conversations are loaded at once, not ${ids.length}`);
    if (ids.length === 0) return [];
    const keys = ids.map((id) => this.#key('state', id));
    const found = await this.#link.call((redis) => redis.mget(keys));
    return ids.map((id, i) => {
      const text = found[i];
      return text == null ? undefined : parseState(id, text);
    });
  }

  async ids(cursor = '0'): Promise<Ids> {
    const stem = this.#key('state', '');
    const pattern = `${stem.replace(/[\\*?[\]]/g, '\\$&')}*`;
    const [next, keys] = await this.#link.call((redis) => redis.scan(cursor, 'MATCH', pattern, 'COUNT', 1_000));
    return { ids: keys.map((key) => key.slice(stem.length)), next: next === '0' ? undefined : next };
  }

  async history(id: string, after: number, limit: number): Promise<Event[]> {
    checkLimit(limit);
    const texts = await this.#link.call((redis) => redis.lrange(this.#key('log', id), after, after + limit - 1));
    return parseEvents(id, after, texts);
  }

  list(index: string, range: Range): Promise<Listed[]> {
    return listIndex(this.#link, this.#key('index', index), range);
  }

  count(index: string): Promise<number> {
    return this.#link.call((redis) => redis.zcard(this.#key('index', index)));
  }

  async rank(index: string, member: string): Promise<number | undefined> {
    return (await this.#link.call((redis) => redis.zrank(this.#key('index', index), member))) ?? undefined;
  }

  reserve(counter: string): Promise<number> {
    return this.#link.call((redis) => redis.incr(this.#key('counter', counter)));
  }

  follow(from: FeedPosition | undefined, listener: (item: FeedItem) => void): Promise<() => void> {
    return this.#feed.follow(from, listener);
  }

  position(): Promise<FeedPosition> {
    return this.#source.newest();
  }

  async signal(message: Json): Promise<void> {
    await this.#link.call((redis) => redis.publish(this.#channel, JSON.stringify(message)));
  }

  onSignal(listener: (message: Json) => void): () => void {
    return this.#signals.listen(listener);
  }

  now(): number {
    return this.#link.clock.now();
  }

  async health(): Promise<Health> {
    const [info, [seconds], appendfsync] = await this.#link.call((redis) =>
      Promise.all([
        redis.info(),
        redis.time(),
        // Hosted servers often forbid to ask.
        redis.config('GET', 'appendfsync').catch((error: Error) => {
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
    this.#feed.close();
    this.#commits.send();
    await this.#link.close();
  }
}
