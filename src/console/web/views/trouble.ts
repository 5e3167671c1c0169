import { type Say, sayIfKnown } from '../context.ts';
import { isOutdated, noFaults } from '../forms.ts';
import type { Trouble } from '../state.ts';

/** What went wrong in the agent's words; who has the conversation where that is why. */
export function troubleText(
  trouble: Pick<Trouble, 'code' | 'message' | 'owner'> & Partial<Pick<Trouble, 'faults'>>,
  say: Say,
): string {
  const { code, message, owner, faults = noFaults } = trouble;
  if (isOutdated(faults)) return say('trouble.rules-changed');
  if (faults.missing.length + faults.wrong.length > 0) return say('trouble.fields');
  if (code === 'not-owner' && !owner) return say('trouble.not-owner-nobody');
  if (code === 'already-owned' || code === 'not-owner')
    return say(`trouble.${code}`, { name: owner?.displayName ?? say('somebody') });
  return sayIfKnown(say, `trouble.${code}`, say('trouble.other', { message }));
}
