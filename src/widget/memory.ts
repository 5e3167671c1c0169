import type { Session } from './directline.ts';
import { type Entry, type Outbox, revive } from './outbox.ts';

/** The part of `Storage` that is used. */
export interface Shelf {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * What a page leaves for the next one and shares with its neighbours: the session, what is unsent, what was read. Each unsent
 * entry has a key of its own, so that two tabs never overwrite each other's. Where the browser denies storage (a private window,
 * a full disk) everything works on until the page is closed.
 */
export class Memory {
  readonly #shelf: Shelf;
  readonly #prefix: string;

  /** `scope` tells services apart that are embedded in one site. */
  constructor(shelf: Shelf, scope: string) {
    this.#shelf = shelf;
    this.#prefix = `firstline:${scope}:`;
  }

  session(): Session | null {
    const { token, userId, conversationId, expiresAt } = (this.#read('session') ?? {}) as Partial<
      Record<keyof Session, unknown>
    >;
    if (typeof token !== 'string' || typeof userId !== 'string') return null;
    return {
      token,
      userId,
      conversationId: typeof conversationId === 'string' ? conversationId : null,
      expiresAt: typeof expiresAt === 'number' ? expiresAt : 0,
    };
  }

  keepSession(session: Session): void {
    this.#write('session', session);
  }

  forgetSession(): void {
    this.#shelf.removeItem(`${this.#prefix}session`);
  }

  /** The version up to which the visitor has read `conversation`. */
  read(conversation: string): number {
    const stored = (this.#read('read') ?? {}) as { readonly conversation?: unknown; readonly version?: unknown };
    return stored.conversation === conversation && typeof stored.version === 'number' ? stored.version : 0;
  }

  keepRead(conversation: string, version: number): void {
    this.#write('read', { conversation, version });
  }

  outbox(): Outbox {
    const keys = Array.from({ length: this.#shelf.length }, (_, index) => this.#shelf.key(index) ?? '');
    return keys
      .filter((key) => key.startsWith(`${this.#prefix}out:`))
      .map((key) => revive(this.#read(key.slice(this.#prefix.length))))
      .filter((entry) => entry !== null)
      .sort((a, b) => a.at - b.at);
  }

  keepEntry(entry: Entry): void {
    this.#write(`out:${entry.clientId}`, entry);
  }

  forgetEntry(clientId: string): void {
    this.#shelf.removeItem(`${this.#prefix}out:${clientId}`);
  }

  /** What a `storage` event's key is about; null when it is not ours. */
  concern(key: string | null): 'session' | 'read' | 'outbox' | null {
    if (key === null || !key.startsWith(this.#prefix)) return null;
    const name = key.slice(this.#prefix.length);
    if (name === 'session' || name === 'read') return name;
    return name.startsWith('out:') ? 'outbox' : null;
  }

  #read(name: string): unknown {
    const value = this.#shelf.getItem(this.#prefix + name);
    if (value === null) return null;
    try {
      return JSON.parse(value);
    } catch {
      // Someone else's hand was in it; what cannot be read was never written.
      return null;
    }
  }

  #write(name: string, value: unknown): void {
    this.#shelf.setItem(this.#prefix + name, JSON.stringify(value));
  }
}

/** `shelf` with a fallback in memory: a browser that denies storage, or has no room left, throws where we would write. */
export function tolerant(shelf: () => Shelf): Shelf {
  const own = new Map<string, string>();
  let real: Shelf | null = null;
  try {
    real = shelf();
  } catch {
    // Storage is off for this page; the map serves until it is closed.
  }
  const keys = () => [
    ...new Set([...own.keys(), ...Array.from({ length: real?.length ?? 0 }, (_, index) => real?.key(index) ?? '')]),
  ];
  return {
    get length() {
      return keys().length;
    },
    key: (index) => keys()[index] ?? null,
    getItem: (key) => own.get(key) ?? real?.getItem(key) ?? null,
    setItem(key, value) {
      try {
        if (!real) throw new Error('no storage');
        real.setItem(key, value);
        own.delete(key);
      } catch {
        own.set(key, value);
      }
    },
    removeItem(key) {
      own.delete(key);
      real?.removeItem(key);
    },
  };
}
