import { describe, expect, it } from 'vitest';
import type { Entry, Item, Me, Opened } from '../../../src/console/web/model.ts';
import { type Action, initial, reduce, type State, shownList, unreadOf } from '../../../src/console/web/state.ts';

const aiko: Me = {
  name: 'aiko',
  displayName: 'Aiko',
  role: 'agent',
  skills: [],
  languages: ['ja'],
  tier: 1,
  capacity: 5,
  presence: 'available',
  load: 0,
};
const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  ticket: 'T-000001',
  ticketOpen: true,
  state: 'queued',
  version: 5,
  customer: { id: 'u', name: 'Dana' },
  subject: 's',
  language: 'en',
  tier: 1,
  skills: [],
  priority: 'normal',
  waitingSince: '2026-01-01T00:00:00.000Z',
  dueAt: null,
  clock: null,
  team: null,
  owner: null,
  offer: null,
  consulted: [],
  reminded: false,
  follows: null,
  epoch: null,
  unread: 2,
  lastMessage: 's',
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});
const entry = (version: number): Entry => ({
  version,
  at: '2026-01-01T00:00:00.000Z',
  type: 'message',
  by: { role: 'visitor' },
  text: `m${version}`,
});
const opened = (id: string, versions: number[], more: Partial<Item> = {}): Opened => ({
  ...item(id, { version: versions.at(-1) ?? 0, ...more }),
  packet: null,
  case: null,
  timeline: versions.map(entry),
});
const reached = (...actions: Action[]): State => actions.reduce(reduce, initial([], {}));
const listed = (items: Item[], how: { cursor?: string; query?: string; more?: boolean } = {}): Action => ({
  type: 'listed',
  view: 'waiting',
  query: how.query ?? '',
  page: { items, cursor: how.cursor ?? null, total: items.length, unreadable: [] },
  more: how.more ?? false,
});

describe('the lists', () => {
  it('add a further page without showing a conversation twice', () => {
    const state = reached(
      listed([item('a'), item('b')], { cursor: '2' }),
      listed([item('b'), item('c')], { more: true }),
    );
    expect(shownList(state).items.map((i) => i.id)).toEqual(['a', 'b', 'c']);
    expect(shownList(state).cursor).toBeNull();
  });

  it('show what was searched for, and the view again when the search box is empty', () => {
    const searching = reached(
      listed([item('a')]),
      { type: 'query', query: 'vpn' },
      listed([item('z')], { query: 'vpn' }),
    );
    expect(shownList(searching).items.map((i) => i.id)).toEqual(['z']);
    expect(searching.lists.waiting.items.map((i) => i.id)).toEqual(['a']);
    expect(shownList(reduce(searching, { type: 'query', query: '' })).items.map((i) => i.id)).toEqual(['a']);
  });

  it('drop the answer to a search that was changed meanwhile', () => {
    const state = reached({ type: 'query', query: 'vpn' }, listed([item('z')], { query: 'vp' }));
    expect(shownList(state).items).toEqual([]);
  });

  it('keep what they show when a reload fails', () => {
    const state = reached(listed([item('a')]), { type: 'list-failed', view: 'waiting', query: '' });
    expect(state.lists.waiting).toMatchObject({ failed: true, items: [{ id: 'a' }] });
  });

  it('follow an event at once, before they are read again', () => {
    const kenji = { name: 'kenji', displayName: 'Kenji' };
    const state = reached(listed([item('a')]), {
      type: 'moved',
      id: 'a',
      state: 'human',
      ticket: 'T-000001',
      owner: kenji,
    });
    expect(state.lists.waiting.items[0]).toMatchObject({ state: 'human', owner: kenji, epoch: null });
  });
});

describe('a thread', () => {
  it('grows by what is new, and is not set back by an answer that was overtaken', () => {
    const state = reached(
      { type: 'loaded', conversation: opened('a', [1, 2]) },
      { type: 'loaded', conversation: opened('a', [3, 4], { state: 'closed' }) },
      { type: 'loaded', conversation: opened('a', [3]) },
    );
    expect(state.threads.a?.timeline.map((e) => e.version)).toEqual([1, 2, 3, 4]);
    expect(state.threads.a?.item.state).toBe('closed');
  });

  it('has the epoch of the claim as soon as the claim is answered', () => {
    const state = reached(
      { type: 'signed-in', me: aiko },
      { type: 'loaded', conversation: opened('a', [1]) },
      { type: 'claimed', id: 'a', epoch: 9 },
    );
    expect(state.threads.a?.item).toMatchObject({ state: 'human', epoch: 9, owner: { name: 'aiko' } });
  });

  it('loses the epoch when another takes the conversation', () => {
    const state = reached(
      { type: 'signed-in', me: aiko },
      { type: 'loaded', conversation: opened('a', [1]) },
      { type: 'claimed', id: 'a', epoch: 9 },
      { type: 'moved', id: 'a', state: 'human', ticket: null, owner: { name: 'kenji', displayName: 'Kenji' } },
    );
    expect(state.threads.a?.item.epoch).toBeNull();
  });

  it('drops an acknowledged reply from the outbox once the log shows it', () => {
    const reply = {
      clientId: 'x',
      conversation: 'a',
      agent: 'aiko',
      text: 'hi',
      epoch: 1,
      at: '',
      basis: 1,
      attempts: 1,
      state: { kind: 'acknowledged', version: 2 } as const,
    };
    const state = reduce(initial([reply], {}), { type: 'loaded', conversation: opened('a', [1, 2]) });
    expect(state.outbox).toEqual([]);
  });
});

describe('unread messages', () => {
  it('are those the service counts, until their version has been on screen', () => {
    const row = item('a', { version: 8, unread: 2 });
    expect(unreadOf(row, {})).toBe(2);
    expect(unreadOf(row, { a: 7 })).toBe(1);
    expect(unreadOf(row, { a: 8 })).toBe(0);
  });

  it('marks never go back', () => {
    const state = reached({ type: 'seen', id: 'a', version: 9 }, { type: 'seen', id: 'a', version: 4 });
    expect(state.seen.a).toBe(9);
  });
});

describe('signing in', () => {
  it('again after the session ended keeps the open conversation and the lists', () => {
    const state = reached(
      { type: 'signed-in', me: aiko },
      listed([item('a')]),
      { type: 'open', id: 'a' },
      { type: 'signed-out' },
      { type: 'signed-in', me: aiko },
    );
    expect(state).toMatchObject({ session: 'in', openId: 'a' });
    expect(state.lists.waiting.items).toHaveLength(1);
  });

  it('as somebody else shows nothing of the former agent but the address', () => {
    const state = reached(
      { type: 'signed-in', me: aiko },
      listed([item('a')]),
      { type: 'open', id: 'a' },
      { type: 'signed-out' },
      { type: 'signed-in', me: { ...aiko, name: 'kenji' } },
    );
    expect(state.lists.waiting.items).toEqual([]);
    expect(state.openId).toBe('a');
  });
});

describe('a typing sign', () => {
  const by = { role: 'visitor' } as const;

  it('ends by its time, or at once when that conversation has news', () => {
    const both = reached({ type: 'writing', id: 'a', by, until: 100 }, { type: 'writing', id: 'b', by, until: 200 });
    expect(Object.keys(reduce(both, { type: 'still', now: 150 }).writing)).toEqual(['b']);
    expect(Object.keys(reduce(both, { type: 'still', now: Number.POSITIVE_INFINITY, id: 'a' }).writing)).toEqual(['b']);
  });
});
