/** Whether an agent takes cases now. Kept beside the account, told to every console. */
import type { Store } from '../store/store.ts';

export const presences = ['available', 'away'] as const;
export type Presence = (typeof presences)[number];

const kind = 'presence';

/** Who has never said is available. */
export async function presenceOf({ records }: Store, agent: string): Promise<Presence> {
  return (await records.get(kind, agent)) === 'away' ? 'away' : 'available';
}

export async function announcePresence(store: Store, agent: string, presence: Presence): Promise<void> {
  await store.records.put(kind, agent, presence);
  await store.signal({ type: 'presence', agent, presence });
}

export const forgetPresence = ({ records }: Store, agent: string): Promise<void> => records.remove(kind, agent);
