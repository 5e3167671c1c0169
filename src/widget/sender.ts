import type { Clock } from './clock.ts';
import { Refused } from './directline.ts';
import type { FileShelf } from './files.ts';
import type { Memory } from './memory.ts';
import {
  attemptsOf,
  type Entry,
  failed,
  hurry,
  nextTurn,
  type Outbox,
  type Progress,
  put,
  settle,
  tooLarge,
  tooLong,
  without,
} from './outbox.ts';

/** A stored message that has not come back on the stream within this time (ms) tells of a stream that only looks alive. */
const echoPatience = 10_000;

export interface SenderParts {
  readonly memory: Memory;
  readonly files: FileShelf;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly tab: string;
  /** Sends one entry. Throws `Refused` when the service will never take it, anything else when a later try may pass. */
  readonly deliver: (entry: Entry, files: readonly File[]) => Promise<void>;
  readonly changed: () => void;
  readonly unechoed: () => void;
}

/** Works the outbox off, one entry at a time, while the line is up; what is not acknowledged outlives the page. */
export class Sender {
  readonly #parts: SenderParts;
  #outbox: Outbox;
  #up = false;
  #busy = false;
  #cancel: () => void = () => {};

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#outbox = parts.memory.outbox();
  }

  get outbox(): Outbox {
    return this.#outbox;
  }

  write(text: string, files: readonly File[]): void {
    const { clock, memory, newId, tab } = this.#parts;
    const entry: Entry = {
      clientId: newId(),
      text,
      files: files.map(({ name, type, size }) => ({ name, type, size })),
      at: Math.max(clock.now(), (this.#outbox.at(-1)?.at ?? 0) + 1),
      tab,
      progress: { at: 'queued' },
    };
    if (files.length > 0) void this.#parts.files.put(entry.clientId, files);
    memory.keepEntry(entry);
    this.#become(put(this.#outbox, entry));
    this.#pump();
  }

  /** The line came up or went down. */
  line(up: boolean): void {
    if (up && !this.#up) this.#become(hurry(this.#outbox));
    this.#up = up;
    this.#pump();
  }

  /** The service has shown these back: they are in the log. */
  acknowledge(clientIds: ReadonlySet<string>): void {
    const known = this.#outbox.filter((entry) => clientIds.has(entry.clientId));
    for (const { clientId } of known) this.#forget(clientId);
    if (known.length > 0) this.#become(without(this.#outbox, clientIds));
    this.#pump();
  }

  retry(clientId: string): void {
    this.#become(hurry(this.#outbox, clientId));
    this.#pump();
  }

  discard(clientId: string): void {
    this.#forget(clientId);
    this.#become(without(this.#outbox, new Set([clientId])));
    this.#pump();
  }

  /** Another tab wrote, or had something acknowledged. */
  reload(): void {
    const stored = this.#parts.memory.outbox();
    const kept = new Set(stored.map((entry) => entry.clientId));
    // An entry this tab has delivered is gone from storage and still waits here for its echo.
    const own = this.#outbox.filter((entry) => kept.has(entry.clientId) || entry.progress.at === 'delivered');
    this.#become(stored.reduce(put, own));
    this.#pump();
  }

  #become(outbox: Outbox): void {
    if (outbox === this.#outbox) return;
    this.#outbox = outbox;
    this.#parts.changed();
  }

  #settle(clientId: string, progress: Progress): void {
    this.#become(settle(this.#outbox, clientId, progress));
  }

  #forget(clientId: string): void {
    this.#parts.memory.forgetEntry(clientId);
    void this.#parts.files.drop(clientId);
  }

  #pump(): void {
    this.#cancel();
    if (!this.#up || this.#busy) return;
    const { clock, tab } = this.#parts;
    const turn = nextTurn(this.#outbox, tab, clock.now());
    if (turn === null) return;
    if ('at' in turn) this.#cancel = clock.after(turn.at - clock.now(), () => this.#pump());
    else void this.#send(turn.send);
  }

  async #send(entry: Entry): Promise<void> {
    const { clientId } = entry;
    const { clock, memory, random } = this.#parts;
    this.#busy = true;
    this.#settle(clientId, { at: 'sending' });
    try {
      const excess = tooLong(entry) ? 'length' : tooLarge(entry) ? 'size' : undefined;
      if (excess) {
        // It would be refused, after minutes on a slow line.
        this.#refuse(entry, { at: 'refused', by: excess, reason: '' });
        return;
      }
      const files = entry.files.length > 0 ? await this.#parts.files.get(clientId) : [];
      if (files === null) {
        this.#refuse(entry, { at: 'refused', by: 'files', reason: '' });
      } else {
        await this.#parts.deliver(entry, files);
        this.#settle(clientId, { at: 'delivered' });
        this.#forget(clientId);
        clock.after(echoPatience, () => {
          if (this.#outbox.some((one) => one.clientId === clientId)) this.#parts.unechoed();
        });
      }
    } catch (error) {
      if (error instanceof Refused) {
        const by = error.status === 413 && entry.files.length > 0 ? 'size' : 'service';
        this.#refuse(entry, { at: 'refused', by, reason: error.reason });
      } else {
        const again = failed(this.#outbox, clientId, attemptsOf(entry), clock.now(), random());
        this.#become(again);
        const kept = again.find((one) => one.clientId === clientId);
        if (kept) memory.keepEntry(kept);
      }
    } finally {
      this.#busy = false;
      this.#pump();
    }
  }

  #refuse(entry: Entry, progress: Progress): void {
    this.#settle(entry.clientId, progress);
    if (this.#outbox.some((one) => one.clientId === entry.clientId)) {
      this.#parts.memory.keepEntry({ ...entry, progress });
    }
  }
}
