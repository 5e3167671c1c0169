/** Suggestions while typing, in a browser: by keys, by pointer, with an input method, and not while a person listens. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../support/chromium.ts';
import { starterFaq } from '../support/faqs.ts';
import { picture } from '../support/pictures.ts';
import { type RunningService, startService } from '../support/service.ts';

describe.skipIf(!hasChromium)('questions while typing', () => {
  let browser: Browser;
  let service: RunningService;
  beforeAll(async () => {
    browser = await launchChromium();
    service = await startService({ env: { FAQ_DIR: starterFaq, LOG_LEVEL: 'warn' } });
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });

  async function visit(locale: 'ja' | 'en', settings: { width?: number; dark?: boolean } = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: settings.width ?? 1280, height: 760 },
      colorScheme: settings.dark ? 'dark' : 'light',
    });
    const page = await context.newPage();
    await page.goto(`${service.url}/?lang=${locale}`);
    await page.getByTestId('launcher').click();
    await page
      .getByTestId('log')
      .getByText(locale === 'ja' ? 'こんにちは' : 'Hello')
      .waitFor();
    return page;
  }
  const field = (page: Page) => page.getByTestId('compose');
  const list = (page: Page) => page.getByTestId('typeahead');
  const options = (page: Page) => page.getByTestId('typeahead-option');

  it('U3 the arrows choose, Enter sends what they are on, and its answer comes', async () => {
    const page = await visit('en');
    await field(page).pressSequentially('my printer wo');
    await list(page).waitFor();
    expect(await page.getByTestId('typeahead-status').textContent()).toMatch(/Suggested questions: \d/);
    await picture(page, 'typeahead-en');
    expect(await field(page).getAttribute('aria-activedescendant')).toBe(null);
    await field(page).press('ArrowDown');
    const active = (await field(page).getAttribute('aria-activedescendant')) ?? '';
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    expect(await page.locator(`#${active}`).textContent()).toBe("My printer won't print");
    await field(page).press('Enter');
    await page.getByTestId('log').getByText("My printer won't print").waitFor();
    await page.getByTestId('log').getByText('Did that help?').waitFor();
    expect(await field(page).inputValue()).toBe('');
    expect(await list(page).count()).toBe(0);
  });

  it('U3 Enter sends what was written as long as no option was moved to', async () => {
    const page = await visit('en', { dark: true, width: 380 });
    await field(page).pressSequentially('wifi');
    await list(page).waitFor();
    await picture(page, 'typeahead-en-narrow-dark');
    await field(page).press('ArrowDown');
    await field(page).press('ArrowUp');
    await field(page).press('Enter');
    await page.getByTestId('log').getByText('wifi', { exact: true }).waitFor();
    expect(await list(page).count()).toBe(0);
  });

  it('U3 Escape closes the list, and only then the chat; it stays closed until the field was empty', async () => {
    const page = await visit('en');
    await field(page).pressSequentially('pass');
    await list(page).waitFor();
    await field(page).press('Escape');
    await list(page).waitFor({ state: 'detached' });
    expect(await page.getByTestId('panel').isVisible()).toBe(true);
    expect(await field(page).inputValue()).toBe('pass');
    // To be asked for anew would take a request; there is none before the field was empty.
    const asked: string[] = [];
    page.on('request', (request) => void (request.url().includes('/suggestions') && asked.push(request.url())));
    await field(page).pressSequentially('word');
    await field(page).fill('');
    await field(page).pressSequentially('mail');
    await list(page).waitFor();
    expect(asked.every((url) => url.includes('q=m'))).toBe(true);
    await field(page).press('Escape');
    await field(page).press('Escape');
    await page.getByTestId('panel').waitFor({ state: 'detached' });
  });

  it('U3 a click sends the question; leaving the field closes the list', async () => {
    const page = await visit('ja');
    await field(page).pressSequentially('パスワ');
    await options(page).first().waitFor();
    await picture(page, 'typeahead-ja');
    await page.getByTestId('log').focus();
    await list(page).waitFor({ state: 'detached' });
    await field(page).pressSequentially('ード');
    await options(page).first().click();
    await page.getByTestId('log').getByText('これで解決しましたか？').waitFor();
  });

  it('U3 an input method has the keys and the words to itself until it is done', async () => {
    const page = await visit('ja');
    const ime = await page.context().newCDPSession(page);
    await field(page).pressSequentially('音');
    await list(page).waitFor();
    await ime.send('Input.imeSetComposition', { text: 'が', selectionStart: 1, selectionEnd: 1 });
    await list(page).waitFor({ state: 'detached' });
    await ime.send('Input.insertText', { text: 'が出ない' });
    await list(page).waitFor();
    expect(await options(page).first().textContent()).toBe('音が出ません');
  });

  it('U3 nothing is suggested while a person is asked for', async () => {
    const page = await visit('en');
    await page.getByTestId('person').click();
    await page.getByTestId('queue').waitFor();
    const asked: string[] = [];
    page.on('request', (request) => void (request.url().includes('/suggestions') && asked.push(request.url())));
    await field(page).pressSequentially('my printer does not print');
    await field(page).press('Enter');
    await page.getByTestId('log').getByText('my printer does not print').waitFor();
    expect(asked).toEqual([]);
  });
});
