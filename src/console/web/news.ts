/** What became worth calling an agent for, told from two successive states of the lists. Pure. */
import type { Item } from './model.ts';

export interface News {
  /** Conversations of mine with more unread messages than before. */
  readonly replies: readonly Item[];
  /** Conversations that wait now and were neither waiting nor mine before. */
  readonly waiting: readonly Item[];
}

interface Lists {
  readonly mine: readonly Item[];
  readonly waiting: readonly Item[];
}

/** Null for `before` means that nothing was known yet: a page that has just loaded calls nobody. */
export function newsBetween(before: Lists | null, after: Lists): News {
  if (!before) return { replies: [], waiting: [] };
  const unreadBefore = new Map([...before.mine, ...before.waiting].map((item) => [item.id, item.unread]));
  const knownBefore = new Set([...before.waiting, ...before.mine].map((item) => item.id));
  return {
    // One I have just taken was on the other list; what it held unread then is no news.
    replies: after.mine.filter((item) => item.unread > (unreadBefore.get(item.id) ?? item.unread)),
    // One I have just put back is no news either.
    waiting: after.waiting.filter((item) => !knownBefore.has(item.id)),
  };
}

/** The browser tab's title: how many conversations want something of me, in front of the plain title. */
export const titleOf = (plain: string, wanting: number): string => (wanting > 0 ? `(${wanting}) ${plain}` : plain);
