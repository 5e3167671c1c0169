/**
 * Visitors' sockets. Each reads the log from its own watermark whenever the feed says that its conversation moved: what a socket shows
 * never depends on having been there. Typing and the state of the queue travel beside, without a watermark.
 */
import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Event } from '../conversation/event.ts';
import type { Bilingual } from '../conversation/language.ts';
import type { Json } from '../conversation/state.ts';
import { shippedTerms } from '../desk/terms.ts';
import type { Announcement, Store } from '../store/store.ts';
import { type Estimate, readVisitorState, stateActivity, type VisitorState } from './visitor-state.ts';
import { activityFor, sender } from './wire.ts';

interface Stream {
  readonly conversation: string;
  readonly socket: WebSocket;
  readonly fileUrl: (file: string) => string;
  /** Version up to which the socket has everything. */
  sent: number;
  /** Something may have happened since the pump last looked. */
  stale: boolean;
  pumping: boolean;
  queued: boolean;
  shown: string;
  /** Heard of since the last heartbeat. */
  alive: boolean;
}

/** Events read at once. */
const pageSize = 200;
/** A frame of what is caught up on ends with the activity that reaches this many characters; the next waits until it is taken. */
const frameSize = 256 * 1024;
/** What is not waited for (typing, places in the queue) is not piled up beyond this many unsent bytes: the client comes back and resumes. */
const mostUnsent = 4 * 1024 * 1024;
/** A peer that has gone without a word is let go after two of these without a sign of life, ms. */
const heartbeat = 30_000;
/** Peers have this long to answer a goodbye, ms. */
const goodbye = 1_000;
/** Places in the queue are told at most this often, ms. */
const queuePause = 250;

export class Streams {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #byConversation = new Map<string, Set<Stream>>();
  readonly #heart: NodeJS.Timeout;
  readonly #estimate: Estimate;
  readonly #name: () => Bilingual;
  #queueTimer: NodeJS.Timeout | undefined;

  /** @param beatEvery ms; for tests. @param name what the desk is called; the shipped one where left out. */
  constructor(
    store: Store,
    log: Logger,
    beatEvery = heartbeat,
    estimate: Estimate = () => null,
    name: () => Bilingual = () => shippedTerms.rules.desk.name,
  ) {
    this.#estimate = estimate;
    this.#name = name;
    this.#store = store;
    this.#log = log;
    this.#heart = setInterval(() => this.#beat(), beatEvery);
    this.#heart.unref();
  }

  /** Where a conversation stands, for its visitor; undefined where there is none. */
  stateOf(conversation: string): Promise<VisitorState | undefined> {
    return readVisitorState(this.#store, conversation, this.#estimate, this.#name);
  }

  get size(): number {
    return this.#all().length;
  }

  /** @param watermark version the client has everything up to; 0 for all. */
  add(conversation: string, socket: WebSocket, watermark: number, fileUrl: (file: string) => string): void {
    const stream: Stream = {
      conversation,
      socket,
      fileUrl,
      sent: watermark,
      stale: true,
      pumping: false,
      queued: false,
      shown: '',
      alive: true,
    };
    const streams = this.#byConversation.get(conversation) ?? new Set();
    this.#byConversation.set(conversation, streams.add(stream));
    socket.on('close', () => {
      streams.delete(stream);
      if (streams.size === 0 && this.#byConversation.get(conversation) === streams)
        this.#byConversation.delete(conversation);
    });
    for (const sign of ['pong', 'message'])
      socket.on(sign, () => {
        stream.alive = true;
      });
    socket.on('error', (error) => this.#log.debug({ error, conversation }, 'a visitor socket failed'));
    void this.#pump(stream);
  }

  /** The feed says that a conversation moved. */
  announced(announcement: Announcement): void {
    for (const stream of this.#byConversation.get(announcement.conversation) ?? []) void this.#pump(stream);
    const { types } = announcement;
    if (Array.isArray(types) && types.some((type) => type !== 'message' && queueMoves.has(String(type))))
      this.#showQueueSoon();
  }

  /** Positions in the feed were missed: every socket looks for itself. */
  refresh(): void {
    for (const streams of this.#byConversation.values()) for (const stream of streams) void this.#pump(stream);
    this.#showQueueSoon();
  }

  /** Somebody types; shown to everyone in the conversation, the one who types included: clients wait for their echo. */
  typing(signal: Json): void {
    if (!isTyping(signal)) return;
    const activity: Partial<Activity> = {
      type: 'typing',
      id: signal.id,
      from: sender(signal.by),
      conversation: { id: signal.conversation } as Activity['conversation'],
      timestamp: new Date().toISOString() as unknown as Date,
      ...(signal.channelData ? { channelData: signal.channelData } : {}),
    };
    for (const stream of this.#byConversation.get(signal.conversation) ?? []) send(stream, { activities: [activity] });
  }

  /** Tells every client to come back to another process; a peer that does not answer is not waited for. */
  close(): void {
    clearTimeout(this.#queueTimer);
    clearInterval(this.#heart);
    for (const { socket } of this.#all()) {
      socket.close(1012, 'the service restarts');
      const force = setTimeout(() => socket.terminate(), goodbye);
      socket.once('close', () => clearTimeout(force));
    }
  }

  #all(): Stream[] {
    return [...this.#byConversation.values()].flatMap((streams) => [...streams]);
  }

  /** A laptop that is shut says no goodbye, and TCP alone would keep its line for ever. */
  #beat(): void {
    for (const stream of this.#all()) {
      if (stream.alive) {
        stream.alive = false;
        stream.socket.ping();
      } else stream.socket.terminate();
    }
  }

  async #pump(stream: Stream): Promise<void> {
    stream.stale = true;
    if (stream.pumping) return;
    stream.pumping = true;
    try {
      while (stream.stale) {
        stream.stale = false;
        await this.#catchUp(stream);
        await this.#showState(stream);
      }
    } catch (error) {
      // The client comes back by itself and reads from its watermark; a socket that pretends to be live would not.
      this.#log.warn(
        { error, conversation: stream.conversation },
        'a visitor socket was closed because the log could not be read',
      );
      stream.socket.close(1013, 'try again later');
    } finally {
      stream.pumping = false;
    }
  }

  /** Frame by frame, each when the one before it is taken: a slow line gets a long log whole, and its memory here is one frame. */
  async #catchUp(stream: Stream): Promise<void> {
    const { conversation, socket } = stream;
    for (let limit = pageSize; socket.readyState === socket.OPEN; ) {
      const events = await this.#store.history(conversation, stream.sent, limit);
      const activities: string[] = [];
      let taken = 0;
      for (let size = 0; taken < events.length && size < frameSize; taken++) {
        const activity = activityFor(conversation, events[taken] as Event, stream.fileUrl);
        if (!activity) continue;
        const text = JSON.stringify(activity);
        activities.push(text);
        size += text.length;
      }
      const last = events[taken - 1];
      if (!last) return;
      stream.sent = last.version;
      if (activities.length > 0)
        await accepted(socket, `{"activities":[${activities.join(',')}],"watermark":"${last.version}"}`);
      // Whatever was committed meanwhile is announced, and makes the stream stale.
      if (taken === events.length && events.length < limit) return;
      limit = taken < events.length ? taken : Math.min(pageSize, 2 * limit);
    }
  }

  async #showState(stream: Stream): Promise<void> {
    const state = await this.stateOf(stream.conversation);
    if (!state) return;
    stream.queued = state.phase === 'queued';
    show(stream, state);
  }

  #showQueueSoon(): void {
    this.#queueTimer ??= setTimeout(() => {
      this.#queueTimer = undefined;
      for (const streams of this.#byConversation.values())
        for (const stream of streams) if (stream.queued) void this.#pump(stream);
    }, queuePause);
  }
}

const queueMoves = new Set(['queued', 'left-queue', 'claimed', 'released', 'reopened', 'transferred', 'prioritized']);

function show(stream: Stream, state: VisitorState): void {
  const shown = JSON.stringify(state);
  if (shown === stream.shown) return;
  stream.shown = shown;
  send(stream, { activities: [stateActivity(stream.conversation, state)] });
}

/** Resolves when the socket has taken the frame, or is no more. */
const accepted = (socket: WebSocket, frame: string): Promise<void> =>
  new Promise((resolve) => socket.send(frame, () => resolve()));

function send({ socket }: Stream, frame: object): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > mostUnsent) socket.terminate();
  else socket.send(JSON.stringify(frame));
}

interface TypingSignal {
  readonly type: 'typing';
  readonly conversation: string;
  readonly id: string;
  readonly by: Parameters<typeof sender>[0];
  readonly channelData?: { readonly [key: string]: Json };
}

function isTyping(signal: Json): signal is TypingSignal & { [key: string]: Json } {
  return (
    typeof signal === 'object' &&
    signal !== null &&
    'type' in signal &&
    signal.type === 'typing' &&
    'conversation' in signal
  );
}
