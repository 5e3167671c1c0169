import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/console/web/model.ts';
import { newsBetween, titleOf } from '../../../src/console/web/news.ts';

const item = (id: string, unread = 0): Item => ({
  id,
  ticket: null,
  ticketOpen: false,
  state: 'queued',
  version: 1,
  customer: { id: 'u', name: '' },
  subject: '',
  language: 'ja',
  tier: 1,
  skills: [],
  priority: 'normal',
  waitingSince: null,
  dueAt: null,
  clock: null,
  team: null,
  owner: null,
  offer: null,
  consulted: [],
  reminded: false,
  follows: null,
  epoch: null,
  unread,
  lastMessage: '',
  updatedAt: '',
});
const ids = (items: readonly Item[]) => items.map((i) => i.id);

describe('an agent is called', () => {
  it('for a new message in a conversation of their own', () => {
    const news = newsBetween(
      { mine: [item('a', 1), item('b', 1)], waiting: [] },
      { mine: [item('a', 2), item('b', 1)], waiting: [] },
    );
    expect(ids(news.replies)).toEqual(['a']);
  });

  it('for a conversation that has begun to wait', () => {
    const news = newsBetween({ mine: [], waiting: [item('a')] }, { mine: [], waiting: [item('a'), item('b')] });
    expect(ids(news.waiting)).toEqual(['b']);
  });

  it('not when the page has just loaded', () => {
    expect(newsBetween(null, { mine: [item('a', 3)], waiting: [item('b')] })).toEqual({ replies: [], waiting: [] });
  });

  it('not for what they took or put back themselves', () => {
    const taken = newsBetween({ mine: [], waiting: [item('a', 2)] }, { mine: [item('a', 2)], waiting: [] });
    expect(taken).toEqual({ replies: [], waiting: [] });
    const putBack = newsBetween({ mine: [item('a')], waiting: [] }, { mine: [], waiting: [item('a')] });
    expect(putBack).toEqual({ replies: [], waiting: [] });
  });
});

describe('the tab', () => {
  it('counts what wants something of the agent', () => {
    expect(titleOf('firstline', 0)).toBe('firstline');
    expect(titleOf('firstline', 3)).toBe('(3) firstline');
  });
});
