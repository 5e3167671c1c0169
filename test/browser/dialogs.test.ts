/** Guided dialogs as visitors meet them, in two languages: solved, handed over, interrupted, corrected, cut off, in two tabs, each once. */
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { dialogTexts } from '../../src/dialogs/texts.ts';
import { hasChromium, launchChromium } from '../support/chromium.ts';
import { call, signIn } from '../support/desk.ts';
import { starterFaq } from '../support/faqs.ts';
import { picture } from '../support/pictures.ts';
import { type RunningService, startService } from '../support/service.ts';
import { until } from '../support/wait.ts';
import { plays } from './dialog-plays.ts';

const shipped = fileURLToPath(new URL('../../dialogs', import.meta.url));

type Locale = 'ja' | 'en';

/** A visitor at the chat, who waits for each reply. */
class Visitor {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  static async arrive(context: BrowserContext, url: string, locale: Locale): Promise<Visitor> {
    const page = await context.newPage();
    await page.goto(`${url}/?lang=${locale}`);
    await page.getByTestId('launcher').click();
    const visitor = new Visitor(page);
    await visitor.bots.first().waitFor();
    return visitor;
  }

  get bots() {
    return this.page.locator('[data-testid=message][data-by=bot]');
  }

  /** What the bot said last. */
  async last(): Promise<string> {
    return (await this.bots.last().textContent()) ?? '';
  }

  async buttons(): Promise<string[]> {
    return this.page.getByTestId('suggestion').allTextContents();
  }

  /** Writes something and waits until the bot's last words hold `expected`, after its reply has come. */
  async say(text: string, expected: string): Promise<void> {
    await this.#then(expected, async () => {
      await this.page.getByTestId('compose').fill(text);
      await this.page.getByTestId('compose').press('Enter');
    });
  }

  async press(button: string, expected: string): Promise<void> {
    await this.#then(expected, () => this.page.getByTestId('suggestion').getByText(button, { exact: true }).click());
  }

  async send(file: { name: string; mimeType: string; buffer: Buffer }, expected: string): Promise<void> {
    await this.#then(expected, async () => {
      await this.page.getByTestId('file').setInputFiles(file);
      await this.page.getByTestId('send').click();
    });
  }

  async #then(expected: string, act: () => Promise<void>): Promise<void> {
    const before = await this.bots.count();
    await act();
    await this.hears(expected, before);
  }

  /** Waits for the bot's last words to hold something; `after`: and for more than so many of its messages. */
  async hears(expected: string, after = 0): Promise<void> {
    let said = '';
    const heard = async () => {
      said = await this.last();
      return (await this.bots.count()) > after && said.includes(expected);
    };
    await until(heard, expected, 20_000).catch(() => {
      throw new Error(`Waited in vain for "${expected}"; the bot said last:\n${said}`);
    });
  }

  /** Goes through a play: pairs of what is said or, in brackets, pressed, and what is heard then. */
  async play(lines: readonly (readonly [string, string])[]): Promise<void> {
    for (const [words, expected] of lines) {
      const button = /^\[(.+)\]$/.exec(words)?.[1];
      await (button ? this.press(button, expected) : this.say(words, expected));
    }
  }

  async picture(name: string): Promise<void> {
    await picture(this.page, `dialog-${name}`);
  }
}

describe.skipIf(!hasChromium)('guided dialogs in the browser', () => {
  let browser: Browser;
  let service: RunningService;

  beforeAll(async () => {
    [browser, service] = await Promise.all([
      launchChromium(),
      startService({ env: { FAQ_DIR: starterFaq, LOG_LEVEL: 'warn', DIALOGS_DIR: shipped } }),
    ]);
    // The tests look into the console now and then; for visitors nobody is there all the same.
    const { cookie } = await signIn(service.url);
    await call(`${service.url}/console/api/presence`, {
      method: 'PUT',
      body: { status: 'away' },
      headers: { cookie, origin: service.url },
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  /** Somebody with a browser of their own, on Windows. */
  async function arrive(locale: Locale, run: (visitor: Visitor, context: BrowserContext) => Promise<void>) {
    const context = await browser.newContext({
      locale: locale === 'ja' ? 'ja-JP' : 'en-GB',
      viewport: { width: 1000, height: 860 },
      userAgent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36',
    });
    try {
      await run(await Visitor.arrive(context, service.url, locale), context);
    } finally {
      await context.close();
    }
  }

  /** What an agent reads of a case, on the console's page. */
  async function packetOf(locale: Locale, question: string): Promise<string> {
    const context = await browser.newContext({
      locale: locale === 'ja' ? 'ja-JP' : 'en-GB',
      viewport: { width: 1440, height: 900 },
    });
    try {
      const page = await context.newPage();
      await page.goto(`${service.url}/console/`);
      await page.getByTestId('signin-name').fill('admin');
      await page.getByTestId('signin-password').fill('correct horse');
      await page.getByTestId('signin-submit').click();
      await page.getByTestId('row').filter({ hasText: question }).first().click();
      const pane = page.getByTestId('packet-pane');
      await pane.waitFor();
      await picture(page, `dialog-${locale}-console`);
      return (await pane.textContent()) ?? '';
    } finally {
      await context.close();
    }
  }

  for (const locale of ['ja', 'en'] as const) {
    const p = plays[locale];
    const t = texts[locale];
    const d = dialogTexts[locale];

    describe(locale, () => {
      it('G1 a branching check, step by step, solves it', async () => {
        await arrive(locale, async (visitor) => {
          await visitor.say(p.solved.question, t.helped);
          await visitor.press(t.guide(p.solved.title), p.solved.first);
          await visitor.picture(`${locale}-1-first`);
          await visitor.play(p.solved.lines);
          await visitor.picture(`${locale}-2-check`);
          await visitor.press(d.yes, t.glad);
        });
      }, 60_000);

      it('G2 one that fails hands over with all that was collected', async () => {
        await arrive(locale, async (visitor) => {
          await visitor.say(p.failed.question, t.helped);
          await visitor.press(t.no, t.offerDialog(p.failed.title).slice(0, 12));
          await visitor.press(t.startDialog, p.failed.first);
          await visitor.play(p.failed.lines);
          await visitor.page.getByTestId('queue').waitFor();
          await visitor.picture(`${locale}-3-handed-over`);
          const packet = await packetOf(locale, p.failed.question);
          for (const fact of p.failed.collected) expect(packet).toContain(fact);
        });
      }, 60_000);

      it('G3 G4 a question in between is answered and led back from; an earlier answer is taken back; cancel ends it', async () => {
        await arrive(locale, async (visitor) => {
          await visitor.say(p.printer.question, t.helped);
          await visitor.press(t.guide(p.printer.title), p.printer.first);
          await visitor.say(p.printer.warning, p.printer.panel);
          await visitor.say(p.printer.between, d.backTo);
          expect(await visitor.last()).toContain(p.printer.panel);
          await visitor.picture(`${locale}-4-led-back`);
          await visitor.say(p.printer.correction, p.printer.corrected);
          expect(await visitor.last()).toContain(p.printer.next);
          await visitor.press(d.back, d.soFar(p.printer.light).replaceAll('*', ''));
          await visitor.press(d.keep, p.printer.next);
          await visitor.say(p.printer.cancel, t.dialogStopped);
          await visitor.say(p.printer.question, t.helped);
        });
      }, 60_000);

      it('G5 a reload, a second tab and a kill -9 in the middle lose nothing', async () => {
        await arrive(locale, async (visitor, context) => {
          await visitor.say(p.internet.question, t.helped);
          await visitor.press(t.guide(p.internet.title), p.internet.first);
          await visitor.play(p.internet.before);
          await visitor.page.reload();
          await visitor.hears(p.internet.asked);
          expect(await visitor.buttons()).toContain(p.internet.button);

          const second = await Visitor.arrive(context, service.url, locale);
          await second.hears(p.internet.asked);
          await second.press(p.internet.button, p.internet.second);
          await visitor.hears(p.internet.second);
          // The first tab's next answer counts for both: there is one course, however many look at it.
          await visitor.press(d.no, p.internet.third);
          await second.hears(p.internet.third);

          await service.kill9();
          await service.start();
          await visitor.press(d.no, p.internet.fourth);
          await second.hears(p.internet.fourth);
          await visitor.picture(`${locale}-5-after-kill`);
          await visitor.press(d.yes, t.glad);
        });
      }, 90_000);

      it('G6 asks while waiting, with what was said, the browser and the first words filled in', async () => {
        await arrive(locale, async (visitor) => {
          await visitor.say(p.environment.person, t.nobody('¤', undefined).slice(0, 20));
          await visitor.say(p.environment.first, t.added('¤').split('¤').at(-1) ?? '');
          await visitor.press(t.startQuestions, p.environment.noted);
          await visitor.play(p.environment.lines);
          await visitor.send({ name: 'screen.png', mimeType: 'image/png', buffer: png }, d.summaryAsk);
          await visitor.picture(`${locale}-6-summary`);
          await visitor.press(d.thatsRight, t.passedOn);
          const packet = await packetOf(locale, p.environment.first);
          for (const fact of p.environment.collected) expect(packet).toContain(fact);
        });
      }, 60_000);

      for (const play of p.others)
        it(`G7 ${play.id} is gone through to its end`, async () => {
          await arrive(locale, async (visitor) => {
            await visitor.say(play.question, t.helped);
            await visitor.press(t.guide(play.title), play.first);
            await visitor.play(play.lines);
            await visitor.picture(`${locale}-7-${play.id}`);
          });
        }, 60_000);
    });
  }
});

/** One white dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
