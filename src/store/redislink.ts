/**
 * A process's connections to its Redis: one for all that is answered at once, one that blocks at the end of the feed, one that listens.
 * Commands of one moment go out together; a lost connection is waited for a little while, and then calls fail.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Command, Redis } from 'ioredis';
import { EngineClock } from './engineclock.ts';
import { failureOf, isSignInRefused, isUnknownScript, isWorthAnother } from './redisfailure.ts';
import { serverVersion } from './redishealth.ts';
import { Unavailable } from './store.ts';

/** How long a call may go without an answer, ms; with the patience below it stays within the port's 5 s. */
const answerWithin = 2_000;
/** How long after a connection was lost calls wait for it to come back, ms; from then on they fail at once. */
const patience = 2_000;
/** How long the feed's reader waits for news before it asks again, ms. */
export const waitFor = 4_000;
/** How often the link that signals come over is tried, and the server's clock read, ms. */
const pulseEvery = 5_000;

/** Asked in one write at most: while the server answers the first, the next are made. */
const together = 16;

export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** @param file in this folder, which a build copies to its own. */
export function scriptOf(file: string): Script {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** The client looks through a command's arguments, for lists and for what is no text; here they are some hundred texts. */
function calling({ sha }: Script, keys: readonly string[], args: readonly string[]): Command {
  const command = new Command('evalsha', [], { replyEncoding: 'utf8' });
  command.args = [sha, String(keys.length), ...keys, ...args];
  return command;
}

export interface LinkOptions {
  /** Names the connections in the server's list of clients. */
  readonly name: string;
  /** Told of connection trouble that no caller awaits, once until the connection stands again. */
  readonly onError: (error: unknown) => void;
  /** Told of each message on the channel. */
  readonly onMessage: (text: string) => void;
}

export class RedisLink {
  /** The server's time. */
  readonly clock = new EngineClock();
  /** For the feed's reader alone. */
  readonly blocking: Redis;
  readonly #url: string;
  readonly #onError: (error: unknown) => void;
  /** For every command that is answered at once. */
  readonly #redis: Redis;
  /** Listens to signals. */
  readonly #listening: Redis;
  /** Whose writes are held back until the end of this moment. */
  #gathering: Redis['stream'] | undefined;
  #gathered = 0;
  /** To be called back at the end of this moment. */
  readonly #asking: (() => void)[] = [];
  #ending = false;
  /** When the connection was lost, ms; undefined while it stands. */
  #lostAt: number | undefined;
  /** Connection trouble already told of: it comes again with each attempt to reconnect. */
  #told: string | undefined;
  #pulse: NodeJS.Timeout | undefined;
  #refuseStart: ((error: Error) => void) | undefined;
  #closed = false;

  constructor(url: string, { name, onError, onMessage }: LinkOptions) {
    const common = {
      lazyConnect: true,
      connectTimeout: 3_000,
      retryStrategy: (times: number) => Math.min(20 * 2 ** times, 1_000),
      // After a failover the old primary refuses to write: look who answers now.
      reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
      connectionName: name,
    };
    this.#url = url;
    this.#onError = onError;
    this.#redis = new Redis(url, {
      ...common,
      enableOfflineQueue: false,
      commandTimeout: answerWithin,
      // A link that takes commands and gives no answers is cut, and what it owed is asked again.
      socketTimeout: answerWithin + 500,
    });
    this.blocking = new Redis(url, { ...common, maxRetriesPerRequest: null, socketTimeout: waitFor + 2_000 });
    this.#listening = new Redis(url, { ...common, maxRetriesPerRequest: null, socketTimeout: answerWithin });
    for (const connection of [this.#redis, this.blocking, this.#listening]) {
      connection.on('error', (error: Error) => this.#trouble(error));
    }
    this.#redis.on('close', () => {
      this.#lostAt ??= Date.now();
    });
    this.#redis.on('ready', () => {
      this.#lostAt = undefined;
      this.#told = undefined;
    });
    this.#listening.on('message', (_channel, text) => onMessage(text));
  }

  /** @param within how long to look for the server, ms. @param channel to listen to. */
  async start(within: number, channel: string): Promise<void> {
    await this.#connect(within);
    const info = await this.call((redis) => redis.info());
    const version = serverVersion(info);
    if (version && (version.major < 6 || (version.major === 6 && version.minor < 2))) {
      throw new Error(`Redis ${version.text} at ${this.#place()} is too old: 6.2 or newer is needed.`);
    }
    await this.call((redis) => this.#readClock(redis));
    await this.#listening.connect();
    this.#pulse = setInterval(() => {
      // Who only listens does not notice a dead link: it must ask now and then.
      if (this.#listening.status === 'ready') this.#listening.ping().catch((error: Error) => this.#trouble(error));
      if (this.#redis.status === 'ready') this.#readClock(this.#redis).catch((error: Error) => this.#trouble(error));
    }, pulseEvery).unref();
    await this.#listening.subscribe(channel);
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

  async #readClock(redis: Redis): Promise<void> {
    const asked = performance.now();
    const [seconds, micros] = await redis.time();
    this.clock.learn(Number(seconds) * 1_000 + Number(micros) / 1_000, asked, performance.now());
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

  /** Asks, and asks again where that is safe, while a lost connection may soon be back. @throws Unavailable within 5 s */
  async call<T>(ask: (redis: Redis) => Promise<T>): Promise<T> {
    const since = Date.now();
    for (;;) {
      if (this.#closed) throw new Unavailable('The store is closed.');
      try {
        this.#gather();
        return await ask(this.#redis);
      } catch (error) {
        const soon = Date.now() - Math.min(since, this.#lostAt ?? since) < patience;
        if (!isWorthAnother(error) || !soon) throw failureOf(error);
        await new Promise((done) => setTimeout(done, 20));
      }
    }
  }

  /** Runs a script; the server is told its text where it does not know it, as after a restart or SCRIPT FLUSH: then it was not run. */
  async run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    for (;;) {
      try {
        return await this.call((redis) => redis.sendCommand(calling(script, keys, args)) as Promise<unknown>);
      } catch (error) {
        if (!isUnknownScript(error)) throw error;
        await this.call((redis) => redis.script('LOAD', script.text));
      }
    }
  }

  /** Several commands as one. @returns their replies. */
  async together(commands: string[][]): Promise<unknown[]> {
    const replies = await this.call((redis) => redis.multi(commands).exec());
    if (!replies) throw new Unavailable('Redis did not carry out a transaction.');
    return replies.map(([error, reply]) => {
      if (error) throw failureOf(error);
      return reply;
    });
  }

  /** What is asked in this turn of the event loop leaves in one write at its end: a write each is what calls cost most. */
  #gather(): void {
    const { stream } = this.#redis;
    if (!stream) return;
    if (this.#gathering === stream) {
      this.#gathered += 1;
      if (this.#gathered % together === 0) this.leave();
      return;
    }
    this.#gathering = stream;
    this.#gathered = 0;
    stream.cork();
    this.#endTurn();
  }

  /** Calls back at the end of this turn of the event loop; what is asked then leaves with the rest. */
  atEnd(ask: () => void): void {
    this.#asking.push(ask);
    this.#endTurn();
  }

  /** What has been asked leaves now. */
  leave(): void {
    this.#gathering?.uncork();
    this.#gathering?.cork();
  }

  #endTurn(): void {
    if (this.#ending) return;
    this.#ending = true;
    setImmediate(() => {
      for (const ask of this.#asking.splice(0)) ask();
      this.#ending = false;
      this.#gathering?.uncork();
      this.#gathering = undefined;
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#pulse);
    this.blocking.disconnect();
    this.#listening.disconnect();
    // What was asked is answered first.
    if (this.#redis.status === 'ready') await this.#redis.quit().catch(() => this.#redis.disconnect());
    else this.#redis.disconnect();
  }
}
