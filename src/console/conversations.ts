/** Conversations over HTTP: reading them, and every command an agent gives. The rules are the domain's; here they meet the wire. */
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import { longestText } from '../bot/content.ts';
import { type FileStore, fileHeaders } from '../channels/files.ts';
import { HttpError, sendJson } from '../channels/http.ts';
import type { Command } from '../conversation/conversation.ts';
import { requireOwner } from '../conversation/message.ts';
import type { TitleOf } from '../conversation/packet.ts';
import { Rejected } from '../conversation/rejected.ts';
import type { Conversation } from '../conversation/state.ts';
import type { Archive } from '../desk/archive/archive.ts';
import { actorOf, type Desk, type Done } from '../desk/desk.ts';
import type { Leases } from '../desk/leases.ts';
import type { Line } from '../desk/line.ts';
import type { Finder } from '../desk/search/finder.ts';
import type { Store } from '../store/store.ts';
import type { Account } from './accounts.ts';
import { caseOf } from './case-view.ts';
import { mountHanding } from './handing.ts';
import { listView, totalOf, viewNames } from './lists.ts';
import { claimNext } from './next.ts';
import { existing, idOf, numberIn, queryOf, type Route, readAs, readerOf, sendNothing } from './requests.ts';
import { searchCases, soughtIn } from './search.ts';
import { agentKey, type Entry, entryOf, itemOf, packetOf } from './views.ts';

export interface ConversationRoutes {
  readonly server: Server;
  readonly store: Store;
  readonly desk: Desk;
  readonly line: Line;
  readonly leases: Leases;
  readonly files: FileStore;
  readonly log: Logger;
  readonly finder: Finder;
  readonly archive: Archive;
  readonly titleOf: TitleOf;
  /** Makes a handler for signed-in agents. */
  readonly route: Route;
}

/** Read from the log at once. */
const historyPage = 1_000;

const said = (what: string) =>
  z
    .string()
    .max(longestText, `at most ${longestText} characters.`)
    .refine((text) => text.trim() !== '', `an empty ${what} says nothing.`);
/** The sender's own id of a write, by which a repetition of it is recognised. */
const clientId = z.string().min(1).max(200);
const epoch = z.number().int();

const message = z.object({ text: said('message'), epoch, clientId });
const note = z.object({ text: said('note'), clientId: clientId.optional() });
const handBack = z.object({ epoch: epoch.optional(), clientId: clientId.optional() });
const resolution = handBack.extend({ code: z.string(), summary: z.string().max(2_000, 'at most 2000 characters.') });
const anything = z.object({ clientId: clientId.optional() });

export function mountConversations({
  server,
  store,
  desk,
  line,
  leases,
  files,
  log,
  finder,
  archive,
  titleOf,
  route,
}: ConversationRoutes): void {
  const base = '/console/api/conversations';

  /** @throws HttpError 404 when there is no such conversation; Rejected when it does not allow the command. */
  const attempt = async (id: string, run: () => Promise<Done>): Promise<Done> => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof Rejected && error.code === 'not-open') await existing(store, id);
      throw error;
    }
  };
  const execute = (request: Request, account: Account, command: Command, clientId?: string): Promise<Done> => {
    const id = idOf(request);
    const key = clientId === undefined ? undefined : agentKey(account.name, clientId);
    return attempt(id, () => desk.execute(id, command, actorOf(account), key));
  };
  const sendState = (response: Response, { conversation }: Done) => sendJson(response, 200, itemOf(conversation));

  mountHanding({ server, desk, leases, route, execute, attempt, sendState });

  server.get(
    base,
    route(async ({ account }, request, response) => {
      const query = queryOf(request);
      const asked = query.get('view') ?? 'waiting';
      const sought = soughtIn(query, asked, account.name);
      if (sought) {
        const { view: searched } = sought;
        const total = searched === 'all' ? finder.count() : totalOf(store, searched, account.name);
        const page = await searchCases(finder, archive, sought);
        return sendJson(response, 200, { ...page, total: await total, unreadable: [] });
      }
      const view = viewNames.find((name) => name === asked);
      if (!view)
        throw new HttpError(422, 'invalid', `view: one of ${[...viewNames, 'all'].join(', ')}.`, {
          allowed: [...viewNames, 'all'],
        });
      const page = await listView(store, log, {
        view,
        agent: account.name,
        q: query.get('q') ?? '',
        cursor: query.get('cursor') ?? undefined,
      });
      sendJson(response, 200, page);
    }),
  );

  server.get(
    `${base}/:id`,
    route(async (_signed, request, response) => {
      const query = queryOf(request);
      const after = numberIn(query, 'after', 0) ?? 0;
      const limit = numberIn(query, 'limit', 1) ?? Number.POSITIVE_INFINITY;
      const c = await existing(store, idOf(request));
      sendJson(response, 200, {
        ...itemOf(c),
        packet: packetOf(c, titleOf, readerOf(request, c.language)),
        case: caseOf(c),
        timeline: await timelineOf(store, c, after, limit),
      });
    }),
  );

  server.get(
    `${base}/:id/files/:file`,
    route(async (_signed, request, response) => {
      const file = await files.get(idOf(request), String(request.params.file));
      if (!file) throw new HttpError(404, 'not-found', 'There is no such file.');
      response.writeHead(200, fileHeaders(file));
      response.end(file.bytes);
    }),
  );

  server.post(
    '/console/api/next',
    route(async ({ account }, _request, response) => {
      const claimed = await claimNext(desk, line, account);
      if (claimed) sendJson(response, 200, itemOf(claimed));
      else sendNothing(response);
    }),
  );

  server.post(
    `${base}/:id/claim`,
    route(async ({ account }, request, response) => {
      const id = idOf(request);
      const { conversation } = await attempt(id, () => desk.claim(id, account));
      sendJson(response, 200, { epoch: epochOf(conversation), version: conversation.version });
    }),
  );

  server.post(
    `${base}/:id/messages`,
    route(async ({ account }, request, response) => {
      const { text, epoch, clientId } = await readAs(request, message);
      const content = { text, format: 'plain' } as const;
      const { version, repeated } = await execute(
        request,
        account,
        { type: 'reply', agent: account.name, epoch, content },
        clientId,
      );
      sendJson(response, repeated ? 200 : 201, { version });
    }),
  );

  server.post(
    `${base}/:id/notes`,
    route(async ({ account }, request, response) => {
      const { text, clientId } = await readAs(request, note);
      const { version, repeated } = await execute(request, account, { type: 'note', text }, clientId);
      sendJson(response, repeated ? 200 : 201, { version });
    }),
  );

  for (const type of ['release', 'return'] as const) {
    server.post(
      `${base}/:id/${type}`,
      route(async ({ account }, request, response) => {
        const { epoch, clientId } = await readAs(request, handBack);
        const command = { type, agent: account.name, ...(epoch === undefined ? {} : { epoch }) };
        sendState(response, await execute(request, account, command, clientId));
      }),
    );
  }

  server.post(
    `${base}/:id/resolve`,
    route(async ({ account }, request, response) => {
      const { code, summary, epoch, clientId } = await readAs(request, resolution);
      const command: Command = {
        type: 'resolve',
        agent: account.name,
        code,
        summary,
        ...(epoch === undefined ? {} : { epoch }),
      };
      sendState(response, await execute(request, account, command, clientId));
    }),
  );

  server.post(
    `${base}/:id/reopen`,
    route(async ({ account }, request, response) => {
      const { clientId } = await readAs(request, anything);
      sendState(response, await execute(request, account, { type: 'reopen' }, clientId));
    }),
  );

  server.post(
    `${base}/:id/typing`,
    route(async ({ account }, request, response) => {
      const c = await existing(store, idOf(request));
      requireOwner(c, account.name);
      // The visitor's client shows it until the next message, and drops a repetition by its id.
      const id = `${c.id}|t-${account.name}-${Date.now()}`;
      await store.signal({ type: 'typing', conversation: c.id, id, by: actorOf(account) });
      sendNothing(response);
    }),
  );
}

function epochOf({ phase }: Conversation): number | null {
  return phase.at === 'human' ? phase.epoch : null;
}

/** The log after version `after`, up to where the state stands: the two agree, whatever is committed meanwhile. */
async function timelineOf(store: Store, c: Conversation, after: number, limit: number): Promise<Entry[]> {
  const through = Math.min(c.version, after + limit);
  const entries: Entry[] = [];
  for (let at = after; at < through; ) {
    const events = await store.history(c.id, at, Math.min(historyPage, through - at));
    const last = events.at(-1);
    if (!last) break;
    for (const event of events) entries.push(entryOf(c.id, event));
    at = last.version;
  }
  return entries;
}
