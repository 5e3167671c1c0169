import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/widget/markdown.ts';
import { drawSeed } from '../../support/seed.ts';

const safeLink = 'target="_blank" rel="noopener noreferrer nofollow"';

describe('Markdown in an answer', () => {
  it('opens links in a new tab that cannot reach back', () => {
    expect(renderMarkdown('[guide](https://example.com/a)')).toBe(
      `<p><a href="https://example.com/a" ${safeLink}>guide</a></p>`,
    );
  });

  it('makes bare addresses into links', () => {
    expect(renderMarkdown('see https://example.com now')).toContain(`<a href="https://example.com" ${safeLink}>`);
    expect(renderMarkdown('mail a@example.com')).toContain('href="mailto:a@example.com"');
  });

  it('shows HTML as the text it is', () => {
    expect(renderMarkdown('<img src=x onerror=alert(1)> <a href="javascript:x">y</a>')).toBe(
      '<p>&lt;img src=x onerror=alert(1)&gt; &lt;a href=&quot;javascript:x&quot;&gt;y&lt;/a&gt;</p>',
    );
    expect(renderMarkdown('<script>alert(1)</script>')).not.toContain('<script');
  });

  it('keeps a ticket number on one line, and an address that holds one as it is', () => {
    expect(renderMarkdown('Ticket **T-000123**.')).toBe(
      '<p>Ticket <strong><span class="whole">T-000123</span></strong>.</p>',
    );
    expect(renderMarkdown('[it](https://example.com/T-000123)')).toContain('href="https://example.com/T-000123"');
  });

  it('takes the target from a link that could run code', () => {
    for (const bad of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '&#106;avascript:x',
    ]) {
      expect(renderMarkdown(`[x](${bad})`)).toBe('<p><a>x</a></p>');
    }
  });

  it('fetches no picture from elsewhere: an image is a link to it', () => {
    expect(renderMarkdown('![the *menu*](https://example.com/a.png "t")')).toBe(
      `<p><a href="https://example.com/a.png" ${safeLink}>the menu</a></p>`,
    );
    expect(renderMarkdown('[![logo](https://a.example/x.png)](https://b.example/)')).toBe(
      `<p><a href="https://b.example/" ${safeLink}>logo</a></p>`,
    );
    expect(renderMarkdown('![x](javascript:y)')).toBe('<p>x</p>');
  });

  it('never lets out a tag or an attribute of the source, whatever the source', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '`',
      '*',
      '**',
      '_',
      '[',
      ']',
      '(',
      ')',
      '!',
      '\\',
      '\n',
      '&quot;',
      '&#34;',
      ' ',
      'a',
      '「',
      '。',
      '<a href="',
      'javascript:',
      'https://e.example/',
      ' onerror=x',
      '<img src="',
      '" alt="',
      '</a>',
      '```',
      '- ',
      '1. ',
      '# ',
      '> ',
    );
    const allowed =
      /^(?:<\/?(?:p|em|strong|ul|ol|li|pre|code|blockquote|h[1-6])>|<hr \/>|<br \/>|<ol start="\d+">|<code class="language-[^"<>]*">|<a>|<\/a>|<a href="(?:https?:|mailto:|[^":]*[/?#]|[^":]*")[^"<>]*"? target="_blank" rel="noopener noreferrer nofollow">)$/;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const [tag] of renderMarkdown(pieces.join('')).matchAll(/<[^>]*>?/g)) expect(tag).toMatch(allowed);
      }),
      { seed: drawSeed(), numRuns: 3000 },
    );
  });
});

describe('stars in Japanese text', () => {
  it('make bold beside brackets and full stops, where no spaces stand', () => {
    expect(renderMarkdown('まず**「設定」**を開きます')).toBe('<p>まず<strong>「設定」</strong>を開きます</p>');
    expect(renderMarkdown('これは**重要です。**必ず')).toBe('<p>これは<strong>重要です。</strong>必ず</p>');
    expect(renderMarkdown('**Wi-Fi（無線）**を')).toBe('<p><strong>Wi-Fi（無線）</strong>を</p>');
    expect(renderMarkdown('は*「強調」*だ')).toBe('<p>は<em>「強調」</em>だ</p>');
  });

  it('keep to CommonMark everywhere else', () => {
    expect(renderMarkdown('a **b** *c* ***d***')).toBe(
      '<p>a <strong>b</strong> <em>c</em> <em><strong>d</strong></em></p>',
    );
    expect(renderMarkdown('a**"b"**c')).toBe('<p>a**&quot;b&quot;**c</p>');
    expect(renderMarkdown('2 * 3 * 4')).toBe('<p>2 * 3 * 4</p>');
    expect(renderMarkdown('\\*\\*「raw」\\*\\*')).toBe('<p>**「raw」**</p>');
    expect(renderMarkdown('`**「code」**`')).toBe('<p><code>**「code」**</code></p>');
    expect(renderMarkdown('snake_case_name _x_')).toBe('<p>snake_case_name <em>x</em></p>');
  });
});
