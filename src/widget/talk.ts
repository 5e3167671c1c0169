import type { Action, DeskState, Frame, Message } from './activity.ts';
import type { Outbox } from './outbox.ts';
import { newest, offered, receive, type Timeline, unread } from './timeline.ts';
import type { Typing } from './typing.ts';

const withBot: DeskState = {
  phase: 'bot',
  ticket: null,
  agent: null,
  position: null,
  estimate: null,
  guided: false,
  name: null,
};

/** What has been heard of the conversation so far. */
export class Talk {
  readonly #typing: Typing;
  #watermark = '';
  #timeline: Timeline = [];
  #desk = withBot;
  #loaded = false;

  constructor(typing: Typing) {
    this.#typing = typing;
  }

  /** Position in the log up to which all is here; '' for its start. */
  get watermark(): string {
    return this.#watermark;
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  get desk(): DeskState {
    return this.#desk;
  }

  /** False until the service has told something: the thread may not be whole. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get newest(): number {
    return newest(this.#timeline);
  }

  unread(readTo: number): number {
    return unread(this.#timeline, readTo);
  }

  /** A person listens to words, not to buttons. */
  offered(outbox: Outbox): readonly Action[] {
    return this.#desk.phase === 'human' ? [] : offered(this.#timeline, outbox);
  }

  /** @returns the visitor's own messages in it, by `clientId`. */
  take(frame: Frame): ReadonlySet<string> {
    this.#loaded = true;
    const messages: Message[] = [];
    for (const received of frame.received) {
      if (received.kind === 'message') messages.push(received.message);
      else if (received.kind === 'desk') this.#desk = received.state;
      else if (!received.fromVisitor) this.#typing.show(received.name);
    }
    this.#timeline = receive(this.#timeline, messages);
    if (messages.some((message) => message.by !== 'visitor')) this.#typing.clear();
    if (frame.watermark !== null) this.#watermark = frame.watermark;
    return new Set(messages.map((message) => message.clientId).filter((id) => id !== null));
  }

  /** Another conversation begins. */
  forget(): void {
    this.#watermark = '';
    this.#timeline = [];
    this.#desk = withBot;
    this.#loaded = false;
  }
}
