/** Upgrade requests. Node hands over the bare socket: from then on no time limit of the HTTP server and no error listener protects it. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { Server } from 'restify';

/** @returns false when the path is not its own; else it answers, now or later. */
export type Upgrade = (request: IncomingMessage, url: URL, socket: Duplex, head: Buffer) => boolean;

export function mountUpgrade(server: Server, log: Logger, upgrade: Upgrade): void {
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer that resets the line must not end the process.
    socket.on('error', (error) => log.debug({ error }, 'a socket failed'));
    const address = request.url ?? '';
    if (!URL.canParse(address, 'http://localhost')) return refuse(socket, '400 Bad Request');
    if (!upgrade(request, new URL(address, 'http://localhost'), socket, head)) refuse(socket, '404 Not Found');
  });
}

/** Answers and lets go of the line: the peer's half would stay open for as long as the peer likes. */
export function refuse(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
