/**
 * The page's commands: what happens when an agent does something, or when the service tells of something. The one place where
 * state, API, event stream, outbox and storage meet; views call these and read the state.
 */
import { watchNews } from './alerts.ts';
import * as api from './api.ts';
import { ApiError } from './api.ts';
import { newClientId } from './client-id.ts';
import { follow } from './events.ts';
import { read, write } from './keep.ts';
import { keepOutbox, loadOutbox } from './kept-outbox.ts';
import type { DeskEvent, Presence, ResolutionCode, View } from './model.ts';
import { views } from './model.ts';
import { add, hastened, type Outbox, removed, retried } from './outbox.ts';
import type { Preferences } from './preferences.ts';
import { createSender } from './sender.ts';
import { type Action, initial, reduce, type State } from './state.ts';
import { createStore, type Store } from './store.ts';
import { throttle } from './throttle.ts';

const hashOf = (id: string | null) => (id === null ? '#/' : `#/c/${encodeURIComponent(id)}`);
const idIn = (hash: string): string | null => {
  const match = /^#\/c\/(.+)$/.exec(hash);
  return match?.[1] === undefined ? null : decodeURIComponent(match[1]);
};

/** Typing is told at most every 3 s, and shown for 6 s after it was last told. */
const typingEveryMs = 3_000;
const typingShownMs = 6_000;
/** Lists on screen follow events within this; the two that only give their counts more slowly. */
const nearMs = 700;
const farMs = 6_000;
/** How often the desk's own problems are asked for. */
const statusEveryMs = 30_000;
/** Read marks kept; older ones are forgotten first. */
const seenKept = 500;

export interface Desk {
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
  take(): Promise<void>;
  takeNext(): Promise<'taken' | 'none' | 'failed'>;
  release(): Promise<void>;
  giveBack(): Promise<void>;
  reopen(): Promise<void>;
  resolve(code: ResolutionCode, summary: string): Promise<boolean>;
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
    const { code, message, owner } = problem;
    dispatch({ type: 'trouble', trouble: { code, message, owner, conversation } });
  }

  // ── Lists ─────────────────────────────────────────────────────────────────

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

  const near = (): View[] => views.filter((v) => v === 'waiting' || v === 'mine' || v === get().view);
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

  let searchTimer: ReturnType<typeof setTimeout> | undefined;

  async function lookAfterDesk(): Promise<void> {
    if (get().session !== 'in' || document.hidden) return;
    try {
      dispatch({ type: 'problems', problems: (await api.status()).problems });
    } catch (error) {
      console.warn('firstline: the state of the desk is not known', error);
    }
  }

  // ── Threads ───────────────────────────────────────────────────────────────

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

  function show(id: string | null): void {
    if (get().openId !== id) dispatch({ type: 'open', id });
    if (id !== null && get().session === 'in') void refresh(id);
    sawOpen();
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
      reload();
    }
  }

  // ── Replies ───────────────────────────────────────────────────────────────

  const pump = createSender({
    read: () => get().outbox,
    write: (outbox: Outbox) => dispatch({ type: 'outbox', outbox }),
    agent: () => (get().session === 'in' ? (get().me?.name ?? null) : null),
    send: ({ conversation, text, epoch, clientId }) => api.send(conversation, { text, epoch, clientId }),
    now: Date.now,
    random: Math.random,
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    answered: ({ conversation }) => {
      if (get().threads[conversation]) void refresh(conversation);
    },
  });

  const hasten = () => {
    dispatch({ type: 'outbox', outbox: hastened(get().outbox) });
    pump();
  };

  // ── Events ────────────────────────────────────────────────────────────────

  function happened(event: DeskEvent): void {
    const { me, openId } = get();
    if ('presence' in event) {
      if (event.agent === me?.name) dispatch({ type: 'presence', presence: event.presence });
      return;
    }
    if ('by' in event) {
      if (event.type !== 'typing' || event.by.name === me?.name) return;
      const until = Date.now() + typingShownMs;
      dispatch({ type: 'writing', id: event.conversation, by: event.by, until });
      setTimeout(() => dispatch({ type: 'still', now: Date.now() }), typingShownMs + 50);
      return;
    }
    const { conversation: id, state, ticket, owner } = event;
    dispatch({ type: 'moved', id, state, ticket, owner });
    dispatch({ type: 'still', now: Number.POSITIVE_INFINITY, id });
    if (id === openId) void refresh(id);
    reload();
  }

  let unfollow = () => {};

  function begin(): void {
    unfollow();
    unfollow = follow('/console/api/events', {
      connection: (connection) => dispatch({ type: 'connection', connection }),
      opened: () => {
        catchUp();
        hasten();
      },
      event: happened,
      refused: () => void check(),
      refresh: catchUp,
    });
  }

  function catchUp(): void {
    reload();
    void lookAfterDesk();
    const { openId } = get();
    if (openId !== null) void refresh(openId);
  }

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
    unfollow();
    dispatch({ type: 'signed-out' });
  });

  // ── Storage, page ─────────────────────────────────────────────────────────

  let kept = get();
  store.subscribe(() => {
    const state = get();
    if (state.outbox !== kept.outbox) keepOutbox(kept.outbox, state.outbox);
    if (state.seen !== kept.seen) write('seen', Object.fromEntries(Object.entries(state.seen).slice(-seenKept)));
    kept = state;
  });
  addEventListener('hashchange', () => show(idIn(location.hash)));
  document.addEventListener('visibilitychange', sawOpen);
  addEventListener('online', hasten);
  setInterval(() => void lookAfterDesk(), statusEveryMs);
  watchNews(store, preferences, open);

  const toldTyping = throttle(() => {
    const { openId } = get();
    // Nobody misses one typing sign that got lost.
    if (openId !== null) api.typing(openId).catch((error) => console.warn('firstline: typing not told', error));
  }, typingEveryMs);

  const desk: Desk = {
    store,
    async signIn(name, password) {
      await api.signIn(name, password);
      await check();
    },
    async signOut() {
      try {
        await api.signOut();
        unfollow();
        dispatch({ type: 'signed-out' });
      } catch (error) {
        trouble(error, null);
      }
    },
    check,
    setView(view) {
      clearTimeout(searchTimer);
      dispatch({ type: 'view', view });
      void load(view, '');
    },
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
    async take() {
      await command('take', async (id) => {
        const { epoch } = await api.claim(id);
        dispatch({ type: 'claimed', id, epoch });
      });
    },
    async takeNext() {
      if (get().busy !== null) return 'failed';
      dispatch({ type: 'busy', busy: 'next' });
      dispatch({ type: 'trouble', trouble: null });
      try {
        const item = await api.next();
        if (!item) return 'none';
        desk.setView('mine');
        open(item.id);
        reload();
        return 'taken';
      } catch (error) {
        trouble(error, null);
        return 'failed';
      } finally {
        dispatch({ type: 'busy', busy: null });
      }
    },
    async release() {
      await command('release', api.release);
    },
    async giveBack() {
      await command('give-back', api.giveBack);
    },
    async reopen() {
      await command('reopen', api.reopen);
    },
    resolve: (code, summary) => command('resolve', (id) => api.resolve(id, code, summary)),
    reply(text) {
      const { openId, threads, me, outbox } = get();
      const thread = openId === null ? undefined : threads[openId];
      const epoch = thread?.item.epoch ?? null;
      if (!thread || !me || epoch === null || thread.item.owner?.name !== me.name) return false;
      const reply = {
        clientId: newClientId(),
        conversation: thread.item.id,
        agent: me.name,
        text,
        epoch,
        at: new Date().toISOString(),
        basis: thread.timeline.at(-1)?.version ?? 0,
      };
      dispatch({ type: 'outbox', outbox: add(outbox, reply) });
      pump();
      return true;
    },
    retry(clientId) {
      const { outbox, threads } = get();
      const conversation = outbox.find((o) => o.clientId === clientId)?.conversation;
      const epoch = conversation === undefined ? null : (threads[conversation]?.item.epoch ?? null);
      dispatch({ type: 'outbox', outbox: retried(outbox, clientId, epoch) });
      pump();
    },
    discard(clientId) {
      dispatch({ type: 'outbox', outbox: removed(get().outbox, clientId) });
      pump();
    },
    note: (text, clientId) => command('note', (id) => api.note(id, text, clientId)),
    typing: toldTyping,
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

  void check();
  return desk;
}
