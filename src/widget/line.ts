import type { Frame } from './activity.ts';
import type { Clock } from './clock.ts';
import { type Connect, type Listener, openStream, type Stream } from './stream.ts';

/** A socket that is not open by then (ms) may be held up by a proxy: asking begins beside it. */
const grace = 4_000;
const askEvery = 3_000;
/** While asking goes on, a socket is tried again this often (ms): the visitor may have left the network that blocks it. */
const socketEvery = 60_000;

export interface LineParts {
  readonly clock: Clock;
  readonly connect: Connect;
  readonly streamUrl: string;
  /** What the log holds beyond the last frame, by an ordinary request. */
  readonly ask: () => Promise<Frame>;
}

export interface AskedLine extends Stream {
  /** There should be news: asks now, where asking is the way. */
  hurry(): void;
}

/**
 * News of the conversation over a socket or, where none can be opened (some proxies let only ordinary requests through), by asking
 * every 3 s. Asking brings messages only: typing and the state of the queue travel on sockets. What both bring is known by its id.
 */
export function openLine({ clock, connect, streamUrl, ask }: LineParts, listener: Listener): AskedLine {
  let over = false;
  let live = false;
  let told = false;
  let socket: Stream | null = null;
  let asking = false;
  /** Of the next question; null before the first was due. */
  let cancelAsk: (() => void) | null = null;
  let cancelTry: () => void = () => {};

  const end = () => {
    over = true;
    socket?.close();
    cancelAsk?.();
    cancelTry();
  };
  const lose = () => {
    if (over) return;
    end();
    listener.lost();
  };
  const opened = () => {
    if (!told) listener.opened();
    told = true;
  };

  async function askNow(): Promise<void> {
    cancelAsk?.();
    asking = true;
    try {
      const frame = await ask();
      if (over || live) return;
      opened();
      listener.frame(frame);
      cancelAsk = clock.after(askEvery, () => void askNow());
    } catch {
      // No answer by this way either, or a refusal: coming back tells which.
      if (!live) lose();
    } finally {
      asking = false;
    }
  }
  const startAsking = () => {
    if (over || live || cancelAsk) return;
    cancelAsk = () => {};
    void askNow();
  };

  function trySocket(): void {
    socket = openStream(streamUrl, connect, {
      opened: () => {
        live = true;
        cancelAsk?.();
        cancelTry();
        opened();
      },
      frame: listener.frame,
      lost: () => {
        if (live) return lose();
        cancelTry();
        cancelTry = clock.after(socketEvery, trySocket);
        startAsking();
      },
    });
  }

  cancelTry = clock.after(grace, startAsking);
  trySocket();
  return {
    close: end,
    hurry: () => {
      if (cancelAsk && !asking && !live && !over) void askNow();
    },
  };
}
