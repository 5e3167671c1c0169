/** Finds the next case for an agent: the one that has waited longest among those that fit. */
import type { Logger } from 'pino';
import { indexes } from '../conversation/placement.ts';
import { Rejected } from '../conversation/rejected.ts';
import type { Conversation } from '../conversation/state.ts';
import type { Desk } from '../desk/desk.ts';
import { loadReadable } from '../desk/readable.ts';
import type { Listed } from '../store/store.ts';
import { type Account, agentOf } from './accounts.ts';

const batchSize = 100;

/**
 * @returns the conversation, claimed; undefined when none fits.
 * @throws Rejected `at-capacity`
 */
export async function claimNext(desk: Desk, log: Logger, account: Account): Promise<Conversation | undefined> {
  let after: Listed | undefined;
  for (;;) {
    const listed = await desk.store.list(indexes.waiting, { limit: batchSize, ...(after ? { after } : {}) });
    const waiting = await loadReadable(
      desk.store,
      listed.map(({ member }) => member),
      (error) => log.error({ error, conversation: error.conversation }, 'a waiting conversation cannot be read'),
    );
    for (const c of waiting) {
      if (!c || !fits(c, account)) continue;
      const claimed = await claimIfFree(desk, c.id, account);
      if (claimed) return claimed;
    }
    if (listed.length < batchSize) return undefined;
    after = listed.at(-1);
  }
}

/** Somebody else may be quicker: then the next one is tried. */
async function claimIfFree(desk: Desk, id: string, account: Account): Promise<Conversation | undefined> {
  try {
    return (await desk.claim(id, agentOf(account), account.capacity)).conversation;
  } catch (error) {
    if (error instanceof Rejected && (error.code === 'already-owned' || error.code === 'not-waiting')) return undefined;
    throw error;
  }
}

/** An agent without skills takes any; a higher tier takes what a lower one may. */
function fits({ language, ticket }: Conversation, account: Account): boolean {
  return (
    account.languages.includes(language) &&
    (ticket?.tier ?? 1) <= account.tier &&
    (account.skills.length === 0 || (ticket?.skills ?? []).every((skill) => account.skills.includes(skill)))
  );
}
