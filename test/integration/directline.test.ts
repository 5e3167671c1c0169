import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { arrive, call, startDesk, type TestDesk, type WireActivity } from '../support/desk.ts';
import { fewFaq } from '../support/faqs.ts';
import { until } from '../support/wait.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await startDesk({
    env: { FAQ_DIR: fewFaq, DIRECT_LINE_SECRET: 'a-secret-of-sixteen', ALLOWED_ORIGINS: 'https://shop.example' },
  });
});
afterAll(() => desk.stop());

interface Frame {
  readonly activities: readonly (WireActivity & { value?: Record<string, unknown>; name?: string })[];
  readonly watermark?: string;
}

/** A visitor's socket that keeps what it is sent. */
function listen(url: string): { frames: Frame[]; socket: WebSocket; texts(): string[] } {
  const frames: Frame[] = [];
  const socket = new WebSocket(url);
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  return {
    frames,
    socket,
    texts: () => frames.flatMap((frame) => frame.activities.flatMap((activity) => activity.text ?? [])),
  };
}

const streamOf = async (token: string, conversation: string, watermark = '') =>
  (
    await call<{ streamUrl: string; token: string }>(
      `${desk.url}/v3/directline/conversations/${conversation}?watermark=${watermark}`,
      {
        headers: { authorization: `Bearer ${token}` },
      },
    )
  ).body;

describe('Direct Line', () => {
  it('V1 greets on arrival, in the visitor’s language, and says that it is a bot', async () => {
    expect((await (await arrive(desk.url, 'ja-JP')).texts())[0]).toContain('ボット');
    expect((await (await arrive(desk.url, 'en-GB')).texts())[0]).toContain('bot');
  });

  it('answers a question in the language it was asked in', async () => {
    const visitor = await arrive(desk.url, 'en');
    await visitor.say('パスワードを忘れました');
    expect((await visitor.texts()).slice(-1)).toEqual(['これで解決しましたか？']);
  });

  it('T3 gives the same clientActivityID one effect and one id, even twenty at once', async () => {
    const visitor = await arrive(desk.url);
    const posts = await Promise.all(Array.from({ length: 20 }, () => visitor.say('my printer does not print', 'same')));
    expect(new Set(posts.map((post) => post.id)).size).toBe(1);
    expect(posts.every((post) => post.status === 200)).toBe(true);
    const own = (await visitor.activities()).filter((activity) => activity.channelData?.clientActivityID === 'same');
    expect(own).toHaveLength(1);
    expect(own[0]?.id).toBe(posts[0]?.id);
  });

  it('T1 keeps every one of fifty messages sent at once, in one order without gaps', async () => {
    const visitor = await arrive(desk.url);
    const ids = Array.from({ length: 50 }, (_, i) => `burst-${i}`);
    await Promise.all(ids.map((id) => visitor.say(`printer ${id}`, id)));
    const activities = await visitor.activities();
    expect(new Set(activities.flatMap((activity) => activity.channelData?.clientActivityID ?? []))).toEqual(
      new Set(ids),
    );
    expect(activities.map((activity) => activity.id)).toEqual([...activities.map((activity) => activity.id)].sort());
  });

  it('V2 does not let one visitor read or write another’s conversation', async () => {
    const [one, other] = [await arrive(desk.url), await arrive(desk.url)];
    const headers = { authorization: `Bearer ${other.token}` };
    expect((await call(`${one.base}/activities`, { headers })).status).toBe(403);
    expect(
      (await call(`${one.base}/activities`, { method: 'POST', body: { type: 'message', text: 'x' }, headers })).status,
    ).toBe(403);
    expect((await call(one.base, { headers })).status).toBe(403);
    expect((await call(`${one.base}/upload`, { method: 'POST', headers })).status).toBe(403);
    expect((await call(`${one.base}/activities`)).status).toBe(401);
    expect((await call(`${one.base}/activities`, { headers: { authorization: 'Bearer nonsense' } })).status).toBe(403);
    const { socket } = listen(
      `${desk.url.replace('http', 'ws')}/v3/directline/conversations/${one.conversation}/stream?t=${other.token}`,
    );
    expect(
      await new Promise((resolve) =>
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode)),
      ),
    ).toBe(403);
    socket.on('error', () => {});
  });

  it('V3 takes the sender from the token, whatever the body says', async () => {
    const visitor = await arrive(desk.url);
    const body = { type: 'message', text: 'hello', from: { id: 'somebody-else', role: 'bot' } };
    await call(`${visitor.base}/activities`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${visitor.token}` },
    });
    const posted = (await visitor.activities()).find((activity) => activity.text === 'hello');
    expect(posted?.from).toMatchObject({ role: 'user' });
    expect(posted?.from.id).not.toBe('somebody-else');
  });

  it('V3 takes them from it also in the message that opens the conversation', async () => {
    const session = await call<{ token: string; conversationId: string; userId: string }>(
      `${desk.url}/widget/session`,
      {
        method: 'POST',
        body: { locale: 'en' },
      },
    );
    const headers = { authorization: `Bearer ${session.body.token}` };
    const activities = `${desk.url}/v3/directline/conversations/${session.body.conversationId}/activities`;
    const body = { type: 'message', text: 'hello', from: { id: 'somebody-else', role: 'bot' } };
    expect((await call(activities, { method: 'POST', body, headers })).status).toBe(200);
    const seen = await call<{ activities: WireActivity[] }>(activities, { headers });
    const posted = seen.body.activities.find((activity) => activity.text === 'hello');
    expect(posted?.from).toMatchObject({ id: session.body.userId, role: 'user' });
  });

  it('V4 streams what happens, and on reconnect everything after the watermark', async () => {
    const visitor = await arrive(desk.url);
    const line = await streamOf(visitor.token, visitor.conversation);
    const first = listen(line.streamUrl);
    await until(() => first.texts().length > 0, 'the greeting');
    await visitor.say('my printer does not print');
    await until(() => first.texts().includes('Did that help?'), 'the answer');
    const watermark = first.frames.findLast((frame) => frame.watermark)?.watermark ?? '';
    first.socket.close();
    await visitor.say('no');
    const again = listen((await streamOf(line.token, visitor.conversation, watermark)).streamUrl);
    await until(() => again.texts().some((text) => text.includes('sorry')), 'what came meanwhile');
    expect(again.texts()[0]).toBe('no');
    again.socket.close();
  });

  it('V6 tells those who wait their place, and again when it moves', async () => {
    const [one, two] = [await arrive(desk.url), await arrive(desk.url)];
    await one.say('talk to a person');
    await two.say('talk to a person');
    const stream = listen((await streamOf(two.token, two.conversation)).streamUrl);
    const place = () =>
      stream.frames.flatMap((frame) => frame.activities).findLast((activity) => activity.name === 'firstline/state')
        ?.value;
    const before = await until(() => (place()?.phase === 'queued' ? place() : undefined), 'the place in the queue');
    await one.say('stop waiting');
    await until(() => Number(place()?.position) === Number(before.position) - 1, 'the better place');
    expect(place()).toMatchObject({ ticket: expect.stringMatching(/^T-\d{6}$/), agent: null });
    stream.socket.close();
    await two.say('stop waiting');
  });

  it('tells who polls where the conversation stands, if asked', async () => {
    const visitor = await arrive(desk.url);
    await visitor.say('talk to a person');
    const headers = { authorization: `Bearer ${visitor.token}` };
    const { body } = await call<Frame>(`${visitor.base}/activities?state=1&watermark=`, { headers });
    expect(body.activities.at(-1)).toMatchObject({
      name: 'firstline/state',
      value: { phase: 'queued', position: expect.any(Number) },
    });
    expect((await visitor.activities()).some((activity) => activity.type === 'event')).toBe(false);
    await visitor.say('stop waiting');
  });

  it('V9 echoes typing without a watermark', async () => {
    const visitor = await arrive(desk.url);
    const stream = listen((await streamOf(visitor.token, visitor.conversation)).streamUrl);
    await until(() => stream.frames.length > 0, 'the stream');
    const body = { type: 'typing', channelData: { clientActivityID: 'typing-1' } };
    const headers = { authorization: `Bearer ${visitor.token}` };
    const posted = await call<{ id: string }>(`${visitor.base}/activities`, { method: 'POST', body, headers });
    const echo = await until(
      () => stream.frames.find((frame) => frame.activities.some((activity) => activity.type === 'typing')),
      'the echo',
    );
    expect(echo.watermark).toBeUndefined();
    expect(echo.activities[0]).toMatchObject({ id: posted.body.id, channelData: { clientActivityID: 'typing-1' } });
    stream.socket.close();
  });

  it('V7 takes files, calls them what they are, and gives them to nobody else', async () => {
    const visitor = await arrive(desk.url);
    const form = new FormData();
    form.append(
      'activity',
      new Blob([JSON.stringify({ type: 'message', text: 'see file', channelData: { clientActivityID: 'up-1' } })]),
    );
    form.append('file', new Blob(['<svg onload="alert(1)"></svg>'], { type: 'image/png' }), 'picture.png');
    const headers = { authorization: `Bearer ${visitor.token}` };
    const uploaded = await fetch(`${visitor.base}/upload?userId=x`, { method: 'POST', body: form, headers });
    expect(uploaded.status).toBe(200);
    const message = (await visitor.activities()).find((activity) => activity.attachments);
    expect(message?.text).toBe('see file');
    const attachment = message?.attachments?.[0];
    expect(attachment?.contentType).toBe('text/plain');
    const file = await fetch(attachment?.contentUrl ?? '');
    expect(await file.text()).toContain('<svg');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    const other = await arrive(desk.url);
    const bare = (attachment?.contentUrl ?? '').split('?')[0] ?? '';
    expect((await fetch(bare, { headers: { authorization: `Bearer ${other.token}` } })).status).toBe(403);
    expect((await fetch(bare)).status).toBe(401);
  });

  it('V8 refuses what is too large or no activity, and says why', async () => {
    const visitor = await arrive(desk.url);
    const headers = { authorization: `Bearer ${visitor.token}` };
    const large = await call<{ message: string }>(`${visitor.base}/activities`, {
      method: 'POST',
      body: { type: 'message', text: 'x'.repeat(300_000) },
      headers,
    });
    expect(large.status).toBe(413);
    expect(large.body.message).toContain('256 KB');
    const odd = await call<{ message: string }>(`${visitor.base}/activities`, {
      method: 'POST',
      body: { type: 'party' },
      headers,
    });
    expect(odd.status).toBe(400);
    expect(odd.body.message).toContain('type');
    const broken = await fetch(`${visitor.base}/activities`, { method: 'POST', body: '{', headers });
    expect(broken.status).toBe(400);
  });

  it('serves the secret’s holder: tokens for any visitor', async () => {
    const generated = await call<{ token: string; conversationId: string }>(
      `${desk.url}/v3/directline/tokens/generate`,
      {
        method: 'POST',
        body: { user: { id: 'crm-7' } },
        headers: { authorization: 'Bearer a-secret-of-sixteen' },
      },
    );
    expect(generated.status).toBe(200);
    const headers = { authorization: `Bearer ${generated.body.token}` };
    await call(`${desk.url}/v3/directline/conversations`, { method: 'POST', body: {}, headers });
    const base = `${desk.url}/v3/directline/conversations/${generated.body.conversationId}`;
    await call(`${base}/activities`, { method: 'POST', body: { type: 'message', text: 'hi' }, headers });
    const { body } = await call<{ activities: WireActivity[] }>(`${base}/activities`, { headers });
    expect(body.activities.find((activity) => activity.text === 'hi')?.from.id).toBe('crm-7');
  });

  it('V10 permits the origins that are allowed, and no other', async () => {
    const from = async (origin: string) =>
      (await fetch(`${desk.url}/widget/session`, { method: 'POST', body: '{}', headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await from('https://shop.example')).toBe('https://shop.example');
    expect(await from('https://evil.example')).toBeNull();
    const preflight = await fetch(`${desk.url}/v3/directline/conversations`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-ms-bot-agent');
  });
});
