/** What agents do with a case besides talking in it: passing it on, noting facts, joining it with others, taking in what came another way. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Response, Server } from 'restify';
import { z } from 'zod';
import { HttpError, sendJson } from '../channels/http.ts';
import type { Command } from '../conversation/conversation.ts';
import { isOpen } from '../conversation/handoff.ts';
import { indexes } from '../conversation/placement.ts';
import type { DeskRules } from '../conversation/rules.ts';
import type { Conversation, Link } from '../conversation/state.ts';
import { numberOfTicket, ticketName } from '../conversation/ticket-name.ts';
import { actorOf, type Desk, type Done } from '../desk/desk.ts';
import { loadReadable } from '../desk/readable.ts';
import { conversationIdOf } from '../desk/tickets.ts';
import type { Store } from '../store/store.ts';
import type { Account } from './accounts.ts';
import { existing, idOf, type Route, readAs } from './requests.ts';
import { agentKey, itemOf } from './views.ts';

export interface CaseRoutes {
  readonly server: Server;
  readonly store: Store;
  readonly desk: Desk;
  readonly log: Logger;
  readonly rules: () => DeskRules;
  /** Makes a handler for signed-in agents. */
  readonly route: Route;
}

const clientId = z.string().min(1).max(200).optional();
const fields = z.record(z.string().max(60), z.string().max(4_000));

const escalation = z.object({
  to: z.string(),
  reason: z.string(),
  fields: fields.default({}),
  epoch: z.number().int().optional(),
  clientId,
});
const changes = z.object({
  subject: z.string().max(1_000).optional(),
  priority: z.string().optional(),
  category: z.string().nullable().optional(),
  tags: z.array(z.string().max(200)).max(100).optional(),
  fields: fields.optional(),
  clientId,
});
const ticketNumber = z.string().transform((text, context) => {
  const number = numberOfTicket(text);
  if (number !== undefined) return number;
  context.addIssue({ code: 'custom', message: 'a ticket number such as T-000123.' });
  return z.NEVER;
});
const joined = z.object({ ticket: ticketNumber, clientId });
const merged = z.object({ into: ticketNumber, epoch: z.number().int().optional(), clientId });
const takenIn = z.object({
  channel: z.enum(['phone', 'mail', 'form']),
  customer: z.object({
    id: z.string().trim().min(1).max(200).optional(),
    name: z.string().trim().max(200).optional(),
    email: z.string().trim().max(320).optional(),
    plan: z.string().trim().max(60).optional(),
  }),
  subject: z.string().max(1_000),
  details: z.string().max(50_000).default(''),
  language: z.enum(['ja', 'en']).default('ja'),
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
  skills: z.array(z.string().trim().min(1).max(40)).max(20).optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
  /** The same again is the same case. */
  clientId,
});

export function mountCases({ server, store, desk, log, rules, route }: CaseRoutes): void {
  const base = '/console/api/conversations/:id';

  const execute = async (id: string, account: Account, command: Command, clientId?: string): Promise<Done> => {
    const key = clientId === undefined ? undefined : agentKey(account.name, clientId);
    await existing(store, id);
    return desk.execute(id, command, actorOf(account), key);
  };
  const sendItem = (response: Response, { conversation }: Done) => sendJson(response, 200, itemOf(conversation));

  server.get(
    '/console/api/rules',
    route(async (_signed, _request, response) => {
      const { desk: whose, tickets, escalation, cannedReplies } = rules();
      const targets = Object.fromEntries(
        Object.entries(escalation).map(([to, { fields, webhook }]) => [
          to,
          { fields, connected: webhook !== undefined },
        ]),
      );
      sendJson(response, 200, {
        name: whose.name,
        categories: tickets.categories,
        fields: tickets.fields,
        codes: tickets.codes,
        escalation: targets,
        cannedReplies,
      });
    }),
  );

  server.post(
    `${base}/escalate`,
    route(async ({ account }, request, response) => {
      const { clientId, epoch, ...told } = await readAs(request, escalation);
      const command: Command = {
        type: 'escalate',
        agent: account.name,
        ...told,
        ...(epoch === undefined ? {} : { epoch }),
        messageId: `msg_${randomUUID()}`,
      };
      sendItem(response, await execute(idOf(request), account, command, clientId));
    }),
  );

  server.patch(
    `${base}/ticket`,
    route(async ({ account }, request, response) => {
      const { clientId, ...given } = await readAs(request, changes);
      const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      sendItem(response, await execute(idOf(request), account, { type: 'edit', ...told }, clientId));
    }),
  );

  /** Says it in both cases; a crash between leaves the first, and the same request again says the second. */
  const link = async (
    account: Account,
    c: Conversation,
    ticket: number,
    here: Link['relation'],
    there: Link['relation'],
  ) => {
    const other = await conversationOf(store, log, ticket);
    if (!other) throw new HttpError(422, 'invalid', `ticket: there is no ${ticketName(ticket)}.`);
    if (!c.ticket) throw new HttpError(409, 'not-open', 'There is no case here.', { owner: null });
    // An older case of a conversation that has a newer one is pointed to; it cannot point back any more.
    if (other.id !== c.id && other.ticket?.number === ticket)
      await desk.execute(
        other.id,
        { type: 'link', link: { ticket: c.ticket.number, relation: there } },
        actorOf(account),
      );
    return desk.execute(c.id, { type: 'link', link: { ticket, relation: here } }, actorOf(account));
  };

  server.post(
    `${base}/links`,
    route(async ({ account }, request, response) => {
      const { ticket } = await readAs(request, joined);
      const c = await existing(store, idOf(request));
      sendItem(response, await link(account, c, ticket, 'related', 'related'));
    }),
  );

  server.post(
    `${base}/merge`,
    route(async ({ account }, request, response) => {
      const { into, epoch, clientId } = await readAs(request, merged);
      const c = await existing(store, idOf(request));
      const other = await conversationOf(store, log, into);
      if (other && (other.id === c.id || !isOpen(other.ticket) || other.ticket.number !== into))
        throw new HttpError(422, 'invalid', `into: ${ticketName(into)} is not another open case.`);
      await link(account, c, into, 'duplicate-of', 'duplicated-by');
      const command: Command = {
        type: 'resolve',
        agent: account.name,
        code: 'duplicate',
        summary: `→ ${ticketName(into)}`,
        ...(epoch === undefined ? {} : { epoch }),
      };
      sendItem(response, await execute(c.id, account, command, clientId));
    }),
  );

  server.post(
    '/console/api/tickets',
    route(async ({ account }, request, response) => {
      const { channel, customer, clientId = randomUUID(), ...told } = await readAs(request, takenIn);
      const { language, ...facts } = told;
      // Derived from what the page sent, so that a request whose answer was lost makes no second case.
      const id = `${channel}:${await digest(`${account.name}\n${clientId}`)}`;
      const { id: visitor = id, ...known } = customer;
      const by = actorOf(account);
      await desk.execute(
        id,
        {
          type: 'open',
          channel: { kind: 'desk', origin: channel },
          // An agent vouches for who it is.
          visitor: { id: visitor, signed: true, ...given(known) },
          language,
        },
        by,
        `open:${id}`,
      );
      const done = await desk.execute(id, { ...facts, type: 'take-in' }, by, `take-in:${id}`);
      sendJson(response, done.repeated ? 200 : 201, itemOf(done.conversation));
    }),
  );

  server.get(
    '/console/api/dead-letters',
    route(async (_signed, _request, response) => {
      const listed = await store.list(indexes.deadLetters, { limit: 200 });
      const found = await loadReadable(
        store,
        listed.map(({ member }) => member),
        (error) => log.error({ error, conversation: error.conversation }, 'a case with a dead letter cannot be read'),
      );
      const items = found.flatMap((c) => {
        if (!c) return [];
        const dead = (c.outbox ?? []).filter(({ nextAt }) => nextAt === undefined);
        return dead.map(({ id, to, failures, reason }) => ({
          conversation: c.id,
          ticket: c.ticket ? ticketName(c.ticket.number) : null,
          message: id,
          to,
          failures,
          reason: reason ?? '',
        }));
      });
      sendJson(response, 200, { items });
    }),
  );

  server.post(
    `${base}/messages-out/:message/retry`,
    route(async ({ account }, request, response) => {
      const command: Command = { type: 'retry-sending', id: String(request.params.message) };
      sendItem(response, await execute(idOf(request), account, command));
    }),
  );
}

/** Without what is empty or was left out. */
const given = (facts: { readonly [name: string]: string | undefined }): { readonly [name: string]: string } =>
  Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value ? [[name, value]] : [])));

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Buffer.from(bytes).toString('base64url').slice(0, 22);
}

/** The conversation that a ticket is in; undefined where there is no such ticket. */
async function conversationOf(store: Store, log: Logger, ticket: number): Promise<Conversation | undefined> {
  const id = await conversationIdOf(store, ticket);
  if (id === undefined) return undefined;
  const [c] = await loadReadable(store, [id], (error) =>
    log.error({ error, conversation: error.conversation }, 'a linked case cannot be read'),
  );
  return c;
}
