/** A reader of server-sent events that keeps what it reads, and may be cut. */
import type { Browser } from './console-desk.ts';

export interface StreamedEvent {
  /** The stream's last id when this came. */
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

export interface EventReader {
  readonly status: number;
  readonly events: StreamedEvent[];
  /** What the browser would send as Last-Event-ID. */
  readonly lastId: string;
  /** Resolves with all that came once `isEnough`; rejects when the stream ends before. */
  until(isEnough: (events: readonly StreamedEvent[]) => boolean): Promise<StreamedEvent[]>;
  /** Resolves when the server ends the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

export async function readEvents(url: string, { cookie }: Browser, lastEventId?: string): Promise<EventReader> {
  const abort = new AbortController();
  const response = await fetch(`${url}/console/api/events`, {
    signal: abort.signal,
    headers: { cookie, accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
  });
  const events: StreamedEvent[] = [];
  const waiting = new Set<() => void>();
  let lastId = '';
  let isOver = false;
  const take = (frame: string): void => {
    const fields = new Map(
      frame.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]),
    );
    lastId = fields.get('id') ?? lastId;
    const data = fields.get('data');
    if (data !== undefined)
      events.push({ id: lastId, event: fields.get('event') ?? 'message', data: JSON.parse(data) });
  };
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const frames = text.split('\n\n');
        text = frames.pop() ?? '';
        for (const frame of frames) take(frame);
        for (const wake of waiting) wake();
      }
    } catch (error) {
      if (!abort.signal.aborted && !(error instanceof TypeError)) throw error;
    } finally {
      isOver = true;
      for (const wake of waiting) wake();
    }
  };
  const ended = read();
  return {
    status: response.status,
    events,
    get lastId() {
      return lastId;
    },
    until: (isEnough) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (isEnough(events)) resolve([...events]);
          else if (isOver) reject(new Error(`The stream ended after ${JSON.stringify(events.slice(-3))}`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    ended,
    close: () => abort.abort(),
  };
}
