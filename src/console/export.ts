/** Tickets, or whole conversations, as a download, for leads and admins; noted on the audit trail before the first of them goes out. */
import type { Logger } from 'pino';
import type { Server } from 'restify';
import { HttpError } from '../channels/http.ts';
import type { Archive } from '../desk/archive/archive.ts';
import type { Trail } from '../desk/audit/trail.ts';
import type { Store } from '../store/store.ts';
import { didTo } from './deeds.ts';
import { sendFile } from './download.ts';
import { exportsOf, linesOf } from './export-lines.ts';
import { queryOf, type Route, requireLead, timeIn } from './requests.ts';
import { exportFormats } from './tickets.ts';

export interface ExportRoutes {
  readonly store: Store;
  readonly archive: Archive;
  readonly trail: Trail;
  readonly log: Logger;
  readonly route: Route;
}

export function mountExport(server: Server, { store, archive, trail, log, route }: ExportRoutes): void {
  server.get(
    '/console/api/export',
    route(async ({ account }, request, response) => {
      requireLead(account);
      const query = queryOf(request);
      const format = exportFormats.find((known) => known === (query.get('format') ?? 'ndjson'));
      if (!format)
        throw new HttpError(422, 'invalid', `format: ${exportFormats.join(' or ')}.`, { allowed: [...exportFormats] });
      const of = exportsOf.find((known) => known === (query.get('of') ?? 'tickets'));
      if (!of) throw new HttpError(422, 'invalid', `of: ${exportsOf.join(' or ')}.`, { allowed: [...exportsOf] });
      if (of === 'conversations' && format === 'csv')
        throw new HttpError(422, 'invalid', 'format: conversations leave as ndjson.', { allowed: ['ndjson'] });
      const [from, to] = [timeIn(query, 'from')?.first, timeIn(query, 'to')?.last];
      const facts = { format, from: query.get('from'), to: query.get('to') };
      await trail.append(didTo(account.name, 'exported', of, facts));
      const period = { from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
      const onUnreadable = (error: { conversation: string }) =>
        log.error({ error, conversation: error.conversation }, 'a conversation cannot be read and is not exported');
      await sendFile(
        response,
        log,
        { name: `${of}.${format}`, format },
        linesOf(of, format, { store, archive }, period, onUnreadable),
      );
    }),
  );
}
