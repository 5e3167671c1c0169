/** Guided dialogs with the whole service in between: website visitor, log, console. */
import { mkdir, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { dialogTexts } from '../../src/dialogs/texts.ts';
import { type AgentSession, arrive, call, signIn, startDesk, type TestDesk, type Visitor } from '../support/desk.ts';
import { until } from '../support/wait.ts';

const shipped = fileURLToPath(new URL('../../dialogs/collect-environment.yaml', import.meta.url));
const [en, ja] = [texts.en, texts.ja];
const [den, dja] = [dialogTexts.en, dialogTexts.ja];

/** A short form of the questions before a hand-over, and a troubleshooting that an FAQ entry leads to. */
const short = `id: collect-environment
title: {en: Questions, ja: 質問}
steps:
  - id: os
    label: {en: System, ja: OS}
    ask: {en: Which system?, ja: OSは？}
    type: choice
    prefill: user-agent
    choices:
      - {value: windows, label: {en: Windows, ja: Windows}, keywords: {ja: [ウィンドウズ]}}
      - {value: macos, label: {en: macOS, ja: macOS}, keywords: {en: [Mac], ja: [Mac, マック]}}
      - {value: other, label: {en: Other, ja: その他}}
  - id: version
    label: {en: Version, ja: バージョン}
    ask: {en: Which Windows?, ja: どのWindowsですか？}
    type: text
    find: 'Windows ?(1[01])'
    when: os == 'windows'
  - id: people
    label: {en: People, ja: 人数}
    ask: {en: How many people?, ja: 何人ですか？}
    type: number
    required: true
  - id: since
    label: {en: Since, ja: いつから}
    ask: {en: Since when?, ja: いつからですか？}
    type: date
    validate: {only: past}
end: {then: handoff, tier: 2, skills: [pc], priority: high}
`;
const slow = `id: pc-slow
title: {en: A slow computer, ja: パソコンが遅い}
steps:
  - id: restart
    ask: {en: Please restart the computer., ja: 再起動してください。}
    type: say
  - id: better
    label: {en: Better after a restart, ja: 再起動で改善}
    ask: {en: Is it better now?, ja: 改善しましたか？}
    type: confirm
    solved: yes
end: {then: handoff}
`;
const faq = `topic: pc
entries:
  - id: pc-slow
    questions:
      en: [My computer is slow, The PC is very slow, Everything on my laptop takes ages]
      ja: [パソコンが遅い, PCの動作が重い, パソコンがとても遅いです]
    answer: {en: Close other programs., ja: 他のアプリを閉じてください。}
    dialog: pc-slow
  - id: hours
    questions:
      en: [What are your opening hours?, When are you open?, Opening hours of the help desk]
      ja: [営業時間を教えてください, 何時まで開いていますか, ヘルプデスクの営業時間は]
    answer: {en: We are open from 9 to 18., ja: 9時から18時までです。}
`;

let desk: TestDesk;
let directory: string;
let dialogs: string;
let agent: AgentSession;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firstline-dialogs-'));
  dialogs = join(directory, 'dialogs');
  const faqDirectory = join(directory, 'faq');
  await Promise.all([mkdir(dialogs), mkdir(faqDirectory)]);
  await writeFile(join(dialogs, 'collect.yaml'), short);
  await writeFile(join(dialogs, 'slow.yaml'), slow);
  await writeFile(join(faqDirectory, 'pc.yaml'), faq);
  desk = await startDesk({ env: settings() });
  agent = await signIn(desk.url);
  // Heard of, the agent counts as there.
  await agent.get('/me');
});
const settings = () => ({
  DIALOGS_DIR: dialogs,
  FAQ_DIR: join(directory, 'faq'),
  DATA_DIR: join(directory, 'data'),
});
/** Stops the service and starts it again at the same address, over the same store. */
async function restart(): Promise<void> {
  const { port } = desk.service;
  await desk.stop();
  desk = await startDesk({ env: { ...settings(), PORT: String(port) } });
}
afterEach(async () => {
  await desk.stop();
  await rm(directory, { recursive: true, force: true });
});

interface Said {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** Says something and gives what the bot said to it. */
async function talk(visitor: Visitor, text: string): Promise<Said[]> {
  const before = (await visitor.activities()).length;
  expect((await visitor.say(text)).status).toBe(200);
  const after = await visitor.activities();
  return after
    .slice(before)
    .filter((activity) => activity.channelData?.firstline?.by === 'bot')
    .map((activity) => ({
      text: activity.text ?? '',
      buttons: (activity.suggestedActions?.actions ?? []).map((action) => action.value),
    }));
}
const last = (said: readonly Said[]) => said.at(-1) ?? { text: '', buttons: [] };

interface Opened {
  readonly state: string;
  readonly language: string;
  readonly tier: number;
  readonly skills: readonly string[];
  readonly priority: string;
  readonly packet: { readonly details: Record<string, string | null>; readonly reason: string } | null;
}
const opened = async (visitor: Visitor) =>
  (await agent.get<Opened>(`/conversations/${encodeURIComponent(visitor.conversation)}`)).body;

describe('the questions while waiting', () => {
  it('are asked, answered by words and buttons, confirmed, and stand in the packet', async () => {
    const visitor = await arrive(desk.url);
    const [queued, offer] = await talk(visitor, 'I want to talk to a person');
    expect(queued?.text).toContain('ticket number');
    expect(offer).toEqual({ text: en.offerQuestions, buttons: [en.startQuestions, en.stopWaiting] });
    expect((await opened(visitor)).state).toBe('queued');
    const os = last(await talk(visitor, en.startQuestions));
    expect(os.text).toContain('Which system?');
    expect(os.buttons).toEqual(['Windows', 'macOS', 'Other', den.skip, den.person]);
    expect(last(await talk(visitor, 'It is a Windows 11 machine')).text).toContain('How many people?');
    expect(last(await talk(visitor, 'about a dozen')).text).toContain('Since when?');
    const summary = last(await talk(visitor, '2026-01-31'));
    expect(summary.text).toContain('**System**: Windows');
    expect(summary.text).toContain('**Version**: 11');
    expect(summary.buttons).toEqual([den.thatsRight, den.somethingWrong, den.person]);
    expect(last(await talk(visitor, den.thatsRight)).text).toBe(en.passedOn);
    const { state, tier, skills, priority, packet } = await opened(visitor);
    expect({ state, tier, skills, priority }).toEqual({ state: 'queued', tier: 2, skills: ['pc'], priority: 'high' });
    expect(packet?.reason).toBe('asked');
    expect(packet?.details).toEqual({ System: 'Windows', Version: '11', People: 'about a dozen', Since: '2026-01-31' });
  });

  it('を日本語で進め、前の答えを「やっぱりMacでした」で直せる', async () => {
    const visitor = await arrive(desk.url, 'ja');
    expect(last(await talk(visitor, 'オペレーターと話したい')).buttons).toEqual([ja.startQuestions, ja.stopWaiting]);
    expect(last(await talk(visitor, ja.startQuestions)).text).toContain('OSは？');
    // A product's name is no change of language.
    expect(last(await talk(visitor, 'Windows')).text).toContain('どのWindowsですか？');
    expect(last(await talk(visitor, '10')).text).toContain('何人ですか？');
    const corrected = last(await talk(visitor, 'やっぱりMacでした'));
    expect(corrected.text).toContain(dja.corrected('OS', 'macOS'));
    expect(corrected.text).toContain('何人ですか？');
    expect(last(await talk(visitor, '五人くらい')).text).toContain('いつからですか？');
    const summary = last(await talk(visitor, '3日前から'));
    expect(summary.text).toContain('**OS**: macOS');
    expect(summary.text).not.toContain('バージョン');
    expect(last(await talk(visitor, 'はい')).text).toBe(ja.passedOn);
    const { language, packet } = await opened(visitor);
    expect(language).toBe('ja');
    const details = packet?.details ?? {};
    expect(Object.keys(details).sort()).toEqual(['OS', 'いつから', '人数'].sort());
    expect(details.いつから).toMatch(/^3日前から \(\d{4}-\d\d-\d\d\)$/);
  });

  it('may be left alone: what is written goes into the ticket', async () => {
    const visitor = await arrive(desk.url);
    await talk(visitor, 'talk to a human please');
    expect(last(await talk(visitor, 'my screen is black')).text).toContain('added');
    expect(last(await talk(visitor, en.startQuestions)).text).toContain('Which system?');
    expect((await opened(visitor)).state).toBe('queued');
  });

  it('end with the wait', async () => {
    const visitor = await arrive(desk.url);
    await talk(visitor, 'agent');
    await talk(visitor, en.startQuestions);
    expect(last(await talk(visitor, en.stopWaiting)).text).toContain('no longer waiting');
    expect((await opened(visitor)).state).toBe('bot');
  });

  it('are ended by asking for the person, who gets what was collected and what is missing', async () => {
    const second = await arrive(desk.url);
    await talk(second, 'agent');
    await talk(second, 'yes');
    await talk(second, 'macOS');
    expect(last(await talk(second, den.person)).text).toContain('added');
    expect((await opened(second)).packet?.details).toEqual({ System: 'macOS', People: null, Since: null });
  });

  it('are interrupted by a question that the FAQ answers, and led back to', async () => {
    const visitor = await arrive(desk.url);
    await talk(visitor, 'agent');
    await talk(visitor, en.startQuestions);
    const said = await talk(visitor, 'What are your opening hours?');
    expect(said.map(({ text }) => text)[0]).toBe('We are open from 9 to 18.');
    expect(last(said).text).toContain(den.backTo);
    expect(last(said).text).toContain('Which system?');
    expect(last(await talk(visitor, 'macOS')).text).toContain('How many people?');
  });

  it('can be gone back in, skipped where not required, and stopped', async () => {
    const visitor = await arrive(desk.url);
    await talk(visitor, 'agent');
    await talk(visitor, en.startQuestions);
    await talk(visitor, 'macOS');
    expect(last(await talk(visitor, 'skip')).text).toContain(den.cannotSkip);
    const back = last(await talk(visitor, den.back));
    expect(back.text).toContain(den.soFar('macOS'));
    expect(back.buttons[0]).toBe(den.keep);
    expect(last(await talk(visitor, den.keep)).text).toContain('How many people?');
    await talk(visitor, '3');
    expect(last(await talk(visitor, 'skip')).text).toContain(den.summary);
    const stopped = last(await talk(visitor, 'cancel'));
    expect(stopped.text).toContain(en.dialogStopped);
    expect((await opened(visitor)).state).toBe('queued');
    expect((await opened(visitor)).packet?.details).toEqual({ System: 'macOS', People: '3', Since: null });
  });

  it('ask politely a second and a third time, then leave it open', async () => {
    const visitor = await arrive(desk.url);
    await talk(visitor, 'agent');
    await talk(visitor, en.startQuestions);
    await talk(visitor, 'macOS');
    expect(last(await talk(visitor, 'blue')).text).toContain(den.notANumber);
    expect(last(await talk(visitor, 'green')).text).toContain(den.again);
    const open = last(await talk(visitor, 'red'));
    expect(open.text).toContain(den.leftOpen);
    expect(open.text).toContain('Since when?');
  });
});

describe('an entry’s dialog', () => {
  it('is offered when the answer did not help, and ends as solved by the answer that says so', async () => {
    const visitor = await arrive(desk.url);
    expect((await talk(visitor, 'My computer is slow'))[0]?.text).toBe('Close other programs.');
    const offer = last(await talk(visitor, 'no'));
    expect(offer).toEqual({
      text: en.offerDialog('A slow computer'),
      buttons: [en.startDialog, en.talkToPerson, en.no],
    });
    const first = last(await talk(visitor, en.startDialog));
    expect(first.text).toContain('Please restart the computer.');
    expect(first.text).toContain('Is it better now?');
    expect(last(await talk(visitor, 'yes')).text).toBe(en.glad);
    expect((await opened(visitor)).state).toBe('bot');
  });

  it('hands over with what was tried when it does not help either', async () => {
    const visitor = await arrive(desk.url, 'ja');
    await talk(visitor, 'パソコンが遅い');
    await talk(visitor, 'いいえ');
    await talk(visitor, ja.startDialog);
    expect(last(await talk(visitor, 'いいえ')).text).toContain('**再起動で改善**: いいえ');
    expect(last(await talk(visitor, 'はい')).text).toContain('受付番号');
    expect((await opened(visitor)).packet).toMatchObject({ reason: 'not-helped', details: { 再起動で改善: 'いいえ' } });
  });
});

describe('an edit of a dialog', () => {
  const begin = async () => {
    const visitor = await arrive(desk.url);
    await talk(visitor, 'agent');
    await talk(visitor, en.startQuestions);
    await talk(visitor, 'macOS');
    return visitor;
  };
  const ready = async () =>
    (await call<{ dialogs: { dialogs: number; problems: string[] } }>(`${desk.url}/readyz`)).body.dialogs;

  it('G10 leaves those who are in it on the version they began; others get the new one within two seconds', async () => {
    const visitor = await begin();
    await writeFile(join(dialogs, 'collect.yaml'), short.replace('How many people?', 'Count the people.'));
    await until(async () => {
      const other = await arrive(desk.url);
      await talk(other, 'agent');
      await talk(other, en.startQuestions);
      return last(await talk(other, 'macOS')).text.includes('Count the people.');
    }, 'the edit is served');
    expect(last(await talk(visitor, 'blue')).text).toContain('How many people?');
  });

  it('that is broken keeps the last good version and says why at /readyz and in the console', async () => {
    await writeFile(join(dialogs, 'collect.yaml'), short.replace("os == 'windows'", "os == 'window'"));
    const { problems } = await until(async () => {
      const found = await ready();
      return found.problems.length > 0 && found;
    }, 'the problem is shown');
    expect(problems).toEqual([
      `${join(dialogs, 'collect.yaml')}:18:17: when: step "os" has no choice 'window'; did you mean 'windows'?`,
    ]);
    expect((await agent.get<{ problems: string[] }>('/status')).body.problems).toEqual(problems);
    expect(last(await talk(await begin(), '3')).text).toContain('Since when?');
  });

  it('that a restart falls into leads on with the answers kept', async () => {
    const visitor = await begin();
    await writeFile(join(dialogs, 'collect.yaml'), short.replace('How many people?', 'Count the people.'));
    await restart();
    const said = await talk(visitor, 'blue');
    expect(said.map(({ text }) => text).join('\n')).toContain(den.edited);
    expect(last(said).text).toContain('Count the people.');
    expect(last(await talk(visitor, '4')).text).toContain('Since when?');
  });

  it('that a restart falls into and that removed it leaves its visitor waiting for the person', async () => {
    const visitor = await begin();
    await unlink(join(dialogs, 'collect.yaml'));
    await restart();
    expect(last(await talk(visitor, '3')).text).toContain('added');
    expect((await opened(visitor)).state).toBe('queued');
  });
});

describe('the shipped questions', () => {
  it('are known without a fault, and two sentences spare four of them', async () => {
    await writeFile(join(dialogs, 'collect.yaml'), await readFile(shipped, 'utf8'));
    await until(async () => {
      const visitor = await arrive(desk.url, 'ja');
      await talk(visitor, 'オペレーターと話したい');
      await talk(visitor, 'Windows 11のノートPCでOutlookが固まります。自宅からです');
      const said = last(await talk(visitor, ja.startQuestions));
      return (
        said.text.includes('対象: メール・予定表') &&
        said.text.includes('Windowsのバージョン: Windows 11') &&
        said.text.includes('接続: 自宅の回線') &&
        said.text.includes('何が起きましたか')
      );
    }, 'four answers are taken from what was said');
  });
});
