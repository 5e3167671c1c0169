/** A case on its way between colleagues, over HTTP: handed over, asked about, offered; and who is looking at it. */
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import { HttpError } from '../channels/http.ts';
import type { Command } from '../conversation/conversation.ts';
import type { Transfer } from '../conversation/transfer.ts';
import { actorOf, agentOf, type Desk, type Done } from '../desk/desk.ts';
import { type Account, findAccount } from './accounts.ts';
import { type Colleagues, isAvailable } from './colleagues.ts';
import { idOf, type Route, readAs, sendNothing } from './requests.ts';
import { agentKey } from './views.ts';

export interface HandingRoutes extends Colleagues {
  readonly server: Server;
  readonly desk: Desk;
  readonly route: Route;
  /** Executes an agent's command on the conversation that the path names. */
  readonly execute: (request: Request, account: Account, command: Command, clientId?: string) => Promise<Done>;
  /** Runs a command of the desk on it. */
  readonly attempt: (id: string, run: () => Promise<Done>) => Promise<Done>;
  readonly sendState: (response: Response, done: Done) => void;
}

const note = z.string().max(2_000, 'at most 2000 characters.');
const handBack = z.object({ epoch: z.number().int().optional(), clientId: z.string().min(1).max(200).optional() });
const transfer = handBack.extend({
  to: z.union(
    [
      z.strictObject({ agent: z.string() }),
      z.strictObject({
        tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
        skills: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
      }),
    ],
    'either {"agent": name} or {"tier": 1 to 3, "skills": [names]}.',
  ),
  note: note.default(''),
});
const consult = handBack.extend({ agent: z.string(), note });

export function mountHanding({ server, desk, leases, route, execute, attempt, sendState }: HandingRoutes): void {
  const base = '/console/api/conversations/:id';

  /** @throws HttpError 422 for an agent there is none of. */
  const colleague = async (field: string, name: string): Promise<Account> => {
    const account = await findAccount(desk.store, name);
    if (!account) throw new HttpError(422, 'invalid', `${field}: there is no agent "${name.slice(0, 40)}".`);
    return account;
  };

  server.post(
    `${base}/transfer`,
    route(async ({ account }, request, response) => {
      const { to, note, epoch, clientId } = await readAs(request, transfer);
      const command = {
        type: 'transfer',
        agent: account.name,
        note,
        ...(epoch === undefined ? {} : { epoch }),
      } as const;
      if (!('agent' in to)) {
        sendState(response, await execute(request, account, { ...command, to }, clientId));
        return;
      }
      const target = await colleague('to.agent', to.agent);
      if (target.name !== account.name && !(await isAvailable({ desk, leases }, target.name)))
        throw new HttpError(409, 'not-available', `${target.displayName} is away or not signed in.`);
      const handed: Transfer = { ...command, to: { agent: agentOf(target) }, capacity: target.capacity };
      const key = clientId === undefined ? undefined : agentKey(account.name, clientId);
      const by = actorOf(account);
      sendState(response, await attempt(idOf(request), () => desk.transfer(idOf(request), handed, target, by, key)));
    }),
  );

  server.post(
    `${base}/consult`,
    route(async ({ account }, request, response) => {
      const { agent, note, epoch, clientId } = await readAs(request, consult);
      const asked = agentOf(await colleague('agent', agent));
      const command = { type: 'consult', agent: account.name, colleague: asked, note } as const;
      const withEpoch = epoch === undefined ? command : { ...command, epoch };
      sendState(response, await execute(request, account, withEpoch, clientId));
    }),
  );

  server.post(
    `${base}/advise`,
    route(async ({ account }, request, response) => {
      sendState(response, await execute(request, account, { type: 'advise', agent: account.name }));
    }),
  );

  server.post(
    `${base}/decline`,
    route(async ({ account }, request, response) => {
      sendState(response, await execute(request, account, { type: 'decline', agent: account.name }));
    }),
  );

  server.post(
    `${base}/viewing`,
    route(async ({ account }, request, response) => {
      await desk.store.signal({ type: 'viewing', conversation: idOf(request), by: actorOf(account) });
      sendNothing(response);
    }),
  );

  server.post(
    '/console/api/alive',
    route(async (_signed, _request, response) => {
      // That it was asked is all: each request renews the lease.
      sendNothing(response);
    }),
  );
}
