import { describe, expect, it } from 'vitest';
import { halvesOf } from '../../../src/understanding/matcher/parts.ts';
import type { Answers, Reader } from '../../../src/understanding/matcher/reader.ts';
import { understand } from '../../../src/understanding/matcher/understand.ts';
import { isInOrder, whatWorks } from '../../../src/understanding/matcher/what-works.ts';

/** A reader that knows what each text is about: entry and confidence, surest first. */
const reader = (known: Readonly<Record<string, readonly (readonly [entry: number, confidence: number])[]>>) =>
  ({
    read: (text: string): Answers => ({
      replies: (known[text] ?? []).map(([entry, confidence]) => ({ entry, confidence })),
      clear: true,
    }),
  }) as unknown as Reader;

const message = 'the payment is pending. what does it cost';
const [first, second] = ['the payment is pending', 'what does it cost'];

describe('a message of several parts', () => {
  it('is led by the surest part where the whole is about none of them', () => {
    const { replies, clear } = understand(
      message,
      reader({ [message]: [[3, 0.3]], [first]: [[1, 0.7]], [second]: [[2, 0.9]] }),
    );
    expect(replies.slice(0, 2).map(({ entry }) => entry)).toEqual([2, 1]);
    expect(clear).toBe(false);
  });

  it('is led by what the whole is likely about, with the other part offered beside it', () => {
    const { replies, clear } = understand(
      message,
      reader({ [message]: [[1, 0.6]], [first]: [[1, 0.7]], [second]: [[2, 0.9]] }),
    );
    expect(replies.slice(0, 2).map(({ entry }) => entry)).toEqual([1, 2]);
    expect(clear).toBe(false);
  });

  it('is the whole’s where no part is likely by itself, or not much surer', () => {
    const doubtful = understand(message, reader({ [message]: [[1, 0.1]], [first]: [[2, 0.45]], [second]: [[2, 0.1]] }));
    expect(doubtful.replies[0]?.entry).toBe(1);
    const alike = understand(message, reader({ [message]: [[1, 0.6]], [first]: [[2, 0.8]], [second]: [[2, 0.1]] }));
    expect(alike.replies[0]?.entry).toBe(1);
  });

  it('is a part’s where that is much surer than the whole', () => {
    const { replies } = understand(message, reader({ [message]: [[1, 0.3]], [first]: [[2, 0.9]], [second]: [] }));
    expect(replies[0]?.entry).toBe(2);
  });

  it('is as sure as midway where the whole points elsewhere, which is offered too, and nearer to the part where it agrees', () => {
    const sureness = (whole: number) =>
      understand(message, reader({ [message]: [[whole, 0.3]], [first]: [[2, 0.9]], [second]: [] }));
    const [agreed, elsewhere] = [sureness(2), sureness(1)];
    expect(agreed.clear).toBe(true);
    expect(agreed.replies[0]?.confidence).toBeGreaterThan(0.7);
    expect(elsewhere.clear).toBe(false);
    expect(elsewhere.replies.map(({ entry }) => entry)).toEqual([2, 1]);
    expect(elsewhere.replies[0]?.confidence).toBeLessThan(0.7);
  });

  it('stays a probability where the whole finds nothing, or a part is certain', () => {
    const { replies } = understand(message, reader({ [message]: [], [first]: [[2, 1]], [second]: [] }));
    expect(replies[0]?.entry).toBe(2);
    expect(replies[0]?.confidence).toBeGreaterThan(0.3);
    expect(replies[0]?.confidence).toBeLessThan(1);
  });

  it('never gives more than five replies, nor a rise down the list', () => {
    const many = Array.from({ length: 5 }, (_, at) => [at + 10, 0.5 - at / 20] as const);
    const { replies } = understand(
      message,
      reader({ [message]: [[1, 0.6], ...many], [first]: [[1, 0.7]], [second]: [[2, 0.9]] }),
    );
    expect(replies).toHaveLength(5);
    expect(replies.map(({ confidence }) => confidence)).toEqual(
      replies.map(({ confidence }) => confidence).sort((a, b) => b - a),
    );
  });
});

describe('a sentence that nothing parts', () => {
  const sentence = 'the printer does not print and i forgot my password';
  const [printer, password] = ['the printer does not print', 'i forgot my password'];

  it('U8 asks two things where each half is sure by itself and the whole is torn between them', () => {
    const torn = { [sentence]: [[1, 0.5] as const, [2, 0.4] as const], [printer]: [[1, 0.9] as const] };
    const { replies, clear } = understand(sentence, reader({ ...torn, [password]: [[2, 0.95]] }));
    expect(replies.map(({ entry }) => entry)).toEqual([1, 2]);
    expect(replies[1]?.confidence).toBeGreaterThan(0.8);
    expect(clear).toBe(false);
    expect(understand(sentence, reader({ ...torn, [password]: [[2, 0.6]] })).clear).toBe(true);
    expect(understand(sentence, reader({ ...torn, [password]: [[1, 0.95]] })).clear).toBe(true);
  });

  it('U8 asks one where the whole is surely about one thing, or does not see a half that is less than quite sure', () => {
    const halves = { [printer]: [[1, 0.9] as const], [password]: [[2, 0.95] as const] };
    expect(
      understand(
        sentence,
        reader({
          ...halves,
          [sentence]: [
            [1, 0.97],
            [2, 0.02],
          ],
        }),
      ).clear,
    ).toBe(true);
    const unseen = (confidence: number) =>
      understand(
        sentence,
        reader({
          [printer]: [[1, 0.9]],
          [password]: [[2, confidence]],
          [sentence]: [[1, 0.5] as const, [3, 0.4] as const],
        }),
      ).clear;
    expect(unseen(0.8)).toBe(true);
    expect(unseen(0.95)).toBe(false);
  });

  it('U8 has its joint where people go on: and, が, けど, し, のと', () => {
    expect(halvesOf(sentence)).toEqual([[printer, password]]);
    expect(halvesOf('音が出ないし、カメラも映りません')).toEqual([['音が出ない', 'カメラも映りません']]);
    expect(halvesOf('vpnにつながらないのと、パスワードも忘れました')).toEqual([
      ['vpnにつながらない', 'パスワードも忘れました'],
    ]);
    expect(halvesOf('印刷できないのですがパスワードも忘れました')).toHaveLength(1);
    expect(halvesOf('the printer does not print')).toEqual([]);
    expect(halvesOf(`${'very '.repeat(40)} slow and i forgot my password`)).toEqual([]);
  });
});

describe('what is said to be in order', () => {
  it.each([
    ['teams no camera, mic ok', 'mic ok', 'teams no camera'],
    [
      'the mouse works fine but the keyboard types wrong letters',
      'the mouse works fine',
      'the keyboard types wrong letters',
    ],
    ['会議でカメラが真っ黒です。マイクは大丈夫です', 'マイクは大丈夫です', '会議でカメラが真っ黒です'],
    ['音は問題ないのですが、画面が映りません', '音は問題ないのですが', '画面が映りません'],
  ])('is told from the rest: %s', (text, works, rest) => {
    expect(whatWorks(text)).toEqual({ works, rest });
  });

  it.each([
    'is this mail ok?',
    'このリンクは大丈夫ですか',
    'このメールは大丈夫？',
    'my mic is not ok, please help',
    'the mic is fine',
    'マイクは大丈夫です',
    'the printer does not print',
  ])('is not found in a question, in what is out of order, or where nothing else is said: %s', (text) => {
    expect(whatWorks(text)).toBeUndefined();
  });

  const text = 'teams no camera, mic ok';

  it('U12 is not what the message is taken for', () => {
    const mistaken = { [text]: [[1, 0.8] as const, [2, 0.1] as const], 'mic ok': [[1, 0.9] as const] };
    const { replies } = understand(text, reader({ ...mistaken, 'teams no camera': [[2, 0.9]] }));
    expect(replies).toEqual([{ entry: 2, confidence: 0.9 }]);
  });

  it('U12 is left in where the message is taken for something else', () => {
    const { replies } = understand(
      text,
      reader({ [text]: [[2, 0.8]], 'mic ok': [[1, 0.9]], 'teams no camera': [[3, 1]] }),
    );
    expect(replies[0]?.entry).toBe(2);
  });

  it('U12 is no half of a sentence that asks two things', () => {
    expect(isInOrder('vpnは問題ない')).toBe(true);
    expect(isInOrder('the vpn is fine')).toBe(true);
    expect(isInOrder('is the vpn fine')).toBe(false);
    const sentence = 'the vpn is fine and i forgot my password';
    const { clear } = understand(
      sentence,
      reader({
        [sentence]: [[2, 0.8] as const, [1, 0.1] as const],
        'the vpn is fine': [[1, 0.95]],
        'i forgot my password': [[2, 0.95]],
      }),
    );
    expect(clear).toBe(true);
  });
});
