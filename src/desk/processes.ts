/**
 * Which version of the FAQ, of the dialogs and of the desk's rules each process of the desk serves: every process says so in a record that expires unless
 * it is renewed, so that a process that died is soon gone from the list, and nobody has to clean up.
 */
import type { Json } from '../conversation/state.ts';
import type { Store } from '../store/store.ts';

/** A version, and since when (ms since 1970) this process has served it. */
export interface Served {
  readonly version: string;
  readonly since: number;
}

/** What admins edit and processes serve. */
const files = ['faq', 'dialogs', 'rules'] as const;
type File = (typeof files)[number];

export interface ServingProcess extends Readonly<Record<File, Served>> {
  /** Of this run of the process; a restart makes a new one. */
  readonly id: string;
  /** For people: host and port. */
  readonly name: string;
}

/** Versions. */
export type Serving = Readonly<Record<File, string>>;

export interface ProcessesOptions {
  readonly store: Pick<Store, 'records'>;
  readonly id: string;
  /** What is served at this moment. */
  readonly serving: () => Serving;
  readonly onError: (error: unknown) => void;
  readonly now?: () => number;
}

/** ms between two records of a process, and how long one holds: it may fail twice. */
const period = 5_000;
const lifetime = 17_000;
const kind = 'process';

export class Processes {
  readonly #options: ProcessesOptions;
  readonly #now: () => number;
  #name = '';
  #served: Readonly<Record<File, Served>>;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(options: ProcessesOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#served = this.#look();
  }

  /** What this process serves now. */
  own(): ServingProcess {
    this.#served = this.#look(this.#served);
    return { id: this.#options.id, name: this.#name, ...this.#served };
  }

  #look(before?: Readonly<Record<File, Served>>): Readonly<Record<File, Served>> {
    const serving = this.#options.serving();
    const now = this.#now();
    const of = (file: File): Served =>
      before?.[file].version === serving[file] ? before[file] : { version: serving[file], since: now };
    return { faq: of('faq'), dialogs: of('dialogs'), rules: of('rules') };
  }

  /** All processes that have said so lately, by name; this one as it is now. @throws Unavailable */
  async list(): Promise<ServingProcess[]> {
    const own = this.own();
    const others = (await this.#options.store.records.list(kind))
      .filter(({ id }) => id !== own.id)
      .flatMap(({ id, value }) => processFrom(id, value) ?? []);
    return [own, ...others].sort((a, b) => (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1));
  }

  /** Begins to say it, under this name. */
  start(name: string): void {
    this.#name = name;
    this.tell();
  }

  /** Says it at once: something else is served. */
  tell(): void {
    if (this.#stopped || this.#name === '') return;
    if (this.#beating) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#beating = this.#beat().finally(() => {
      this.#beating = undefined;
      if (this.#stopped) return;
      if (this.#again) {
        this.#again = false;
        this.tell();
      } else this.#timer = setTimeout(() => this.tell(), period).unref();
    });
  }

  /** Takes this process off the list; where the store is away, the record expires by itself. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#beating;
    if (this.#name === '') return;
    await this.#options.store.records.remove(kind, this.#options.id).catch(this.#options.onError);
  }

  async #beat(): Promise<void> {
    const { id, ...told } = this.own();
    const { store, onError } = this.#options;
    await store.records.put(kind, id, told as unknown as Json, lifetime).catch(onError);
  }
}

/** A record as this release writes it; another's is passed over rather than shown wrongly. */
function processFrom(id: string, value: Json): ServingProcess | undefined {
  const { name, faq, dialogs, rules } = (value ?? {}) as Partial<Record<File | 'name', unknown>>;
  if (typeof name !== 'string' || !isServed(faq) || !isServed(dialogs) || !isServed(rules)) return undefined;
  return { id, name, faq, dialogs, rules };
}

function isServed(value: unknown): value is Served {
  const { version, since } = (value ?? {}) as { version?: unknown; since?: unknown };
  return typeof version === 'string' && typeof since === 'number';
}
