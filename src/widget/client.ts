import type { Action, DeskState, Frame } from './activity.ts';
import type { Clock } from './clock.ts';
import { type DirectLine, Refused, type Session, Unreachable } from './directline.ts';
import type { FileShelf } from './files.ts';
import { SessionKeeper } from './keeper.ts';
import { type AskedLine, openLine } from './line.ts';
import { type Link, type LinkEvent, type Signal, signalOf, step } from './link.ts';
import type { Memory } from './memory.ts';
import type { Entry } from './outbox.ts';
import { Sender } from './sender.ts';
import type { Connect } from './stream.ts';
import { Talk } from './talk.ts';
import { type Line, lines } from './timeline.ts';
import { Typing } from './typing.ts';

/** All the screen shows, at one moment. */
export interface Snapshot {
  readonly signal: Signal;
  readonly desk: DeskState;
  readonly lines: readonly Line[];
  readonly actions: readonly Action[];
  /** Who is typing on the other side; '' when nameless, null when nobody is. */
  readonly typing: string | null;
  readonly unread: number;
  /** False until the service has told something: the thread on the screen may not be whole. */
  readonly loaded: boolean;
  readonly session: Session | null;
}

export interface ClientParts {
  readonly directLine: DirectLine;
  readonly memory: Memory;
  readonly files: FileShelf;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  readonly connect: Connect;
  /** Runs `task` while no other tab of this browser runs one. */
  readonly alone: <T>(task: () => Promise<T>) => Promise<T>;
  readonly tab: string;
  readonly locale: string;
  readonly identity: string | null;
}

/** A page that comes to the front after this much silence (ms) does not trust its socket: the computer may have slept. */
const silence = 45_000;

/** One visitor's conversation: keeps the line, the thread and the outbox, and tells listeners when the picture changed. */
export class ChatClient {
  readonly #parts: ClientParts;
  readonly #sender: Sender;
  readonly #keeper: SessionKeeper;
  readonly #typing: Typing;
  readonly #talk: Talk;
  readonly #listeners = new Set<() => void>();
  #link: Link = { at: 'idle' };
  #stream: AskedLine | null = null;
  /** Counts openings: one that was overtaken finds another number here and gives up. */
  #opening = 0;
  #heardAt = 0;
  #cancelRetry: () => void = () => {};
  #snapshot: Snapshot | null = null;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    const { directLine, memory, files, clock, random, newId, tab, locale, identity } = parts;
    this.#typing = new Typing(clock, () => this.#changed());
    this.#talk = new Talk(this.#typing);
    this.#keeper = new SessionKeeper({
      directLine,
      memory,
      clock,
      locale,
      identity,
      switched: () => this.#talk.forget(),
      renewed: () => this.#changed(),
    });
    this.#sender = new Sender({
      memory,
      files,
      clock,
      random,
      newId,
      tab,
      deliver: (entry, bytes) => this.#deliver(entry, bytes),
      changed: () => this.#changed(),
      unechoed: () => this.#drop(),
    });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The same object until something changes. */
  snapshot(): Snapshot {
    this.#snapshot ??= {
      signal: signalOf(this.#link),
      desk: this.#talk.desk,
      lines: lines(this.#talk.timeline, this.#sender.outbox),
      actions: this.#link.at === 'ended' ? [] : this.#talk.offered(this.#sender.outbox),
      typing: this.#typing.who,
      unread: this.#talk.unread(this.#readTo()),
      loaded: this.#talk.loaded,
      session: this.#keeper.session,
    };
    return this.#snapshot;
  }

  get #conversation(): string | null {
    return this.#keeper.session?.conversationId ?? null;
  }

  /** Connects, once; further calls do nothing. */
  start(): void {
    this.#step({ type: 'wanted' });
  }

  /** True when this browser has a conversation here: worth connecting before the visitor asks for it. */
  get known(): boolean {
    return this.#conversation !== null || this.#sender.outbox.length > 0;
  }

  send(text: string, files: readonly File[] = []): void {
    if (text.trim() === '' && files.length === 0) return;
    this.start();
    this.#sender.write(text, files);
  }

  retry(clientId: string): void {
    this.#sender.retry(clientId);
    this.#step({ type: 'network-up' });
  }

  discard(clientId: string): void {
    this.#sender.discard(clientId);
  }

  /** All that is in the thread now has been seen. */
  markRead(): void {
    const version = this.#talk.newest;
    const conversation = this.#conversation;
    if (conversation === null || version <= this.#readTo()) return;
    this.#parts.memory.keepRead(conversation, version);
    this.#changed();
  }

  #readTo(): number {
    const conversation = this.#conversation;
    return conversation === null ? 0 : this.#parts.memory.read(conversation);
  }

  /** The visitor is typing; told to a waiting or present person only, at most every 3 s. */
  noteTyping(): void {
    const { directLine } = this.#parts;
    const person = this.#talk.desk.phase === 'human' || this.#talk.desk.phase === 'queued';
    const { session } = this.#keeper;
    if (!person || !session?.conversationId || this.#link.at !== 'online') return;
    if (!this.#typing.due()) return;
    // A typing notice that is lost is worth neither a word to the visitor nor another try.
    directLine.post(session, session.conversationId, { type: 'typing' }).catch(() => {});
  }

  /** The website says who its visitor is. */
  identify(identity: string): void {
    this.#keeper.identify(identity);
    if (this.#link.at === 'online' || this.#link.at === 'opening') this.#reopen();
  }

  /** After the old conversation could not be opened: a new one, to which what is unsent goes. */
  restart(): void {
    if (this.#link.at !== 'ended') return;
    this.#keeper.forget();
    this.#talk.forget();
    this.#step({ type: 'restarted' });
  }

  network(up: boolean): void {
    if (up) this.#step({ type: 'network-up' });
    else this.#step({ type: 'network-down', now: this.#parts.clock.now(), random: this.#parts.random() });
  }

  /** The page came to the front. */
  wake(): void {
    if (this.#link.at === 'waiting') this.#step({ type: 'network-up' });
    else if (this.#link.at === 'online' && this.#parts.clock.now() - this.#heardAt > silence) this.#reopen();
  }

  /** Another tab changed what is stored. */
  neighbour(concern: 'session' | 'read' | 'outbox'): void {
    if (concern === 'outbox') this.#sender.reload();
    if (concern === 'read') this.#changed();
    if (concern !== 'session') return;
    const before = this.#conversation;
    if (!this.#keeper.adopt()) return;
    if (this.#link.at === 'idle') this.start();
    else if (this.#conversation !== before) {
      this.#talk.forget();
      if (this.#link.at === 'ended') this.#step({ type: 'restarted' });
      else this.#reopen();
    }
  }

  #changed(): void {
    this.#snapshot = null;
    for (const listener of this.#listeners) listener();
  }

  #step(event: LinkEvent): void {
    const next = step(this.#link, event);
    if (next === this.#link) return;
    this.#link = next;
    this.#cancelRetry();
    if (next.at !== 'online') {
      this.#stream?.close();
      this.#stream = null;
      this.#typing.clear();
    }
    if (next.at === 'opening') void this.#open();
    else if (next.at !== 'online') this.#opening += 1;
    if (next.at === 'waiting') {
      const { clock } = this.#parts;
      this.#cancelRetry = clock.after(next.until - clock.now(), () => this.#step({ type: 'due' }));
    }
    this.#sender.line(next.at === 'online');
    this.#changed();
  }

  /** The line is not what it seems: come back from the last watermark. */
  #drop(): void {
    this.#step({ type: 'lost', now: this.#parts.clock.now(), random: this.#parts.random() });
  }

  /** The same at once, without a pause. */
  #reopen(): void {
    this.#drop();
    this.#step({ type: 'due' });
  }

  async #open(): Promise<void> {
    this.#opening += 1;
    const mine = this.#opening;
    const open = () => this.#keeper.open(() => this.#talk.watermark);
    try {
      // Two tabs that begin at once must not begin two conversations; the second finds what the first has stored.
      const { streamUrl } = await (this.#keeper.begun ? open() : this.#parts.alone(open));
      if (mine !== this.#opening) return;
      const { clock, connect } = this.#parts;
      this.#stream = openLine(
        { clock, connect, streamUrl, ask: () => this.#ask() },
        {
          opened: () => this.#step({ type: 'opened', now: this.#heard() }),
          frame: (frame) => this.#frame(frame),
          lost: () => this.#drop(),
        },
      );
    } catch (error) {
      if (mine !== this.#opening) return;
      // Only what was open can have lapsed; a service that will not begin a first conversation is just not there yet.
      const refused = this.#keeper.begun && error instanceof Refused ? error.status : 0;
      if (refused === 401 || refused === 403) this.#step({ type: 'refused', why: 'expired' });
      else if (refused === 404) this.#step({ type: 'refused', why: 'gone' });
      else this.#drop();
    }
  }

  #ask(): Promise<Frame> {
    const { session } = this.#keeper;
    if (!session?.conversationId) throw new Unreachable('No conversation is open');
    return this.#parts.directLine.since(session, session.conversationId, this.#talk.watermark);
  }

  #heard(): number {
    this.#heardAt = this.#parts.clock.now();
    return this.#heardAt;
  }

  #frame(frame: Frame): void {
    this.#heard();
    const echoed = this.#talk.take(frame);
    if (echoed.size > 0) this.#sender.acknowledge(echoed);
    this.#changed();
  }

  async #deliver(entry: Entry, files: readonly File[]): Promise<void> {
    const { directLine, locale } = this.#parts;
    const { session } = this.#keeper;
    if (!session?.conversationId) throw new Unreachable('No conversation is open');
    const activity = {
      type: 'message',
      text: entry.text,
      textFormat: 'plain',
      locale,
      channelData: { clientActivityID: entry.clientId },
    };
    try {
      if (files.length === 0) await directLine.post(session, session.conversationId, activity);
      else await directLine.upload(session, session.conversationId, activity, files);
      this.#stream?.hurry();
    } catch (error) {
      if (!(error instanceof Refused) || ![401, 403, 404].includes(error.status)) throw error;
      // Not the text is refused but the way it went: coming back renews the session, or finds that there is none.
      this.#drop();
      throw new Unreachable('The session has lapsed', { cause: error });
    }
  }
}
