import { type Frame, readFrame } from './activity.ts';

const keepAlive = 20_000;

/** A WebSocket in three words each way; tests bring their own. */
export interface Socket {
  send(data: string): void;
  close(): void;
}

export interface SocketEvents {
  open(): void;
  message(data: unknown): void;
  close(): void;
}

export type Connect = (url: string, events: SocketEvents) => Socket;

export const browserSocket: Connect = (url, events) => {
  const socket = new WebSocket(url);
  socket.onopen = () => events.open();
  socket.onmessage = ({ data }) => events.message(data);
  socket.onclose = () => events.close();
  return socket;
};

export interface Listener {
  opened(): void;
  frame(frame: Frame): void;
  /** Once, unless the stream was closed from here. */
  lost(): void;
}

export interface Stream {
  close(): void;
}

/**
 * One connection to the conversation's stream. It does not come back by itself: whoever opened it decides. An empty frame every 20 s keeps
 * proxies from cutting it. A socket that does not open within 20 s counts as lost.
 */
export function openStream(url: string, connect: Connect, listener: Listener): Stream {
  let over = false;
  let beat: ReturnType<typeof setInterval> | undefined;
  const end = () => {
    over = true;
    clearTimeout(slow);
    clearInterval(beat);
    socket.close();
  };
  const lose = () => {
    if (over) return;
    end();
    listener.lost();
  };
  const slow = setTimeout(lose, keepAlive);
  const socket = connect(url, {
    open() {
      if (over) return;
      clearTimeout(slow);
      beat = setInterval(() => socket.send(''), keepAlive);
      listener.opened();
    },
    message(data) {
      if (!over && typeof data === 'string') listener.frame(readFrame(data));
    },
    close: lose,
  });
  return { close: end };
}
