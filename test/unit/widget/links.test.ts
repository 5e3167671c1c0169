import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLinks } from '../../../src/widget/links.ts';
import { drawSeed } from '../../support/seed.ts';

const links = (text: string) => findLinks(text).flatMap((piece) => (piece.kind === 'link' ? [piece.text] : []));

describe('plain text', () => {
  it('has its web addresses found, without the sentence around them', () => {
    expect(links('See https://a.example/x?y=1#z, or (http://b.example/c_(d)).')).toEqual([
      'https://a.example/x?y=1#z',
      'http://b.example/c_(d)',
    ]);
    expect(links('https://a.example/設定。こちらへ')).toEqual(['https://a.example/設定']);
    expect(links('「https://a.example/」を開く')).toEqual(['https://a.example/']);
  });

  it('makes nothing else into a link', () => {
    expect(links('javascript:alert(1) ftp://a.example a.example https:// http://[')).toEqual([]);
  });

  it('is whole again when its pieces are joined', () => {
    const piece = fc.constantFrom('https://', 'a.example', ')', '(', '.', ' ', '。', 'x', '"', '[');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(
          findLinks(text)
            .map((one) => one.text)
            .join(''),
        ).toBe(text);
      }),
      { seed: drawSeed() },
    );
  });
});
