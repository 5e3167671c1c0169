/** Erasing a customer's data over HTTP, for admins: first what there is, then, said twice, its end. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'restify';
import { z } from 'zod';
import type { FileStore } from '../channels/files.ts';
import { HttpError, sendJson } from '../channels/http.ts';
import type { Archive } from '../desk/archive/archive.ts';
import { ArchiveBusy, eraseCustomer } from '../desk/archive/erase.ts';
import { previewOf } from '../desk/archive/preview.ts';
import { agentDid } from '../desk/audit/deeds.ts';
import type { Trail } from '../desk/audit/trail.ts';
import type { Store } from '../store/store.ts';
import { type Route, readAs } from './requests.ts';
import { sendWork, type Works } from './works.ts';

const wish = z.object({
  customer: z.string().trim().min(1).max(320),
  /** The customer once more; absent: only says what there is. */
  confirm: z.string().trim().optional(),
  clientId: z.string().min(1).max(100).optional(),
});

export interface EraseRoutes {
  readonly store: Store;
  readonly archive: Archive;
  readonly trail: Trail;
  readonly files: FileStore;
  readonly works: Works;
  readonly route: Route;
}

/** Conversations a preview names. */
const mostNamed = 50;

export function mountErase(server: Server, { store, archive, trail, files, works, route }: EraseRoutes): void {
  server.post(
    '/console/api/erase',
    route(async ({ account }, request, response) => {
      if (account.role !== 'admin') throw new HttpError(403, 'not-allowed', 'Only admins may erase.');
      const { customer, confirm, clientId = randomUUID() } = await readAs(request, wish);
      if (confirm === undefined) {
        const countFiles = (conversation: string) => files.count(conversation);
        const { conversations, ...sums } = await previewOf({ store, archive, countFiles }, customer);
        const named = conversations
          .slice(0, mostNamed)
          .map((one) => ({ ...one, updatedAt: new Date(one.updatedAt).toISOString() }));
        return sendJson(response, 200, { ...sums, conversations: named });
      }
      if (confirm !== customer)
        throw new HttpError(422, 'invalid', 'confirm: give the customer once more, as it stands in customer.');
      const work = await works.begin({
        agent: account.name,
        id: clientId,
        run: async (told) => {
          const removeFiles = (conversation: string) => files.removeAll(conversation);
          const options = { store, archive, trail, removeFiles, who: agentDid(account.name), told };
          try {
            return { ...(await eraseCustomer(options, customer)) };
          } catch (error) {
            if (error instanceof ArchiveBusy) throw new HttpError(409, 'busy', error.message);
            throw error;
          }
        },
      });
      sendWork(response, clientId, work);
    }),
  );
}
