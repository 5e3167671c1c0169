import { describe, expect, it } from 'vitest';
import { createFinder, type Finding, inserted } from '../../../src/console/web/finding.ts';
import { finds } from '../../../src/console/web/keys.ts';
import type { FoundAnswer } from '../../../src/console/web/model.ts';

const answer = (id: string): FoundAnswer => ({ id, title: id, highlights: [], text: id, language: 'en' });
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('finding an answer', () => {
  it('shows the answer to the newest words alone, and the last one until then', async () => {
    const shown: Finding[] = [];
    const waiting: (() => void)[] = [];
    const answers = new Map<string, (found: readonly FoundAnswer[]) => void>();
    const finder = createFinder({
      look: (words) => new Promise((resolve) => answers.set(words, resolve)),
      show: (finding) => shown.push(finding),
      after: (_ms, task) => {
        waiting.push(task);
        return () => void waiting.splice(waiting.indexOf(task), 1);
      },
    });
    finder.find('one');
    waiting.shift()?.();
    finder.find('two');
    waiting.shift()?.();
    answers.get('two')?.([answer('b')]);
    await settle();
    answers.get('one')?.([answer('a')]);
    await settle();
    expect(shown.at(-1)).toEqual({ at: 'found', items: [answer('b')] });
    finder.find('three');
    expect(shown.at(-1)).toEqual({ at: 'looking', items: [answer('b')] });
  });
  it('says so where the service does not answer, and nothing after it was closed', async () => {
    const shown: Finding[] = [];
    const finder = createFinder({
      look: () => Promise.reject(new Error('away')),
      show: (finding) => shown.push(finding),
      after: (_ms, task) => {
        task();
        return () => {};
      },
    });
    finder.find('x');
    await settle();
    expect(shown.at(-1)).toEqual({ at: 'failed', items: [] });
    finder.find('y');
    finder.close();
    const before = shown.length;
    await settle();
    expect(shown.length).toBe(before);
  });
  it('puts the text where the caret is, on lines of its own, and goes on writing behind it', () => {
    expect(inserted('', 'A', 0, 0)).toEqual({ text: 'A', end: 1 });
    expect(inserted('Hello, ', 'A', 7, 7)).toEqual({ text: 'Hello,\n\nA', end: 9 });
    expect(inserted('Hi.\nBye.', 'A', 4, 4)).toEqual({ text: 'Hi.\n\nA\n\nBye.', end: 6 });
    expect(inserted('old', 'A', 0, 3)).toEqual({ text: 'A', end: 1 });
  });
  it('is asked for with Ctrl+K or ⌘K, and no other K', () => {
    const key = { key: 'k', ctrlKey: false, metaKey: false, altKey: false, isComposing: false };
    expect([finds({ ...key, ctrlKey: true }), finds({ ...key, metaKey: true })]).toEqual([true, true]);
    expect([finds(key), finds({ ...key, ctrlKey: true, altKey: true })]).toEqual([false, false]);
    expect(finds({ ...key, ctrlKey: true, isComposing: true })).toBe(false);
  });
});
