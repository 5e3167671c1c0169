/** A case on its way to a team outside the desk and back, with that team's system as a real HTTP server. */
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { type AgentSession, arrive, signIn, startDesk, type TestDesk, type Visitor } from '../support/desk.ts';
import { fewFaq } from '../support/faqs.ts';
import { until } from '../support/wait.ts';

const secret = Buffer.from('a secret of thirty-two characters').toString('base64');
const { en } = texts;

interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

let server: Server;
let received: Received[];
let answers: number[];
let directory: string;
let desk: TestDesk;
let visitor: Visitor;
let agent: AgentSession;
/** The visitor's. */
let ticket: string;

/** By hand, as standardwebhooks.com says it: not by the library under test. */
const signature = (id: string, timestamp: string, body: string) =>
  `v1,${createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64')}`;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body });
      // restify, in the same process, gives every response a writeHead of its own that returns nothing.
      response.statusCode = answers.shift() ?? 204;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  directory = await mkdtemp(join(tmpdir(), 'firstline-teams-'));
  const file = join(directory, 'desk.yaml');
  await writeFile(
    file,
    `escalation:
  repair:
    fields:
      - {id: model, label: {ja: 機種, en: Model}, type: text, required: true}
      - {id: serial, label: {ja: 製造番号, en: Serial number}, type: text, required: true}
    webhook: {url: "http://127.0.0.1:${port}/hook", secret: TEST_REPAIR_SECRET}
  field:
    fields: []
    webhook: {url: "http://127.0.0.1:${port}/hook", secret: TEST_MISTYPED_SECRET}
`,
  );
  process.env.TEST_REPAIR_SECRET = secret;
  process.env.TEST_MISTYPED_SECRET = 'no base64!';
  desk = await startDesk({ env: { FAQ_DIR: fewFaq, DESK_FILE: file } });
  agent = await signIn(desk.url);
});

beforeEach(async () => {
  received = [];
  answers = [];
  visitor = await arrive(desk.url, 'en');
  await visitor.say(en.talkToPerson);
  const claimed = await agent.post(`/conversations/${visitor.conversation}/claim`, {});
  expect(claimed.status).toBe(200);
  ticket = String((await agent.get(`/conversations/${visitor.conversation}`)).body.ticket);
});

/** What a test leaves with the agent counts against the agent's capacity in the next. */
afterEach(async () => {
  await agent.post(`/conversations/${visitor.conversation}/release`, {});
});

afterAll(async () => {
  await desk.stop();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true, force: true });
  delete process.env.TEST_REPAIR_SECRET;
  delete process.env.TEST_MISTYPED_SECRET;
});

const escalate = (fields: Record<string, string> = { model: 'X1', serial: '42' }) =>
  agent.post(`/conversations/${visitor.conversation}/escalate`, { to: 'repair', reason: 'broken hinge', fields });

const said = async () => (await visitor.activities()).map(({ text }) => text ?? '');

async function update(body: object, { id = randomUUID() as string, signed = true, to = ticket, age = 0 } = {}) {
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1_000) - age);
  const response = await fetch(`${desk.url}/tickets/${to}/updates`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signed ? signature(id, timestamp, text) : 'v1,bm90IHRoZSBzaWduYXR1cmU=',
    },
    body: text,
  });
  return response.status;
}

describe('a case for the repair team', () => {
  it('X3 is refused without its fields, by name, and nothing is sent', async () => {
    const refused = await escalate({ model: 'X1' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid', missing: ['serial'] } });
    expect(received).toEqual([]);
  });

  it('X5 reaches its system signed, whole, and again under the same id until it is taken', async () => {
    answers = [500];
    expect((await escalate()).status).toBe(200);
    await until(() => received.length === 2, 'the second attempt', 15_000);
    const [first, second] = received as [Received, Received];
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    const { 'webhook-id': id = '', 'webhook-timestamp': at = '', 'webhook-signature': given } = second.headers;
    expect(given).toBe(signature(id, at, second.body));
    expect(JSON.parse(second.body)).toMatchObject({
      type: 'ticket.escalated',
      data: {
        ticket,
        to: 'repair',
        reason: 'broken hinge',
        fields: { model: 'X1', serial: '42' },
        packet: { reason: 'asked' },
        timeline: expect.arrayContaining([expect.objectContaining({ type: 'escalated' })]),
      },
    });
    const shown = () =>
      agent.get<{ case: { outbox: unknown[] }; state: string }>(`/conversations/${visitor.conversation}`);
    await until(async () => (await shown()).body.case.outbox.length === 0, 'the outbox is empty');
    expect((await shown()).body.state).toBe('outside');
    expect(await said()).toContain(en.escalated(ticket, 'repair'));
  });

  it('X5 is a dead letter where its system says it is gone, and is sent again on a press', async () => {
    answers = [410];
    await escalate();
    const letters = () => agent.get<{ items: { message: string; reason: string }[] }>('/dead-letters');
    await until(async () => (await letters()).body.items.length === 1, 'a dead letter');
    const [letter] = (await letters()).body.items;
    expect(letter?.reason).toBe('HTTP 410');
    await agent.post(`/conversations/${visitor.conversation}/messages-out/${letter?.message}/retry`, {});
    await until(() => received.length === 2, 'it is sent again');
    expect((await letters()).body.items).toEqual([]);
  });

  it('X5 is a dead letter that says so where the secret cannot be one', async () => {
    await agent.post(`/conversations/${visitor.conversation}/escalate`, { to: 'field', reason: 'on site', fields: {} });
    const reasons = async () =>
      (await agent.get<{ items: { reason: string }[] }>('/dead-letters')).body.items.map(({ reason }) => reason);
    await until(async () => (await reasons()).length === 1, 'a dead letter');
    expect(await reasons()).toEqual(['TEST_MISTYPED_SECRET is not base64']);
    expect(received).toEqual([]);
  });

  it('X4 is heard of in the chat, once for each signed update, and comes back to the desk', async () => {
    await escalate();
    const id = randomUUID();
    const news = { status: 'in-progress', text: 'The part is on its way.' };
    expect(await update(news, { id })).toBe(204);
    expect(await update(news, { id })).toBe(204);
    expect((await said()).filter((text) => text.includes('on its way'))).toHaveLength(1);
    expect(await update({ status: 'done', text: 'Repaired.' })).toBe(204);
    const { body } = await agent.get<{ state: string }>(`/conversations/${visitor.conversation}`);
    expect(body.state).toBe('queued');
  });

  it('X6 hears nobody whose signature does not hold, or is old, and says what else is wrong', async () => {
    await escalate();
    const news = { status: 'done', text: 'x' };
    expect(await update(news, { signed: false })).toBe(401);
    expect(await update(news, { age: 600 })).toBe(401);
    expect(await update(news, { to: 'T-000999' })).toBe(404);
    expect(await update({ status: 'exploded' })).toBe(422);
    expect(await update(news, { id: 'x'.repeat(201) })).toBe(422);
    expect((await agent.get<{ state: string }>(`/conversations/${visitor.conversation}`)).body.state).toBe('outside');
  });

  it('X11 takes no flood of updates for one ticket, and says when to go on; nobody without a signature uses it up', async () => {
    await escalate();
    const news = { status: 'in-progress', text: 'still at it' };
    for (let n = 0; n < 20; n++) expect(await update(news, { signed: false })).toBe(401);
    const answers = [];
    for (let n = 0; n < 12; n++) answers.push(await update(news));
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 204), 429, 429]);
    expect((await said()).filter((text) => text.includes(news.text))).toHaveLength(10);
  });

  it('is told by the visitor what is for the team, and the bot goes on answering', async () => {
    await escalate();
    await visitor.say('the hinge got worse');
    expect(await said()).toContain(en.withTeam(ticket));
    await visitor.say('I forgot my password');
    expect((await said()).at(-1)).toBe(en.helped);
  });
});

describe('a case that came by phone', () => {
  it('waits under a number of its own, once for each request', async () => {
    const call_ = { channel: 'phone', customer: { name: 'Hana Sato' }, subject: 'Printer smokes', clientId: 'call-1' };
    const first = await agent.post<{ id: string; ticket: string }>('/tickets', call_);
    expect(first).toMatchObject({ status: 201, body: { subject: 'Printer smokes', state: 'queued' } });
    expect(first.body.ticket).not.toBe(ticket);
    const again = await agent.post<{ id: string }>('/tickets', call_);
    expect(again).toMatchObject({ status: 200, body: { id: first.body.id, ticket: first.body.ticket } });
    expect((await agent.post('/tickets', { ...call_, channel: 'pigeon' })).status).toBe(422);
  });

  it('is joined with another, and closed for it when it is the same', async () => {
    const { body } = await agent.post<{ id: string; ticket: string }>('/tickets', {
      channel: 'mail',
      customer: { email: 'h@example.com' },
      subject: 'Printer smokes',
    });
    await agent.post(`/conversations/${body.id}/claim`, {});
    expect((await agent.post(`/conversations/${body.id}/merge`, { into: ticket })).status).toBe(200);
    const duplicate = await agent.get(`/conversations/${body.id}`);
    expect(duplicate.body).toMatchObject({
      state: 'closed',
      case: { closed: { code: 'duplicate' }, links: [{ ticket, relation: 'duplicate-of' }] },
    });
    const main = await agent.get(`/conversations/${visitor.conversation}`);
    expect(main.body).toMatchObject({ case: { links: [{ ticket: body.ticket, relation: 'duplicated-by' }] } });
    expect((await agent.post(`/conversations/${body.id}/merge`, { into: 'T-000999' })).status).toBe(422);
  });
});

describe('after the end', () => {
  it('X8 the visitor is asked once how it was, and the answer stands with the case', async () => {
    await agent.post(`/conversations/${visitor.conversation}/resolve`, { code: 'solved', summary: 'done' });
    const asked = (await visitor.activities()).at(-1);
    expect(asked?.text).toContain(en.howWasIt);
    await visitor.say('4');
    expect((await said()).at(-1)).toBe(en.ratedWell);
    await visitor.say('very quick');
    expect((await said()).at(-1)).toBe(en.commented);
    const { body } = await agent.get(`/conversations/${visitor.conversation}`);
    expect(body).toMatchObject({ case: { rating: { score: 4, comment: 'very quick' } } });
    await visitor.say('5');
    expect((await said()).at(-1)).not.toBe(en.ratedWell);
  });

  it('X9 "not solved" takes the case up again, under its number', async () => {
    await agent.post(`/conversations/${visitor.conversation}/resolve`, { code: 'solved', summary: 'done' });
    await visitor.say(en.notSolved);
    const { body } = await agent.get(`/conversations/${visitor.conversation}`);
    expect(body).toMatchObject({ state: 'queued', ticket, ticketOpen: true });
  });

  it('X8 whoever goes on with another question is answered, and not asked again', async () => {
    await agent.post(`/conversations/${visitor.conversation}/resolve`, { code: 'solved', summary: 'done' });
    await visitor.say('I forgot my password');
    expect((await said()).at(-1)).toBe(en.helped);
    await visitor.say('5');
    expect((await said()).at(-1)).not.toBe(en.ratedWell);
  });
});
