/** Questions to pick from while one types: the public address that the widget asks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrive, call, startDesk, type TestDesk } from '../support/desk.ts';
import { fewFaq } from '../support/faqs.ts';

describe('suggestions over HTTP', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await startDesk({ env: { FAQ_DIR: fewFaq, ALLOWED_ORIGINS: 'https://shop.example' } });
  });
  afterAll(() => desk.stop());

  const ask = (q: string, locale = 'en', headers: Record<string, string> = {}) =>
    call<{ language: string; suggestions: { id: string; title: string }[] }>(
      `${desk.url}/widget/suggestions?${new URLSearchParams({ q, locale })}`,
      { headers },
    );

  it('U1 a title is suggested in the language of the page or of what is typed', async () => {
    const en = await ask('my printer wo', 'en-GB');
    expect(en.status).toBe(200);
    expect(en.body.suggestions[0]).toMatchObject({ id: 'printer-not-printing', title: "My printer won't print" });
    const ja = await ask('プリン', 'en-GB');
    expect(ja.body.language).toBe('ja');
    expect(ja.body.suggestions.map(({ id }) => id)).toContain('printer-not-printing');
  });

  it('U1 a suggested question, once sent, is answered outright', async () => {
    const { body } = await ask('パスワ', 'ja');
    const visitor = await arrive(desk.url, 'ja');
    await visitor.say(body.suggestions[0]?.title ?? '');
    expect((await visitor.texts()).join('\n')).toContain('これで解決しましたか？');
  });

  it('U2 an answer is kept by the browser for a moment and by no shared cache, and other origins need permission', async () => {
    const { headers } = await ask('mail');
    expect(headers.get('cache-control')).toMatch(/^private, max-age=\d+$/);
    expect(
      (await ask('mail', 'en', { origin: 'https://shop.example' })).headers.get('access-control-allow-origin'),
    ).toBe('https://shop.example');
    expect(
      (await ask('mail', 'en', { origin: 'https://else.example' })).headers.get('access-control-allow-origin'),
    ).toBe(null);
  });

  it('U2 whatever is typed gets an answer, and what is too long a reason', async () => {
    for (const q of ['', '\u0000', '😀'.repeat(40), '%', 'a'.repeat(200), '<script>', '\ud800'])
      expect((await ask(q)).status, JSON.stringify(q)).toBe(200);
    expect(await ask('a'.repeat(201))).toMatchObject({ status: 400, body: { code: 'too-long' } });
    expect((await call(`${desk.url}/widget/suggestions?q=%E3%81&locale=%`)).status).toBe(200);
    expect((await call(`${desk.url}/widget/suggestions`)).status).toBe(200);
  });
});
