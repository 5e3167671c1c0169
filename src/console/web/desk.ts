/**
 * The page's commands: what happens when an agent does something, or when the service tells of something. Here state, API, event
 * stream and storage meet; views call these and read the state.
 */
import { hashOf, idIn } from './address.ts';
import { watchNews } from './alerts.ts';
import * as api from './api.ts';
import { ApiError } from './api.ts';
import { type Cases, createCases } from './cases.ts';
import { follow } from './events.ts';
import { read, write } from './keep.ts';
import { loadOutbox } from './kept-outbox.ts';
import type { DeskEvent, Presence, TransferTarget, View } from './model.ts';
import type { Preferences } from './preferences.ts';
import { createReader } from './reader.ts';
import { createReplies } from './replies.ts';
import { type Action, initial, reduce, type State } from './state.ts';
import { createStore, type Store } from './store.ts';

/** Typing is told at most every 3 s, and shown for 6 s after it was last told. */
const typingEveryMs = 3_000;
const typingShownMs = 6_000;
/** Who looks at a case tells so at each beat (15 s); one missed is no end of it. */
const viewingShownMs = 35_000;
/** How often the desk's own problems are asked for. */
const statusEveryMs = 30_000;
/** Read marks kept; older ones are forgotten first. */
const seenKept = 500;

export interface Desk extends Cases {
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
  accept(id: string): Promise<void>;
  decline(id: string): Promise<void>;
  transfer(to: TransferTarget, note: string): Promise<boolean>;
  consult(agent: string, note: string): Promise<boolean>;
  /** The advice that was asked for is given. */
  advise(): Promise<void>;
  giveBack(): Promise<void>;
  reopen(): Promise<void>;
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

  const { load, reload, reloadNow, refresh, sawOpen, lookAfterDesk } = createReader(store);
  const replies = createReplies(store, refresh);
  const { hasten } = replies;

  // ── The open conversation ─────────────────────────────────────────────────

  function show(id: string | null): void {
    if (get().openId !== id) dispatch({ type: 'open', id });
    if (id !== null && get().session === 'in') void refresh(id);
    sawOpen();
    tellViewing();
  }

  /** Colleagues see who else looks at a case. */
  function tellViewing(): void {
    const { openId, session } = get();
    if (openId === null || session !== 'in' || document.hidden) return;
    api.viewing(openId).catch((error) => console.warn('firstline: viewing not told', error));
  }

  /** The service asks whether this agent is there; an answer that is lost is made good by the next. */
  function answerBeat(): void {
    dispatch({ type: 'looked-away', now: Date.now() });
    api.alive().catch((error) => console.warn('firstline: a beat was not answered', error));
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

  // ── Events ────────────────────────────────────────────────────────────────

  function happened(event: DeskEvent): void {
    const { me, openId } = get();
    if ('presence' in event) {
      if (event.agent === me?.name) dispatch({ type: 'presence', presence: event.presence });
      return;
    }
    if ('by' in event) {
      if (event.by.name === me?.name) return;
      if (event.type === 'viewing') {
        dispatch({ type: 'viewing', id: event.conversation, by: event.by, until: Date.now() + viewingShownMs });
        return;
      }
      if (event.type !== 'typing') return;
      const until = Date.now() + typingShownMs;
      dispatch({ type: 'writing', id: event.conversation, by: event.by, until });
      setTimeout(() => dispatch({ type: 'still', now: Date.now() }), typingShownMs + 50);
      return;
    }
    const { type, conversation: id, state, ticket, owner } = event;
    if (type === 'webhook-failed' || type === 'webhook-retried') void lookAfterDesk();
    dispatch({ type: 'moved', id, state, ticket, owner });
    dispatch({ type: 'still', now: Number.POSITIVE_INFINITY, id });
    if (id === openId) void refresh(id);
    reload();
  }

  let unfollow = () => {};

  function begin(): void {
    unfollow();
    unfollow = follow('/console/api/events?beats=1', {
      connection: (connection) => dispatch({ type: 'connection', connection }),
      opened: () => {
        catchUp();
        hasten();
      },
      event: happened,
      refused: () => void check(),
      beat: answerBeat,
      refresh: catchUp,
      blind: () => void lookWithoutStream(),
    });
  }

  /** Asks whether the service is there before reading everything from it; while it is away, the header says so already. */
  async function lookWithoutStream(): Promise<void> {
    if (document.hidden) return;
    try {
      dispatch({ type: 'me', me: await api.me() });
      catchUp();
    } catch (error) {
      console.warn('firstline: no stream, and no answer', error);
    }
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

  let toldTyping = { id: '', at: Number.NEGATIVE_INFINITY };

  let searchTimer: ReturnType<typeof setTimeout> | undefined;
  const desk: Desk = {
    store,
    ...cases,
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
      const { query } = get();
      if (query) void load(view, query);
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
        // It has left this list; the agent finds it, and what else is theirs, where it went.
        if (get().view === 'waiting' && !get().query) desk.setView('mine');
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
        reloadNow();
        return 'taken';
      } catch (error) {
        trouble(error, null);
        return 'failed';
      } finally {
        dispatch({ type: 'busy', busy: null });
      }
    },
    async release() {
      await command('release', (id) => api.release(id, epoch(id)));
    },
    async accept(id) {
      open(id);
      await desk.take();
    },
    async decline(id) {
      try {
        await api.decline(id);
      } catch (error) {
        trouble(error, id);
      }
      reloadNow();
    },
    transfer: (to, note) => command('transfer', (id) => api.transfer(id, to, note, epoch(id))),
    consult: (agent, note) => command('consult', (id) => api.consult(id, agent, note, epoch(id))),
    async advise() {
      await command('advise', api.advise);
    },
    async giveBack() {
      await command('give-back', (id) => api.giveBack(id, epoch(id)));
    },
    async reopen() {
      await command('reopen', api.reopen);
    },
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

  void check();
  return desk;
}
