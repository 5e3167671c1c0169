/**
 * The event stream, kept open. A cut is mended by the browser's EventSource, which resumes with Last-Event-ID; a stream that the
 * server refused (the browser then gives up) is opened anew after a pause, and since that one starts at the present, every
 * opening is told, so that the lists can be read again.
 */
import type { DeskEvent } from './model.ts';
import { backoff } from './outbox.ts';

export interface Listener {
  readonly connection: (connection: 'connecting' | 'live' | 'lost') => void;
  /** The stream stands (again). */
  readonly opened: () => void;
  readonly event: (event: DeskEvent) => void;
  /** The server refused the stream: it is tried again, but the session may be over. */
  readonly refused: () => void;
  /** The service asks whether the page is there. */
  readonly beat: () => void;
  /** The position was too old to resume from: read everything again. */
  readonly refresh: () => void;
  /** Told every 5 s while no stream stands: some proxies never let one open, and what happens must be read in another way. */
  readonly blind: () => void;
}

const blindEveryMs = 5_000;

export function follow(url: string, listener: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let stopped = false;

  function start(): void {
    source = new EventSource(url);
    source.onopen = () => {
      attempts = 0;
      listener.connection('live');
      listener.opened();
    };
    source.onmessage = (message: MessageEvent<string>) => listener.event(JSON.parse(message.data) as DeskEvent);
    source.addEventListener('refresh', listener.refresh);
    source.addEventListener('beat', listener.beat);
    source.onerror = () => {
      if (stopped) return;
      listener.connection('lost');
      if (source?.readyState !== EventSource.CLOSED) return;
      source.close();
      listener.refused();
      attempts += 1;
      timer = setTimeout(start, backoff(attempts, Math.random()));
    };
  }

  // Coming back online is a better moment than the end of a pause.
  const hurry = () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(timer);
    start();
  };
  addEventListener('online', hurry);
  const watch = setInterval(() => {
    if (source?.readyState !== EventSource.OPEN) listener.blind();
  }, blindEveryMs);
  listener.connection('connecting');
  start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    clearInterval(watch);
    removeEventListener('online', hurry);
    source?.close();
  };
}
