/** The audit trail over HTTP, for leads and admins: a page at a time, as a download, and whether its chain holds. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import { HttpError, sendJson } from '../channels/http.ts';
import type { Row } from '../desk/audit/chain.ts';
import { type Asked, isAsked, newestRows } from '../desk/audit/search.ts';
import type { Trail } from '../desk/audit/trail.ts';
import { allRows, verify } from '../desk/audit/verify.ts';
import { byteOrderMark, csvRow } from '../desk/csv.ts';
import { didTo } from './deeds.ts';
import { sendFile } from './download.ts';
import { numberIn, queryOf, type Route, readAs, requireLead, timeIn } from './requests.ts';
import { sendWork, type Works } from './works.ts';

export interface AuditRoutes {
  readonly trail: Trail;
  readonly works: Works;
  readonly log: Logger;
  readonly route: Route;
}

const check = z.object({
  clientId: z.string().min(1).max(100).optional(),
  /** A row that was noted at an earlier check. */
  head: z.object({ n: z.number().int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) }).optional(),
});

const formats = ['ndjson', 'csv'] as const;

export function mountAudit(server: Server, { trail, works, log, route }: AuditRoutes): void {
  server.get(
    '/console/api/audit',
    route(async ({ account }, request, response) => {
      requireLead(account);
      const query = queryOf(request);
      const { rows, before } = await newestRows(trail, askedIn(query), numberIn(query, 'before', 1));
      sendJson(response, 200, { items: rows.map(shown), before: before ?? null });
    }),
  );
  server.get(
    '/console/api/audit/export',
    route(async ({ account }, request, response) => {
      requireLead(account);
      const query = queryOf(request);
      const asked = askedIn(query);
      const format = formats.find((known) => known === (query.get('format') ?? 'ndjson'));
      if (!format) throw new HttpError(422, 'invalid', `format: ${formats.join(' or ')}.`, { allowed: [...formats] });
      // Of what was typed only the times are noted: the rest may be anybody's name.
      const narrowed = ['who', 'what', 'about'].some((name) => query.get(name)?.trim());
      const facts = { format, from: query.get('from') || null, to: query.get('to') || null, narrowed };
      await trail.append(didTo(account.name, 'exported', 'audit', facts));
      await sendFile(response, log, { name: `audit.${format}`, format }, lines(trail, asked, format));
    }),
  );
  server.post(
    '/console/api/audit/verify',
    route(async ({ account }, request, response) => {
      requireLead(account);
      const { clientId = randomUUID(), head } = await readAs(request, check);
      const work = await works.begin({
        agent: account.name,
        id: clientId,
        run: async (told) => {
          const checkpoint = await trail.checkpoint();
          const known = [...(head ? [head] : []), ...(checkpoint ? [checkpoint] : [])];
          const { rows, hash, fault, kind } = await verify(trail, () => trail.head(), known, told);
          return { rows, hash, fault: fault ?? null, kind: kind ?? null };
        },
      });
      sendWork(response, clientId, work);
    }),
  );
}

/** @throws HttpError 422 */
function askedIn(query: URLSearchParams): Asked {
  const what = textIn(query, 'what')?.split(',');
  return {
    from: timeIn(query, 'from')?.first ?? 0,
    to: timeIn(query, 'to')?.last ?? Number.MAX_SAFE_INTEGER,
    who: textIn(query, 'who'),
    what,
    about: textIn(query, 'about'),
  };
}

function textIn(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name)?.trim() || undefined;
  if (text && text.length > 500) throw new HttpError(422, 'invalid', `${name}: at most 500 characters.`);
  return text;
}

const shown = ({ n, at, who, what, subject, facts, previous, hash }: Row) => ({
  n,
  at: new Date(at).toISOString(),
  who,
  what,
  subject,
  facts,
  previous,
  hash,
});

/** With the hashes, so that the chain can be checked wherever the file goes. */
async function* lines(trail: Trail, asked: Asked, format: (typeof formats)[number]): AsyncGenerator<string> {
  if (format === 'csv')
    yield byteOrderMark + csvRow(['n', 'at', 'who', 'what', 'subject', 'facts', 'previous', 'hash']);
  for await (const row of allRows(trail)) {
    if (!isAsked(row, asked)) continue;
    const { n, at, who, what, subject, facts, previous, hash } = row;
    if (format === 'ndjson') yield `${JSON.stringify({ n, at, who, what, subject, facts, previous, hash })}\n`;
    else {
      const time = new Date(at).toISOString();
      yield csvRow([String(n), time, who, what, subject, JSON.stringify(facts), previous, hash]);
    }
  }
}
