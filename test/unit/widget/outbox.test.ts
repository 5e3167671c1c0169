import { describe, expect, it } from 'vitest';
import {
  adoptAfter,
  attemptsOf,
  type Entry,
  failed,
  hurry,
  nextTurn,
  put,
  revive,
  settle,
  without,
} from '../../../src/widget/outbox.ts';

const entry = (clientId: string, at: number, more: Partial<Entry> = {}): Entry => ({
  clientId,
  text: clientId,
  files: [],
  at,
  tab: 'mine',
  progress: { at: 'queued' },
  ...more,
});

describe('the outbox', () => {
  it('sends one after the other, in the order of writing', () => {
    const outbox = put(put([], entry('b', 2)), entry('a', 1));
    expect(nextTurn(outbox, 'mine', 10)).toEqual({ send: outbox[0] });
    expect(outbox[0]?.clientId).toBe('a');
    expect(nextTurn(settle(outbox, 'a', { at: 'sending' }), 'mine', 10)).toBeNull();
    expect(nextTurn(settle(outbox, 'a', { at: 'delivered' }), 'mine', 10)).toEqual({ send: outbox[1] });
  });

  it('holds the rest back while the first waits for another try, so that none overtakes it', () => {
    const outbox = failed([entry('a', 1), entry('b', 2)], 'a', 0, 1000, 0.5);
    expect(nextTurn(outbox, 'mine', 1000)).toEqual({ at: 1750 });
    expect(nextTurn(outbox, 'mine', 1750)).toEqual({ send: outbox[0] });
    expect(attemptsOf(outbox[0] as Entry)).toBe(1);
  });

  it('goes past an entry that the service refused', () => {
    const outbox = settle([entry('a', 1), entry('b', 2)], 'a', { at: 'refused', by: 'service', reason: 'too long' });
    expect(nextTurn(outbox, 'mine', 10)).toEqual({ send: outbox[1] });
  });

  it('leaves a fresh entry to the tab it was written in and takes it over when that tab seems closed', () => {
    const outbox = [entry('a', 1000, { tab: 'other' })];
    expect(nextTurn(outbox, 'mine', 1000)).toEqual({ at: 1000 + adoptAfter });
    expect(nextTurn(outbox, 'mine', 1000 + adoptAfter)).toEqual({ send: outbox[0] });
  });

  it('tries at once what waits when the line is back, and what was refused only when asked to', () => {
    const refused = settle([entry('a', 1), entry('b', 2)], 'a', { at: 'refused', by: 'service', reason: '' });
    const outbox = failed(refused, 'b', 3, 0, 0);
    expect(hurry(outbox).map((one) => one.progress.at)).toEqual(['refused', 'queued']);
    expect(hurry(outbox, 'a').map((one) => one.progress.at)).toEqual(['queued', 'waiting']);
  });

  it('keeps the progress of what is in flight when another tab tells of it again', () => {
    const outbox = settle([entry('a', 1)], 'a', { at: 'sending' });
    expect(put(outbox, entry('a', 1))[0]?.progress).toEqual({ at: 'sending' });
  });

  it('is the same object when nothing that was acknowledged is in it', () => {
    const outbox = [entry('a', 1)];
    expect(without(outbox, new Set(['z']))).toBe(outbox);
    expect(without(outbox, new Set(['a']))).toEqual([]);
  });
});

describe('an entry that a page left behind', () => {
  it('is sent again under the same id, whatever was under way', () => {
    for (const at of ['queued', 'sending', 'delivered']) {
      const stored = JSON.parse(JSON.stringify(entry('a', 1, { progress: { at } as Entry['progress'] })));
      expect(revive(stored)).toEqual(entry('a', 1));
    }
    expect(revive(entry('a', 1, { progress: { at: 'waiting', attempt: 9, until: 1e15 } }))).toEqual(entry('a', 1));
  });

  it('stays refused when it was refused', () => {
    const refused = entry('a', 1, { progress: { at: 'refused', by: 'service', reason: 'no' } });
    expect(revive(refused)).toEqual(refused);
  });

  it('is nothing when it cannot be read', () => {
    for (const junk of [null, 5, 'x', {}, { clientId: 'a' }, { clientId: 'a', text: 1, at: 1, tab: '' }]) {
      expect(revive(junk)).toBeNull();
    }
  });
});
