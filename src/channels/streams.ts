/**
 * Visitors' sockets. Each reads the log from its own watermark whenever the feed says that its conversation moved: what a socket shows
 * never depends on having been there. Typing and the state of the queue travel beside, without a watermark.
 */
import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { indexes } from '../conversation/placement.ts';
import type { Conversation, Json } from '../conversation/state.ts';
import { ticketName } from '../conversation/ticket.ts';
import type { Announcement, Store } from '../store/store.ts';
import { activityFor, sender } from './wire.ts';

/** What a visitor is told of where the conversation stands. */
export interface VisitorState {
  readonly phase: Conversation['phase']['at'];
  readonly ticket: string | null;
  readonly agent: string | null;
  /** Place in the queue, from 1; null when not waiting. */
  readonly position: number | null;
  /** Seconds until it is the visitor's turn; null when that is not known. */
  readonly estimate: number | null;
}

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
}

const pageSize = 200;
/** A socket that takes nothing any more is closed at this many unsent bytes; the client resumes from its watermark. */
const mostUnsent = 4 * 1024 * 1024;
/** Places in the queue are told at most this often, ms. */
const queuePause = 250;

export class Streams {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #byConversation = new Map<string, Set<Stream>>();
  #queueTimer: NodeJS.Timeout | undefined;

  constructor(store: Store, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  get size(): number {
    return [...this.#byConversation.values()].reduce((sum, streams) => sum + streams.size, 0);
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
    };
    const streams = this.#byConversation.get(conversation) ?? new Set();
    this.#byConversation.set(conversation, streams.add(stream));
    socket.on('close', () => {
      streams.delete(stream);
      if (streams.size === 0 && this.#byConversation.get(conversation) === streams)
        this.#byConversation.delete(conversation);
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

  /** Tells every client to come back to another process. */
  close(): void {
    clearTimeout(this.#queueTimer);
    for (const streams of this.#byConversation.values())
      for (const { socket } of streams) socket.close(1012, 'the service restarts');
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

  async #catchUp(stream: Stream): Promise<void> {
    for (;;) {
      const events = await this.#store.history(stream.conversation, stream.sent, pageSize);
      const last = events.at(-1);
      if (!last) return;
      const activities = events.flatMap((event) => activityFor(stream.conversation, event, stream.fileUrl) ?? []);
      stream.sent = last.version;
      if (activities.length > 0) send(stream, { activities, watermark: String(last.version) });
    }
  }

  async #showState(stream: Stream): Promise<void> {
    const [conversation] = await this.#store.load([stream.conversation]);
    if (!conversation) return;
    stream.queued = conversation.phase.at === 'queued';
    const before =
      conversation.phase.at === 'queued'
        ? await this.#store.rank(indexes.waiting, conversation.id, conversation.phase.since)
        : undefined;
    show(stream, visitorState(conversation, before === undefined ? null : before + 1));
  }

  #showQueueSoon(): void {
    this.#queueTimer ??= setTimeout(() => {
      this.#queueTimer = undefined;
      for (const streams of this.#byConversation.values())
        for (const stream of streams) if (stream.queued) void this.#pump(stream);
    }, queuePause);
  }
}

const queueMoves = new Set(['queued', 'left-queue', 'claimed', 'released', 'reopened']);

export function visitorState(c: Conversation, position: number | null): VisitorState {
  return {
    phase: c.phase.at,
    ticket: c.ticket && !c.ticket.closed ? ticketName(c.ticket.number) : null,
    agent: c.phase.at === 'human' ? c.phase.owner.displayName : null,
    position,
    estimate: null,
  };
}

function show(stream: Stream, state: VisitorState): void {
  const shown = JSON.stringify(state);
  if (shown === stream.shown) return;
  stream.shown = shown;
  const activity = {
    type: 'event',
    // Clients drop an activity whose id they know, so each has its own.
    id: `${stream.conversation}|s-${randomUUID()}`,
    name: 'firstline/state',
    value: state,
    from: sender({ role: 'desk' }),
    conversation: { id: stream.conversation },
    timestamp: new Date().toISOString(),
  };
  send(stream, { activities: [activity] });
}

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
