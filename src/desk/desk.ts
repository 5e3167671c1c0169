/** Commands to conversations by people and by the desk itself: load, decide, commit; on conflict, again. */
import { randomUUID } from 'node:crypto';
import { type Command, decide } from '../conversation/conversation.ts';
import type { Abilities } from '../conversation/fit.ts';
import type { Language } from '../conversation/language.ts';
import { indexes } from '../conversation/placement.ts';
import { Rejected } from '../conversation/rejected.ts';
import { firstResult } from '../conversation/seen.ts';
import type { Actor, Agent, Conversation } from '../conversation/state.ts';
import type { Transfer } from '../conversation/transfer.ts';
import type { Decided, Notices, Terms, World } from '../conversation/world.ts';
import { type Limit, LimitReached, type Store, Unreadable } from '../store/store.ts';
import { commitDecided, untilCommitted } from './commit.ts';
import { shippedTerms } from './terms.ts';

export interface Done {
  /** The conversation after the command. */
  readonly conversation: Conversation;
  /** Version of the command's first event; of the newest event when the command changed nothing. */
  readonly version: number;
  /** True when this key had been committed before: `version` is the first result. */
  readonly repeated: boolean;
}

/** An agent as work is given out: who it is, what they can do, and how much of it at once. */
export interface Worker extends Agent, Abilities {
  /** Weights held at once, as a sum. */
  readonly capacity: number;
}

/** No more of an account than visitors may know goes into the log. */
export const agentOf = ({ name, displayName }: Agent): Agent => ({ name, displayName });
export const actorOf = (agent: Agent) => ({ role: 'agent', ...agentOf(agent) }) as const;

export interface DeskOptions {
  readonly store: Store;
  readonly notices: Readonly<Record<Language, Notices>>;
  /** Asked at each decision, for they may be edited. Left out: as shipped. */
  readonly terms?: () => Terms;
  /** What else belongs into the commit of a decision. */
  readonly beside?: (found: Conversation, decided: readonly Decided[], at: number) => Promise<readonly Decided[]>;
  /** ms since 1970. Left out: the engine's time. */
  readonly now?: () => number;
}

export class Desk {
  readonly store: Store;
  readonly #notices: Readonly<Record<Language, Notices>>;
  readonly terms: () => Terms;
  readonly #beside: NonNullable<DeskOptions['beside']>;
  readonly #now: () => number;

  constructor({
    store,
    notices,
    terms = () => shippedTerms,
    beside = async () => [],
    now = () => store.now(),
  }: DeskOptions) {
    this.store = store;
    this.#notices = notices;
    this.terms = terms;
    this.#beside = beside;
    this.#now = now;
  }

  /** ms since 1970 */
  now(): number {
    return this.#now();
  }

  /**
   * @param command or how it follows from the conversation as it stands.
   * @param key idempotence key; the same key again has no further effect and yields the first result.
   * @throws Rejected when the conversation does not allow it, Unavailable when the engine does not answer.
   */
  async execute(
    id: string,
    command: Command | ((c: Conversation) => Command),
    by: Actor,
    key: string = randomUUID(),
    limit?: Limit,
  ): Promise<Done> {
    let ticket: number | undefined;
    return untilCommitted(this.store, id, async (c) => {
      const first = firstResult(c, key);
      if (first !== undefined) return { conversation: c, version: first, repeated: true };
      const now = this.#now();
      const meant = typeof command === 'function' ? command(c) : command;
      if (meant.type === 'take-in') ticket ??= await this.store.reserve('ticket');
      const reserved = ticket === undefined ? {} : { nextTicket: ticket };
      const world: World = { ...this.terms(), now, notices: this.#notices, by, ...reserved };
      const settled = decide(c, meant, world);
      const decided = [...settled, ...(await this.#beside(c, settled, now))];
      if (decided.length === 0) return { conversation: c, version: c.version, repeated: false };
      const next = await commitDecided(this.store, c, decided, { at: now, key, ...(limit ? { limit } : {}) });
      return { conversation: next, version: c.version + 1, repeated: false };
    });
  }

  /** A time has come that the conversation waits for. Harmless where another process was quicker. */
  async wake(id: string): Promise<void> {
    try {
      await this.execute(id, { type: 'wake' }, { role: 'desk' });
    } catch (error) {
      // The delivery worker looks at whatever is due too, and names what cannot be read, once.
      if (!(error instanceof Unreadable)) throw error;
    }
  }

  /**
   * Claims a waiting conversation for an agent; that it is within the agent's capacity is checked inside the commit.
   * @param by the desk, where it assigns the case. @param mustFit the case is only one of many that would do.
   * @throws Rejected `already-owned`, `not-waiting`, `at-capacity`
   */
  async claim(
    id: string,
    worker: Worker,
    { by, mustFit = false }: { readonly by?: Actor; readonly mustFit?: boolean } = {},
  ): Promise<Done> {
    const agent = agentOf(worker);
    const claim = { type: 'claim', agent, abilities: worker, capacity: worker.capacity, mustFit } as const;
    return this.#within(worker, (limit) => this.execute(id, claim, by ?? actorOf(worker), undefined, limit));
  }

  /**
   * Hands an agent's conversation to a colleague, within that colleague's capacity.
   * @throws Rejected `not-owner`, `at-capacity`, `invalid`
   */
  async transfer(id: string, command: Transfer, to: Worker, by: Actor, key?: string): Promise<Done> {
    return this.#within(to, (limit) => this.execute(id, command, by, key, limit));
  }

  /** What an agent's conversations weigh together. */
  async loadOf(agent: string): Promise<number> {
    const held = await this.store.list(indexes.load(agent), { limit: 1_000 });
    return held.reduce((sum, { score }) => sum + score, 0);
  }

  async #within(worker: Worker, execute: (limit: Limit) => Promise<Done>): Promise<Done> {
    const { name, displayName, capacity } = worker;
    try {
      return await execute({ index: indexes.load(name), max: capacity, of: 'scores' });
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      throw new Rejected(
        'at-capacity',
        `${displayName} has as many conversations as the capacity of ${capacity} allows.`,
      );
    }
  }
}
