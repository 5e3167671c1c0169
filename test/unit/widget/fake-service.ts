import type { Clock } from '../../../src/widget/clock.ts';
import type { FileShelf } from '../../../src/widget/files.ts';
import type { Shelf } from '../../../src/widget/memory.ts';
import type { Connect, SocketEvents } from '../../../src/widget/stream.ts';

/** Time that stands until it is moved; tasks run in order when their time has come. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  #tasks: { at: number; task: () => void }[] = [];

  now = (): number => this.#now;

  after(ms: number, task: () => void): () => void {
    const entry = { at: this.#now + Math.max(0, ms), task };
    this.#tasks.push(entry);
    return () => {
      this.#tasks = this.#tasks.filter((one) => one !== entry);
    };
  }

  /** Lets `ms` pass, with everything that falls due and what follows from it. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#tasks.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#tasks = this.#tasks.filter((one) => one !== next);
      this.#now = Math.max(this.#now, next.at);
      next.task();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets all promises that can go on go on. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function memoryShelf(): Shelf & { readonly map: Map<string, string> } {
  const map = new Map<string, string>();
  return {
    map,
    get length() {
      return map.size;
    },
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

export function memoryFiles(): FileShelf & { readonly map: Map<string, readonly File[]> } {
  const map = new Map<string, readonly File[]>();
  return {
    map,
    put: async (clientId, files) => void map.set(clientId, files),
    get: async (clientId) => map.get(clientId) ?? null,
    drop: async (clientId) => void map.delete(clientId),
  };
}

interface Activity {
  readonly id: string;
  readonly type: string;
  readonly text: string;
  readonly channelData: { readonly clientActivityID?: string; readonly firstline?: { readonly by: string } };
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly token: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

const json = (status: number, body: object) => new Response(JSON.stringify(body), { status });

/** A service of one conversation, as far as the chat can tell, with every failure that a test asks for. */
export class FakeService {
  readonly requests: Request[] = [];
  readonly log: Activity[] = [];
  conversation = 'c1';
  /** Answers a request in the service's place; `lost` lets it do its work and withholds the answer. */
  trouble: (request: Request) => Response | 'lost' | 'down' | null = () => null;
  echoes = true;
  /** What becomes of sockets: a proxy between may refuse them, or let them wait without an answer. */
  sockets: 'open' | 'refused' | 'silent' = 'open';
  #sockets: SocketEvents[] = [];
  #tokens = 0;

  get connected(): number {
    return this.#sockets.length;
  }

  fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input));
    const form = init.body instanceof FormData ? init.body : null;
    const part = form?.get('activity');
    const text = part instanceof Blob ? await part.text() : typeof init.body === 'string' ? init.body : '{}';
    const headers = init.headers as Record<string, string>;
    const request: Request = {
      method: init.method ?? 'GET',
      path: url.pathname + url.search,
      token: headers.authorization?.replace('Bearer ', '') ?? null,
      body: JSON.parse(text),
    };
    this.requests.push(request);
    const trouble = this.trouble(request);
    // An answer never comes in the moment of asking.
    await null;
    if (trouble === 'down') throw new TypeError('fetch failed');
    if (trouble instanceof Response) return trouble;
    const answer = this.#answer(request);
    if (trouble === 'lost') throw new TypeError('fetch failed');
    return answer;
  };

  connect: Connect = (url, events) => {
    const watermark = Number(new URL(url).searchParams.get('watermark'));
    queueMicrotask(() => {
      if (this.sockets === 'refused') events.close();
      if (this.sockets !== 'open') return;
      this.#sockets.push(events);
      events.open();
      const missed = this.log.slice(watermark);
      if (missed.length > 0) this.#frame(events, missed);
    });
    return { send: () => {}, close: () => this.#leave(events) };
  };

  say(text: string, by = 'bot', more: object = {}): void {
    this.#append({ type: 'message', text, channelData: { firstline: { by } }, ...more });
  }

  /** A frame without a watermark. */
  ephemeral(activity: object): void {
    for (const socket of this.#sockets) socket.message(JSON.stringify({ activities: [activity] }));
  }

  cut(): void {
    for (const socket of [...this.#sockets]) {
      this.#leave(socket);
      socket.close();
    }
  }

  posts(type = 'message'): Request[] {
    return this.requests.filter(({ path, body }) => /\/(activities|upload)/.test(path) && body.type === type);
  }

  #leave(events: SocketEvents): void {
    this.#sockets = this.#sockets.filter((one) => one !== events);
  }

  #append(activity: Omit<Activity, 'id'>): string {
    const version = this.log.length + 1;
    const stored = { ...activity, id: `${this.conversation}|${String(version).padStart(7, '0')}` };
    this.log.push(stored);
    if (this.echoes) for (const socket of this.#sockets) this.#frame(socket, [stored]);
    return stored.id;
  }

  #frame(socket: SocketEvents, activities: readonly Activity[]): void {
    socket.message(JSON.stringify({ activities, watermark: String(this.log.length) }));
  }

  #answer({ method, path, body }: Request): Response {
    this.#tokens += 1;
    const grant = { token: `t${this.#tokens}`, conversationId: this.conversation, expires_in: 3600 };
    if (path === '/widget/session') return json(200, { ...grant, userId: 'u1' });
    if (path === '/v3/directline/tokens/refresh') return json(200, grant);
    const watermark = /watermark=(\d+)/.exec(path)?.[1] ?? '';
    if (method === 'GET' && path.includes('/activities')) {
      return json(200, { activities: this.log.slice(Number(watermark)), watermark: String(this.log.length) });
    }
    if (/\/(activities|upload)/.test(path)) {
      if (body.type === 'typing') return json(200, { id: 'c1|t-1' });
      const data = body.channelData as Activity['channelData'];
      const known = this.log.find((one) => one.channelData.clientActivityID === data.clientActivityID);
      const id =
        known?.id ??
        this.#append({
          type: 'message',
          text: String(body.text),
          channelData: { ...data, firstline: { by: 'visitor' } },
        });
      return json(200, { id });
    }
    return json(200, { ...grant, streamUrl: `wss://help.example/stream?watermark=${watermark}` });
  }
}
