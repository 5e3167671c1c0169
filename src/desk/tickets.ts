/** From a ticket's number to its conversation. */
import { indexes } from '../conversation/placement.ts';
import type { Store } from '../store/store.ts';

/** @returns the conversation's id; undefined where there is no such ticket. */
export async function conversationIdOf(store: Pick<Store, 'list'>, ticket: number): Promise<string | undefined> {
  const [found] = await store.list(indexes.tickets, { max: ticket, limit: 1, reverse: true });
  return found?.score === ticket ? found.member.slice(0, found.member.lastIndexOf('#')) : undefined;
}
