import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, Author, Message } from '../../../src/widget/activity.ts';
import type { Entry } from '../../../src/widget/outbox.ts';
import { lines, newest, offered, receive, unread } from '../../../src/widget/timeline.ts';
import { drawSeed } from '../../support/seed.ts';

const yes: Action = { kind: 'say', title: 'Yes', value: 'yes' };
const said = (version: number, by: Author = 'bot', more: Partial<Message> = {}): Message => ({
  id: `c|${String(version).padStart(7, '0')}`,
  version,
  at: version,
  by,
  name: '',
  text: `m${version}`,
  markdown: true,
  attachments: [],
  actions: [],
  clientId: null,
  ...more,
});
const written = (clientId: string, at = 'queued'): Entry =>
  ({ clientId, text: clientId, files: [], at: 0, tab: 't', progress: { at } }) as Entry;

describe('the thread', () => {
  it('is the same, each message once and in order, however the frames come', () => {
    const all = [1, 2, 3, 5, 8, 9].map((version) => said(version));
    fc.assert(
      fc.property(
        fc.array(
          fc.subarray(all, { minLength: 0 }).chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        (frames) => {
          const thread = [...frames, all].reduce((timeline, frame) => receive(timeline, frame), receive([], []));
          expect(thread.map((one) => one.version)).toEqual([1, 2, 3, 5, 8, 9]);
        },
      ),
      { seed: drawSeed() },
    );
  });

  it('is the same object when a replay brings nothing new', () => {
    const timeline = receive([], [said(1), said(2)]);
    expect(receive(timeline, [said(2), said(1)])).toBe(timeline);
  });

  it('shows what is on its way after what was said, until its echo takes its place under the same key', () => {
    const before = lines([said(1)], [written('a'), written('b')]);
    expect(before.map((line) => line.key)).toEqual(['c|0000001', 'a', 'b']);
    const after = lines([said(1), said(2, 'visitor', { clientId: 'a' })], [written('a'), written('b')]);
    expect(after.map((line) => [line.kind, line.key])).toEqual([
      ['said', 'c|0000001'],
      ['said', 'a'],
      ['outgoing', 'b'],
    ]);
  });

  it('counts as unread what others said after the last that was read', () => {
    expect(unread([said(1), said(2, 'visitor'), said(3, 'agent'), said(4, 'desk')], 1)).toBe(2);
    expect(newest([said(1), said(4)])).toBe(4);
    expect(newest([])).toBe(0);
  });
});

describe('suggested replies', () => {
  const asks = said(1, 'bot', { actions: [yes] });

  it('are those of the newest answer only', () => {
    expect(offered([asks], [])).toEqual([yes]);
    expect(offered([asks, said(2)], [])).toEqual([]);
  });

  it('are gone once a notice says that things have moved on: who has joined, that it is closed', () => {
    expect(offered([asks, said(2, 'desk')], [])).toEqual([]);
  });

  it('stay on offer when something is said aside', () => {
    expect(offered([asks, said(2, 'bot', { aside: true })], [])).toEqual([yes]);
  });

  it('are gone once the visitor has said something, sent or still on its way', () => {
    expect(offered([asks, said(2, 'visitor')], [])).toEqual([]);
    expect(offered([asks], [written('a')])).toEqual([]);
  });

  it('stay on offer when the service refused what was written', () => {
    expect(offered([asks], [written('a', 'refused')])).toEqual([yes]);
  });
});
