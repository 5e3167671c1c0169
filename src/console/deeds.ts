/** What people do at the console besides commands to conversations, as the audit trail has it. */
import type { Deed } from '../desk/audit/chain.ts';
import { agentDid } from '../desk/audit/deeds.ts';
import type { Trail } from '../desk/audit/trail.ts';
import type { Store } from '../store/store.ts';
import type { Attempt } from './signin.ts';

export const didTo = (agent: string, what: string, subject: string, facts: Deed['facts'] = {}): Deed => ({
  at: Date.now(),
  who: agentDid(agent),
  what,
  subject,
  facts,
});

/** How often wrong guesses at names that nobody has are noted, ms: whoever makes them must not fill the trail. */
const strangersEvery = 60_000;

/** What was typed where the name belongs is never noted unless it is one: it may be a password. */
export async function noteAttempt(
  store: Store,
  trail: Trail,
  attempt: Attempt,
  account: string | undefined,
): Promise<void> {
  if (account !== undefined) {
    const by = attempt === 'signed-in' ? agentDid(account) : 'unknown';
    return trail.append({ at: Date.now(), who: by, what: attempt, subject: account, facts: {} });
  }
  if ((await store.records.increment('audit-strangers', 'sign-in', strangersEvery)) > 1) return;
  await trail.append({ at: Date.now(), who: 'unknown', what: attempt, subject: '', facts: { nobody: true } });
}
