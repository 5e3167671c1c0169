/** The case's details as agents read them, in a browser: five lines first, in the agent's language, at every width. */
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../support/chromium.ts';
import { arrive, call } from '../support/desk.ts';
import { fewFaq } from '../support/faqs.ts';
import { stopwatch } from '../support/pace.ts';
import { picture } from '../support/pictures.ts';
import { type RunningService, startService } from '../support/service.ts';

const secret = 'an identity secret of 32 characters!';

describe.skipIf(!hasChromium)('the packet in the console', () => {
  let browser: Browser;
  let service: RunningService;
  beforeAll(async () => {
    browser = await launchChromium();
    service = await startService({
      env: {
        FAQ_DIR: fewFaq,
        LOG_LEVEL: 'warn',
        IDENTITY_SECRET: secret,
        DIALOGS_DIR: fileURLToPath(new URL('../../dialogs', import.meta.url)),
        CUSTOMERS: fileURLToPath(new URL('../../docs/samples/customers.yaml', import.meta.url)),
      },
    });
    await pressing();
    // Where nothing is built yet, it is built first.
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  /** A customer of the sample who is in trouble, as the bot has come to know it. */
  async function pressing(): Promise<void> {
    const identity = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('sample-007')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(secret));
    const { body } = await call<{ token: string; conversationId: string }>(`${service.url}/widget/session`, {
      method: 'POST',
      body: { locale: 'ja', identity },
    });
    const headers = { authorization: `Bearer ${body.token}` };
    const at = `${service.url}/v3/directline/conversations`;
    await call(at, { method: 'POST', body: { locale: 'ja' }, headers });
    const said = [
      'プリンターで印刷できません',
      'いいえ',
      'いいえ',
      'まだ直りません。業務が止まっていて、20人ほどに影響が出ています',
      'オペレーターと話したい',
      '質問に答える',
      'プリンター',
      'Windows',
    ];
    for (const text of said)
      await call(`${at}/${body.conversationId}/activities`, {
        method: 'POST',
        body: { type: 'message', text },
        headers,
      });
  }

  async function look(
    language: 'ja' | 'en',
    { width = 1440, dark = false }: { width?: number; dark?: boolean } = {},
  ): Promise<Page> {
    const context = await browser.newContext({
      locale: language === 'ja' ? 'ja-JP' : 'en-GB',
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
    });
    const page = await context.newPage();
    await page.goto(`${service.url}/console/`);
    await page.getByTestId('signin-name').fill('admin');
    await page.getByTestId('signin-password').fill('correct horse');
    await page.getByTestId('signin-submit').click();
    await page.getByTestId('row').first().click();
    await page.getByTestId('thread').waitFor();
    return page;
  }

  it('P7 stands beside the talk with five lines first, in either language, whatever the visitor speaks', async () => {
    for (const [language, labels] of [
      ['ja', ['お客様', 'ご用件', '引継理由', '案内済み', '次の対応']],
      ['en', ['Who', 'Problem', 'Why you', 'Tried', 'Next']],
    ] as const) {
      const page = await look(language, { dark: language === 'en' });
      const pane = page.getByTestId('packet-pane');
      await pane.waitFor();
      expect(await pane.getByTestId('packet-summary').locator('dt').allTextContents()).toEqual(labels);
      const text = (await pane.textContent()) ?? '';
      for (const fact of ['高橋 翔太', 'premium', 'RICOH IM C3010', '業務が止まる']) expect(text).toContain(fact);
      await picture(page, `packet-${language}`);
      await page.context().close();
    }
  });

  it('P7 opens over the talk where there is little room, fits 320 px, and closes by the keyboard', async () => {
    const page = await look('ja', { width: 320 });
    await page.getByTestId('packet').focus();
    await page.keyboard.press('Enter');
    const pane = page.getByTestId('packet-pane');
    await pane.waitFor();
    expect(await pane.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    await picture(page, 'packet-narrow');
    await page.getByTestId('packet-close').focus();
    await page.keyboard.press('Enter');
    await pane.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('P9 a conversation of 300 messages stands whole in the page within 2 s of the hand-off', async () => {
    const visitor = await arrive(service.url);
    for (let i = 0; i < 150; i++) await visitor.say(i % 2 === 0 ? 'hello' : 'thanks');
    const page = await look('en');
    const watch = stopwatch();
    await visitor.say('Talk to a person');
    const row = page.locator(`[data-testid="row"][data-id="${visitor.conversation}"]`);
    await row.waitFor();
    await row.click();
    await page.locator(`[data-testid="thread"][data-id="${visitor.conversation}"]`).waitFor();
    await page.getByTestId('packet-summary').waitFor();
    expect(watch()).toBeLessThan(2_000);
    await picture(page, 'packet-300');
    await page.context().close();
  });
});
