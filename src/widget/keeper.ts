import type { Clock } from './clock.ts';
import { type DirectLine, type Opened, Refused, type Session } from './directline.ts';
import type { Memory } from './memory.ts';

export interface KeeperParts {
  readonly directLine: DirectLine;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly locale: string;
  /** The website's JWT about its visitor, or null. */
  readonly identity: string | null;
  /** The conversation is not the one it was. */
  readonly switched: () => void;
  /** The token was renewed. */
  readonly renewed: () => void;
}

/** Keeps the visitor's session: finds it, renews it, and stores it before it is used, so that the browser's other tabs join it. */
export class SessionKeeper {
  readonly #parts: KeeperParts;
  #session: Session | null;
  #identity: string | null;
  #cancelRefresh: () => void = () => {};

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#session = parts.memory.session();
    this.#identity = parts.identity;
  }

  get session(): Session | null {
    return this.#session;
  }

  /** Counts with the next `open`. */
  identify(identity: string): void {
    this.#identity = identity;
  }

  forget(): void {
    this.#cancelRefresh();
    this.#parts.memory.forgetSession();
    this.#session = null;
  }

  /** Takes over what another tab stored. @returns false when there is nothing, or nothing begun, to take over. */
  adopt(): boolean {
    const theirs = this.#parts.memory.session();
    if (!theirs?.conversationId) return false;
    this.#session = theirs;
    return true;
  }

  /** True when this browser has begun a conversation, so that a refusal means it has lapsed. */
  get begun(): boolean {
    return this.#parts.memory.session()?.conversationId != null;
  }

  /**
   * An open conversation and its stream, by whatever is remembered. `watermark` is what the caller has of it; called at the moment of
   * asking, for a switch of conversations voids it.
   * @throws Refused when what was begun can no longer be opened; Unreachable when the service does not answer.
   */
  async open(watermark: () => string): Promise<Opened> {
    const { directLine, locale, memory, switched } = this.#parts;
    const kept = memory.session();
    const session = kept && this.#identity === null ? kept : await this.#identified(kept);
    const { conversationId } = session;
    if (conversationId === null || conversationId !== kept?.conversationId) {
      switched();
      return this.#keep(await directLine.begin(session, locale));
    }
    try {
      return this.#keep(await directLine.resume(session, conversationId, watermark()));
    } catch (error) {
      if (!(error instanceof Refused) || (error.status !== 401 && error.status !== 403)) throw error;
      // The token is too old. The session may still vouch for the conversation; a different one would not be this thread.
      const renewed = await directLine.session(session.token, locale, null);
      if (renewed.conversationId !== conversationId) throw error;
      return this.#keep(await directLine.resume(renewed, conversationId, watermark()));
    }
  }

  /** A session under the website's identity. A refused identity costs the visitor nothing: they go on as a guest. */
  async #identified(kept: Session | null): Promise<Session> {
    const { directLine, locale } = this.#parts;
    const identity = this.#identity;
    try {
      const session = await directLine.session(kept?.token ?? null, locale, identity);
      if (this.#identity === identity) this.#identity = null;
      return session;
    } catch (error) {
      if (identity === null || !(error instanceof Refused)) throw error;
      console.warn(`firstline: the service refused this visitor's identity (${error.message}); going on without it.`);
      this.#identity = null;
      return kept ?? (await directLine.session(null, locale, null));
    }
  }

  #keep(opened: Opened): Opened {
    this.#store(opened.session);
    return opened;
  }

  /** Stores a session and plans its renewal for when three quarters of its life are over. */
  #store(session: Session): void {
    const { clock, memory } = this.#parts;
    this.#session = session;
    memory.keepSession(session);
    this.#plan(Math.max(30_000, (session.expiresAt - clock.now()) * 0.75));
  }

  #plan(wait: number): void {
    this.#cancelRefresh();
    this.#cancelRefresh = this.#parts.clock.after(wait, () => void this.#refresh());
  }

  async #refresh(): Promise<void> {
    const before = this.#session;
    if (!before) return;
    try {
      const session = await this.#parts.directLine.refresh(before);
      if (session.conversationId !== this.#session?.conversationId) return;
      this.#store(session);
      this.#parts.renewed();
    } catch (error) {
      // Out of reach: try on while the token lives. Refused: the next request meets the same, and the line comes back by `open`.
      if (!(error instanceof Refused)) this.#plan(60_000);
    }
  }
}
