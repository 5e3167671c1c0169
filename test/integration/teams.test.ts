import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appId, type Connector, startConnector } from '../support/connector.ts';
import { type AgentSession, call, signIn, startDesk, type TestDesk } from '../support/desk.ts';
import { fewFaq } from '../support/faqs.ts';
import { until } from '../support/wait.ts';

let connector: Connector;
let desk: TestDesk;
let agent: AgentSession;
let number = 0;

beforeAll(async () => {
  connector = await startConnector();
  desk = await startDesk({
    env: { FAQ_DIR: fewFaq, MicrosoftAppId: appId, MicrosoftAppPassword: 'secret' },
    authentication: connector.authentication,
  });
  agent = await signIn(desk.url);
});
afterAll(async () => {
  await desk.stop();
  await connector.close();
});
beforeEach(() => {
  connector.received.length = 0;
});

/** A Teams-shaped activity of a personal chat. */
function activity(conversation: string, text: string, id = `m-${++number}`) {
  return {
    type: 'message',
    id,
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: { id: '29:user', name: 'Hanako', aadObjectId: 'aad' },
    recipient: { id: `28:${appId}`, name: 'firstline' },
    conversation: { conversationType: 'personal', tenantId: 'tenant', id: conversation },
    locale: 'ja-JP',
    text,
    channelData: { tenant: { id: 'tenant' } },
  };
}

async function send(body: object, token?: string): Promise<number> {
  const headers = { authorization: `Bearer ${token ?? (await connector.token())}` };
  return (await call(`${desk.url}/api/messages`, { method: 'POST', body, headers })).status;
}

const texts = () => connector.received.map((received) => received.text ?? '');

describe('a Teams conversation', () => {
  it('D1 runs end to end: question, answer, hand-off, an agent’s message, resolution', async () => {
    const conversation = 'a:teams-story';
    expect(await send(activity(conversation, 'パスワードを忘れました'))).toBe(200);
    await until(() => texts().some((text) => text.includes('解決しましたか')), 'the answer and its question');
    expect(texts()[0]).toContain('パスワード');
    expect(await send(activity(conversation, 'オペレーターと話したい'))).toBe(200);
    const queued = await until(() => texts().find((text) => text.includes('T-0')), 'the ticket number');
    const ticket = /T-\d{6}/.exec(queued)?.[0];

    const waiting = await agent.get<{ items: { id: string; ticket: string }[] }>('/conversations?view=waiting');
    const item = waiting.body.items.find((one) => one.ticket === ticket);
    expect(item).toBeDefined();
    const path = `/conversations/${encodeURIComponent(item?.id ?? '')}`;
    const claimed = await agent.post<{ epoch: number }>(`${path}/claim`);
    expect(claimed.status).toBe(200);
    const said = await agent.post(`${path}/messages`, {
      text: '担当の者です。',
      epoch: claimed.body.epoch,
      clientId: 'c-1',
    });
    expect(said.status).toBe(201);
    await until(() => texts().some((text) => text.includes('担当の者です。')), 'the agent’s message');
    const spoken = connector.received.length;
    expect(await send(activity(conversation, 'ありがとうございます'))).toBe(200);
    expect((await agent.post(`${path}/resolve`, { code: 'solved', summary: '再設定した' })).status).toBe(200);
    await until(() => texts().some((text) => text.includes('終了')), 'the notice of the resolution');
    // While the person had it the bot said nothing: one notice is all that came after the agent's words.
    expect(connector.received.length).toBe(spoken + 1);
  });

  it('T3 gives one turn for the same activity three times, and three at once', async () => {
    const same = activity('a:teams-again', 'プリンターが印刷できません', 'same-id');
    expect(await Promise.all([send(same), send(same), send(same)])).toEqual([200, 200, 200]);
    expect(await send(same)).toBe(200);
    await until(() => texts().length >= 2, 'the answer');
    const log = await agent.get<{ timeline: { type: string; by: { role: string } }[] }>(
      '/conversations/msteams%3Aa%3Ateams-again',
    );
    expect(log.body.timeline.filter((entry) => entry.type === 'message' && entry.by.role === 'visitor')).toHaveLength(
      1,
    );
  });

  it('D7 is refused with 401, and has no turn, when the token does not hold', async () => {
    const body = activity('a:teams-forged', 'hello');
    expect(await send(body, await connector.token({ foreignKey: true }))).toBe(401);
    expect(await send(body, await connector.token({ audience: 'somebody-else' }))).toBe(401);
    expect(await send(body, await connector.token({ issuer: 'https://evil.example' }))).toBe(401);
    expect(await send(body, await connector.token({ serviceUrl: 'https://evil.example' }))).toBe(401);
    expect(await send(body, 'nonsense')).toBe(401);
    expect((await call(`${desk.url}/api/messages`, { method: 'POST', body })).status).toBe(401);
    expect((await agent.get('/conversations/msteams%3Aa%3Ateams-forged')).status).toBe(404);
  });

  it('D1 D4 gets every reply in order, once, though the channel fails for a while', async () => {
    connector.refuse(502, 2);
    expect(await send(activity('a:teams-outage', 'パスワードを忘れました'))).toBe(200);
    await until(() => texts().some((text) => text.includes('解決しましたか')), 'the replies after the outage', 20_000);
    expect(texts()).toHaveLength(2);
    expect(texts()[1]).toContain('解決しましたか');
    const { body } = await agent.get<{ timeline: { version: number; type: string }[] }>(
      '/conversations/msteams%3Aa%3Ateams-outage',
    );
    expect(body.timeline.filter((entry) => entry.type === 'delivery-failed')).toHaveLength(2);
    expect(body.timeline.map((entry) => entry.version)).toEqual(body.timeline.map((_, i) => i + 1));
  });
});

describe('files of a Teams conversation', () => {
  interface Entry {
    readonly type: string;
    readonly attachments?: readonly { name?: string; contentType: string; contentUrl?: string; refused?: string }[];
    readonly finding?: { readonly groups: readonly { readonly message: string }[] };
  }
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const timeline = async (conversation: string): Promise<Entry[]> =>
    (await agent.get<{ timeline: Entry[] }>(`/conversations/${encodeURIComponent(`msteams:${conversation}`)}`)).body
      .timeline;
  const withFiles = (conversation: string, attachments: object[]) => ({ ...activity(conversation, ''), attachments });
  const shared = (name: string, downloadUrl: string) => ({
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    name,
    content: { downloadUrl, uniqueId: 'u', fileType: 'log' },
  });

  it('V12 are fetched with the bot’s token, kept, shown to agents, and logs among them are looked at', async () => {
    connector.files.set('/files/picture', png);
    connector.files.set(
      '/files/app.log',
      Buffer.from('2026-01-05T09:00:00Z ERROR disk is full password=hunter2\n'.repeat(5)),
    );
    const sent = withFiles('a:files', [
      { contentType: 'image/*', contentUrl: `${connector.url}/files/picture` },
      shared('app.log', `${connector.url}/files/app.log`),
      { contentType: 'text/html', content: '<p>words</p>' },
    ]);
    expect([await send(sent), await send(sent)]).toEqual([200, 200]);
    expect(connector.asked).toEqual(['/files/picture', '/files/app.log']);
    const [message] = (await timeline('a:files')).filter(({ attachments }) => attachments);
    expect(message?.attachments).toMatchObject([
      { contentType: 'image/png', contentUrl: expect.stringContaining('/console/api/') },
      { name: 'app.log', contentType: 'text/plain', contentUrl: expect.stringContaining('/console/api/') },
      { contentType: 'text/html' },
    ]);
    const files = (message?.attachments ?? []).flatMap(({ contentUrl }) => contentUrl ?? []);
    const [picture, log] = await Promise.all(
      files.map(async (url) =>
        Buffer.from(await (await fetch(new URL(url, desk.url), { headers: { cookie: agent.cookie } })).arrayBuffer()),
      ),
    );
    expect(picture).toEqual(png);
    expect(log?.toString()).toContain('disk is full');
    expect(log?.toString()).not.toContain('hunter2');
    const looked = await until(
      async () => (await timeline('a:files')).find(({ type }) => type === 'analysed'),
      'the log to be looked at',
    );
    expect(JSON.stringify(looked.finding)).toContain('disk is full');
  });

  it('V12 are refused, and their sender told so, where they are gone or at an address that a message must not choose', async () => {
    connector.asked.length = 0;
    const inner = shared('secret.txt', 'http://169.254.169.254/latest/meta-data');
    const own = shared('own.txt', `${desk.url}/healthz`);
    expect(await send(withFiles('a:gone', [inner, own, shared('gone.txt', `${connector.url}/files/none`)]))).toBe(200);
    expect(connector.asked).toEqual(['/files/none']);
    const [message] = (await timeline('a:gone')).filter(({ attachments }) => attachments);
    expect(message?.attachments?.map(({ name, refused }) => [name, refused])).toEqual([
      ['secret.txt', 'gone'],
      ['own.txt', 'gone'],
      ['gone.txt', 'gone'],
    ]);
    await until(() => texts().filter((text) => text.includes('受け取れませんでした')).length === 3, 'three refusals');
  });

  it('V12 of a sender whose token does not hold are not asked for', async () => {
    connector.asked.length = 0;
    const forged = withFiles('a:forged-files', [shared('x', `${connector.url}/files/picture`)]);
    expect(await send(forged, await connector.token({ foreignKey: true }))).toBe(401);
    expect(connector.asked).toEqual([]);
  });
});

describe('without an app id', () => {
  it('D7 /api/messages is refused with a clear error', async () => {
    const closed = await startDesk();
    const answer = await call<{ code: string; message: string }>(`${closed.url}/api/messages`, {
      method: 'POST',
      body: activity('a:x', 'hi'),
    });
    expect(answer.status).toBe(403);
    expect(answer.body.message).toContain('MicrosoftAppId');
    await closed.stop();
  });
});
