/**
 * Gives waiting cases to people where desk.yaml says `offer` or `assign`: to the agent who fits best and has room, the least laden
 * first, then whoever has been idle longest. Looks again whenever something moves, and every few seconds for what moves silently: hours,
 * skills, capacities, waits that widen the fit. Two processes that do so are harmless: what they decide is committed at a version.
 */
import { type Fit, fitOf, fits } from '../conversation/fit.ts';
import { Rejected } from '../conversation/rejected.ts';
import type { QueueMode } from '../conversation/rules.ts';
import type { FeedItem } from '../store/store.ts';
import { agentOf, type Desk, type Worker } from './desk.ts';
import type { Case, Line } from './line.ts';

export interface DispatcherOptions {
  readonly desk: Desk;
  readonly line: Line;
  /** Agents who are there and take cases now. */
  readonly available: () => Promise<readonly Worker[]>;
  readonly onError: (error: unknown) => void;
  /** ms. Default: 3,000. */
  readonly tick?: number;
}

/** Several moves make one look, ms. */
const pause = 50;
/** Who has let a case pass is asked for it again after so long at the earliest, ms. */
const respite = 60_000;

interface Candidate {
  readonly worker: Worker;
  load: number;
  isOffered: boolean;
}

export class Dispatcher {
  readonly #o: DispatcherOptions;
  readonly #ticking: NodeJS.Timeout;
  /** When each agent last took or ended a case, as this process has seen it, ms since 1970. */
  readonly #busyAt = new Map<string, number>();
  #soon: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStale = false;
  #stopped = false;

  constructor(options: DispatcherOptions) {
    this.#o = options;
    this.#ticking = setInterval(() => this.nudge(), options.tick ?? 3_000);
    this.#ticking.unref();
  }

  /** To be told every item of the process's follower. */
  announced(item: FeedItem): void {
    if (item.kind === 'entry') {
      const { types, at, by, owner } = item.announcement as unknown as {
        types?: readonly string[];
        at: number;
        by: { role: string; name?: string };
        owner: { name: string } | null;
      };
      if (types?.every((type) => unmoving.has(type))) return;
      if (types?.includes('claimed') && owner) this.#busyAt.set(owner.name, at);
      else if (by?.name) this.#busyAt.set(by.name, at);
    }
    this.nudge();
  }

  /** Something may have moved. */
  nudge(): void {
    if (this.#stopped || this.#o.desk.terms().rules.queue.mode === 'pull') return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#isStale = true;
      this.#running ??= this.#runWhileStale().finally(() => {
        this.#running = undefined;
      });
    }, pause);
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#ticking);
    clearTimeout(this.#soon);
    await this.#running;
  }

  async #runWhileStale(): Promise<void> {
    while (this.#isStale && !this.#stopped) {
      this.#isStale = false;
      try {
        await this.#dispatch();
      } catch (error) {
        this.#o.onError(error);
      }
    }
  }

  async #dispatch(): Promise<void> {
    const { desk, line } = this.#o;
    const { mode } = desk.terms().rules.queue;
    if (mode === 'pull') return;
    await line.look();
    if (line.length === 0) return;
    const now = desk.now();
    const cases = line.cases();
    const candidates = await this.#candidates(cases, now);
    for (const waiting of cases) {
      // Agents are few and cases may be many: nobody left is the end.
      if (this.#stopped || !candidates.some((candidate) => isFree(candidate, mode))) return;
      if (waiting.offer && waiting.offer.until > now) continue;
      for (const candidate of this.#bestFor(waiting, candidates, mode, now))
        if (await this.#give(waiting, candidate, mode)) break;
    }
  }

  async #candidates(cases: readonly Case[], now: number): Promise<Candidate[]> {
    const { desk, available } = this.#o;
    const offered = new Set(cases.flatMap(({ offer }) => (offer && offer.until > now ? [offer.agent] : [])));
    const { calendar } = desk.terms();
    const workers = (await available()).filter(({ name }) => calendar.isOnShift(name, now));
    return Promise.all(
      workers.map(async (worker) => ({
        worker,
        load: await desk.loadOf(worker.name),
        isOffered: offered.has(worker.name),
      })),
    );
  }

  #bestFor(waiting: Case, candidates: readonly Candidate[], mode: QueueMode, now: number): readonly Candidate[] {
    const { queue } = this.#o.desk.terms().rules;
    const weight = queue.weights[waiting.origin];
    const passedAt = ({ worker }: Candidate): number =>
      waiting.passed?.find(({ agent }) => agent === worker.name)?.at ?? 0;
    const order = (candidate: Candidate): readonly number[] => [
      passedAt(candidate),
      fits.indexOf(fitOf(waiting, candidate.worker, queue, now)),
      candidate.load / candidate.worker.capacity,
      this.#busyAt.get(candidate.worker.name) ?? 0,
    ];
    return candidates
      .filter((candidate) => {
        const fit: Fit = fitOf(waiting, candidate.worker, queue, now);
        const passed = passedAt(candidate);
        return fit !== 'none' && isFree(candidate, mode, weight) && (passed === 0 || passed <= now - respite);
      })
      .map((candidate) => ({ candidate, order: order(candidate) }))
      .sort((a, b) => compare(a.order, b.order) || (a.candidate.worker.name < b.candidate.worker.name ? -1 : 1))
      .map(({ candidate }) => candidate);
  }

  /** @returns false where it could not be, and another may have it. */
  async #give(waiting: Case, candidate: Candidate, mode: QueueMode): Promise<boolean> {
    const { desk, line } = this.#o;
    const { worker } = candidate;
    const by = { role: 'desk' } as const;
    try {
      const { conversation } =
        mode === 'assign'
          ? await desk.claim(waiting.id, worker, { by, mustFit: true })
          : await desk.execute(waiting.id, { type: 'offer', agent: agentOf(worker) }, by);
      line.learn(conversation);
      if (mode === 'assign') candidate.load += desk.terms().rules.queue.weights[waiting.origin];
      else candidate.isOffered = true;
      return true;
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      if (error.code === 'at-capacity') {
        candidate.load = worker.capacity;
        return false;
      }
      // Somebody was quicker, or it waits no longer.
      await line.reread(waiting.id);
      return true;
    }
  }
}

/** A heavy case fits one who has nothing else; one offer at a time is enough to answer. */
const isFree = ({ worker, load, isOffered }: Candidate, mode: QueueMode, weight = 0): boolean =>
  (mode !== 'offer' || !isOffered) && load < worker.capacity && (load === 0 || load + weight <= worker.capacity);

/** What leaves the queue and everybody's load as they were. */
const unmoving = new Set([
  'message',
  'memory',
  'matched',
  'answered',
  'feedback',
  'collected',
  'delivered',
  'activity',
  'noted',
  'felt',
]);

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
