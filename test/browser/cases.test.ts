/** A case in the console, in two browsers: noted down, passed on to a team outside, back from it, closed with the desk's own code, rated. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseTexts } from '../../src/console/web/texts/case.ts';
import { texts } from '../../src/console/web/texts.ts';
import { hasChromium, launchChromium } from '../support/chromium.ts';
import { picture, wanted } from '../support/pictures.ts';
import { type RunningService, startService } from '../support/service.ts';
import { startTeam, type Team } from '../support/team.ts';
import { until } from '../support/wait.ts';

const rules = (port: number) => `
sla: { plans: { default: { low: { firstResponse: 1m } } } }
tickets:
  categories:
    - { id: hardware, label: { ja: 機器, en: Hardware } }
    - { id: network, label: { ja: ネットワーク, en: Network } }
  fields:
    - { id: asset, label: { ja: 資産番号, en: Asset number }, type: number, required: true }
    - { id: site, label: { ja: 拠点, en: Site }, type: choice, required: false, choices: [{ id: tokyo, label: { ja: 東京, en: Tokyo } }, { id: osaka, label: { ja: 大阪, en: Osaka } }] }
  codes:
    - { id: replaced, label: { ja: 交換, en: Replaced } }
  confirm: false
escalation:
  repair:
    fields:
      - { id: model, label: { ja: 機種, en: Model }, type: text, required: true }
      - { id: bought, label: { ja: 購入日, en: Bought on }, type: date, required: true }
      - { id: warranty, label: { ja: 保証期間内, en: Under warranty }, type: confirm, required: true }
      - { id: pieces, label: { ja: 台数, en: Pieces }, type: number, required: false }
    webhook: { url: "http://127.0.0.1:${port}/hook", secret: TEST_REPAIR_SECRET }
`;

const words = {
  ja: {
    question: 'ノートパソコンの画面が割れました',
    person: 'オペレーターと話したい',
    greeting: '最初のごあいさつ',
    greeted: '状況を確認いたします',
    subject: '画面割れ(ThinkPad)',
    reason: '画面の交換が必要',
    news: '画面を交換し、返送しました。',
    summary: '修理部門で画面を交換',
    comment: 'とても早かったです',
    phone: '佐藤 由美',
  },
  en: {
    question: 'My laptop screen is cracked',
    person: 'Talk to a person',
    greeting: 'Greeting',
    greeted: 'I am looking into it now',
    subject: 'Cracked screen (ThinkPad)',
    reason: 'The screen must be replaced',
    news: 'Screen replaced, sent back today.',
    summary: 'Repair has replaced the screen',
    comment: 'That was quick',
    phone: 'Laura Wells',
  },
} as const;
type Locale = keyof typeof words;

const looks = [
  { name: 'wide', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'wide-dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'narrow', width: 340, height: 720, colorScheme: 'light' },
] as const;

/** Pictures of the page as it stands, in every look. */
async function pictureAll(page: Page, name: string): Promise<void> {
  if (!wanted) return;
  for (const { name: look, width, height, colorScheme } of looks) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await picture(page, `case-${name}-${look}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

/** The input of a field that the desk's rules ask for. */
const fieldOf = (dialog: Locator, id: string): Locator => dialog.getByTestId(`field-${id}`);

describe.skipIf(!hasChromium)('a case in the console', () => {
  let browser: Browser;
  let service: RunningService;
  let team: Team;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'firstline-cases-'));
    team = await startTeam();
    const file = join(directory, 'desk.yaml');
    await writeFile(file, rules(team.port));
    browser = await launchChromium();
    service = await startService({
      env: { LOG_LEVEL: 'warn', DESK_FILE: file, TEST_REPAIR_SECRET: team.secret },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    await team?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function consolePage(locale: Locale): Promise<Page> {
    const context = await browser.newContext({
      locale: locale === 'ja' ? 'ja-JP' : 'en-GB',
      viewport: { width: 1440, height: 900 },
    });
    const page = await context.newPage();
    await page.goto(`${service.url}/console/`);
    await page.getByTestId('signin-name').fill('admin');
    await page.getByTestId('signin-password').fill('correct horse');
    await page.getByTestId('signin-submit').click();
    await page.getByTestId('rows').waitFor();
    return page;
  }

  async function visitorPage(locale: Locale): Promise<Page> {
    const context = await browser.newContext({ locale: locale === 'ja' ? 'ja-JP' : 'en-GB' });
    const page = await context.newPage();
    await page.goto(`${service.url}/?lang=${locale}`);
    await page.getByTestId('launcher').click();
    return page;
  }

  const say = async (page: Page, text: string) => {
    await page.getByTestId('compose').fill(text);
    await page.getByTestId('compose').press('Enter');
    await page.getByTestId('log').getByText(text, { exact: true }).first().waitFor();
  };

  for (const locale of ['ja', 'en'] as const) {
    it(`X10 ${locale}: is noted down, passed on with what is missing said at the field, comes back, and is closed with the desk's own code`, async () => {
      const w = words[locale];
      const text = (key: keyof typeof texts) => texts[key][locale];
      const visitor = await visitorPage(locale);
      await say(visitor, w.question);
      await say(visitor, w.person);
      await visitor.getByTestId('queue').waitFor();

      const agent = await consolePage(locale);
      const row = agent.getByTestId('row').filter({ hasText: w.question });
      await row.getByTestId('row-clock').waitFor();
      await row.click();
      await agent.getByTestId('take').click();
      await agent.getByTestId('reply-box').waitFor();
      await pictureAll(agent, `${locale}-0-reply`);
      await agent.getByTestId('canned').click();
      await agent.getByTestId('canned-reply').first().waitFor();
      await picture(agent, `case-${locale}-0-canned`);
      await agent.getByTestId('canned-reply').filter({ hasText: w.greeting }).click();
      expect(await agent.getByTestId('reply-box').inputValue()).toContain(w.greeted);
      await agent.getByTestId('reply-box').press('Enter');
      await visitor.getByTestId('log').getByText(w.greeted).waitFor();

      // Facts of the case.
      const facts = agent.getByTestId('case-facts');
      await facts.getByTestId('clock-resolution').getByText(text('clock.paused')).waitFor();
      await facts.getByTestId('edit').click();
      const edit = agent.getByTestId('edit-dialog');
      await edit.getByTestId('edit-subject').fill(w.subject);
      await edit.getByTestId('edit-priority').selectOption('high');
      await edit.getByTestId('edit-category').selectOption('hardware');
      await edit.getByTestId('edit-tags').fill('Screen, VIP');
      await fieldOf(edit, 'site').getByRole('combobox').selectOption('tokyo');
      await fieldOf(edit, 'asset').getByRole('textbox').fill('not a number');
      await edit.getByTestId('edit-submit').click();
      await fieldOf(edit, 'asset').getByText(text('fieldWrong.number')).waitFor();
      await pictureAll(agent, `${locale}-1-edit`);
      await fieldOf(edit, 'asset').getByRole('textbox').fill('');
      await edit.getByTestId('edit-submit').click();
      await edit.waitFor({ state: 'detached' });
      await facts.getByText(locale === 'ja' ? '東京' : 'Tokyo').waitFor();
      await agent.getByTestId('thread').getByRole('heading', { name: w.subject }).waitFor();

      // Passed on: all that is missing is marked at once; then filled in, and given up by their system.
      team.answers.push(410);
      await agent.getByTestId('escalate').click();
      const escalate = agent.getByTestId('escalate-dialog');
      const target = (name: 'target.developers' | 'target.repair') =>
        escalate
          .getByTestId('escalate-to')
          .getByRole('radio', { name: text(name) })
          .check();
      await target('target.developers');
      await escalate.getByTestId('tell-them').waitFor();
      await target('target.repair');
      await escalate.getByTestId('tell-them').waitFor({ state: 'detached' });
      await escalate.getByTestId('escalate-reason').fill(w.reason);
      await fieldOf(escalate, 'model').getByRole('textbox').fill('ThinkPad X1');
      await escalate.getByTestId('escalate-submit').click();
      await fieldOf(escalate, 'bought').getByText(text('fieldMissing')).waitFor();
      await fieldOf(escalate, 'warranty').getByText(text('fieldMissing')).waitFor();
      expect(await fieldOf(escalate, 'model').getByText(text('fieldMissing')).count()).toBe(0);
      await pictureAll(agent, `${locale}-2-escalate`);
      // What was written is kept, through a reload too.
      await agent.reload();
      await agent.getByTestId('escalate').click();
      expect(await fieldOf(escalate, 'model').getByRole('textbox').inputValue()).toBe('ThinkPad X1');
      await escalate.locator('input[type=date]').fill('2026-04-01');
      await fieldOf(escalate, 'warranty')
        .getByRole('radio', { name: text('yes') })
        .check();
      await escalate.getByTestId('escalate-submit').click();
      await escalate.waitFor({ state: 'detached' });
      await agent.getByTestId('dead-letter').waitFor();
      expect(await agent.getByTestId('standing').getAttribute('data-state')).toBe('outside');
      await agent.getByTestId('view-open').click();
      await agent.getByTestId('row').getByText(text('target.repair')).waitFor();
      await agent.getByTestId('problems').click();
      await agent.getByTestId('dead-letters').getByText('HTTP 410').waitFor();
      await picture(agent, `case-${locale}-3-problems`);
      await agent.keyboard.press('Escape');
      await pictureAll(agent, `${locale}-3-outside`);
      await agent.getByTestId('send-letter-again').click();
      await agent.getByTestId('dead-letter').waitFor({ state: 'detached' });
      await until(() => team.received.some((body) => body.includes('ThinkPad X1')), 'their system has it');

      // Back from the team.
      const ticket = (await agent.getByTestId('thread').locator('.fl-ticket').first().textContent()) ?? '';
      expect(await team.update(service.url, ticket, { status: 'done', text: w.news })).toBe(204);
      await agent.locator('[data-testid=notice][data-type=updated]').getByText(w.news).first().waitFor();
      await visitor.getByTestId('log').getByText(w.news).waitFor();
      await agent.getByTestId('take').click();
      await agent.getByTestId('reply-box').waitFor();

      // Closed with the desk's own code; its required field is asked for there.
      await agent.getByTestId('resolve').click();
      const resolve = agent.getByTestId('resolve-dialog');
      await resolve.getByRole('radio', { name: locale === 'ja' ? '交換' : 'Replaced' }).check();
      await resolve.getByTestId('resolve-summary').fill(w.summary);
      await resolve.getByTestId('resolve-submit').click();
      await fieldOf(resolve, 'asset').getByText(text('fieldMissing')).waitFor();
      await pictureAll(agent, `${locale}-4-resolve`);
      await fieldOf(resolve, 'asset').getByRole('textbox').fill('4711');
      await resolve.getByTestId('resolve-submit').click();
      await resolve.waitFor({ state: 'detached' });

      // The visitor's word on it.
      await visitor.getByTestId('suggestion').getByText('5', { exact: true }).click();
      await say(visitor, w.comment);
      await facts.getByText(w.comment).waitFor();
      expect(await agent.locator('[data-testid=notice][data-type=rated]').count()).toBe(1);
      await facts.getByText(caseTexts.ratingOf[locale].replace('{score}', '5')).waitFor();
      expect(await facts.textContent()).toContain('4711');
      await pictureAll(agent, `${locale}-5-rated`);
      const notices = await agent.getByTestId('notice').allTextContents();
      expect(notices.filter((said) => /Event:|イベント:|\{\w+\}/.test(said))).toEqual([]);
      await Promise.all([visitor.context().close(), agent.context().close()]);
    }, 120_000);
  }

  it('X10 a case that came by phone is open at once, is linked with another, and merged into it', async () => {
    const w = words.en;
    const agent = await consolePage('en');
    const take = async (subject: string, priority: 'low' | 'normal'): Promise<string> => {
      await agent.getByTestId('new-case').click();
      const dialog = agent.getByTestId('new-case-dialog');
      await dialog.getByTestId('new-case-submit').click();
      await dialog.getByText(texts.whoMissing.en).waitFor();
      await dialog.getByTestId('new-case-name').fill(w.phone);
      await dialog.getByTestId('new-case-subject').fill(subject);
      await dialog.getByTestId('new-case-details').fill('She hears it since this morning.');
      await dialog.getByTestId('new-case-priority').selectOption(priority);
      await pictureAll(agent, 'en-6-new');
      await dialog.getByTestId('new-case-submit').click();
      await dialog.waitFor({ state: 'detached' });
      await agent.getByTestId('thread').getByRole('heading', { name: subject }).waitFor();
      return (await agent.getByTestId('thread').locator('.fl-ticket').first().textContent()) ?? '';
    };
    const first = await take('The fan is loud', 'low');
    const second = await take('The fan of the laptop is loud', 'normal');
    await agent.getByTestId('take').click();
    await agent.getByTestId('reply-box').waitFor();
    const joinBy = async (as: 'link' | 'merge', number: string) => {
      await agent.getByTestId('more-actions').click();
      await agent.getByTestId(as).click();
      await agent.getByTestId(`${as}-ticket`).fill(number);
      await agent.getByTestId(`${as}-submit`).click();
    };
    await joinBy('link', '999');
    await agent.getByText(texts['trouble.link-invalid'].en).first().waitFor();
    await agent.getByTestId('link-ticket').fill(first.replace('T-0', 't'));
    await agent.getByTestId('link-submit').click();
    await agent.getByTestId('links').getByText(first).waitFor();
    await joinBy('merge', first);
    await agent.getByTestId('reopen').waitFor();
    await pictureAll(agent, 'en-7-merged');
    await agent.getByTestId('links').getByText(first).first().click();
    await agent.getByTestId('thread').getByRole('heading', { name: 'The fan is loud', exact: true }).waitFor();
    await agent.getByTestId('links').getByText(second).first().waitFor();
    // Its first reply was due within a minute. Five later the facts and the row say so in words.
    await agent.clock.setFixedTime(Date.now() + 300_000);
    await agent.getByTestId('clock-firstResponse').getByText('overdue').waitFor();
    await agent.getByTestId('view-waiting').click();
    const row = agent.getByTestId('row').filter({ hasText: first });
    await row.getByTestId('row-clock').getByText('overdue').waitFor();
    expect(await row.textContent()).toContain(texts['priority.low'].en);
    await pictureAll(agent, 'en-8-overdue');
    await agent.setViewportSize({ width: 340, height: 720 });
    await agent.getByTestId('back').click();
    await picture(agent, 'case-en-9-rows-narrow');
    await agent.context().close();
  });
});
