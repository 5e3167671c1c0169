/** Requests that share a bounded memory. */
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpError, readBody } from '../../src/channels/http.ts';
import { Room } from '../../src/channels/room.ts';
import { until } from '../support/wait.ts';

const room = new Room(1_000_000);
let arrived = 0;
let server: Server;
let url: string;
beforeAll(async () => {
  const read = (incoming: IncomingMessage) =>
    room.hold((take) =>
      readBody(incoming, 2_000_000, (bytes) => {
        take(bytes);
        arrived += bytes;
      }),
    );
  server = createServer((incoming, response) => {
    read(incoming).then(
      (body) => response.end(String(body.length)),
      (error: unknown) => {
        response.statusCode = error instanceof HttpError ? error.status : 500;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Begins a body and leaves it half sent. */
function begin(bytes: number) {
  const sent = request(url, { method: 'POST', headers: { 'content-length': 1_900_000 } });
  sent.on('error', () => {});
  sent.write(Buffer.alloc(bytes));
  return sent;
}
const send = async (bytes: number) => (await fetch(url, { method: 'POST', body: new Uint8Array(bytes) })).status;

describe('memory that requests share', () => {
  it('V11 is not exceeded by bodies left half sent; who is refused is answered, and may send again once they are gone', async () => {
    const held = [begin(450_000), begin(450_000)];
    await until(() => arrived === 900_000, 'both have arrived');
    expect(await send(300_000)).toBe(503);
    expect(await send(300_000)).toBe(503);
    expect(await send(50_000)).toBe(200);
    for (const sent of held) sent.destroy();
    await until(async () => (await send(900_000)) === 200, 'there is room again');
    expect(await send(900_000)).toBe(200);
  });
});
