/** The official client, unchanged, in a real browser, against the service as a process of its own. */
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../support/chromium.ts';
import { fewFaq } from '../support/faqs.ts';
import { type RunningService, startService } from '../support/service.ts';
import { until } from '../support/wait.ts';

const client = createRequire(import.meta.url).resolve('botframework-directlinejs/dist/directline.js');

/** What the page keeps: the client, all it was given, and what became of each post. */
interface Probe {
  line: {
    connectionStatus$: { subscribe(next: (status: number) => void): void };
    activity$: { subscribe(next: (activity: Activity) => void): void };
    postActivity(activity: object): { subscribe(next: (id: string) => void, fail: (error: unknown) => void): void };
    end(): void;
  };
  activities: Activity[];
  statuses: number[];
  ids: string[];
  errors: string[];
}
interface Activity {
  id: string;
  type: string;
  text?: string;
  from: { id: string; role?: string };
  channelData?: { clientActivityID?: string };
  attachments?: { name: string; contentUrl: string }[];
}
declare global {
  interface Window {
    probe: Probe;
    DirectLine: { DirectLine: new (options: object) => Probe['line'] };
  }
}

describe.skipIf(!hasChromium)('the official Direct Line client', () => {
  let browser: Browser;
  let page: Page;
  let service: RunningService;

  beforeAll(async () => {
    browser = await launchChromium();
    service = await startService({ env: { FAQ_DIR: fewFaq } });
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(`${service.url}/healthz`);
    await page.addScriptTag({ path: client });
    await page.evaluate(async (base) => {
      const session = await (await fetch(`${base}/widget/session`, { method: 'POST', body: '{"locale":"en"}' })).json();
      const line = new window.DirectLine.DirectLine({
        token: session.token,
        domain: `${base}/v3/directline`,
        webSocket: true,
        timeout: 20_000,
        // Its pause before it comes back, 3 to 15 s otherwise; enough for the service to be there again.
        random: () => 0.2,
      });
      window.probe = { line, activities: [], statuses: [], ids: [], errors: [] };
      line.connectionStatus$.subscribe((status) => window.probe.statuses.push(status));
      line.activity$.subscribe((activity) => window.probe.activities.push(activity));
    }, service.url);
    await until(() => page.evaluate(() => window.probe.statuses.includes(2)), 'the connection');
  });
  afterEach(() => page.close());

  const post = (activity: object) =>
    page.evaluate((body) => {
      window.probe.line.postActivity({ from: { id: 'visitor' }, ...body }).subscribe(
        (id) => window.probe.ids.push(id),
        (error) => window.probe.errors.push(String(error)),
      );
    }, activity);
  const activities = () => page.evaluate(() => window.probe.activities);
  const texts = async () => (await activities()).map((activity) => activity.text ?? '');

  it('V4 starts, posts and receives the answer, each activity once', async () => {
    await post({ type: 'message', text: 'I forgot my password' });
    await until(async () => (await texts()).includes('Did that help?'), 'the answer');
    const got = await activities();
    expect(new Set(got.map((activity) => activity.id)).size).toBe(got.length);
    const own = got.find((activity) => activity.text === 'I forgot my password');
    expect(await page.evaluate(() => window.probe.ids)).toEqual([own?.id]);
  });

  it('V9 gets the echo of its typing', async () => {
    await post({ type: 'typing' });
    await until(async () => (await activities()).some((activity) => activity.type === 'typing'), 'the echo');
  });

  it('uploads a file', async () => {
    const url = `data:text/plain;base64,${Buffer.from('log line').toString('base64')}`;
    await post({
      type: 'message',
      text: 'my log',
      attachments: [{ contentType: 'text/plain', contentUrl: url, name: 'app.log' }],
    });
    const sent = await until(
      async () => (await activities()).find((activity) => activity.attachments?.length),
      'the message with its file',
    );
    expect(sent.attachments?.[0]?.name).toBe('app.log');
    const content = await page.evaluate(
      async (contentUrl) => (await fetch(contentUrl)).text(),
      sent.attachments?.[0]?.contentUrl ?? '',
    );
    expect(content).toBe('log line');
  });

  it('refreshes its token', async () => {
    const refreshed = await page.evaluate(async () => {
      const { token, domain } = window.probe.line as unknown as { token: string; domain: string };
      const response = await fetch(`${domain}/tokens/refresh`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      });
      return { status: response.status, body: await response.json() };
    });
    expect(refreshed.status).toBe(200);
    expect(refreshed.body).toMatchObject({
      token: expect.any(String),
      expires_in: expect.any(Number),
      conversationId: expect.any(String),
    });
  });

  it('T2 V4 comes back by itself after kill -9 of the service: nothing lost, nothing doubled', async () => {
    await post({ type: 'message', text: 'my printer does not print' });
    await until(async () => (await texts()).includes('Did that help?'), 'the answer');
    const before = await activities();
    await service.kill9();
    await service.start();
    await post({ type: 'message', text: 'no' });
    await until(async () => (await texts()).some((text) => text.includes('sorry')), 'the talk to go on', 45_000);
    const after = await activities();
    expect(new Set(after.map((activity) => activity.id)).size).toBe(after.length);
    const spoken = (list: Activity[]) =>
      list.filter((activity) => activity.type === 'message').map((activity) => activity.id);
    expect(spoken(after).slice(0, spoken(before).length)).toEqual(spoken(before));
    expect(after.filter((activity) => activity.text === 'no')).toHaveLength(1);
  }, 90_000);
});
