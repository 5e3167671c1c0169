/** The desk's figures over HTTP: leads and admins see all of them, agents their own. */
import type { Logger } from 'pino';
import type { Server } from 'restify';
import { HttpError, sendJson } from '../channels/http.ts';
import type { Archive } from '../desk/archive/archive.ts';
import { byteOrderMark, csvRow } from '../desk/csv.ts';
import { dayIn, groupings, report } from '../desk/figures/aggregate.ts';
import { collect } from '../desk/figures/collect.ts';
import type { Facts } from '../desk/figures/facts.ts';
import { columns, rowsOf } from '../desk/figures/table.ts';
import type { Store } from '../store/store.ts';
import { queryOf, type Route, timeIn } from './requests.ts';

export interface FigureRoutes {
  readonly store: Store;
  readonly archive: Archive;
  readonly log: Logger;
  /** IANA name. */
  readonly timezone: () => string;
  readonly route: Route;
}

/** Without a beginning the last so many ms are counted. */
const usual = 30 * 24 * 3_600_000;

export function mountFigures(server: Server, { store, archive, log, timezone, route }: FigureRoutes): void {
  /** One count at a time in a process: it reads much. */
  let last: Promise<unknown> = Promise.resolve();
  const counted = (from: number, to: number): Promise<Facts> => {
    const onUnreadable = (error: { conversation: string }) =>
      log.error({ error, conversation: error.conversation }, 'a conversation cannot be read and is not counted');
    const mine = last.then(() => collect({ store, archive, onUnreadable }, { from, to }));
    last = mine.catch(() => undefined);
    return mine;
  };

  server.get(
    '/console/api/figures',
    route(async ({ account }, request, response) => {
      const query = queryOf(request);
      const asked = query.get('by') ?? undefined;
      const by = groupings.find((known) => known === asked);
      if (asked !== undefined && !by)
        throw new HttpError(422, 'invalid', `by: one of ${groupings.join(', ')}.`, { allowed: [...groupings] });
      const to = timeIn(query, 'to')?.last ?? Date.now();
      const from = timeIn(query, 'from')?.first ?? to - usual;
      if (from > to) throw new HttpError(422, 'invalid', 'from: not later than to.');
      const facts = await counted(from, to);
      const own = account.role === 'agent' ? ownOf(facts, account.name) : facts;
      const result = report(own, by, dayIn(timezone()));
      if (isCsvWanted(query, request.headers.accept)) {
        response.writeHead(200, {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': 'attachment; filename="figures.csv"',
          'Cache-Control': 'no-store',
        });
        response.end(byteOrderMark + [columns, ...rowsOf(result)].map(csvRow).join(''));
        return;
      }
      sendJson(response, 200, {
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        timezone: timezone(),
        own: account.role === 'agent',
        ...result,
      });
    }),
  );
}

/** What an agent may see: the cases that were theirs at last. */
const ownOf = ({ tickets }: Facts, agent: string): Facts => ({
  tickets: tickets.filter((ticket) => ticket.agent === agent),
  inquiries: [],
});

function isCsvWanted(query: URLSearchParams, accept: string | undefined): boolean {
  const format = query.get('format');
  if (format !== null && format !== 'csv' && format !== 'json')
    throw new HttpError(422, 'invalid', 'format: csv or json.', { allowed: ['csv', 'json'] });
  return format === 'csv' || (format === null && (accept ?? '').startsWith('text/csv'));
}
