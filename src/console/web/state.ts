/** Everything the page knows, and how each thing that happens changes it. Pure: effects live in desk.ts. */
import type { CaseFacts, DeadLetter, Rules } from './case-model.ts';
import type { Faults } from './forms.ts';
import type {
  Author,
  DeskStatus,
  Entry,
  Item,
  Me,
  Opened,
  Owner,
  Packet,
  Page,
  Presence,
  ServingProcess,
  View,
} from './model.ts';
import { passingViews, searchView, views } from './model.ts';
import { type Outbox, settled } from './outbox.ts';
import { merge } from './thread.ts';

/** One list as loaded so far. `cursor` is null when it is whole; `loaded` is false before the first answer. */
export interface List extends Page {
  readonly loaded: boolean;
  readonly failed: boolean;
}

export interface Thread {
  readonly item: Item;
  readonly packet: Packet | null;
  readonly case: CaseFacts | null;
  readonly timeline: readonly Entry[];
}

/** Something that could not be done, said once above the reply box until dismissed or followed by a success. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly owner: Owner | null;
  readonly conversation: string | null;
  /** Fields of a form that the service wants otherwise. */
  readonly faults: Faults;
}

export interface State {
  readonly session: 'checking' | 'out' | 'in' | 'unreachable';
  readonly me: Me | null;
  readonly connection: 'connecting' | 'live' | 'lost';
  readonly view: View;
  readonly query: string;
  readonly lists: Readonly<Record<View, List>>;
  /** What `query` found in `view`; null while the search box is empty. */
  readonly found: List | null;
  readonly openId: string | null;
  readonly threads: Readonly<Record<string, Thread>>;
  /** The conversation whose first load failed, with the API's code. */
  readonly unopened: { readonly id: string; readonly code: string } | null;
  /** Who is writing where, until when (ms). */
  readonly writing: Readonly<Record<string, { readonly by: Author; readonly until: number }>>;
  /** Which colleagues have a conversation before their eyes, by name, until when (ms). */
  readonly viewing: Readonly<Record<string, Readonly<Record<string, { readonly by: Author; readonly until: number }>>>>;
  readonly outbox: Outbox;
  /** The greatest version an agent at this browser has had before their eyes, per conversation. */
  readonly seen: Readonly<Record<string, number>>;
  readonly trouble: Trouble | null;
  /** What whoever runs the desk should put right. */
  readonly problems: readonly string[];
  readonly processes: readonly ServingProcess[];
  /** Messages to other systems that were given up. */
  readonly deadLetters: readonly DeadLetter[];
  /** What the desk's rules say that forms need; null until they are there. */
  readonly rules: Rules | null;
  /** The command that is on its way, so that its button shows it and no second one starts. */
  readonly busy: string | null;
}

export type Action =
  | { readonly type: 'signed-in'; readonly me: Me }
  | { readonly type: 'signed-out' }
  | { readonly type: 'unreachable' }
  | { readonly type: 'me'; readonly me: Me }
  | { readonly type: 'presence'; readonly presence: Presence }
  | { readonly type: 'connection'; readonly connection: State['connection'] }
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'query'; readonly query: string }
  | {
      readonly type: 'listed';
      readonly view: View;
      readonly query: string;
      readonly page: Page;
      /** A further page of what is there, not the list anew. */
      readonly more: boolean;
    }
  | { readonly type: 'list-failed'; readonly view: View; readonly query: string }
  | { readonly type: 'open'; readonly id: string | null }
  | { readonly type: 'loaded'; readonly conversation: Opened }
  | { readonly type: 'unopened'; readonly id: string; readonly code: string }
  | {
      readonly type: 'moved';
      readonly id: string;
      readonly state: Item['state'];
      readonly ticket: string | null;
      readonly owner: Owner | null;
    }
  | { readonly type: 'claimed'; readonly id: string; readonly epoch: number }
  | { readonly type: 'writing'; readonly id: string; readonly by: Author; readonly until: number }
  | { readonly type: 'viewing'; readonly id: string; readonly by: Author; readonly until: number }
  /** Colleagues who were last heard of too long ago look no more. */
  | { readonly type: 'looked-away'; readonly now: number }
  /** Typing signs that ended by `now` go; with `id`, that conversation's alone. */
  | { readonly type: 'still'; readonly now: number; readonly id?: string }
  | { readonly type: 'outbox'; readonly outbox: Outbox }
  | { readonly type: 'seen'; readonly id: string; readonly version: number }
  | { readonly type: 'trouble'; readonly trouble: Trouble | null }
  | { readonly type: 'status'; readonly status: DeskStatus }
  | { readonly type: 'dead-letters'; readonly deadLetters: readonly DeadLetter[] }
  | { readonly type: 'rules'; readonly rules: Rules }
  | { readonly type: 'busy'; readonly busy: string | null };

const empty: List = { items: [], cursor: null, total: 0, unreadable: [], loaded: false, failed: false };

export function initial(outbox: Outbox, seen: Readonly<Record<string, number>>): State {
  return {
    session: 'checking',
    me: null,
    connection: 'connecting',
    view: 'waiting',
    query: '',
    lists: { waiting: empty, mine: empty, offered: empty, consulted: empty, open: empty, closed: empty, all: empty },
    found: null,
    openId: null,
    threads: {},
    unopened: null,
    writing: {},
    viewing: {},
    outbox,
    seen,
    trouble: null,
    problems: [],
    processes: [],
    deadLetters: [],
    rules: null,
    busy: null,
  };
}

/** The list on screen: what was searched for, or the view's own. */
export const shownList = (state: State): List => state.found ?? state.lists[state.view];

/** Unread messages of a row, none once its last version has been on screen here. */
export function unreadOf(item: Item, seen: State['seen']): number {
  const behind = item.version - (seen[item.id] ?? 0);
  return behind <= 0 ? 0 : Math.min(item.unread, behind);
}

function loadedList(list: List, page: Page, more: boolean): List {
  if (!more) return { ...page, loaded: true, failed: false };
  const known = new Set(list.items.map((item) => item.id));
  return {
    items: [...list.items, ...page.items.filter((item) => !known.has(item.id))],
    cursor: page.cursor,
    total: page.total,
    unreadable: [...new Set([...list.unreadable, ...page.unreadable])],
    loaded: true,
    failed: false,
  };
}

function onItems(state: State, id: string, to: (item: Item) => Item): State {
  const inList = (list: List): List =>
    list.items.some((item) => item.id === id)
      ? { ...list, items: list.items.map((item) => (item.id === id ? to(item) : item)) }
      : list;
  const lists = Object.fromEntries(
    [...views, ...passingViews, searchView].map((view) => [view, inList(state.lists[view])]),
  ) as Record<View, List>;
  const thread = state.threads[id];
  return {
    ...state,
    lists,
    found: state.found && inList(state.found),
    threads: thread ? { ...state.threads, [id]: { ...thread, item: to(thread.item) } } : state.threads,
  };
}

function withThread(state: State, opened: Opened): State {
  const { packet, case: facts, timeline, ...item } = opened;
  const known = state.threads[item.id];
  // An answer that was overtaken by a newer one still has entries to give, but its item is old.
  const newer = !known || item.version >= known.item.version;
  const thread: Thread = {
    item: newer ? item : known.item,
    packet: newer ? packet : known.packet,
    case: newer ? facts : known.case,
    timeline: merge(known?.timeline ?? [], timeline),
  };
  return {
    ...state,
    threads: { ...state.threads, [item.id]: thread },
    unopened: state.unopened?.id === item.id ? null : state.unopened,
    outbox: settled(state.outbox, item.id, thread.timeline),
  };
}

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'signed-in': {
      const same = state.me === null || state.me.name === action.me.name;
      // Another agent at this browser starts from nothing: lists and threads were the former one's view.
      const base = same ? state : { ...initial(state.outbox, state.seen), openId: state.openId };
      return { ...base, session: 'in', me: action.me, trouble: null };
    }
    case 'signed-out':
      return { ...state, session: 'out', connection: 'connecting', busy: null };
    case 'unreachable':
      return { ...state, session: 'unreachable' };
    case 'me':
      return { ...state, me: action.me };
    case 'presence':
      return state.me ? { ...state, me: { ...state.me, presence: action.presence } } : state;
    case 'connection':
      return state.connection === action.connection ? state : { ...state, connection: action.connection };
    case 'view':
      // Who searches goes on searching among all; another list is seen whole.
      return action.view === searchView && state.query
        ? { ...state, view: action.view, found: empty }
        : { ...state, view: action.view, query: '', found: null };
    case 'query':
      return { ...state, query: action.query, found: action.query ? (state.found ?? empty) : null };
    case 'listed': {
      const { view, query, page, more } = action;
      if (query) {
        // An answer to what is no longer asked.
        if (query !== state.query || view !== state.view) return state;
        return { ...state, found: loadedList(state.found ?? empty, page, more) };
      }
      return { ...state, lists: { ...state.lists, [view]: loadedList(state.lists[view], page, more) } };
    }
    case 'list-failed': {
      const { view, query } = action;
      if (query)
        return query === state.query ? { ...state, found: { ...(state.found ?? empty), failed: true } } : state;
      return { ...state, lists: { ...state.lists, [view]: { ...state.lists[view], failed: true } } };
    }
    case 'open':
      return { ...state, openId: action.id, trouble: null, unopened: null };
    case 'loaded':
      return withThread(state, action.conversation);
    case 'unopened':
      return { ...state, unopened: { id: action.id, code: action.code } };
    case 'moved':
      return onItems(state, action.id, (item) => ({
        ...item,
        state: action.state,
        ticket: action.ticket,
        owner: action.owner,
        epoch: action.owner?.name === item.owner?.name ? item.epoch : null,
      }));
    case 'claimed': {
      const { me } = state;
      if (!me) return state;
      return onItems(state, action.id, (item) => ({
        ...item,
        state: 'human',
        owner: { name: me.name, displayName: me.displayName },
        epoch: action.epoch,
      }));
    }
    case 'writing':
      return { ...state, writing: { ...state.writing, [action.id]: { by: action.by, until: action.until } } };
    case 'viewing': {
      const others = state.viewing[action.id] ?? {};
      const { by, until } = action;
      return { ...state, viewing: { ...state.viewing, [action.id]: { ...others, [by.name ?? '']: { by, until } } } };
    }
    case 'looked-away': {
      const left = Object.entries(state.viewing).map(
        ([id, lookers]) =>
          [id, Object.fromEntries(Object.entries(lookers).filter(([, { until }]) => until > action.now))] as const,
      );
      return { ...state, viewing: Object.fromEntries(left.filter(([, lookers]) => Object.keys(lookers).length > 0)) };
    }
    case 'still': {
      const left = Object.entries(state.writing).filter(
        ([id, w]) => w.until > action.now || (action.id !== undefined && id !== action.id),
      );
      if (left.length === Object.keys(state.writing).length) return state;
      return { ...state, writing: Object.fromEntries(left) };
    }
    case 'outbox':
      return { ...state, outbox: action.outbox };
    case 'seen':
      return (state.seen[action.id] ?? 0) >= action.version
        ? state
        : { ...state, seen: { ...state.seen, [action.id]: action.version } };
    case 'trouble':
      return state.trouble === action.trouble ? state : { ...state, trouble: action.trouble };
    case 'status':
      return { ...state, ...action.status };
    case 'dead-letters':
      return { ...state, deadLetters: action.deadLetters };
    case 'rules':
      return { ...state, rules: action.rules };
    case 'busy':
      return { ...state, busy: action.busy };
  }
}
