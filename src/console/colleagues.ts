/** Who works at the desk now: for handing a case over, for asking advice, and for giving work out. */
import type { Server } from 'restify';
import { sendJson } from '../channels/http.ts';
import type { Desk, Worker } from '../desk/desk.ts';
import type { Leases } from '../desk/leases.ts';
import { type Account, listAccounts } from './accounts.ts';
import { presenceOf } from './presence.ts';
import type { Route } from './requests.ts';

export interface Colleagues {
  readonly desk: Desk;
  readonly leases: Leases;
}

/** Agents who are there and take cases. */
export async function availableAgents(colleagues: Colleagues): Promise<Worker[]> {
  const accounts = await listAccounts(colleagues.desk.store);
  const flags = await Promise.all(accounts.map((account) => isAvailable(colleagues, account.name)));
  return accounts.filter((_, i) => flags[i]);
}

/** Whoever has gone away, or has no console open, is given nothing new. */
export async function isAvailable({ desk, leases }: Colleagues, agent: string): Promise<boolean> {
  return (await presenceOf(desk.store, agent)) === 'available' && (await leases.holds(agent));
}

export function mountColleagues(server: Server, colleagues: Colleagues, route: Route): void {
  const shown = async ({ name, displayName, tier, skills, languages, capacity }: Account) => ({
    name,
    displayName,
    tier,
    skills,
    languages,
    capacity,
    load: await colleagues.desk.loadOf(name),
    available: await isAvailable(colleagues, name),
  });
  server.get(
    '/console/api/colleagues',
    route(async (_signed, _request, response) => {
      const accounts = await listAccounts(colleagues.desk.store);
      sendJson(response, 200, { items: await Promise.all(accounts.map(shown)) });
    }),
  );
}
