/**
 * Replies to connector channels (Teams and others), after their commit: in order, with a cursor in the log, tried again with growing
 * pauses. At least once: a process that dies between sending and noting it leaves the reply to be sent again.
 */
import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import { alarmsOf } from '../conversation/alarms.ts';
import { type DeliveryEvent, isUndelivered } from '../conversation/delivery.ts';
import type { Event } from '../conversation/event.ts';
import type { Json } from '../conversation/state.ts';
import { whileHolding } from '../desk/alone.ts';
import type { Desk } from '../desk/desk.ts';
import { type Announcement, type Store, Unreadable } from '../store/store.ts';
import { activityFor } from './wire.ts';

/** Hands one activity to the channel. Rejects with an error whose `statusCode`, if any, is the channel's answer. */
export type Send = (reference: { readonly [key: string]: Json }, activity: Partial<Activity>) => Promise<void>;

export interface DeliveryOptions {
  readonly store: Store;
  readonly desk: Desk;
  readonly send: Send;
  readonly log: Logger;
  readonly now?: () => number;
}

/** One process at a time sends for a conversation; a process that died holds it for this long, ms. */
const lease = 20_000;
/** Waits between attempts, ms: 1 s doubling to 5 min. */
const backOff = (failures: number): number => Math.min(300_000, 1_000 * 2 ** failures);
/** About three hours of trying. */
const mostFailures = 40;

export class DeliveryWorker {
  readonly #o: DeliveryOptions;
  readonly #now: () => number;
  readonly #process = randomUUID();
  /** Conversations under way here; true when something new came meanwhile. */
  readonly #busy = new Map<string, boolean>();
  readonly #running = new Set<Promise<void>>();
  /** Quarantined conversations that the log names already. */
  readonly #unreadable = new Set<string>();

  constructor(options: DeliveryOptions) {
    this.#o = options;
    this.#now = options.now ?? (() => options.store.now());
  }

  announced(announcement: Announcement): void {
    if (announcement.outstanding === true) void this.deliver(announcement.conversation);
  }

  /** Resolves when nothing is under way here any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Sends what is outstanding, if it is time and no other process does. Never rejects. */
  deliver(id: string): Promise<void> {
    const run = this.#deliver(id).finally(() => this.#running.delete(run));
    this.#running.add(run);
    return run;
  }

  async #deliver(id: string): Promise<void> {
    if (this.#busy.has(id)) {
      this.#busy.set(id, true);
      return;
    }
    do {
      this.#busy.set(id, false);
      try {
        await whileHolding(this.#o.store, { kind: 'delivering', id, owner: this.#process, lasts: lease }, () =>
          this.#sendOutstanding(id),
        );
        this.#unreadable.delete(id);
      } catch (error) {
        this.#tell(id, error);
      }
    } while (this.#busy.get(id));
    this.#busy.delete(id);
  }

  #tell(id: string, error: unknown): void {
    // The sweeper comes back every second: of what will not mend by itself the operator is told once.
    if (error instanceof Unreadable) {
      if (this.#unreadable.has(id)) return;
      this.#unreadable.add(id);
      this.#o.log.error({ error, conversation: id }, 'replies wait in a conversation that cannot be read');
      return;
    }
    this.#o.log.warn({ error, conversation: id }, 'replies could not be delivered now; the sweeper comes back to them');
  }

  async #sendOutstanding(id: string): Promise<void> {
    const leasedUntil = this.#now() + lease / 2;
    for (;;) {
      const [c] = await this.#o.store.load([id]);
      if (!c?.delivery || c.channel.kind !== 'connector' || !isUndelivered(c)) return;
      const paused = c.delivery.failures > 0 && (alarmsOf(c).delivery ?? 0) > this.#now();
      if (paused || this.#now() > leasedUntil) return;
      const events = await this.#o.store.history(id, c.delivery.through, 50);
      const next = events.find(isForChannel);
      const through = next?.version ?? events.at(-1)?.version;
      if (through === undefined) return;
      const activity = next && forChannel(id, next);
      try {
        if (activity) await this.#o.send(c.channel.reference, activity);
      } catch (error) {
        await this.#failed(id, through, c.delivery.failures, error);
        return;
      }
      await this.#report(id, { type: 'delivered', through }, `delivered:${through}`);
    }
  }

  async #failed(id: string, version: number, failures: number, error: unknown): Promise<void> {
    const status = (error as { statusCode?: number }).statusCode;
    const reason = status ? `HTTP ${status}` : ((error as { code?: string }).code ?? 'no answer');
    // 4xx is the channel's last word (blocked, gone, malformed), but for tokens, time-outs and too many at once.
    const final =
      (status !== undefined && status >= 400 && status < 500 && ![401, 408, 429].includes(status)) ||
      failures >= mostFailures;
    this.#o.log.warn({ conversation: id, version, reason, failures, final }, 'the channel did not take a reply');
    const again = final ? {} : { nextAt: this.#now() + backOff(failures) };
    await this.#report(
      id,
      { type: 'delivery-failed', failed: version, reason, ...again },
      `failed:${version}:${failures}`,
    );
  }

  async #report(id: string, report: DeliveryEvent, key: string): Promise<void> {
    await this.#o.desk.execute(id, { type: 'report-delivery', report }, { role: 'desk' }, key);
  }
}

const isForChannel = (event: Event): boolean => event.type === 'message' && event.by.role !== 'visitor';

/** In a shared thread nothing but the text shows who speaks, so an agent's message begins with the name. */
function forChannel(id: string, event: Event): Partial<Activity> | undefined {
  const activity = activityFor(id, event, () => '');
  if (!activity) return undefined;
  const {
    id: _id,
    timestamp: _timestamp,
    from: _from,
    conversation: _conversation,
    channelId: _channel,
    channelData: _data,
    ...rest
  } = activity;
  if (event.by.role !== 'agent') return rest;
  const { displayName } = event.by;
  const name = rest.textFormat === 'markdown' ? `**${displayName}:**` : `${displayName}:`;
  return { ...rest, text: `${name} ${rest.text ?? ''}` };
}
