import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readFaq, servedEntries } from '../../../src/understanding/files.ts';
import { plainText } from '../../../src/understanding/plain-text.ts';

describe('an answer as plain text', () => {
  it('keeps steps, words and addresses, and loses the signs', () => {
    expect(
      plainText(
        '## Reset\n\n1. Choose **Forgot password?** on [the page](https://x.example/a_b_c).\n2. Type `net *use*`.\n',
      ),
    ).toBe('Reset\n\n1. Choose Forgot password? on the page (https://x.example/a_b_c).\n2. Type net *use*.');
    expect(plainText('**「設定」**を開き、*必ず*保存します。\n> 注意')).toBe('「設定」を開き、必ず保存します。\n注意');
    expect(plainText('1. **電源を切る** 15分待ちます。\n2. **Restart** the computer.')).toBe(
      '1. 電源を切る：15分待ちます。\n2. Restart the computer.',
    );
    expect(plainText('- a\n* b\n\n\n\n```\n**c**\n```')).toBe('- a\n- b\n\n**c**');
    expect(plainText('5 * 3 * 2, snake_case_name, a\\*b, <https://x.example/>')).toBe(
      '5 * 3 * 2, snake_case_name, a*b, https://x.example/',
    );
  });
  it('leaves no sign of Markdown in any shipped answer', async () => {
    const entries = servedEntries(await readFaq(fileURLToPath(new URL('../../../faq', import.meta.url))));
    for (const { id, answer } of entries)
      for (const text of Object.values(answer)) {
        const plain = plainText(text);
        expect(plain, id).not.toMatch(/\*\*|\]\(|^#|`/m);
        expect(plain.length, id).toBeGreaterThan(text.length * 0.8);
      }
  });
});
