/** The audit trail over HTTP, for leads and admins. */
import type { Server } from 'restify';
import { HttpError, sendJson } from '../channels/http.ts';
import { newestRows } from '../desk/audit/search.ts';
import type { Trail } from '../desk/audit/trail.ts';
import { numberIn, queryOf, type Route, requireLead, timeIn } from './requests.ts';

export function mountAudit(server: Server, { trail, route }: { readonly trail: Trail; readonly route: Route }): void {
  server.get(
    '/console/api/audit',
    route(async ({ account }, request, response) => {
      requireLead(account);
      const query = queryOf(request);
      const who = query.get('who')?.trim() || undefined;
      if (who && who.length > 100) throw new HttpError(422, 'invalid', 'who: at most 100 characters.');
      const asked = {
        from: timeIn(query, 'from')?.first ?? 0,
        to: timeIn(query, 'to')?.last ?? Number.MAX_SAFE_INTEGER,
        who,
      };
      const { rows, before } = await newestRows(trail, asked, numberIn(query, 'before', 1));
      sendJson(response, 200, {
        items: rows.map(({ at, ...row }) => ({ ...row, at: new Date(at).toISOString() })),
        before: before ?? null,
      });
    }),
  );
}
