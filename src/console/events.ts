/**
 * The event stream of every open console. The process follows the feed once and tells all; a console that resumes reads the feed by
 * itself until it has caught up with that follower, and only then joins it, so that nothing is missed and nothing changes places.
 */
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Response } from 'restify';
import type { Actor, Json } from '../conversation/state.ts';
import { isOwnLog } from '../desk/audit/deeds.ts';
import { isEnlisting } from '../desk/enlist.ts';
import type { FeedItem, FeedPosition, Store } from '../store/store.ts';
import type { Sessions } from './sessions.ts';
import { authorOf } from './views.ts';

/** Proxies cut what is silent for longer; sessions are looked at as often. ms */
const heartbeat = 15_000;
/** A console that takes no more is cut off at this many unsent bytes; it comes back and resumes. */
const mostUnsent = 1024 * 1024;
/** While catching up no more is read at this many unsent bytes. */
const enoughUnsent = 256 * 1024;
/** What the browser waits before it comes back, ms. */
const retryAfter = 1_000;

interface Client {
  readonly response: Response;
  readonly session: string;
  /** Position of the newest item sent. */
  at: FeedPosition;
  /** Undefined once it has joined the process's own follower. */
  catchingUp: { stop(): void } | undefined;
  gone: boolean;
}

export interface EventStreamsOptions {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly log: Logger;
  /** ms; for tests. */
  readonly heartbeat?: number;
}

export class EventStreams {
  readonly #store: Store;
  readonly #sessions: Sessions;
  readonly #log: Logger;
  readonly #clients = new Set<Client>();
  readonly #timer: NodeJS.Timeout;
  /** Where the process's follower stands. */
  #newest: FeedPosition | undefined;

  constructor(options: EventStreamsOptions) {
    this.#store = options.store;
    this.#sessions = options.sessions;
    this.#log = options.log;
    this.#timer = setInterval(() => this.#beat(), options.heartbeat ?? heartbeat);
    this.#timer.unref();
  }

  get size(): number {
    return this.#clients.size;
  }

  /** Answers a request with the stream: from its `Last-Event-ID` on, or from now. @throws Unavailable */
  async open(request: IncomingMessage, response: Response, session: string): Promise<void> {
    const asked = String(request.headers['last-event-id'] ?? '');
    const at = isPosition(asked) ? asked : await this.#store.position();
    // Who has gone meanwhile would never be seen to go.
    if (response.destroyed) return;
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    const client: Client = { response, session, at, catchingUp: undefined, gone: false };
    // The id without data is remembered by the browser: a cut before the first event loses none.
    response.write(`retry: ${retryAfter}\nid: ${at}\n\n`);
    if (asked !== '' && at !== asked) response.write(refresh);
    this.#clients.add(client);
    response.on('close', () => this.#forget(client));
    await this.#catchUp(client);
  }

  /** An item of the feed, as the process's follower has it. */
  announced(item: FeedItem): void {
    this.#newest = item.position;
    for (const client of this.#clients) {
      if (!client.catchingUp) this.#tell(client, item);
      else if (client.at === item.position) join(client);
    }
  }

  /** A signal of any process. */
  signal(message: Json): void {
    if (isSessionEnded(message)) {
      for (const client of this.#clients) if (client.session === message.session) client.response.end();
      return;
    }
    const shown = shownSignal(message);
    if (shown) for (const client of this.#clients) this.#write(client, `data: ${JSON.stringify(shown)}\n\n`);
  }

  /** Ends all streams; browsers come back to whoever serves then. */
  close(): void {
    clearInterval(this.#timer);
    for (const client of this.#clients) client.response.end();
  }

  async #catchUp(client: Client): Promise<void> {
    let isOver = false;
    let unfollow: (() => void) | undefined;
    const stop = () => {
      isOver = true;
      unfollow?.();
    };
    client.catchingUp = { stop };
    if (client.at === this.#newest) return join(client);
    try {
      unfollow = await this.#store.follow(client.at, (item) => {
        if (isOver) return;
        this.#tell(client, item);
        if (client.at === this.#newest) join(client);
        else if (client.response.writableLength > enoughUnsent) {
          stop();
          client.response.once('drain', () => !client.gone && void this.#catchUp(client));
        }
      });
    } catch (error) {
      this.#log.warn({ error }, 'a console event stream was ended because the feed could not be read');
      client.response.end();
    }
    if (isOver) unfollow?.();
  }

  #tell(client: Client, item: FeedItem): void {
    client.at = item.position;
    this.#write(client, `id: ${item.position}\n${frameOf(item)}`);
  }

  #write(client: Client, text: string): void {
    if (client.gone || client.response.writableEnded) return;
    client.response.write(text);
    if (client.response.writableLength > mostUnsent) {
      this.#log.debug({ unsent: client.response.writableLength }, 'a console that took no more was cut off');
      client.response.destroy();
      this.#forget(client);
    }
  }

  #forget(client: Client): void {
    client.gone = true;
    client.catchingUp?.stop();
    this.#clients.delete(client);
  }

  #beat(): void {
    for (const client of this.#clients) this.#write(client, beat);
    const sessions = new Set([...this.#clients].map(({ session }) => session));
    for (const session of sessions) void this.#endIfOver(session);
  }

  /** The signal that a session ended may have been lost, and sessions also end by time. */
  async #endIfOver(session: string): Promise<void> {
    try {
      if (!(await this.#sessions.holds(session))) this.signal(sessionEnded(session));
    } catch (error) {
      this.#log.debug({ error }, 'whether a console session still holds could not be read');
    }
  }
}

/** It has everything up to where the process's follower stands. */
function join(client: Client): void {
  client.catchingUp?.stop();
  client.catchingUp = undefined;
}

/** Says that the line is alive; a page answers it, and so is known to be there. */
const beat = 'event: beat\ndata: {}\n\n';

/** The position asked for says nothing any more: read all lists anew. */
const refresh = 'event: refresh\ndata: {}\n\n';

/** Whether an engine may have given it; what else a header may hold is no position and could end a line of the stream. */
const isPosition = (text: string): boolean => /^[\w.-]{1,64}$/.test(text);

function frameOf(item: FeedItem): string {
  if (item.kind === 'lost') return refresh;
  // The desk's own logs are no conversations; their place in the feed is remembered like any.
  if (isOwnLog(item.announcement.conversation) || isEnlisting(item.announcement)) return '\n';
  const { conversation, version, type = null, state = null, ticket = null, owner = null } = item.announcement;
  return `data: ${JSON.stringify({ conversation, version, type, state, ticket, owner })}\n\n`;
}

type SessionEnded = { readonly type: 'session-ended'; readonly session: string };

export const sessionEnded = (session: string): SessionEnded => ({ type: 'session-ended', session });

const isSessionEnded = (message: Json): message is SessionEnded => typeOf(message) === 'session-ended';

const typeOf = (message: Json): Json | undefined =>
  typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;

/** What consoles are shown of a signal; undefined for what is not theirs. */
function shownSignal(message: Json): object | undefined {
  const type = typeOf(message);
  if (type !== 'typing' && type !== 'presence' && type !== 'viewing') return undefined;
  const { conversation, by, agent, presence } = message as Readonly<Record<string, Json>>;
  return type !== 'presence' ? { type, conversation, by: authorOf(by as Actor) } : { type, agent, presence };
}
