/**
 * Visitors and the agent who has their cases, all of whom go on talking whatever breaks: each message under an id of its own, sent
 * again, at one process after another, until it is acknowledged. Then the logs are counted.
 */
import { arrive, call, signIn, type Visitor } from '../support/desk.ts';
import { until } from '../support/wait.ts';

export interface Tally {
  readonly acknowledged: number;
  /** Acknowledged, and not in the log. */
  readonly lost: number;
  /** In the log more than once. */
  readonly doubled: number;
  /** Logs whose versions are not 1, 2, 3 … */
  readonly torn: number;
}

export interface Seen {
  /** Answers by status; 0: the process was gone. */
  readonly statuses: Readonly<Record<number, number>>;
  /** The longest that an answer took, ms. */
  readonly slowest: number;
}

interface Case {
  readonly visitor: Visitor;
  readonly epoch: number;
}

/** Between two messages of one person, ms: people read before they write. */
const pace = 20;
/** A message that is not acknowledged for so long never will be, ms. */
const patience = 90_000;

export class Crowd {
  readonly #urls: readonly string[];
  readonly #cookie: string;
  readonly #cases: readonly Case[];
  readonly #acknowledged = new Map<string, string[]>();
  readonly #seen = { visitor: newSeen(), agent: newSeen() };
  #number = 0;
  #refusals = 0;
  #talking: Promise<unknown> = Promise.resolve();
  #isOver = true;

  private constructor(urls: readonly string[], cookie: string, cases: readonly Case[]) {
    this.#urls = urls;
    this.#cookie = cookie;
    this.#cases = cases;
  }

  /** @param urls of the desk's processes. @param size visitors, at most the agent's capacity. */
  static async gather(urls: readonly string[], size = 4): Promise<Crowd> {
    const [url = ''] = urls;
    const agent = await signIn(url);
    const cases: Case[] = [];
    for (let n = 0; n < size; n++) {
      const visitor = await arrive(urls[n % urls.length] ?? url, 'en');
      await visitor.say('talk to a person', 'ask');
      const claimed = await agent.post<{ epoch: number }>(`/conversations/${visitor.conversation}/claim`);
      if (claimed.status !== 200) throw new Error(`A claim was answered with ${claimed.status}`);
      cases.push({ visitor, epoch: claimed.body.epoch });
    }
    return new Crowd(urls, agent.cookie, cases);
  }

  get acknowledged(): number {
    return [...this.#acknowledged.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Answers of 500 and above, since they began. */
  get refusals(): number {
    return this.#refusals;
  }

  /** What visitors and the agent have been answered since the last time it was asked. */
  seen(): { readonly visitor: Seen; readonly agent: Seen } {
    const { visitor, agent } = this.#seen;
    this.#seen.visitor = newSeen();
    this.#seen.agent = newSeen();
    return { visitor, agent };
  }

  talk(): void {
    this.#isOver = false;
    const loop = async (say: () => Promise<void>) => {
      while (!this.#isOver) {
        await say();
        await new Promise((resolve) => setTimeout(resolve, pace));
      }
    };
    this.#talking = Promise.all(
      this.#cases.flatMap((one) => [loop(() => this.#visitorSays(one)), loop(() => this.#agentSays(one))]),
    );
    // Whoever awaits the end is told; until then it is nobody's.
    this.#talking.catch(() => {});
  }

  /** Until so many more messages have been acknowledged. */
  async on(messages: number): Promise<void> {
    const enough = this.acknowledged + messages;
    await Promise.race([
      until(() => this.acknowledged >= enough, `${messages} more messages`, patience),
      this.#failure(),
    ]);
  }

  /** Everybody finishes what they were saying. */
  async hush(): Promise<void> {
    this.#isOver = true;
    await this.#talking;
  }

  /** Reads every log from a process and counts. */
  async tally(): Promise<Tally> {
    const headers = { cookie: this.#cookie };
    let [lost, doubled, torn] = [0, 0, 0];
    for (const { visitor } of this.#cases) {
      const { status, body } = await call<{ timeline: { version: number; text?: string }[] }>(
        `${this.#urls[0]}/console/api/conversations/${visitor.conversation}`,
        { headers },
      );
      if (status !== 200) throw new Error(`A timeline was answered with ${status}`);
      const counts = new Map<string, number>();
      for (const { text } of body.timeline) if (text) counts.set(text, (counts.get(text) ?? 0) + 1);
      for (const text of this.#acknowledged.get(visitor.conversation) ?? []) if (!counts.has(text)) lost++;
      for (const [text, count] of counts) if (/^[va]-\d+$/.test(text) && count > 1) doubled += count - 1;
      if (body.timeline.some(({ version }, i) => version !== i + 1)) torn++;
    }
    return { acknowledged: this.acknowledged, lost, doubled, torn };
  }

  /** Rejects when somebody was turned away for good. */
  #failure(): Promise<never> {
    return this.#talking.then(() => {
      throw new Error('Everybody has fallen silent.');
    });
  }

  #visitorSays({ visitor: { conversation, token } }: Case): Promise<void> {
    const text = `v-${++this.#number}`;
    const body = { type: 'message', text, channelData: { clientActivityID: text } };
    const headers = { authorization: `Bearer ${token}` };
    return this.#insist('visitor', conversation, text, (url) =>
      call(`${url}/v3/directline/conversations/${conversation}/activities`, { method: 'POST', body, headers }),
    );
  }

  #agentSays({ visitor: { conversation }, epoch }: Case): Promise<void> {
    const text = `a-${++this.#number}`;
    const body = { text, epoch, clientId: text };
    return this.#insist('agent', conversation, text, (url) =>
      call(`${url}/console/api/conversations/${conversation}/messages`, {
        method: 'POST',
        body,
        headers: { cookie: this.#cookie, origin: url },
      }),
    );
  }

  async #insist(
    who: 'visitor' | 'agent',
    conversation: string,
    text: string,
    send: (url: string) => Promise<{ status: number }>,
  ): Promise<void> {
    const deadline = Date.now() + patience;
    for (let tried = this.#number; ; tried++) {
      const began = performance.now();
      const status = await send(this.#urls[tried % this.#urls.length] ?? '').then(
        (answer) => answer.status,
        () => 0,
      );
      const seen = this.#seen[who];
      seen.slowest = Math.max(seen.slowest, performance.now() - began);
      seen.statuses[status] = (seen.statuses[status] ?? 0) + 1;
      if (status >= 500) this.#refusals++;
      if (status === 200 || status === 201) {
        this.#acknowledged.set(conversation, [...(this.#acknowledged.get(conversation) ?? []), text]);
        return;
      }
      if (status !== 0 && status < 500) throw new Error(`The ${who} was turned away with ${status}`);
      if (Date.now() > deadline) throw new Error(`"${text}" was never acknowledged; the last answer was ${status}`);
      await new Promise((resolve) => setTimeout(resolve, pace * 5));
    }
  }
}

function newSeen(): { statuses: Record<number, number>; slowest: number } {
  return { statuses: {}, slowest: 0 };
}

/** In words for the table: `503 within 2.1 s, then taken`. */
export function inWords({ statuses, slowest }: Seen): string {
  const refusals = Object.keys(statuses).filter((status) => Number(status) >= 500);
  const gone = statuses[0] ? ['no answer'] : [];
  const within = `within ${(slowest / 1000).toFixed(1)} s`;
  const told = [...refusals, ...gone].join(' or ');
  return told ? `${told}, then taken; each answer ${within}` : `every message taken ${within}`;
}
