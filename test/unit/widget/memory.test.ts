import { describe, expect, it } from 'vitest';
import { Memory, tolerant } from '../../../src/widget/memory.ts';
import type { Entry } from '../../../src/widget/outbox.ts';
import { memoryShelf } from './fake-service.ts';

const entry = (clientId: string, at: number): Entry => ({
  clientId,
  text: clientId,
  files: [],
  at,
  tab: 't',
  progress: { at: 'queued' },
});
const session = { token: 't', userId: 'u', conversationId: 'c', expiresAt: 5 };

describe('what the browser keeps', () => {
  it('holds the session and each unsent entry under a key of its own, in the order of writing', () => {
    const shelf = memoryShelf();
    const memory = new Memory(shelf, 'help.example/');
    memory.keepSession(session);
    memory.keepEntry(entry('b', 2));
    memory.keepEntry(entry('a', 1));
    expect(new Memory(shelf, 'help.example/').session()).toEqual(session);
    expect(memory.outbox().map((one) => one.clientId)).toEqual(['a', 'b']);
    expect(new Memory(shelf, 'other.example/').outbox()).toEqual([]);
    memory.forgetEntry('a');
    expect(memory.outbox()).toEqual([entry('b', 2)]);
  });

  it('knows which stored thing a change of another tab is about', () => {
    const memory = new Memory(memoryShelf(), 'help.example/');
    expect(memory.concern('firstline:help.example/:session')).toBe('session');
    expect(memory.concern('firstline:help.example/:out:x')).toBe('outbox');
    expect(memory.concern('firstline:other/:session')).toBeNull();
    expect(memory.concern(null)).toBeNull();
  });

  it('forgets how far was read when the conversation is another', () => {
    const memory = new Memory(memoryShelf(), '');
    memory.keepRead('c1', 9);
    expect([memory.read('c1'), memory.read('c2')]).toEqual([9, 0]);
  });

  it('takes what it cannot read as not there', () => {
    const shelf = memoryShelf();
    shelf.map.set('firstline::session', '{"token"');
    shelf.map.set('firstline::out:x', '[]');
    const memory = new Memory(shelf, '');
    expect([memory.session(), memory.outbox()]).toEqual([null, []]);
  });
});

describe('a browser that denies storage', () => {
  it('is worked with until the page is closed', () => {
    const memory = new Memory(
      tolerant(() => {
        throw new Error('denied');
      }),
      '',
    );
    memory.keepSession(session);
    memory.keepEntry(entry('a', 1));
    expect([memory.session(), memory.outbox()]).toEqual([session, [entry('a', 1)]]);
  });

  it('is helped out when it is full, and used again when it is not', () => {
    const shelf = memoryShelf();
    let full = true;
    const store = tolerant(() => ({
      get length() {
        return shelf.length;
      },
      key: (index) => shelf.key(index),
      getItem: (key) => shelf.getItem(key),
      removeItem: (key) => shelf.removeItem(key),
      setItem(key, value) {
        if (full) throw new Error('QuotaExceededError');
        shelf.setItem(key, value);
      },
    }));
    store.setItem('k', '1');
    expect([store.getItem('k'), shelf.getItem('k'), store.length]).toEqual(['1', null, 1]);
    full = false;
    store.setItem('k', '2');
    expect([store.getItem('k'), shelf.getItem('k'), store.length]).toEqual(['2', '2', 1]);
  });
});
