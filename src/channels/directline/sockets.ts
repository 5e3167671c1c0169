/** The WebSocket stream's door: who brings the conversation's own token is let in, from their watermark on. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { HttpError } from '../http.ts';
import type { Tokens } from '../identity.ts';
import type { Streams } from '../streams.ts';
import { refuse } from '../upgrade.ts';
import { fileUrls, watermarkOf } from './addresses.ts';

export interface SocketOptions {
  readonly tokens: Tokens;
  readonly streams: Streams;
  readonly log: Logger;
  readonly publicUrl: string | undefined;
}

export class Sockets {
  readonly #o: SocketOptions;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });

  constructor(options: SocketOptions) {
    this.#o = options;
  }

  /** An upgrade request for a stream. @returns false when the path is not ours. */
  upgrade(request: IncomingMessage, url: URL, socket: Duplex, head: Buffer): boolean {
    const id = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/.exec(url.pathname)?.[1];
    if (!id) return false;
    const { tokens, streams, log, publicUrl } = this.#o;
    const token = url.searchParams.get('t') ?? '';
    const watermark = watermarkOf(url.searchParams.get('watermark'));
    tokens
      .verify(token)
      .then((grant) => {
        if (encodeURIComponent(grant.conversation) !== id && grant.conversation !== id)
          return refuse(socket, '403 Forbidden');
        const fileUrl = fileUrls(request, publicUrl, grant.conversation, token);
        this.#server.handleUpgrade(request, socket, head, (ws) => {
          // A client's empty frames keep the line open; it has nothing else to say here.
          streams.add(grant.conversation, ws, watermark, fileUrl);
        });
      })
      .catch((error: unknown) => {
        if (!(error instanceof HttpError)) log.error({ error }, 'a visitor socket could not be opened');
        refuse(socket, error instanceof HttpError ? '403 Forbidden' : '503 Service Unavailable');
      });
    return true;
  }
}
