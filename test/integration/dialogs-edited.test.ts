/** A dialog edited while somebody is in it: across a kill -9, and on another process of the desk. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { dialogTexts } from '../../src/dialogs/texts.ts';
import { arrive, call, type Visitor } from '../support/desk.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { type RunningService, startService } from '../support/service.ts';

const t = texts.en;
const d = dialogTexts.en;

const first = `id: collect-environment
title: {en: Questions, ja: 質問}
steps:
  - id: os
    label: {en: System, ja: OS}
    ask: {en: Which system?, ja: OSは？}
    type: choice
    choices:
      - {value: windows, label: {en: Windows, ja: Windows}}
      - {value: macos, label: {en: macOS, ja: macOS}}
  - id: people
    label: {en: People, ja: 人数}
    ask: {en: How many people?, ja: 何人ですか？}
    type: number
  - id: since
    label: {en: Since, ja: いつから}
    ask: {en: Since when?, ja: いつからですか？}
    type: text
end: {then: handoff}
`;
/** Another wording, and a step before the one that is being asked. */
const second = first
  .replace('How many people?', 'Count the people.')
  .replace(
    '  - id: people',
    '  - id: room\n    ask: {en: Which room?, ja: どの部屋？}\n    type: text\n  - id: people',
  );

/** A short FAQ, learnt at once. */
const hours = `topic: service
entries:
  - id: hours
    questions: {en: [What are your opening hours?, When are you open?]}
    answer: {en: We are open from 9 to 18.}
`;

let directory: string;
let services: RunningService[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firstline-edited-'));
});
afterEach(async () => {
  await Promise.all(services.map((service) => service.stop()));
  services = [];
  await rm(directory, { recursive: true, force: true });
});

/** A process with its own copy of the dialogs, as on a machine of its own. */
async function launch(name: string, env: Readonly<Record<string, string>> = {}) {
  const dialogs = join(directory, name);
  await mkdir(dialogs);
  const write = (text: string) => writeFile(join(dialogs, 'questions.yaml'), text);
  await write(first);
  const faq = join(dialogs, '..', `faq-of-${name}`);
  await mkdir(faq);
  await writeFile(join(faq, 'faq.yaml'), hours);
  const service = await startService({ env: { LOG_LEVEL: 'warn', DIALOGS_DIR: dialogs, FAQ_DIR: faq, ...env } });
  services.push(service);
  return { service, write };
}

/** Says something and gives what the bot said to it. */
async function talk(visitor: Visitor, text: string): Promise<string> {
  const before = (await visitor.activities()).length;
  expect((await visitor.say(text)).status).toBe(200);
  const after = await visitor.activities();
  return after
    .slice(before)
    .filter((activity) => activity.channelData?.firstline?.by === 'bot')
    .map((activity) => activity.text ?? '')
    .join('\n');
}

async function waitingFor(visitor: Visitor): Promise<void> {
  await talk(visitor, 'agent');
  expect(await talk(visitor, t.startQuestions)).toContain('Which system?');
}

/** The same visitor, whose next message comes in at another process. */
const at = (visitor: Visitor, service: RunningService): Visitor => {
  const base = `${service.url}/v3/directline/conversations/${visitor.conversation}`;
  const headers = { authorization: `Bearer ${visitor.token}` };
  const activities = async (watermark = 0) =>
    (
      await call<{ activities: Awaited<ReturnType<Visitor['activities']>> }>(
        `${base}/activities?watermark=${watermark}`,
        { headers },
      )
    ).body.activities;
  return {
    ...visitor,
    base,
    activities,
    texts: async () => (await activities()).map((activity) => activity.text ?? ''),
    say: async (text) => {
      const body = { type: 'message', text, locale: 'en' };
      const posted = await call<{ id: string }>(`${base}/activities`, { method: 'POST', body, headers });
      return { status: posted.status, id: posted.body.id };
    },
  };
};

describe('a dialog edited while somebody is in it', () => {
  it('G10 after a kill -9 is gone on with in its new form: the visitor is told, and keeps every answer', async () => {
    const { service, write } = await launch('one');
    const visitor = await arrive(service.url);
    await waitingFor(visitor);
    await talk(visitor, 'macOS');
    await service.kill9();
    await write(second);
    await service.start();
    const led = await talk(visitor, '3');
    expect(led).toContain(d.edited);
    expect(led).toContain('Which room?');
    expect(await talk(visitor, 'Room 12')).toContain('Count the people.');
    expect(await talk(visitor, '4')).toContain('Since when?');
    const summary = await talk(visitor, 'yesterday');
    for (const line of ['**System**: macOS', '**Which room?**: Room 12', '**People**: 4'])
      expect(summary).toContain(line);
  });
});

describe.skipIf(!hasRedis)('a dialog edited on one process of a desk before the other', () => {
  let redis: RedisProcess;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    await redis.stop();
  });

  it('G10 leads its visitor on, whichever process the next message comes to', async () => {
    const env = { REDIS_URL: redis.url };
    const [old, edited] = await Promise.all([launch('old', env), launch('edited', env)]);
    await edited.service.kill9();
    await edited.write(second);
    await edited.service.start();
    const visitor = await arrive(old.service.url);
    await waitingFor(visitor);
    await talk(visitor, 'macOS');
    const there = at(visitor, edited.service);
    expect(await talk(there, '3')).toContain('Which room?');
    expect(await talk(there, 'Room 12')).toContain('Count the people.');
    // Back on the process that has not seen the edit: its form, nothing asked twice, and the room not forgotten.
    const back = await talk(visitor, '4');
    expect(back).toContain(d.edited);
    expect(back).toContain('Since when?');
    const summary = await talk(there, 'yesterday');
    for (const line of ['**System**: macOS', '**Which room?**: Room 12', '**People**: 4'])
      expect(summary).toContain(line);
  });
});
