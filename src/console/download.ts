/** A file that is made while it is sent: it waits for a slow reader, and is cut short, visibly, where it cannot be finished. */
import { once } from 'node:events';
import type { Logger } from 'pino';
import type { Response } from 'restify';

const types = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' };

export interface Download {
  readonly name: string;
  readonly format: keyof typeof types;
}

export async function sendFile(
  response: Response,
  log: Logger,
  { name, format }: Download,
  lines: AsyncIterable<string>,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': types[format],
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
  });
  try {
    for await (const line of lines) if (!(await send(response, line))) return;
    response.end();
  } catch (error) {
    // It has begun: cut short, it does not pass for whole.
    log.warn({ error }, 'an export was cut short');
    response.destroy();
  }
}

/** Waits while the reader is behind. @returns false once nobody reads. */
async function send(response: Response, text: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (!response.write(text)) {
    const either = new AbortController();
    const { signal } = either;
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
    either.abort();
  }
  return !response.destroyed;
}
