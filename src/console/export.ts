/** Tickets as a download, for leads and admins; noted on the audit trail before the first of them goes out. */
import { once } from 'node:events';
import type { Logger } from 'pino';
import type { Response, Server } from 'restify';
import { HttpError } from '../channels/http.ts';
import type { Archive } from '../desk/archive/archive.ts';
import type { Trail } from '../desk/audit/trail.ts';
import type { Store } from '../store/store.ts';
import { didTo } from './deeds.ts';
import { queryOf, type Route, requireLead, timeIn } from './requests.ts';
import { type ExportFormat, exportFormats, headOf, lineOf, tickets } from './tickets.ts';

export interface ExportRoutes {
  readonly store: Store;
  readonly archive: Archive;
  readonly trail: Trail;
  readonly log: Logger;
  readonly route: Route;
}

const types: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

export function mountExport(server: Server, { store, archive, trail, log, route }: ExportRoutes): void {
  server.get(
    '/console/api/export',
    route(async ({ account }, request, response) => {
      requireLead(account);
      const query = queryOf(request);
      const format = exportFormats.find((known) => known === (query.get('format') ?? 'ndjson'));
      if (!format)
        throw new HttpError(422, 'invalid', `format: ${exportFormats.join(' or ')}.`, { allowed: [...exportFormats] });
      const [from, to] = [timeIn(query, 'from')?.first, timeIn(query, 'to')?.last];
      const facts = { format, from: query.get('from'), to: query.get('to') };
      await trail.append(didTo(account.name, 'exported', 'tickets', facts));
      const period = { from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
      response.writeHead(200, {
        'Content-Type': types[format],
        'Content-Disposition': `attachment; filename="tickets.${format}"`,
        'Cache-Control': 'no-store',
      });
      try {
        await send(response, headOf(format));
        const onUnreadable = (error: { conversation: string }) =>
          log.error({ error, conversation: error.conversation }, 'a conversation cannot be read and is not exported');
        for await (const ticket of tickets(store, archive, period, onUnreadable)) {
          if (!(await send(response, lineOf(ticket, format)))) return;
        }
        response.end();
      } catch (error) {
        // It has begun: cut short, it does not pass for whole.
        log.warn({ error }, 'an export was cut short');
        response.destroy();
      }
    }),
  );
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
