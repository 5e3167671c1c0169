/**
 * Makes the pictures of the README and the guides, `docs/images/*.png`, from the running product: `node test/browser/pictures.mjs`.
 * It builds and starts the service on a free port with a directory of its own, and plays one short story in each language.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const images = join(root, 'docs/images');
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Pictures are 1600 px wide and show 1280 px of page: text stays readable where a README shows them at two thirds. */
const scale = 1.25;
/** Largest picture, bytes. */
const largest = 350 * 1024;

const identitySecret = 'for the pictures only, thirty-two characters and more';
const password = 'correct horse battery';

const stories = {
  en: {
    browser: 'en-GB',
    agent: { name: 'aiko', displayName: 'Aiko Tanaka' },
    visitor: 'Ken Mori',
    question: 'I forgot my password',
    no: 'No',
    person: 'Talk to a person',
    more: 'The reset mail never arrives. I looked in the junk folder too.',
    reply: 'Hello Ken, I have read what you tried. The mail goes to your old address, so I have just corrected it.',
    next: 'Please ask for the reset mail once more. It should arrive within a minute.',
    thanks: 'It is here! Let me try it.',
    note: 'Address corrected in the directory. Ask HR why the old one was still there.',
    reason: 'Keys stick on his laptop as well: it should go to repair.',
    model: 'ThinkPad X1',
    mistake:
      '\n  - id: badge-lost\n    question:\n      en: [I lost my badge]\n    answer:\n      en: Ask reception.\n',
    others: [
      ['Laura Wells', 'The printer on floor 3 has a paper jam'],
      ['Tom Baker', 'My laptop screen flickers since this morning'],
      ['Mei Chen', 'VPN does not connect from home'],
    ],
  },
  ja: {
    browser: 'ja-JP',
    agent: { name: 'aiko', displayName: '田中 愛子' },
    visitor: '森 健',
    question: 'パスワードを忘れました',
    no: 'いいえ',
    person: 'オペレーターと話したい',
    more: '再設定のメールが届きません。迷惑メールのフォルダーも見ました。',
    reply:
      '森さん、お待たせしました。ここまでの内容は拝見しました。送信先が以前のアドレスのままでしたので、いま修正しました。',
    next: 'お手数ですが、再設定のメールをもう一度お申し込みください。1分ほどで届きます。',
    thanks: '届きました！ 試してみます。',
    note: 'ディレクトリのアドレスを修正済み。旧アドレスが残っていた理由を人事に確認すること。',
    reason: 'ノートパソコンのキーも効きにくいとのこと。修理をお願いします。',
    model: 'ThinkPad X1',
    mistake:
      '\n  - id: badge-lost\n    question:\n      ja: [入館証をなくしました]\n    answer:\n      ja: 受付にご連絡ください。\n',
    others: [
      ['佐藤 由美', '3階のプリンターで紙が詰まりました'],
      ['高橋 誠', '今朝からノートパソコンの画面がちらつきます'],
      ['陳 美玲', '自宅からVPNにつながりません'],
    ],
  },
};

/** A desk of its own: where it keeps its data, and the environment of everything that runs on it. */
function newDesk() {
  const directory = mkdtempSync(join(tmpdir(), 'firstline-pictures-'));
  cpSync(join(root, 'faq'), join(directory, 'faq'), { recursive: true });
  const env = {
    PATH: process.env.PATH,
    NODE_NO_WARNINGS: '1',
    PORT: '0',
    LOG_LEVEL: 'error',
    // Relative, as admins see it in what the service says of their files.
    FAQ_DIR: 'faq',
    DATA_DIR: join(directory, 'data'),
    IDENTITY_SECRET: identitySecret,
    ADMIN_PASSWORD: password,
  };
  return { directory, env };
}

function run(file, args = [], { directory, env, input = '' } = {}) {
  const result = spawnSync(process.execPath, [join(root, file), ...args], {
    cwd: directory,
    env,
    input,
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`${file} ${args.join(' ')} failed:\n${result.stderr}`);
}

/** Resolves with the service's address once it says that it is ready. */
async function startService({ directory, env }) {
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    // A directory without a .env of its own.
    cwd: directory,
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const address = /console:\s+(http:\/\/[^/]+)\//.exec(said);
      if (address) resolve(address[1]);
    });
    child.once('exit', (code) => reject(new Error(`The service ended with ${code}:\n${said}`)));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(directory, { recursive: true, force: true });
  };
  return { url, directory, stop };
}

/** What a website vouches for: who its visitor is. */
function identityOf(name) {
  return new SignJWT({ name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(`visitor-${name}`)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(identitySecret));
}

async function post(url, body, token) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Somebody who asked, then wants a person: a row in the queue. */
async function queue(url, locale, name, texts) {
  const session = await post(`${url}/widget/session`, { locale, identity: await identityOf(name) });
  const { conversationId, token } = await post(`${url}/v3/directline/conversations`, {}, session.token);
  for (const text of texts)
    await post(
      `${url}/v3/directline/conversations/${conversationId}/activities`,
      { type: 'message', from: { id: session.userId }, text, locale },
      token ?? session.token,
    );
}

async function open(browser, story, size, address) {
  const context = await browser.newContext({
    locale: story.browser,
    viewport: size,
    deviceScaleFactor: scale,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const testId = (page, id) => page.getByTestId(id);

async function say(page, text) {
  await testId(page, 'compose').fill(text);
  await testId(page, 'compose').press('Enter');
  await testId(page, 'log').getByText(text, { exact: true }).first().waitFor();
}

async function reply(page, text) {
  await testId(page, 'reply-box').fill(text);
  await testId(page, 'reply-box').press('Enter');
}

/** No caret and no focus ring: what is shown is the page, not the hand at it. */
async function shot(page, options = {}) {
  await page.evaluate(() => document.activeElement?.blur());
  return page.screenshot({ caret: 'hide', animations: 'disabled', ...options });
}

/** Both pages in one picture, on plain ground. */
async function sideBySide(browser, left, right, path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: scale });
  const page = await context.newPage();
  const source = (png) => `data:image/png;base64,${png.toString('base64')}`;
  await page.setContent(
    `<style>
      body { margin: 0; padding: 20px; display: flex; gap: 20px; background: #e9edeb; }
      img { display: block; height: 760px; border-radius: 12px; box-shadow: 0 1px 3px #0002, 0 8px 24px #0002; }
    </style><img src="${source(left)}"><img src="${source(right)}">`,
  );
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await page.screenshot({ path });
  await context.close();
}

async function play(browser, { url, directory }, locale) {
  const story = stories[locale];
  const visitor = await open(browser, story, { width: 380, height: 760 }, `${url}/?lang=${locale}`);
  const jwt = await identityOf(story.visitor);
  await visitor.waitForFunction(() => window.firstline);
  await visitor.evaluate((identity) => window.firstline.identify(identity), jwt);
  await testId(visitor, 'launcher').click();
  await say(visitor, story.question);
  await testId(visitor, 'suggestion').getByText(story.no, { exact: true }).click();
  await testId(visitor, 'suggestion').getByText(story.person, { exact: true }).click();
  await testId(visitor, 'queue').waitFor();
  await say(visitor, story.more);
  for (const [name, question] of story.others) await queue(url, locale, name, [question, story.person]);

  const agent = await open(browser, story, { width: 840, height: 760 }, `${url}/console/`);
  await testId(agent, 'signin-name').fill(story.agent.name);
  await testId(agent, 'signin-password').fill(password);
  await testId(agent, 'signin-submit').click();
  await testId(agent, 'row').filter({ hasText: story.question }).click();
  await testId(agent, 'take').click();
  await testId(agent, 'reply-box').waitFor();
  await reply(agent, story.reply);
  await testId(visitor, 'log').getByText(story.reply).waitFor();
  await reply(agent, story.next);
  await testId(visitor, 'log').getByText(story.next).waitFor();
  await say(visitor, story.thanks);
  await testId(agent, 'timeline').getByText(story.thanks).waitFor();
  await sideBySide(browser, await shot(visitor), await shot(agent), join(images, `story.${locale}.png`));

  await agent.setViewportSize({ width: 1280, height: 800 });
  await testId(agent, 'tab-note').click();
  await testId(agent, 'note-box').fill(story.note);
  await testId(agent, 'add-note').click();
  await testId(agent, 'timeline').getByText(story.note).waitFor();
  await testId(agent, 'tab-reply').click();
  await shot(agent, { path: join(images, `console.${locale}.png`) });

  await testId(agent, 'escalate').click();
  await testId(agent, 'escalate-to').locator('input[value=repair]').check();
  await testId(agent, 'escalate-reason').fill(story.reason);
  await testId(agent, 'field-model').getByRole('textbox').fill(story.model);
  await testId(agent, 'escalate-submit').click();
  await testId(agent, 'escalate-dialog').locator('[aria-invalid=true]').first().waitFor();
  await agent.screenshot({ path: join(images, `escalate.${locale}.png`), caret: 'hide', animations: 'disabled' });
  await agent.keyboard.press('Escape');

  appendFileSync(join(directory, 'faq/printer.yaml'), story.mistake);
  await waitUntil(async () => !(await (await fetch(`${url}/readyz`)).json()).faq.ok);
  await agent.reload();
  await testId(agent, 'problems').click();
  await agent.locator('.fl-problem-list').waitFor();
  const clip = { x: 0, y: 0, width: 1280, height: 330 };
  await agent.screenshot({ path: join(images, `problems.${locale}.png`), clip, animations: 'disabled' });
  await Promise.all([visitor.context().close(), agent.context().close()]);
}

/** Asks again until it is so; the service takes at most 2 s to notice an edit. */
async function waitUntil(isSo) {
  const end = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('The broken edit was not noticed.');
    await new Promise((again) => setTimeout(again, 100));
  }
}

mkdirSync(images, { recursive: true });
run('src/cli/build.mjs');
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  for (const [locale, { agent }] of Object.entries(stories)) {
    const desk = newDesk();
    const profile = ['--display-name', agent.displayName, '--languages', locale, '--tier', '2'];
    run('dist/cli/agents.js', ['add', agent.name, ...profile], { ...desk, input: `${password}\n` });
    const service = await startService(desk);
    try {
      await play(browser, service, locale);
    } finally {
      await service.stop();
    }
    for (const name of ['story', 'console', 'escalate', 'problems']) {
      const path = join(images, `${name}.${locale}.png`);
      const { size } = statSync(path);
      if (size > largest) throw new Error(`${path} has ${size} bytes; at most ${largest} are sensible in a README.`);
      console.log(`${path}  ${Math.round(size / 1024)} KB`);
    }
  }
} finally {
  await browser.close();
}
