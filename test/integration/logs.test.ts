/** Logs with the whole service in between: sent or pasted by a visitor, looked at beside the turn, told to visitor and agent. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logTexts } from '../../src/bot/log-texts.ts';
import { texts } from '../../src/bot/texts.ts';
import type { LogView } from '../../src/console/log-views.ts';
import { ZipWriter } from '../../src/logs/zip-writer.ts';
import { arrive, call, signIn, startDesk, type TestDesk, type Visitor } from '../support/desk.ts';
import { fewFaq } from '../support/faqs.ts';
import { upload } from '../support/upload.ts';
import { until } from '../support/wait.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sample = (name: string) => readFile(join(root, 'test/logs', name));

let directory: string;
let dialogs: string;
let desk: TestDesk;

const start = async (env: Record<string, string> = {}) => {
  desk = await startDesk({ env: { FAQ_DIR: fewFaq, DIALOGS_DIR: dialogs, ...env } });
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firstline-logs-'));
  dialogs = join(directory, 'dialogs');
  await mkdir(dialogs);
  await copyFile(join(root, 'dialogs/signatures.yaml'), join(dialogs, 'signatures.yaml'));
});

afterEach(async () => {
  await desk.stop();
  await rm(directory, { recursive: true, force: true });
});

const told = (visitor: Visitor, words: string) =>
  until(async () => (await visitor.activities()).find(({ text }) => text?.includes(words)), `"${words}" is told`);

async function packetLogs(visitor: Visitor): Promise<readonly LogView[]> {
  const agent = await signIn(desk.url);
  const { body } = await agent.get<{ packet: { logs: readonly LogView[] } }>(`/conversations/${visitor.conversation}`);
  return body.packet.logs;
}

describe('a log file', () => {
  it('L3 is looked at beside the turn; what is found is told, with the answer that helps', async () => {
    await start();
    const visitor = await arrive(desk.url);
    expect((await upload(visitor, [{ name: 'smtp-bounce.txt', bytes: await sample('smtp-bounce.txt') }])).status).toBe(
      200,
    );
    expect(await visitor.texts()).toContain(logTexts.en.lookingAtFile);
    const finding = await told(visitor, "The receiver's mailbox is full.");
    expect(finding.text).toContain('**smtp-bounce.txt**: 6 lines');
    expect(finding.text).toContain('2 errors, 0 warnings.');
    const offer = await told(visitor, logTexts.en.mayHelp);
    const [title = ''] = (offer.suggestedActions?.actions ?? []).map(({ value }) => value);
    await visitor.say(title);
    expect(await visitor.texts()).toContain(texts.en.helped);
  });

  it('L3 is told in Japanese to those who speak it', async () => {
    await start();
    const visitor = await arrive(desk.url, 'ja');
    await upload(visitor, [{ name: '会計.log', bytes: await sample('japanese-sjis.log') }]);
    const finding = await told(visitor, 'ライセンスが有効になっていません');
    expect(finding.text).toContain('**会計.log**を確認しました（5行、2026-11-20 10:00:00 – 10:08:00）。');
    expect(finding.text).toContain('エラー2件、警告1件です。');
    expect(finding.text).toContain('コード: 4102');
  });

  it('L3 goes with the hand-off, and says which tier and skills it takes', async () => {
    await start();
    const visitor = await arrive(desk.url);
    await upload(visitor, [{ name: 'pino.jsonl', bytes: await sample('pino.jsonl') }]);
    await told(visitor, '**pino.jsonl**');
    await visitor.say(texts.en.talkToPerson);
    const [log] = await packetLogs(visitor);
    expect(log).toMatchObject({
      name: 'pino.jsonl',
      refusal: null,
      finding: { levels: { error: 2, warn: 1 }, signatures: [{ id: 'connection-refused', count: 2 }] },
    });
    expect(log?.contentUrl).toMatch(/^\/console\/api\/conversations\/.+\/files\//);
    const agent = await signIn(desk.url);
    const { body } = await agent.get(`/conversations/${visitor.conversation}`);
    expect(body).toMatchObject({ tier: 2, skills: ['network'] });
  });

  it('L3 makes a case that waits better known, and is not commented to one whom a person has', async () => {
    await start();
    const visitor = await arrive(desk.url);
    await visitor.say(texts.en.talkToPerson);
    await upload(visitor, [{ name: 'pino.jsonl', bytes: await sample('pino.jsonl') }]);
    await told(visitor, '**pino.jsonl**');
    const agent = await signIn(desk.url);
    const path = `/conversations/${visitor.conversation}`;
    expect((await agent.get(path)).body).toMatchObject({ state: 'queued', tier: 2, skills: ['network'] });
    await agent.post(`${path}/claim`);
    const before = (await visitor.texts()).length;
    await upload(visitor, [{ name: 'app.log', bytes: await sample('app.log') }]);
    await until(
      async () => (await packetLogs(visitor)).some((log) => log.name === 'app.log' && log.finding),
      'its finding',
    );
    expect((await visitor.texts()).length).toBe(before + 1);
  });

  it('L3 that is refused is refused in a sentence, to the visitor and to the agent, and not kept', async () => {
    await start();
    const visitor = await arrive(desk.url);
    const bomb = new ZipWriter();
    const as = { utf8: true, time: 0, date: 0 };
    for (let i = 0; i < 4; i++) bomb.add({ ...as, name: Buffer.from(`${i}.log`) }, Buffer.alloc(12 * 1024 * 1024, 'a'));
    await upload(visitor, [{ name: 'bomb.zip', bytes: bomb.end() }]);
    await told(visitor, 'I could not take “bomb.zip”: it unpacks to far more than a log would.');
    const message = (await visitor.activities()).find(({ attachments }) => attachments);
    expect(message?.attachments?.[0]).toEqual({ contentType: 'application/zip', name: 'bomb.zip', refused: 'bomb' });
    await visitor.say(texts.en.talkToPerson);
    expect(await packetLogs(visitor)).toEqual([{ name: 'bomb.zip', finding: null, refusal: 'bomb' }]);
  });

  it('is kept as it came where desk.yaml says so, for agents alone', async () => {
    const file = join(directory, 'desk.yaml');
    await writeFile(file, 'logs: {keepOriginals: true, maskAddresses: true}\n');
    await start({ DESK_FILE: file });
    const visitor = await arrive(desk.url);
    const line = '2026-11-20 09:00:00 ERROR login from 192.0.2.7 failed, password=Orig1nal!\n';
    await upload(visitor, [{ name: 'a.log', bytes: line.repeat(3) }]);
    const masked = (await visitor.activities()).find(({ attachments }) => attachments)?.attachments?.[0];
    expect(masked).not.toHaveProperty('original');
    expect(await (await fetch(masked?.contentUrl ?? '')).text()).toBe(
      '2026-11-20 09:00:00 ERROR login from [masked:ip] failed, password=[masked:password]\n'.repeat(3),
    );
    const agent = await signIn(desk.url);
    const { body } = await agent.get<{ timeline: { attachments?: { originalUrl: string }[] }[] }>(
      `/conversations/${visitor.conversation}`,
    );
    const original = body.timeline.flatMap(({ attachments = [] }) => attachments)[0]?.originalUrl ?? '';
    const kept = await fetch(`${desk.url}${original}`, { headers: { cookie: agent.cookie } });
    expect(await kept.text()).toBe(line.repeat(3));
  });
});

describe('a pasted log', () => {
  it('L3 is looked at as well, and is not taken for a question', async () => {
    await start();
    const visitor = await arrive(desk.url);
    await visitor.say((await sample('syslog-3164.log')).toString());
    expect(await visitor.texts()).toContain(logTexts.en.lookingAtText);
    const finding = await told(visitor, 'Memory ran out');
    expect(finding.text).toContain('the log you pasted: 5 lines');
  });
});

describe('the signatures', () => {
  it('are served as they are edited, and what is wrong with them is told', async () => {
    await start();
    const path = join(dialogs, 'signatures.yaml');
    await writeFile(
      path,
      "signatures: [{id: own, pattern: 'flux capacitor', meaning: {en: It is the capacitor.}, entry: no-such-entry}]\n",
    );
    const problems = async () =>
      (await call<{ dialogs: { problems: string[] } }>(`${desk.url}/readyz`)).body.dialogs.problems.join();
    await until(
      async () => (await problems()).includes('names "no-such-entry", which the FAQ does not have'),
      'the problem',
    );
    const visitor = await arrive(desk.url);
    await upload(visitor, [{ name: 'a.log', bytes: '2026-11-20 09:00:00 ERROR flux capacitor empty\n'.repeat(3) }]);
    await told(visitor, 'It is the capacitor.');
  });
});
