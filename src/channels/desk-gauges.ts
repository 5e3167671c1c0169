/** The desk's live figures for Prometheus. Those of the whole desk are the same on every process: take one, do not add them up. */
import { Counter, Gauge, type Registry, Summary } from 'prom-client';
import { indexes } from '../conversation/placement.ts';
import { loadReadable } from '../desk/readable.ts';
import { type Announcement, type Store, Unavailable } from '../store/store.ts';

export interface GaugeOptions {
  readonly registry: Registry;
  readonly store: Store;
  /** Agents who take cases now. */
  readonly available: () => Promise<readonly unknown[]>;
  readonly onError: (error: unknown) => void;
  /** ms since 1970 */
  readonly now?: () => number;
}

export interface DeskGauges {
  /** Told of every entry of this process's follower. */
  announced(announcement: Announcement): void;
}

/** Waiting cases looked at for the longest wait; the queue is in the order of what is due, not of waits. */
const mostLooked = 500;

export function deskGauges({ registry, store, available, onError, now = () => store.now() }: GaugeOptions): DeskGauges {
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read().catch(unknownWhileAway));
      },
    });
  gauge('firstline_open', 'Cases that are open, on the whole desk', () => store.count(indexes.open));
  gauge('firstline_owned', 'Conversations a person has, on the whole desk', () => store.count(indexes.held));
  gauge('firstline_agents_available', 'Agents who take cases now', async () => (await available()).length);
  gauge(
    'firstline_waiting_longest_seconds',
    `The longest wait among the first ${mostLooked} in the queue`,
    async () => {
      const listed = await store.list(indexes.waiting, { limit: mostLooked });
      const ids = listed.map(({ member }) => member);
      // What cannot be read is named by the queue's own reader, once.
      const waiting = await loadReadable(store, ids, () => {});
      const waits = waiting.map((c) => (c?.phase.at === 'queued' ? now() - c.phase.since : 0));
      return Math.max(0, ...waits) / 1_000;
    },
  );
  const breaches = new Counter({
    name: 'firstline_sla_breaches_total',
    help: 'Clocks that ran out on the whole desk, since this process started',
    registers: [registry],
  });
  const ratings = new Summary({
    name: 'firstline_rating',
    help: "Visitors' ratings of 1 to 5 on the whole desk, since this process started",
    percentiles: [],
    registers: [registry],
  });

  const readRatings = async ({ conversation, first, version }: Announcement): Promise<void> => {
    const from = typeof first === 'number' ? first : version;
    for (const event of await store.history(conversation, from - 1, version - from + 1)) {
      const { type, score } = event as { type: string; score?: unknown };
      if (type === 'rated' && typeof score === 'number') ratings.observe(score);
    }
  };
  return {
    announced(announcement) {
      const { types } = announcement;
      if (!Array.isArray(types)) return;
      breaches.inc(types.filter((type) => type === 'sla-breached').length);
      if (types.includes('rated')) readRatings(announcement).catch(onError);
    },
  };
}

function unknownWhileAway(error: unknown): number {
  if (error instanceof Unavailable) return Number.NaN;
  throw error;
}
