/** A team outside the desk: its system as a real HTTP server, and its way back in, signed by hand as standardwebhooks.com says. */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

export interface Team {
  readonly port: number;
  /** Base64, as the environment holds it. */
  readonly secret: string;
  /** Statuses that its system answers next; then 204. */
  readonly answers: number[];
  /** Bodies that its system was sent. */
  readonly received: string[];
  /** Tells the desk how the case stands; resolves with the status of its answer. */
  update(url: string, ticket: string, told: { readonly status: string; readonly text?: string }): Promise<number>;
  stop(): Promise<void>;
}

export async function startTeam(): Promise<Team> {
  const secret = Buffer.from('a secret of thirty-two characters').toString('base64');
  const answers: number[] = [];
  const received: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push(body);
      response.statusCode = answers.shift() ?? 204;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    secret,
    answers,
    received,
    async update(url, ticket, told) {
      const body = JSON.stringify(told);
      const id = `msg_${randomUUID()}`;
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${timestamp}.${body}`);
      const response = await fetch(`${url}/tickets/${ticket}/updates`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature.digest('base64')}`,
        },
        body,
      });
      return response.status;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
