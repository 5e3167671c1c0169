/** Two agents at their consoles: an offer is taken, a colleague asked, the case handed on; each sees what the other does. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { makeAgent, makeWaiting, password } from '../integration/console-desk.ts';
import { hasChromium, launchChromium } from '../support/chromium.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { picture } from '../support/pictures.ts';

describe.runIf(hasChromium)('two agents', () => {
  let browser: Browser;
  let desk: TestDesk;
  let directory: string;
  const rules = (mode: string) =>
    writeFile(join(directory, 'desk.yaml'), `queue: { mode: ${mode}, acceptWithin: 60s }\n`);
  let store: Store;
  /** What the page's own policy kept it from. */
  const refused: string[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'firstline-handing-'));
    await rules('offer');
    desk = await startDesk({
      env: { DATA_DIR: join(directory, 'data'), DESK_FILE: join(directory, 'desk.yaml') },
      wrapStore: (engine) => {
        store = engine;
        return engine;
      },
    });
    await makeAgent(store, 'aiko');
    await makeAgent(store, 'ben', { displayName: 'Ben Sato' });
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await desk?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function agent(name: string, locale: string, look: { width: number; dark?: boolean }): Promise<Page> {
    const context = await browser.newContext({
      locale,
      viewport: { width: look.width, height: 900 },
      colorScheme: look.dark ? 'dark' : 'light',
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
    await page.goto(`${desk.url}/console/`);
    await page.getByTestId('signin-name').fill(name);
    await page.getByTestId('signin-password').fill(password);
    await page.getByTestId('signin-submit').click();
    await page.getByTestId('rows').waitFor();
    return page;
  }

  it('Q4 O8 O9 take what is offered, ask, and hand on, by mouse and by keys', async () => {
    const aiko = await agent('aiko', 'en-GB', { width: 1440 });
    await makeWaiting(store, { subject: 'The printer is on fire' });
    await aiko.getByTestId('offer').waitFor();
    await picture(aiko, 'offer-en');
    await aiko.keyboard.press('o');
    await aiko.getByTestId('reply-box').waitFor();
    expect(await aiko.getByTestId('standing').getAttribute('data-state')).toBe('human');
    await aiko.getByTestId('offer').waitFor({ state: 'detached' });

    const ben = await agent('ben', 'ja-JP', { width: 1440, dark: true });
    await aiko.keyboard.press('Escape');
    await aiko.keyboard.press('c');
    await aiko.getByTestId('consult-agent').selectOption('ben');
    await aiko.getByTestId('consult-note').fill('Seen this before?');
    await picture(aiko, 'consult-en');
    await aiko.getByTestId('consult-submit').click();
    await ben.getByTestId('view-consulted').click();
    await ben.getByTestId('row').first().click();
    await ben.getByTestId('asked').waitFor();
    await aiko.getByTestId('viewers').waitFor();
    await picture(ben, 'asked-ja');
    await picture(aiko, 'viewers-en');
    await ben.getByTestId('advise').click();
    await ben.getByTestId('asked').waitFor({ state: 'detached' });

    await aiko.getByTestId('transfer').click();
    await aiko.getByTestId('transfer-agent').selectOption('ben');
    await aiko.getByTestId('transfer-note').fill('Knows printers');
    await picture(aiko, 'transfer-en');
    await aiko.getByTestId('transfer-submit').click();
    await ben.getByTestId('resolve').waitFor();
    await ben.getByTestId('view-mine').click();
    await picture(ben, 'transferred-ja');
    expect(await ben.getByTestId('notice').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('Knows printers')]),
    );

    const narrow = await agent('ben', 'ja-JP', { width: 390 });
    await makeWaiting(store, { subject: 'VPNにつながりません', language: 'ja' });
    await Promise.race([narrow.getByTestId('offer').waitFor(), aiko.getByTestId('offer').waitFor()]);
    if (await aiko.getByTestId('offer').isVisible()) await aiko.keyboard.press('d');
    await narrow.getByTestId('offer').waitFor();
    await picture(narrow, 'offer-narrow-ja');
    await narrow.getByTestId('decline').click();
    await narrow.getByTestId('offer').waitFor({ state: 'detached' });
  }, 120_000);

  it('have pages that keep to their own security policy', () => {
    expect(refused).toEqual([]);
  });
});
