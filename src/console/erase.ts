/** Erasing a customer's data over HTTP, for admins: first how much there is, then, said twice, its end. */
import type { Server } from 'restify';
import { z } from 'zod';
import { HttpError, sendJson } from '../channels/http.ts';
import type { Archive } from '../desk/archive/archive.ts';
import { ArchiveBusy, type EraseOptions, eraseCustomer, findCustomer } from '../desk/archive/erase.ts';
import { agentDid } from '../desk/audit/deeds.ts';
import { type Route, readAs } from './requests.ts';

const wish = z.object({
  customer: z.string().trim().min(1).max(320),
  /** The customer once more; absent: only says how much there is. */
  confirm: z.string().trim().optional(),
});

export interface EraseRoutes extends Omit<EraseOptions, 'who'> {
  readonly archive: Archive;
  readonly route: Route;
}

export function mountErase(server: Server, { route, ...options }: EraseRoutes): void {
  server.post(
    '/console/api/erase',
    route(async ({ account }, request, response) => {
      if (account.role !== 'admin') throw new HttpError(403, 'not-allowed', 'Only admins may erase.');
      const { customer, confirm } = await readAs(request, wish);
      if (confirm === undefined) return sendJson(response, 200, await findCustomer(options.archive, customer));
      if (confirm !== customer)
        throw new HttpError(422, 'invalid', 'confirm: give the customer once more, as it stands in customer.');
      try {
        sendJson(response, 200, await eraseCustomer({ ...options, who: agentDid(account.name) }, customer));
      } catch (error) {
        if (error instanceof ArchiveBusy) throw new HttpError(409, 'busy', error.message);
        throw error;
      }
    }),
  );
}
