/** A visitor who asks for a person when none can come: the whole service, and what they read. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { arrive, call, signIn, startDesk, type TestDesk, type Visitor } from '../support/desk.ts';
import { until } from '../support/wait.ts';

const dialogs = fileURLToPath(new URL('../../dialogs', import.meta.url));

let directory: string;
let file: string;
let desk: TestDesk;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firstline-hours-'));
  file = join(directory, 'desk.yaml');
  // A minute a week: closed, unless the test runs in just that minute of a Monday in Tokyo.
  await writeFile(file, 'calendar:\n  hours: {mon: ["09:00-09:01"]}\n');
  desk = await startDesk({ env: { DESK_FILE: file, DIALOGS_DIR: dialogs } });
});

afterAll(async () => {
  await desk.stop();
  await rm(directory, { recursive: true, force: true });
});

const bot = async (visitor: Visitor) =>
  (await visitor.activities()).filter((activity) => activity.channelData?.firstline?.by === 'bot');

describe('out of hours', () => {
  it.each(['en', 'ja'] as const)(
    'Q9 one message tells the ticket and the next opening, and offers to leave contact (%s)',
    async (language) => {
      const t = texts[language];
      const visitor = await arrive(desk.url, language);
      const before = (await bot(visitor)).length;
      await visitor.say(t.talkToPerson);
      const told = (await bot(visitor)).slice(before);
      expect(told).toHaveLength(1);
      expect(told[0]?.text).toMatch(/T-\d{6}/);
      expect(told[0]?.text).toContain('09:00');
      expect(told[0]?.suggestedActions?.actions.map(({ title }) => title)).toEqual([
        t.leaveContact,
        t.startQuestions,
        t.stopWaiting,
      ]);
    },
  );

  it('Q9 the contact that is left stands with the case, and what is written on is kept', async () => {
    const t = texts.ja;
    const visitor = await arrive(desk.url, 'ja');
    await visitor.say(t.talkToPerson);
    await visitor.say(t.leaveContact);
    for (const answer of ['山田花子', '電話', '０３－１２３４－５６７８', '平日の17時以降']) await visitor.say(answer);
    const agent = await signIn(desk.url);
    const details = async () =>
      (await agent.get<{ packet: { details: Record<string, string> } }>(`/conversations/${visitor.conversation}`)).body
        .packet.details;
    await until(async () => '電話番号' in (await details()), 'the phone number in the packet');
    expect(await details()).toMatchObject({ お名前: '山田花子', 連絡方法: '電話', 都合のよい時間: '平日の17時以降' });
    expect(JSON.stringify(await details())).toContain('１２３４');
  });
});

describe('in open hours', () => {
  it('Q9 says that nobody is there while nobody is, and the place in line once somebody is', async () => {
    await writeFile(file, 'calendar:\n  hours: always\n');
    const t = texts.en;
    const asks = async () => {
      const visitor = await arrive(desk.url, 'en');
      await visitor.say(t.talkToPerson);
      return (await visitor.texts()).join('\n');
    };
    await until(async () => !(await asks()).includes('closed at the moment'), 'the edited hours hold');
    const away = await signIn(desk.url);
    await call(`${desk.url}/console/api/presence`, {
      method: 'PUT',
      body: { status: 'away' },
      headers: { cookie: away.cookie, origin: desk.url },
    });
    expect(await asks()).toContain('nobody is free at this moment');
    await call(`${desk.url}/console/api/presence`, {
      method: 'PUT',
      body: { status: 'available' },
      headers: { cookie: away.cookie, origin: desk.url },
    });
    expect(await asks()).toContain("I'm handing you over to a person. Your ticket number is");
  });
});
