/** The views of the desk, a page at a time, and the search within one. */
import type { Logger } from 'pino';
import { z } from 'zod';
import { HttpError } from '../channels/http.ts';
import { indexes } from '../conversation/placement.ts';
import { loadReadable } from '../desk/readable.ts';
import { isFound, searchedText, wordsOf } from '../desk/search/text.ts';
import type { Listed, Store } from '../store/store.ts';
import { type Item, itemOf } from './views.ts';

export const viewNames = ['waiting', 'mine', 'offered', 'consulted', 'open', 'closed'] as const;
export type ViewName = (typeof viewNames)[number];

export interface Page {
  readonly items: readonly Item[];
  /** Asks for what follows; null at the end. With a search a page may hold few items, or none, before the end. */
  readonly cursor: string | null;
  /** Members of the view, whatever is searched for. */
  readonly total: number;
  /** Conversations of this page that cannot be read: the operator must look. */
  readonly unreadable: readonly string[];
}

/** Items on a page. */
const pageSize = 50;
/** Conversations a search looks at for one page. */
const mostSearched = 2_000;
const batchSize = 200;

export interface ListRequest {
  readonly view: ViewName;
  /** Whose views `mine`, `offered` and `consulted` are. */
  readonly agent: string;
  /** Words that must all occur; empty: no search. */
  readonly q: string;
  readonly cursor?: string | undefined;
}

/** @throws HttpError 422 for a cursor that is not one. */
export async function listView(store: Store, log: Logger, request: ListRequest): Promise<Page> {
  const { index, reverse } = viewOf(request.view, request.agent);
  const words = wordsOf(request.q);
  const items: Item[] = [];
  const unreadable: string[] = [];
  let after = request.cursor ? decodeCursor(request.cursor) : undefined;
  let looked = 0;
  let isEnd = false;
  while (!isEnd && items.length < pageSize && looked < mostSearched) {
    const limit = words.length > 0 ? batchSize : pageSize;
    const listed = await store.list(index, { limit, reverse, ...(after ? { after } : {}) });
    const broken = new Set<string>();
    const loaded = await loadReadable(
      store,
      listed.map(({ member }) => member),
      (error) => {
        log.error({ error, conversation: error.conversation }, 'a conversation cannot be read');
        broken.add(error.conversation);
      },
    );
    isEnd = listed.length < limit;
    for (const [i, member] of listed.entries()) {
      const c = loaded[i];
      if (broken.has(member.member)) unreadable.push(member.member);
      if (c && isFound(searchedText(c), words)) items.push(itemOf(c));
      after = member;
      looked++;
      if (items.length < pageSize) continue;
      isEnd &&= i === listed.length - 1;
      break;
    }
  }
  return {
    items,
    cursor: isEnd || !after ? null : encodeCursor(after),
    total: await totalOf(store, request.view, request.agent),
    unreadable,
  };
}

/** Members of a view. */
export const totalOf = (store: Store, view: ViewName, agent: string): Promise<number> =>
  store.count(viewOf(view, agent).index);

/** What is due first, the longest wait and the oldest ticket first; the closed newest first. */
function viewOf(view: ViewName, agent: string): { index: string; reverse: boolean } {
  const own = view === 'mine' || view === 'offered' || view === 'consulted';
  return { index: own ? indexes[view](agent) : indexes[view], reverse: view === 'closed' };
}

const place = z.tuple([z.number(), z.string()]);

const encodeCursor = ({ score, member }: Listed): string =>
  Buffer.from(JSON.stringify([score, member])).toString('base64url');

function decodeCursor(cursor: string): Listed {
  try {
    const [score, member] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { score, member };
  } catch {
    throw new HttpError(422, 'invalid', 'cursor: give back the one of the page before, or none.');
  }
}
