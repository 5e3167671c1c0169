/**
 * The page's commands: what happens when an agent does something, or when the service tells of something. Here state, API, event
 * stream and storage meet; views call these and read the state.
 */
import { hashOf, idIn } from './address.ts';
import { watchNews } from './alerts.ts';
import * as api from './api.ts';
import { ApiError } from './api.ts';
import { type Cases, createCases } from './cases.ts';
import { createFollowing } from './following.ts';
import { createHands, type Hands } from './hands.ts';
import { read, write } from './keep.ts';
import { loadOutbox } from './kept-outbox.ts';
import type { Presence, View } from './model.ts';
import type { Preferences } from './preferences.ts';
import { createReader } from './reader.ts';
import { createReplies } from './replies.ts';
import { type Action, initial, reduce, type State } from './state.ts';
import { createStore, type Store } from './store.ts';

/** Typing is told at most every 3 s. */
const typingEveryMs = 3_000;
/** How often the desk's own problems are asked for. */
const statusEveryMs = 30_000;
/** Read marks kept; older ones are forgotten first. */
const seenKept = 500;

export interface Desk extends Cases, Hands {
  readonly store: Store<State, Action>;
  signIn(name: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  check(): Promise<void>;
  setView(view: View): void;
  search(query: string): void;
  more(): Promise<void>;
  reload(): void;
  open(id: string | null): void;
  refresh(id: string): Promise<void>;
  reply(text: string): boolean;
  retry(clientId: string): void;
  discard(clientId: string): void;
  /** The same `clientId` again, after a failure, adds no second note. */
  note(text: string, clientId: string): Promise<boolean>;
  typing(): void;
  presence(presence: Presence): Promise<void>;
  dismiss(): void;
}

/** Makes the desk and starts it: checks the session, then follows the events. */
export function startDesk(preferences: () => Preferences): Desk {
  const store = createStore(reduce, {
    ...initial(loadOutbox(), read<Record<string, number>>('seen') ?? {}),
    openId: idIn(location.hash),
  });
  const { dispatch, get } = store;

  // ── Failures ──────────────────────────────────────────────────────────────

  function trouble(error: unknown, conversation: string | null): void {
    const problem = error instanceof ApiError ? error : new ApiError(0, 'page', String(error));
    // The sign-in view says it already.
    if (problem.status === 401) return;
    const { code, message, owner, faults } = problem;
    dispatch({ type: 'trouble', trouble: { code, message, owner, conversation, faults } });
  }

  const reader = createReader(store);
  const { load, reload, reloadNow, refresh, sawOpen, lookAfterDesk } = reader;
  const replies = createReplies(store, refresh);
  const { hasten } = replies;
  const { begin, end, catchUp, tellViewing } = createFollowing({
    store,
    reader,
    hasten,
    refused: () => void check(),
  });

  // ── The open conversation ─────────────────────────────────────────────────

  function show(id: string | null): void {
    if (get().openId !== id) dispatch({ type: 'open', id });
    if (id !== null && get().session === 'in') void refresh(id);
    sawOpen();
    tellViewing();
  }

  function open(id: string | null): void {
    if (location.hash !== hashOf(id)) location.hash = hashOf(id);
    show(id);
  }

  // ── Commands ──────────────────────────────────────────────────────────────

  /** Runs a command on the open conversation, one at a time; true when it was done. */
  async function command(name: string, run: (id: string) => Promise<unknown>): Promise<boolean> {
    const id = get().openId;
    if (id === null || get().busy !== null) return false;
    dispatch({ type: 'busy', busy: name });
    dispatch({ type: 'trouble', trouble: null });
    try {
      await run(id);
      return true;
    } catch (error) {
      trouble(error, id);
      return false;
    } finally {
      dispatch({ type: 'busy', busy: null });
      void refresh(id);
      reloadNow();
    }
  }

  // ── The session ───────────────────────────────────────────────────────────

  async function check(): Promise<void> {
    try {
      const me = await api.me();
      const fresh = get().session !== 'in';
      dispatch({ type: 'signed-in', me });
      if (fresh) {
        begin();
        catchUp();
        hasten();
      }
    } catch (error) {
      // 401 was told to onSignedOut; anything else leaves a page that stands as it is.
      if (error instanceof ApiError && error.status === 401) return;
      if (get().session === 'checking') dispatch({ type: 'unreachable' });
    }
  }

  api.onSignedOut(() => {
    end();
    dispatch({ type: 'signed-out' });
  });

  // ── Lists ─────────────────────────────────────────────────────────────────

  let searchTimer: ReturnType<typeof setTimeout> | undefined;
  function setView(view: View): void {
    clearTimeout(searchTimer);
    dispatch({ type: 'view', view });
    void load(view, '');
    const { query } = get();
    if (query) void load(view, query);
  }

  // ── Storage, page ─────────────────────────────────────────────────────────

  let kept = get().seen;
  store.subscribe(() => {
    const state = get();
    if (state.seen === kept) return;
    kept = state.seen;
    write('seen', Object.fromEntries(Object.entries(kept).slice(-seenKept)));
  });
  addEventListener('hashchange', () => show(idIn(location.hash)));
  document.addEventListener('visibilitychange', sawOpen);
  addEventListener('online', hasten);
  setInterval(() => void lookAfterDesk(), statusEveryMs);
  watchNews(store, preferences, open);

  /** The open conversation's epoch: with it a command of a former owner is refused, even if they own it anew. */
  const epoch = (id: string) => get().threads[id]?.item.epoch ?? null;

  const cases = createCases({ store, command, trouble, epoch, open, lookAfterDesk });
  const hands = createHands({ store, command, trouble, epoch, open, setView, reloadNow });

  let toldTyping = { id: '', at: Number.NEGATIVE_INFINITY };

  void check();
  return {
    store,
    ...cases,
    ...hands,
    async signIn(name, password) {
      await api.signIn(name, password);
      await check();
    },
    async signOut() {
      try {
        await api.signOut();
        end();
        dispatch({ type: 'signed-out' });
      } catch (error) {
        trouble(error, null);
      }
    },
    check,
    setView,
    search(query) {
      clearTimeout(searchTimer);
      dispatch({ type: 'query', query });
      if (query) searchTimer = setTimeout(() => void load(get().view, query), 250);
    },
    async more() {
      const { view, query, found, lists } = get();
      const cursor = (query ? found : lists[view])?.cursor ?? null;
      if (cursor === null) return;
      try {
        const page = await api.list(view, query, cursor);
        dispatch({ type: 'listed', view, query, page, more: true });
      } catch (error) {
        trouble(error, null);
      }
    },
    reload,
    open,
    refresh,
    reply: replies.reply,
    retry: replies.retry,
    discard: replies.discard,
    note: (text, clientId) => command('note', (id) => api.note(id, text, clientId)),
    typing() {
      const { openId: id } = get();
      const at = performance.now();
      if (id === null || (toldTyping.id === id && at - toldTyping.at < typingEveryMs)) return;
      toldTyping = { id, at };
      // Nobody misses one typing sign that got lost.
      api.typing(id).catch((error) => console.warn('firstline: typing not told', error));
    },
    async presence(presence) {
      const before = get().me?.presence;
      dispatch({ type: 'presence', presence });
      try {
        await api.setPresence(presence);
      } catch (error) {
        if (before) dispatch({ type: 'presence', presence: before });
        trouble(error, null);
      }
    },
    dismiss: () => dispatch({ type: 'trouble', trouble: null }),
  };
}
