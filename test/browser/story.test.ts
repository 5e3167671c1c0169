/** The whole story, in two browsers: a question, its answer, a person asked for, the queue, the talk with an agent, the end. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../support/chromium.ts';
import { fewFaq } from '../support/faqs.ts';
import { picture } from '../support/pictures.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { type RunningService, startService } from '../support/service.ts';

const words = {
  ja: {
    question: 'パスワードを忘れました',
    answer: 'パスワード',
    helped: 'これで解決しましたか？',
    no: 'いいえ',
    person: 'オペレーターと話したい',
    ticket: '受付番号',
    more: '昨日からログインできません。',
    agent: 'お待たせしました。担当の者です。',
    thanks: '助かりました、ありがとうございます！',
    summary: 'パスワードを再設定した',
    end: '対応を終了しました',
  },
  en: {
    question: 'I forgot my password',
    answer: 'password',
    helped: 'Did that help?',
    no: 'No',
    person: 'Talk to a person',
    ticket: 'ticket number',
    more: 'I cannot sign in since yesterday.',
    agent: 'Thank you for waiting. How can I help?',
    thanks: 'That worked, thank you!',
    summary: 'Password was reset',
    end: 'is closed',
  },
} as const;

type Locale = keyof typeof words;

async function visitorPage(browser: Browser, url: string, locale: Locale): Promise<Page> {
  const context = await browser.newContext({
    locale: locale === 'ja' ? 'ja-JP' : 'en-GB',
    viewport: { width: 1280, height: 860 },
  });
  const page = await context.newPage();
  await page.goto(`${url}/?lang=${locale}`);
  await page.getByTestId('launcher').click();
  return page;
}

async function agentPage(browser: Browser, url: string, locale: Locale): Promise<Page> {
  const context = await browser.newContext({
    locale: locale === 'ja' ? 'ja-JP' : 'en-GB',
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(`${url}/console/`);
  await page.getByTestId('signin-name').fill('admin');
  await page.getByTestId('signin-password').fill('correct horse');
  await page.getByTestId('signin-submit').click();
  await page.getByTestId('rows').waitFor();
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByTestId('compose').fill(text);
  await page.getByTestId('compose').press('Enter');
}

function story(engine: 'LMDB' | 'Redis'): void {
  let browser: Browser;
  let redis: RedisProcess | undefined;
  /** Where the visitor is, and where the agent is: on Redis two processes of one desk. */
  let front: RunningService;
  let back: RunningService;

  beforeAll(async () => {
    browser = await launchChromium();
    redis = engine === 'Redis' ? await startRedis({ appendonly: true }) : undefined;
    const env = { FAQ_DIR: fewFaq, LOG_LEVEL: 'warn', ...(redis ? { REDIS_URL: redis.url } : {}) };
    front = await startService({ env });
    back = redis ? await startService({ env }) : front;
  });
  afterAll(async () => {
    await browser?.close();
    await front.stop();
    if (back !== front) await back.stop();
    await redis?.stop();
  });

  for (const locale of ['ja', 'en'] as const) {
    it(`T2 ${locale}: is answered, asks for a person, and an agent replies; all of it survives kill -9`, async () => {
      const w = words[locale];
      const visitor = await visitorPage(browser, front.url, locale);
      const log = visitor.getByTestId('log');
      await say(visitor, w.question);
      await log.getByText(w.helped).waitFor();
      expect(await log.textContent()).toContain(w.answer);
      await picture(visitor, `${engine}-${locale}-1-answer`);
      await visitor.getByTestId('suggestion').getByText(w.no, { exact: true }).click();
      await visitor.getByTestId('suggestion').getByText(w.person).click();
      await visitor.getByTestId('queue').waitFor();
      await say(visitor, w.more);
      await picture(visitor, `${engine}-${locale}-2-waiting`);

      const agent = await agentPage(browser, back.url, locale);
      await agent.getByTestId('row').filter({ hasText: w.question }).click();
      await agent.getByTestId('timeline').getByText(w.more).waitFor();
      await agent.getByTestId('take').click();
      await agent.getByTestId('reply-box').waitFor();
      await agent.getByTestId('reply-box').fill(w.agent);
      await agent.getByTestId('reply-box').press('Enter');
      await log.getByText(w.agent).waitFor();
      await picture(visitor, `${engine}-${locale}-3-person`);

      // A power cut on the visitor's side: the page is told so, comes back by itself, and sends what was written meanwhile.
      await front.kill9();
      await say(visitor, w.thanks);
      await front.start();
      await agent.getByTestId('timeline').getByText(w.thanks).waitFor({ timeout: 40_000 });
      await picture(agent, `${engine}-${locale}-4-console`);
      await visitor.reload();
      await visitor.getByTestId('log').getByText(w.agent).waitFor();
      expect(await visitor.getByTestId('log').getByText(w.thanks).count()).toBe(1);

      await agent.getByTestId('resolve').click();
      await agent.getByTestId('resolve-code').getByRole('radio').first().check();
      await agent.getByTestId('resolve-summary').fill(w.summary);
      await agent.getByTestId('resolve-submit').click();
      await visitor.getByTestId('log').getByText(w.end).waitFor();
      await picture(visitor, `${engine}-${locale}-5-end`);
      await Promise.all([visitor.context().close(), agent.context().close()]);
    }, 120_000);
  }
}

describe.skipIf(!hasChromium)('the story on the embedded store', () => story('LMDB'));
describe.skipIf(!hasChromium || !hasRedis)('the story on Redis, two processes', () => story('Redis'));
