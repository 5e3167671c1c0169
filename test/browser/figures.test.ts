/** What leads and admins look at: figures, all cases, the audit trail, and erasing a customer; in both languages, light and dark, wide and narrow. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../support/chromium.ts';
import { arrive, signIn } from '../support/desk.ts';
import { picture } from '../support/pictures.ts';
import { type RunningService, startService } from '../support/service.ts';

describe.skipIf(!hasChromium)('what the console has for leads and admins', () => {
  let browser: Browser;
  let service: RunningService;
  beforeAll(async () => {
    browser = await launchChromium();
    service = await startService({ env: { LOG_LEVEL: 'warn' } });
    for (const language of ['ja', 'en', 'en'] as const) {
      const visitor = await arrive(service.url, language);
      await visitor.say(language === 'ja' ? 'オペレーターと話したい' : 'talk to a person');
    }
    const agent = await signIn(service.url);
    const next = await agent.post<{ id: string; epoch: number }>('/next');
    const { id, epoch } = next.body;
    await agent.post(`/conversations/${id}/messages`, { text: 'Hello', epoch, clientId: 'one' });
    await agent.post(`/conversations/${id}/resolve`, { code: 'solved', summary: 'Done' });
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  async function enter(language: 'ja' | 'en', width: number, dark: boolean): Promise<Page> {
    const context = await browser.newContext({
      locale: language === 'ja' ? 'ja-JP' : 'en-GB',
      viewport: { width, height: 860 },
      colorScheme: dark ? 'dark' : 'light',
    });
    const page = await context.newPage();
    await page.goto(`${service.url}/console/`);
    await page.getByTestId('signin-name').fill('admin');
    await page.getByTestId('signin-password').fill('correct horse');
    await page.getByTestId('signin-submit').click();
    return page;
  }

  async function show(language: 'ja' | 'en', width: number, dark: boolean): Promise<Page> {
    const page = await enter(language, width, dark);
    await page.getByTestId('settings').click();
    await page.getByTestId('show-figures').click();
    await page.getByTestId('figures').getByRole('table').waitFor();
    return page;
  }

  it('K6 shows them as the API has them, and by whatever is chosen', async () => {
    const page = await show('en', 1440, false);
    const figures = page.getByTestId('figures');
    const total = figures.locator('tfoot td');
    expect(await total.nth(0).textContent()).toBe('3');
    expect(await total.nth(1).textContent()).toBe('1');
    await page.getByTestId('figures-by').selectOption('language');
    await figures.getByRole('row', { name: /English 2 / }).waitFor();
    await figures.getByRole('row', { name: /日本語 1 / }).waitFor();
    await picture(page, 'figures-en');
    await page.context().close();
  });

  it('K11 has a tab for every case while something is searched for', async () => {
    const page = await show('ja', 390, false);
    await page.keyboard.press('Escape');
    // What had opened the dialog has the keyboard again.
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'settings');
    expect(await page.getByTestId('view-all').count()).toBe(0);
    await page.getByTestId('search').fill('T-000001');
    await page.getByTestId('view-all').click();
    await page.getByTestId('row').nth(1).waitFor({ state: 'detached' });
    expect(await page.getByTestId('row').textContent()).toContain('T-000001');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await picture(page, 'search-all-ja');
    // By state and day, without words, among all; of three cases one is closed, and none was opened so long ago.
    await page.getByTestId('search').fill('');
    await page.getByTestId('narrow').click();
    await page.getByTestId('narrow-state').selectOption('closed');
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="row"]').length === 1);
    await page.getByTestId('narrow-to').fill('2001-01-01');
    await page.getByText('条件に一致する会話はありません。').waitFor();
    await page.getByTestId('narrow-clear').click();
    await page.getByTestId('row').nth(2).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.context().close();
  });

  it('K6 fits narrow and dark, in Japanese', async () => {
    const page = await show('ja', 390, true);
    await page.getByText('窓口の集計').waitFor();
    await page.getByTestId('figures-by').selectOption('reason');
    await page
      .getByTestId('figures')
      .getByRole('row', { name: /担当者との会話を希望/ })
      .waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await picture(page, 'figures-ja');
    await page.context().close();
  });

  it('K12 has the audit trail, narrowed to a case, and says whether its chain holds', async () => {
    const page = await enter('en', 390, true);
    await page.getByTestId('settings').click();
    await page.getByTestId('show-audit').click();
    await page.getByTestId('trail-about').fill('t1');
    const rows = page.getByTestId('trail-row');
    await rows.filter({ hasText: 'closed the case' }).waitFor();
    await rows.filter({ hasText: 'signed in' }).first().waitFor({ state: 'detached' });
    expect(await rows.filter({ hasNotText: 'T-000001' }).count()).toBe(0);
    await page.getByTestId('chain-check').click();
    await page.getByTestId('chain-holds').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await picture(page, 'trail-en');
    await page.context().close();
  });

  it('K10 K13 erases a customer who is typed once more, and shows the proof, also to a page loaded anew', async () => {
    const page = await enter('ja', 390, false);
    await page.goto(`${service.url}/console/#/erasure`);
    await page.getByTestId('erasure-find').fill('T-000003');
    await page.getByTestId('erasure-look').click();
    await page.getByTestId('erasure-customer').click();
    await page.getByTestId('erasure-do').click();
    const again = page.getByTestId('erasure-confirm');
    expect(await again.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await again.getAttribute('aria-invalid')).toBe('true');
    await again.fill((await page.getByTestId('erasure-preview').locator('strong').textContent())?.split(' ')[0] ?? '');
    await page.getByTestId('erasure-do').click();
    await page.getByTestId('erasure-row').waitFor();
    await page.reload();
    await page.getByTestId('erasure-on-trail').click();
    await page.getByTestId('trail-row').filter({ hasText: 'お客様のデータを消去' }).waitFor();
    expect(await page.getByTestId('trail-row').count()).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.context().close();
  });
});
