/**
 * Reads from the service into the state: lists, threads, the desk's own problems. Events come in bursts, so what they make worth
 * reading again is read at most so often; a failed read leaves what was there and says so.
 */
import * as api from './api.ts';
import { ApiError } from './api.ts';
import { passingViews, searchView, type View, views } from './model.ts';
import type { Action, State } from './state.ts';
import type { Store } from './store.ts';
import { throttle } from './throttle.ts';

/** Lists on screen follow events within this; the two that only give their counts more slowly. */
const nearMs = 700;
const farMs = 6_000;

export interface Reader {
  /** One list from its start; `query` empty for the whole view. */
  load(view: View, query: string): Promise<void>;
  /** All lists, soon. */
  reload(): void;
  /** All lists and their counts, now: the agent has done something and looks for its effect. */
  reloadNow(): void;
  /** What is new in one conversation. */
  refresh(id: string): Promise<void>;
  /** Marks what stands open in a visible page as read. */
  sawOpen(): void;
  /** The desk's problems, what did not reach other systems, and the rules that forms go by. */
  lookAfterDesk(): Promise<void>;
}

export function createReader({ get, dispatch }: Store<State, Action>): Reader {
  /** Reads a list from its start, as many pages as were on screen. */
  async function load(view: View, query: string): Promise<void> {
    const state = get();
    const wanted = (query ? state.found : state.lists[view])?.items.length ?? 0;
    try {
      const page = await api.list(view, query, null);
      let { items, cursor, unreadable } = page;
      for (let pages = 1; cursor !== null && items.length < wanted && pages < 5; pages += 1) {
        const later = await api.list(view, query, cursor);
        items = [...items, ...later.items];
        cursor = later.cursor;
        unreadable = [...unreadable, ...later.unreadable];
      }
      dispatch({ type: 'listed', view, query, page: { items, cursor, total: page.total, unreadable }, more: false });
    } catch (error) {
      console.warn('firstline: list not loaded', view, error);
      dispatch({ type: 'list-failed', view, query });
    }
  }

  const near = (): View[] => [
    ...views.filter((v) => v === 'waiting' || v === 'mine' || v === get().view),
    ...passingViews,
    ...(get().view === searchView ? [searchView] : []),
  ];
  const reloadNear = throttle(() => {
    if (get().session !== 'in') return;
    for (const view of near()) void load(view, '');
    const { query, view } = get();
    if (query) void load(view, query);
  }, nearMs);
  const reloadFar = throttle(() => {
    if (get().session !== 'in') return;
    for (const view of views) if (!near().includes(view)) void load(view, '');
  }, farMs);
  const reload = () => {
    reloadNear();
    reloadFar();
  };

  const reloadNow = () => {
    for (const view of [...views, ...passingViews]) void load(view, '');
    const { query, view } = get();
    if (query) void load(view, query);
  };

  /** Conversations being read, and whether something happened in them meanwhile. */
  const reading = new Map<string, boolean>();

  async function refresh(id: string): Promise<void> {
    if (reading.has(id)) {
      reading.set(id, true);
      return;
    }
    reading.set(id, false);
    try {
      const after = get().threads[id]?.timeline.at(-1)?.version;
      dispatch({ type: 'loaded', conversation: await api.open(id, after) });
      sawOpen();
    } catch (error) {
      const problem = error instanceof ApiError ? error : new ApiError(0, 'page', String(error));
      if (!get().threads[id]) dispatch({ type: 'unopened', id, code: problem.code });
      console.warn('firstline: conversation not loaded', id, error);
    } finally {
      const again = reading.get(id);
      reading.delete(id);
      if (again) void refresh(id);
    }
  }

  /** What stands open in a visible page has been read. */
  function sawOpen(): void {
    const { openId, threads } = get();
    const thread = openId === null ? undefined : threads[openId];
    if (!thread || document.hidden) return;
    const version = Math.max(thread.item.version, thread.timeline.at(-1)?.version ?? 0);
    dispatch({ type: 'seen', id: thread.item.id, version });
  }

  async function lookAfterDesk(): Promise<void> {
    if (get().session !== 'in' || document.hidden) return;
    try {
      const [status, deadLetters, rules] = await Promise.all([api.status(), api.deadLetters(), api.rules()]);
      dispatch({ type: 'status', status });
      dispatch({ type: 'dead-letters', deadLetters });
      dispatch({ type: 'rules', rules });
    } catch (error) {
      console.warn('firstline: the state of the desk is not known', error);
    }
  }

  return { load, reload, reloadNow, refresh, sawOpen, lookAfterDesk };
}
