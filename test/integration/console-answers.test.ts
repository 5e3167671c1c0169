/** Agents look answers up: found in the language they type in, given in the visitor's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, signIn, startDesk, type TestDesk } from '../support/desk.ts';
import { fewFaq } from '../support/faqs.ts';

interface Found {
  readonly items: readonly { id: string; title: string; text: string; language: string }[];
}

describe('looking answers up in the console', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await startDesk({ env: { FAQ_DIR: fewFaq } });
  });
  afterAll(() => desk.stop());

  it('U4 an agent finds an answer in their own words, and gets it in the language of the visitor, without Markdown', async () => {
    const agent = await signIn(desk.url);
    const find = (q: string, language: string) =>
      agent.get<Found>(`/answers?${new URLSearchParams({ q, language })}`).then(({ body }) => body.items[0]);
    const en = await find('my printer wo', 'en');
    expect(en).toMatchObject({ id: 'printer-not-printing', language: 'en' });
    const ja = await find('my printer wo', 'ja');
    expect(ja).toMatchObject({ id: 'printer-not-printing', title: "My printer won't print", language: 'ja' });
    expect(ja?.text).toMatch(/プリンター/);
    expect(ja?.text).not.toContain('**');
  });

  it('U4 nothing is found for nothing, and nothing without a session', async () => {
    const agent = await signIn(desk.url);
    expect(await agent.get('/answers')).toMatchObject({ status: 200, body: { items: [] } });
    expect((await agent.get(`/answers?q=${'x'.repeat(5_000)}`)).status).toBe(200);
    expect((await call(`${desk.url}/console/api/answers?q=printer`)).status).toBe(401);
  });
});
