/** How much of what visitors send is kept, of each conversation and of each network; what is beyond it is refused, and nothing of it stored. */
import type { LimitRules } from '../conversation/rules.ts';
import type { FileStore } from './files.ts';
import { Pacer } from './pace.ts';

/** `full`: the conversation has its share · `enough`: the network has, for today. */
export type Beyond = 'full' | 'enough';

export interface AllowanceOptions {
  readonly files: Pick<FileStore, 'held'>;
  readonly rules: () => LimitRules;
  /** ms since 1970. */
  readonly now: () => number;
  /** Told of each refusal. */
  readonly onRefused: (why: Beyond, conversation: string) => void;
}

const megabyte = 1024 * 1024;
const day = 86_400_000;

export class Allowance {
  readonly #o: AllowanceOptions;
  readonly #networks: Pacer;
  /** The newest in each conversation's lane: two files that are weighed at once could both have the last place. */
  readonly #lanes = new Map<string, Promise<unknown>>();

  constructor(options: AllowanceOptions) {
    this.#o = options;
    this.#networks = new Pacer(() => {
      const burst = options.rules().megabytesPerDay * megabyte;
      return { burst, every: day / burst };
    });
  }

  /**
   * Runs `store`, where there is room for so many bytes more; in one conversation one after the other, in this process.
   * @param network undefined: nobody's, as of a channel that has its own limits.
   */
  async within<T>(
    conversation: string,
    network: string | undefined,
    bytes: number,
    store: () => Promise<T>,
  ): Promise<T | Beyond> {
    const before = this.#lanes.get(conversation) ?? Promise.resolve();
    const result = before.then(async () => {
      const beyond = await this.#weigh(conversation, network, bytes);
      if (beyond) this.#o.onRefused(beyond, conversation);
      return beyond ?? store();
    });
    // How it ended is told to whoever asked for it.
    const over = result.catch(() => undefined);
    this.#lanes.set(conversation, over);
    try {
      return await result;
    } finally {
      if (this.#lanes.get(conversation) === over) this.#lanes.delete(conversation);
    }
  }

  async #weigh(conversation: string, network: string | undefined, bytes: number): Promise<Beyond | undefined> {
    const { files, megabytes } = this.#o.rules();
    const held = await this.#o.files.held(conversation);
    if (held.files >= files || held.bytes + bytes > megabytes * megabyte) return 'full';
    if (network !== undefined && this.#networks.take(network, this.#o.now(), bytes) > 0) return 'enough';
    return undefined;
  }
}
