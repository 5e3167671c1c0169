import { describe, expect, it } from 'vitest';
import { moved, pieces, readSuggestions, type Suggestion, Typeahead } from '../../../src/widget/typeahead.ts';
import { FakeClock, settle } from './fake-service.ts';

const titled = (title: string): Suggestion => ({ title, highlights: [] });

function field(answer: (typed: string) => Promise<readonly Suggestion[]> = async (typed) => [titled(`${typed}?`)]) {
  const clock = new FakeClock();
  const asked: string[] = [];
  const shown: string[][] = [];
  const typeahead = new Typeahead({
    clock,
    look: (typed) => {
      asked.push(typed);
      return answer(typed);
    },
    show: (suggestions) => shown.push(suggestions.map(({ title }) => title)),
  });
  return { clock, asked, shown, typeahead };
}

describe('U3 the typeahead', () => {
  it('U3 asks once the fingers rest, and asks nothing twice', async () => {
    const { clock, asked, shown, typeahead } = field();
    for (const text of ['p', 'pr', 'pri', 'prin']) {
      typeahead.typed(text);
      await clock.pass(50);
    }
    await clock.pass(500);
    typeahead.typed('print');
    await clock.pass(500);
    typeahead.typed('prin');
    expect(asked).toEqual(['prin', 'print']);
    expect(shown).toEqual([['prin?'], ['print?'], ['prin?']]);
  });
  it('U3 shows the answer to the newest text alone, however late an earlier one comes', async () => {
    const answers = new Map<string, (found: readonly Suggestion[]) => void>();
    const { clock, shown, typeahead } = field((typed) => new Promise((resolve) => answers.set(typed, resolve)));
    typeahead.typed('mail');
    await clock.pass(500);
    typeahead.typed('mail box');
    await clock.pass(500);
    answers.get('mail box')?.([titled('new')]);
    await settle();
    answers.get('mail')?.([titled('old')]);
    await settle();
    expect(shown).toEqual([['new']]);
  });
  it('U3 asks nothing for long texts and texts of several lines', async () => {
    const { clock, asked, shown, typeahead } = field();
    typeahead.typed('a mail');
    await clock.pass(500);
    typeahead.typed('a mail\nand more');
    typeahead.typed('x'.repeat(61));
    await clock.pass(500);
    expect(asked).toEqual(['a mail']);
    expect(shown).toEqual([['a mail?'], []]);
  });
  it('U3 is silent for a while where the service cannot answer', async () => {
    const { clock, asked, shown, typeahead } = field(async () => {
      throw new Error('away');
    });
    typeahead.typed('one');
    await clock.pass(500);
    typeahead.typed('two');
    await clock.pass(9_000);
    typeahead.typed('three');
    await clock.pass(1_000);
    typeahead.typed('four');
    await clock.pass(500);
    expect(asked).toEqual(['one', 'four']);
    expect(shown).toEqual([]);
  });
  it('U3 goes round with the arrows, by way of the text', () => {
    expect(moved(null, 'ArrowDown', 2)).toBe(0);
    expect(moved(1, 'ArrowDown', 2)).toBe(null);
    expect(moved(null, 'ArrowUp', 2)).toBe(1);
    expect(moved(0, 'ArrowUp', 2)).toBe(null);
    expect(moved(null, 'ArrowUp', 0)).toBe(null);
  });
  it('U3 reads any answer, and marks the typed parts of a title', () => {
    for (const answer of [null, 1, {}, { suggestions: 'x' }, { suggestions: [null, 1, { title: 2 }] }])
      expect(readSuggestions(answer)).toEqual([]);
    const [one] = readSuggestions({
      suggestions: [{ title: 'My printer', highlights: [[3, 8], [2, 4], ['a'], [9, 99], [9, 10]] }],
    });
    expect(one && pieces(one)).toEqual([
      { text: 'My ', typed: false },
      { text: 'print', typed: true },
      { text: 'e', typed: false },
      { text: 'r', typed: true },
    ]);
  });
});
