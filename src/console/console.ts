/** The agents' console: its page under /console/, its API under /console/api, and its event stream. */
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import type { FileStore } from '../channels/files.ts';
import { HttpError, handle, sendJson } from '../channels/http.ts';
import type { Event } from '../conversation/event.ts';
import type { TitleOf } from '../conversation/packet.ts';
import type { DeskRules } from '../conversation/rules.ts';
import type { Conversation, Json } from '../conversation/state.ts';
import type { Archive } from '../desk/archive/archive.ts';
import { Trail } from '../desk/audit/trail.ts';
import type { Desk } from '../desk/desk.ts';
import type { Leases } from '../desk/leases.ts';
import type { Line } from '../desk/line.ts';
import type { Served, ServingProcess } from '../desk/processes.ts';
import type { Finder } from '../desk/search/finder.ts';
import type { FeedItem, Store } from '../store/store.ts';
import { titleIn, type Understanding } from '../understanding/understanding.ts';
import { mountAnswers } from './answers.ts';
import { mountAudit } from './audit.ts';
import { mountCases } from './cases.ts';
import { mountColleagues } from './colleagues.ts';
import { mountConversations } from './conversations.ts';
import { didTo, noteAttempt } from './deeds.ts';
import { mountErase } from './erase.ts';
import { EventStreams, sessionEnded } from './events.ts';
import { mountExport } from './export.ts';
import { mountFigures } from './figures.ts';
import { mountPage } from './page.ts';
import { announcePresence, presenceOf, presences } from './presence.ts';
import { queryOf, type Route, readAs, sendNothing } from './requests.ts';
import { requireSameOrigin, Sessions } from './sessions.ts';
import { SignIn } from './signin.ts';
import { entryOf, itemOf, packetOf } from './views.ts';
import { mountWorks, Works } from './works.ts';

export interface ConsoleOptions {
  readonly store: Store;
  readonly desk: Desk;
  readonly line: Line;
  readonly leases: Leases;
  readonly files: FileStore;
  readonly log: Logger;
  readonly archive: Archive;
  /** On the engine itself: what is archived must not be brought back by the news that it was. */
  readonly finder: Finder;
  readonly rules: () => DeskRules;
  /** What an operator should know, as /readyz says it. */
  readonly readiness: () => Promise<{
    readonly problems: readonly string[];
    readonly processes: readonly ServingProcess[];
  }>;
  /** For the titles of FAQ entries and for looking answers up; without it they are shown by id, and nothing is found. */
  readonly understanding?: Pick<Understanding, 'current'>;
  /** PUBLIC_URL: with https cookies are marked Secure. */
  readonly publicUrl?: string | undefined;
}

export interface Console {
  /** Told of every feed item of this process's follower, in order. */
  announced(item: FeedItem): void;
  /** Told of every signal. */
  signal(message: Json): void;
  /** A case as another team's system is told it: what the console shows of it. */
  caseOf(c: Conversation, timeline: readonly Event[]): { readonly [key: string]: Json };
  /** Ends the event streams. */
  close(): void;
}

const credentials = z.object({ name: z.string(), password: z.string() });
const presence = z.object({ status: z.enum(presences) });

export function mountConsole(server: Server, options: ConsoleOptions): Console {
  const { store, desk, line, leases, files, archive, finder, log, rules, readiness, understanding, publicUrl } =
    options;
  const sessions = new Sessions({ store, secure: publicUrl?.startsWith('https:') ?? false });
  const trail = new Trail(store);
  const signIn = new SignIn({ store, onAttempt: (attempt, account) => noteAttempt(store, trail, attempt, account) });
  const events = new EventStreams({ store, sessions, log });

  const open = (handler: (request: Request, response: Response) => Promise<void>) =>
    handle(log, async (request, response) => {
      // What is answered here is for our page alone: no other site may embed it.
      response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
      requireSameOrigin(request, publicUrl);
      try {
        await handler(request, response);
      } catch (error) {
        if (error instanceof HttpError && typeof error.facts.retryAfter === 'number')
          response.setHeader('Retry-After', error.facts.retryAfter);
        throw error;
      }
    });
  const route: Route = (handler) =>
    open(async (request, response) => {
      const signed = await sessions.of(request);
      await leases.beat(signed.account.name);
      await handler(signed, request, response);
    });

  server.post(
    '/console/api/session',
    open(async (request, response) => {
      const { name, password } = await readAs(request, credentials);
      const account = await signIn.check(name, password);
      response.setHeader('Set-Cookie', await sessions.begin(account));
      sendNothing(response);
    }),
  );
  server.del(
    '/console/api/session',
    route(async ({ account, session }, _request, response) => {
      response.setHeader('Set-Cookie', await sessions.end(session));
      await trail.append(didTo(account.name, 'signed-out', account.name));
      await store.signal(sessionEnded(session));
      sendNothing(response);
    }),
  );
  server.get(
    '/console/api/me',
    route(async ({ account }, _request, response) => {
      const { password: _, ...shown } = account;
      const [presence, load] = await Promise.all([presenceOf(store, account.name), desk.loadOf(account.name)]);
      sendJson(response, 200, { ...shown, presence, load });
    }),
  );
  server.put(
    '/console/api/presence',
    route(async ({ account }, request, response) => {
      const { status } = await readAs(request, presence);
      await announcePresence(store, account.name, status);
      sendNothing(response);
    }),
  );
  server.get(
    '/console/api/status',
    route(async (_signed, _request, response) => {
      const { problems, processes } = await readiness();
      sendJson(response, 200, { problems, processes: processes.map(processShown) });
    }),
  );
  server.get(
    '/console/api/events',
    route(({ session, account }, request, response) => {
      // A page that answers each beat is there; of any other stream it is enough that it stands.
      if (queryOf(request).get('beats') !== '1') response.on('close', leases.keep(account.name));
      return events.open(request, response, session);
    }),
  );
  const titleOf: TitleOf = (entry, language) => {
    const knowledge = understanding?.current();
    return knowledge && titleIn(knowledge, entry, language);
  };
  mountAnswers(server, route, () => understanding?.current());
  const works = new Works(store, log);
  mountWorks(server, works, route);
  mountAudit(server, { trail, works, log, route });
  mountErase(server, { store, archive, trail, files, works, route });
  mountExport(server, { store, archive, trail, log, route });
  mountFigures(server, { store, archive, log, timezone: () => desk.terms().rules.desk.timezone, route });
  mountColleagues(server, { desk, leases }, route);
  mountConversations({ server, store, desk, line, leases, files, log, finder, archive, titleOf, route });
  mountCases({ server, store, desk, log, rules, route });
  mountPage(server, log);

  return {
    announced: (item) => {
      finder.announced(item);
      events.announced(item);
    },
    signal: (message) => events.signal(message),
    caseOf: (c, timeline) =>
      JSON.parse(
        JSON.stringify({
          conversation: itemOf(c),
          packet: packetOf(c, titleOf),
          timeline: timeline.map((event) => entryOf(c.id, event)),
        }),
      ) as { readonly [key: string]: Json },
    close: () => {
      events.close();
      works.close();
    },
  };
}

const servedShown = ({ version, since }: Served) => ({ version, since: new Date(since).toISOString() });
const processShown = ({ name, faq, dialogs, rules }: ServingProcess) => ({
  name,
  faq: servedShown(faq),
  dialogs: servedShown(dialogs),
  rules: servedShown(rules),
});
