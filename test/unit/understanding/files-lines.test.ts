import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Line, linesOf, longestLine } from '../../../src/cli/faq/lines.ts';
import { columns, cut, widthOf } from '../../../src/cli/faq/table.ts';
import { drawSeed } from '../../support/seed.ts';

async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (let i = 0; from < bytes.length; i++) {
    const size = Math.max(1, sizes[i % Math.max(1, sizes.length)] ?? bytes.length);
    yield bytes.subarray(from, from + size);
    from += size;
  }
}
const read = async (bytes: Uint8Array, sizes: readonly number[] = []): Promise<Line[]> => {
  const lines: Line[] = [];
  for await (const some of linesOf(chunked(bytes, sizes))) lines.push(...some);
  return lines;
};

describe('lines of a stream', () => {
  test('are the same however the bytes come in', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/[\r\n\uFEFF]/g, ''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (texts, sizes) => {
          const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
          expect((await read(bytes, sizes)).map(({ text }) => text)).toEqual(
            Buffer.from(texts.join('\n')).toString().split('\n').slice(0, texts.length),
          );
        },
      ),
      { seed: drawSeed() },
    );
  });

  test('are never lost, whatever the bytes: as many out as line ends in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (bytes, sizes) => {
          const ends = bytes.filter((byte) => byte === 0x0a).length;
          expect(await read(bytes, sizes)).toHaveLength(ends + (bytes.length > 0 && bytes.at(-1) !== 0x0a ? 1 : 0));
        },
      ),
      { seed: drawSeed() },
    );
  });

  test('longer than a mebibyte are cut between characters, the rest is dropped and the next line is whole', async () => {
    for (const before of ['', 'a', 'ab']) {
      const [long, next] = await read(Buffer.from(`${before}${'紙'.repeat(longestLine)}\nnext\n`), [65_536]);
      expect(long?.text).toBe(`${before}${'紙'.repeat(Math.floor((longestLine - before.length) / 3))}`);
      expect(long?.note).toBe('the line is longer than 1048576 bytes; the rest was left out');
      expect(next).toEqual({ text: 'next' });
    }
  });
});

describe('columns for a terminal', () => {
  test('stand straight with Japanese in them', () => {
    expect(
      columns([
        ['紙詰まり', '1'],
        ['jam', '20'],
      ]),
    ).toBe('紙詰まり   1\njam       20');
    expect(widthOf('ﾊﾝｶｸ全角')).toBe(8);
    expect(cut('印刷できません', 8)).toBe('印刷で…');
  });
});
