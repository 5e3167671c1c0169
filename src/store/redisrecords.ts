/** Records as Redis keys that expire by themselves; a sorted set for each kind lists its ids by expiry. */
import type { Json } from '../conversation/state.ts';
import type { Records } from './store.ts';

/** Redis, as far as records need it. */
export interface RecordCommands {
  get(key: string): Promise<string | null>;
  mget(keys: string[]): Promise<(string | null)[]>;
  /** Carries out several commands as one. @returns their replies. */
  together(commands: string[][]): Promise<unknown[]>;
}

/** How far the clocks of a desk's machines may be apart, ms. */
const clockSkew = 10 * 60_000;

export class RedisRecords implements Records {
  readonly #redis: RecordCommands;
  /** What every key begins with. */
  readonly #prefix: string;
  readonly #now: () => number;

  /** @param now by the engine's clock, ms since 1970. */
  constructor(redis: RecordCommands, prefix: string, now: () => number) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#now = now;
  }

  async get(kind: string, id: string): Promise<Json | undefined> {
    const text = await this.#redis.get(this.#record(kind, id));
    return text === null ? undefined : (JSON.parse(text) as Json);
  }

  async put(kind: string, id: string, value: Json, expiresIn?: number): Promise<void> {
    await this.#redis.together([
      ['zadd', this.#kind(kind), this.#expiry(expiresIn), id],
      ['set', this.#record(kind, id), JSON.stringify(value), ...lifetime(expiresIn)],
      this.#forgetExpired(kind),
    ]);
  }

  async putIfAbsent(kind: string, id: string, value: Json, expiresIn?: number): Promise<boolean> {
    const [, reply] = await this.#redis.together([
      // GT: who comes second must not shorten the time for which the first is listed.
      ['zadd', this.#kind(kind), 'GT', this.#expiry(expiresIn), id],
      ['set', this.#record(kind, id), JSON.stringify(value), ...lifetime(expiresIn), 'NX'],
      this.#forgetExpired(kind),
    ]);
    return reply === 'OK';
  }

  async increment(kind: string, id: string, expiresIn: number): Promise<number> {
    const key = this.#record(kind, id);
    const replies = await this.#redis.together([
      ['zadd', this.#kind(kind), 'GT', this.#expiry(expiresIn), id],
      ['set', key, '0', ...lifetime(expiresIn), 'NX'],
      ['incr', key],
      this.#forgetExpired(kind),
    ]);
    return Number(replies[2]);
  }

  async remove(kind: string, id: string): Promise<void> {
    await this.#redis.together([
      ['zrem', this.#kind(kind), id],
      ['del', this.#record(kind, id)],
    ]);
  }

  async list(kind: string): Promise<{ id: string; value: Json }[]> {
    const [, found] = await this.#redis.together([this.#forgetExpired(kind), ['zrange', this.#kind(kind), '0', '-1']]);
    const ids = found as string[];
    if (ids.length === 0) return [];
    const texts = await this.#redis.mget(ids.map((id) => this.#record(kind, id)));
    return ids
      .flatMap((id, i) => {
        const text = texts[i];
        return text == null ? [] : [{ id, value: JSON.parse(text) as Json }];
      })
      .sort((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)));
  }

  /** Drops the ids that are long expired: by no clock of the desk can their records still be there. */
  #forgetExpired(kind: string): string[] {
    return ['zremrangebyscore', this.#kind(kind), '-inf', `${this.#now() - clockSkew}`];
  }

  #expiry(expiresIn: number | undefined): string {
    return expiresIn === undefined ? '+inf' : `${this.#now() + expiresIn}`;
  }

  #record(kind: string, id: string): string {
    return `${this.#prefix}:record:${kind}:${id}`;
  }

  #kind(kind: string): string {
    return `${this.#prefix}:kind:${kind}`;
  }
}

const lifetime = (expiresIn: number | undefined): string[] =>
  expiresIn === undefined ? [] : ['PX', `${Math.max(1, Math.ceil(expiresIn))}`];
