/**
 * Who is there. An agent's lease is a record that expires by the engine's clock; whatever is heard of the agent, on any process, renews
 * it: each request, and an event stream that is open. Two looks in a row must find an agent without one before their cases are given
 * to others: so a short break, or a store that was away, takes nobody's cases.
 */
import { performance } from 'node:perf_hooks';
import { indexes } from '../conversation/placement.ts';
import type { DeskRules } from '../conversation/rules.ts';
import type { Listed, Store } from '../store/store.ts';
import type { Desk } from './desk.ts';
import { startRepeating } from './repeating.ts';

const kind = 'lease';

export interface LeasesOptions {
  readonly store: Store;
  /** Asked at each beat. ms */
  readonly rules: () => DeskRules['lease'];
  readonly onError: (error: unknown) => void;
}

export class Leases {
  readonly #o: LeasesOptions;
  /** Agents whose streams are open here, and how many. */
  readonly #streams = new Map<string, number>();
  /** When each was renewed by this process, by its monotonic clock, ms. */
  readonly #renewed = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LeasesOptions) {
    this.#o = options;
    this.#schedule();
  }

  /** The agent was heard of: at most a third of a beat ago is as good as now. Never rejects: the next sign comes soon. */
  async beat(agent: string): Promise<void> {
    const now = performance.now();
    const { beat } = this.#o.rules();
    if (now - (this.#renewed.get(agent) ?? Number.NEGATIVE_INFINITY) < beat / 3) return;
    this.#renewed.set(agent, now);
    await this.#renew(agent);
  }

  /** @returns ends it. */
  keep(agent: string): () => void {
    this.#streams.set(agent, (this.#streams.get(agent) ?? 0) + 1);
    void this.beat(agent);
    return () => {
      const left = (this.#streams.get(agent) ?? 1) - 1;
      if (left > 0) this.#streams.set(agent, left);
      else this.#streams.delete(agent);
    };
  }

  async holds(agent: string): Promise<boolean> {
    return (await this.#o.store.records.get(kind, agent)) !== undefined;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #renew(agent: string): Promise<void> {
    try {
      await this.#o.store.records.put(kind, agent, true, this.#o.rules().lost);
    } catch (error) {
      this.#renewed.delete(agent);
      this.#o.onError(error);
    }
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      for (const agent of this.#streams.keys()) void this.#renew(agent);
      this.#schedule();
    }, this.#o.rules().beat).unref();
  }
}

export interface LeaseWatchOptions {
  readonly store: Store;
  readonly desk: Desk;
  readonly leases: Leases;
  /** Names this process among those of the desk. */
  readonly process: string;
  readonly onLost: (agent: string, conversations: number) => void;
  readonly onError: (error: unknown) => void;
}

/** A look comes so much later than a beat that whoever lives has renewed the lease in between, as a share. */
const patience = 4 / 3;

export interface LeaseWatch {
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/** Looks for agents who have cases and no lease; one process of the desk at a time. */
export function startLeaseWatch(options: LeaseWatchOptions): LeaseWatch {
  const { store, desk, leases, process, onLost, onError } = options;
  let missing: ReadonlySet<string> = new Set();
  const period = () => desk.terms().rules.lease.beat * patience;

  const look = async (): Promise<void> => {
    try {
      const isMine = await holdWatch(store, process, period() * 2.5);
      const found = new Set<string>();
      if (isMine) {
        for (const agent of await owners(store)) if (!(await leases.holds(agent))) found.add(agent);
        for (const agent of found) if (missing.has(agent)) onLost(agent, await releaseAll(desk, agent));
      }
      missing = found;
    } catch (error) {
      // While the store was away nobody could renew: count anew.
      missing = new Set();
      onError(error);
    }
  };
  return startRepeating(look, period);
}

/** One process at a time looks; another goes on when it is gone. */
async function holdWatch({ records }: Store, process: string, forMs: number): Promise<boolean> {
  if (await records.putIfAbsent('watch', 'leases', process, forMs)) return true;
  if ((await records.get('watch', 'leases')) !== process) return false;
  await records.put('watch', 'leases', process, forMs);
  return true;
}

const page = 10_000;

/** Everybody who has a conversation. */
async function owners(store: Store): Promise<Set<string>> {
  const names = new Set<string>();
  for (let after: Listed | undefined; ; ) {
    const listed = await store.list(indexes.held, { limit: page, ...(after ? { after } : {}) });
    for (const { member } of listed) names.add(member.slice(0, member.indexOf('#')));
    after = listed.at(-1);
    if (listed.length < page) return names;
  }
}

/** @returns how many went back to the queue. */
async function releaseAll(desk: Desk, agent: string): Promise<number> {
  const held = await desk.store.list(indexes.mine(agent), { limit: page });
  let released = 0;
  for (const { member } of held) {
    const { conversation } = await desk.execute(member, { type: 'lose-lease', agent }, { role: 'desk' });
    if (conversation.phase.at === 'queued') released++;
  }
  return released;
}
