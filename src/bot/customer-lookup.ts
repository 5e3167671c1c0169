/**
 * Who the visitor is to the company, looked up beside the turn: no turn waits for it, and what is found is committed as a command of
 * its own. Only a proven identity is looked up: one that the website signed, or that the channel vouches for.
 */
import type { Conversation } from '../conversation/state.ts';
import { type Customers, CustomersAway, type Who } from '../customers/customers.ts';
import type { Desk } from '../desk/desk.ts';

export interface LookupLog {
  debug(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export class CustomerLookup {
  readonly #customers: Customers;
  readonly #desk: Pick<Desk, 'execute'>;
  readonly #log: LookupLog;
  /** Conversations whose visitor is being looked up here. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(customers: Customers, desk: Pick<Desk, 'execute'>, log: LookupLog) {
    this.#customers = customers;
    this.#desk = desk;
    this.#log = log;
  }

  /** To be told of each turn that was committed; asks again at every turn, so that records that change are noticed. Never throws. */
  turned(c: Conversation): void {
    const who = provenIdentity(c);
    if (!who || this.#underWay.has(c.id)) return;
    const run = this.#look(c, who).finally(() => this.#underWay.delete(c.id));
    this.#underWay.set(c.id, run);
  }

  /** Resolves when nothing is under way here any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  async #look(c: Conversation, who: Who): Promise<void> {
    try {
      const customer = await this.#customers.find(who);
      if (!customer || JSON.stringify(customer) === JSON.stringify(c.customer)) return;
      await this.#desk.execute(c.id, { type: 'know-customer', customer }, { role: 'desk' });
    } catch (error) {
      // The next turn asks again. That the records are away is told once, by whoever notices it.
      if (error instanceof CustomersAway)
        this.#log.debug({ error, conversation: c.id }, 'a customer was not looked up');
      else this.#log.warn({ error, conversation: c.id }, 'what is known of a customer could not be noted');
    }
  }
}

/** By what the visitor may be looked up; undefined where nothing is proven. */
export function provenIdentity({ visitor, channel }: Conversation): Who | undefined {
  if (!visitor.signed) return undefined;
  // A channel's own id is nobody's customer number: the directory's is.
  const id = channel.kind === 'website' ? visitor.id : visitor.directoryId;
  if (id === undefined && visitor.email === undefined) return undefined;
  return { ...(id === undefined ? {} : { id }), ...(visitor.email ? { email: visitor.email } : {}) };
}
