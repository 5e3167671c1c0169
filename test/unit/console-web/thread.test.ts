import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/console/web/model.ts';
import { blocksOf, merge, withoutMarks } from '../../../src/console/web/thread.ts';

let version = 0;
const entry = (type: string, role: Entry['by']['role'], more: Partial<Entry> = {}): Entry => {
  version += 1;
  return { version, at: '2026-01-01T00:00:00.000Z', type, by: { role }, ...more };
};
const said = (role: Entry['by']['role'], text: string) => entry('message', role, { text });
const kinds = (timeline: Entry[]) => blocksOf(timeline).map((block) => block.kind);

describe("the bot's tries", () => {
  it('fold the match, the answers and the verdict into one block', () => {
    const blocks = blocksOf([
      said('visitor', 'no wifi'),
      entry('matched', 'bot', {
        decision: 'answer',
        confidence: 0.9,
        matches: [
          { id: 'wifi', confidence: 0.9 },
          { id: 'internet', confidence: 0.05 },
        ],
      }),
      entry('answered', 'bot', { entry: 'wifi', confidence: 0.9 }),
      said('bot', 'Switch it off and on.'),
      said('bot', 'Did that help?'),
      entry('memory', 'bot'),
      said('visitor', 'no'),
      entry('feedback', 'visitor', { entry: 'wifi', helped: false }),
    ]);
    expect(blocks.map((b) => b.kind)).toEqual(['message', 'try', 'message']);
    const [, tried] = blocks;
    expect(tried).toMatchObject({ entry: 'wifi', confidence: 0.9, helped: false, decision: 'answer' });
    expect(tried?.kind === 'try' && tried.answers.map((a) => a.text)).toEqual([
      'Switch it off and on.',
      'Did that help?',
    ]);
  });

  it('keep each verdict with the answer it is about', () => {
    const blocks = blocksOf([
      entry('answered', 'bot', { entry: 'one' }),
      said('visitor', 'hm'),
      entry('answered', 'bot', { entry: 'two' }),
      entry('feedback', 'visitor', { entry: 'one', helped: false }),
      entry('feedback', 'visitor', { entry: 'two', helped: true }),
    ]);
    expect(blocks.flatMap((b) => (b.kind === 'try' ? [[b.entry, b.helped]] : []))).toEqual([
      ['one', false],
      ['two', true],
    ]);
  });

  it('end where the visitor goes on or the hand-off begins: what the bot says then stands by itself', () => {
    expect(
      kinds([
        entry('matched', 'bot', { decision: 'handoff', matches: [] }),
        entry('queued', 'bot', { reason: 'unsure' }),
        said('bot', 'I pass you on.'),
        said('visitor', 'thanks'),
        said('bot', 'You are welcome.'),
      ]),
    ).toEqual(['try', 'notice', 'message', 'message', 'message']);
  });
});

describe('a timeline', () => {
  it("shows the desk's sentence to the visitor with the event it is about", () => {
    const blocks = blocksOf([
      entry('claimed', 'agent'),
      said('desk', 'Aiko joined the chat.'),
      said('desk', 'We close at 6.'),
    ]);
    expect(blocks).toMatchObject([
      { kind: 'notice', entry: { type: 'claimed' }, told: 'Aiko joined the chat.' },
      { kind: 'notice', entry: { type: 'message' }, told: null },
    ]);
  });

  it('hides book-keeping, keeps notes apart, and shows what it does not know as a notice', () => {
    expect(
      kinds([
        entry('memory', 'bot'),
        entry('delivered', 'desk'),
        entry('activity', 'visitor'),
        entry('noted', 'agent', { text: 'n' }),
        entry('brand-new', 'desk'),
      ]),
    ).toEqual(['note', 'notice']);
  });

  it('merges what a replay brings twice and out of order, each version once', () => {
    const [a, b, c] = [said('visitor', 'a'), said('visitor', 'b'), said('visitor', 'c')];
    expect(merge([a, c], [b, c])).toEqual([a, b, c]);
    expect(merge([a], [b, c])).toEqual([a, b, c]);
    const known = [a, b];
    expect(merge(known, [])).toBe(known);
  });
});

describe('a preview', () => {
  it('shows the words of a Markdown text without its marks', () => {
    expect(withoutMarks('受付番号は **T-000118** です。')).toBe('受付番号は T-000118 です。');
    expect(withoutMarks('## Steps\n\n1. Open `cmd`\n2. See [the page](https://example.com)')).toBe(
      'Steps Open cmd See the page',
    );
    expect(withoutMarks('2 * 3 = 6')).toBe('2 * 3 = 6');
  });
});

describe('what is collected while somebody waits', () => {
  it('stands in the packet, not between the messages, and the wait is said once', () => {
    const timeline = [
      entry('queued', 'bot'),
      said('visitor', 'Windows'),
      entry('collected', 'bot'),
      entry('queued', 'bot'),
      entry('claimed', 'agent'),
      entry('released', 'agent'),
      entry('claimed', 'agent'),
      entry('returned', 'agent'),
      entry('queued', 'bot'),
    ];
    const shown = blocksOf(timeline).map((block) => (block.kind === 'notice' ? block.entry.type : block.kind));
    expect(shown).toEqual(['queued', 'message', 'claimed', 'released', 'claimed', 'returned', 'queued']);
  });
});
