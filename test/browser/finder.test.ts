/** The agent's finder of FAQ answers, in a browser: by keys alone, in the visitor's language. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../support/chromium.ts';
import { arrive } from '../support/desk.ts';
import { starterFaq } from '../support/faqs.ts';
import { picture } from '../support/pictures.ts';
import { type RunningService, startService } from '../support/service.ts';

describe.skipIf(!hasChromium)('finding an answer in the console', () => {
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

  async function take(
    language: 'ja' | 'en',
    subject: string,
    settings: { width?: number; dark?: boolean } = {},
  ): Promise<Page> {
    const visitor = await arrive(service.url, language);
    await visitor.say(subject);
    await visitor.say(language === 'ja' ? 'オペレーターと話したい' : 'Talk to a person');
    const context = await browser.newContext({
      locale: language === 'ja' ? 'ja-JP' : 'en-GB',
      viewport: { width: settings.width ?? 1440, height: 860 },
      colorScheme: settings.dark ? 'dark' : 'light',
    });
    const page = await context.newPage();
    await page.goto(`${service.url}/console/`);
    await page.getByTestId('signin-name').fill('admin');
    await page.getByTestId('signin-password').fill('correct horse');
    await page.getByTestId('signin-submit').click();
    await page.getByTestId('row').filter({ hasText: subject }).click();
    await page.getByTestId('take').click();
    await page.getByTestId('reply-box').waitFor();
    return page;
  }

  it('U4 Ctrl+K, a few words, Enter: the answer stands in the reply, in the language of the visitor', async () => {
    const page = await take('ja', 'プリンターの紙が詰まりました');
    await page.getByTestId('reply-box').fill('お待たせしました。');
    await page.keyboard.press('Control+k');
    await page.getByTestId('finder-option').first().waitFor();
    await picture(page, 'finder-ja');
    await page.keyboard.type('paper jam');
    await page.getByTestId('finder-list').getByText('paper jam').waitFor();
    expect(await page.getByTestId('finder-preview').getAttribute('lang')).toBe('ja');
    const preview = await page.getByTestId('finder-preview').textContent();
    await page.keyboard.press('Enter');
    await page.getByTestId('finder').waitFor({ state: 'detached' });
    expect(await page.getByTestId('reply-box').inputValue()).toBe(`お待たせしました。\n\n${preview}`);
    await page.keyboard.type('!');
    expect(await page.getByTestId('reply-box').inputValue()).toBe(`お待たせしました。\n\n${preview}!`);
    await page.context().close();
  }, 60_000);

  it('U4 the arrows choose, the button opens it too, and Escape leaves the draft as it was', async () => {
    const page = await take('en', 'My screen has no signal', { dark: true, width: 400 });
    await page.getByTestId('reply-box').fill('Hello');
    await page.getByTestId('find-answer').click();
    await page.getByTestId('finder-search').fill('mail');
    await page.getByTestId('finder-option').nth(1).waitFor();
    await picture(page, 'finder-en-narrow-dark');
    const before = await page.getByTestId('finder-preview').textContent();
    await page.getByTestId('finder-search').press('ArrowDown');
    const active = await page.getByTestId('finder-search').getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    expect(await page.getByTestId('finder-preview').textContent()).not.toBe(before);
    await page.keyboard.press('Escape');
    await page.getByTestId('finder').waitFor({ state: 'detached' });
    expect(await page.getByTestId('reply-box').inputValue()).toBe('Hello');
    await page.context().close();
  }, 60_000);
});
