/**
 * One case all the way: tier 1, tier 2, tier 3, the repair team, back, the developers. It keeps its number and its order, each step asks
 * for its fields by name, and every figure is what a count over the exported timeline says.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import type { Report } from '../../src/desk/figures/aggregate.ts';
import { type AgentSession, arrive, signIn, startDesk, type TestDesk, type Visitor } from '../support/desk.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';

const secret = Buffer.from('a secret of thirty-two characters').toString('base64');
const { en } = texts;

interface Step {
  readonly to: 'tier2' | 'tier3' | 'repair' | 'developers';
  /** All that the target asks for. */
  readonly fields: Readonly<Record<string, string>>;
}

const steps: readonly Step[] = [
  { to: 'tier2', fields: { tried: 'another cable' } },
  { to: 'tier3', fields: { tried: 'another cable', suspected: 'the board' } },
  { to: 'repair', fields: { model: 'X1', serial: '42', symptom: 'no picture', warranty: 'yes', address: 'Kyoto' } },
  { to: 'developers', fields: { version: '2.1', steps: 'plug in', expected: 'a picture', seen: 'none', logs: 'sent' } },
];

interface Entry {
  readonly version: number;
  readonly at: string;
  readonly type: string;
  readonly by: { readonly role: string };
  readonly to?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly code?: string;
  readonly from?: string;
}

interface Line {
  readonly ticket: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly tier: number;
  readonly timeline: readonly Entry[];
}

function chain(engine: 'LMDB' | 'Redis'): void {
  let team: Server;
  let redis: RedisProcess | undefined;
  let directory: string;
  let desk: TestDesk;
  let agent: AgentSession;
  let visitor: Visitor;

  beforeAll(async () => {
    team = createServer((request, response) => {
      request.resume();
      // restify, in the same process, gives every response a writeHead of its own that returns nothing.
      response.statusCode = 204;
      response.end();
    });
    await new Promise<void>((resolve) => team.listen(0, '127.0.0.1', resolve));
    const { port } = team.address() as AddressInfo;
    directory = await mkdtemp(join(tmpdir(), 'firstline-chain-'));
    const file = join(directory, 'desk.yaml');
    const field = (id: string) => `{id: ${id}, label: {ja: ${id}, en: ${id}}, type: text, required: true}`;
    const fieldsOf = ({ fields }: Step) => Object.keys(fields).map(field).join(', ');
    const targets = steps.map((step) => {
      const webhook =
        step.to === 'repair' ? `, webhook: {url: "http://127.0.0.1:${port}/", secret: TEST_CHAIN_SECRET}` : '';
      return `  ${step.to}: {fields: [${fieldsOf(step)}]${webhook}}`;
    });
    await writeFile(file, `escalation:\n${targets.join('\n')}\n`);
    process.env.TEST_CHAIN_SECRET = secret;
    redis = engine === 'Redis' ? await startRedis({ appendonly: true }) : undefined;
    desk = await startDesk({ env: { DESK_FILE: file, ...(redis ? { REDIS_URL: redis.url } : {}) } });
    agent = await signIn(desk.url);
    visitor = await arrive(desk.url, 'en');
    await visitor.say(en.talkToPerson, 'ask');
  });
  afterAll(async () => {
    await desk?.stop();
    await redis?.stop();
    await new Promise((resolve) => team.close(resolve));
    await rm(directory, { recursive: true, force: true });
    delete process.env.TEST_CHAIN_SECRET;
  });

  const path = () => `/conversations/${visitor.conversation}`;
  const shown = async () => (await agent.get<{ ticket: string; state: string; tier: number }>(path())).body;
  const ok = async (answer: Promise<{ status: number; body: unknown }>): Promise<void> => {
    const { status, body } = await answer;
    expect([status, body]).toEqual([expect.toBeOneOf([200, 201, 204]), body]);
  };
  const claim = () => ok(agent.post(`${path()}/claim`));

  /** By hand, as standardwebhooks.com says it. */
  async function teamSays(ticket: string, status: string, text: string): Promise<number> {
    const body = JSON.stringify({ status, text });
    const [id, timestamp] = [randomUUID(), String(Math.floor(Date.now() / 1_000))];
    const signed = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${timestamp}.${body}`);
    const response = await fetch(`${desk.url}/tickets/${ticket}/updates`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signed.digest('base64')}`,
      },
      body,
    });
    return response.status;
  }

  it('X3 X4 a case goes through five hands under one number, refused by the name of each field it lacks', async () => {
    const { ticket } = await shown();
    expect(ticket).toMatch(/^T-\d{6}$/);
    for (const { to, fields } of steps) {
      await claim();
      const epoch = (await agent.post<{ epoch: number }>(`${path()}/claim`)).body.epoch;
      await ok(agent.post(`${path()}/messages`, { text: `For ${to}.`, epoch, clientId: `for-${to}` }));
      const names = Object.keys(fields);
      const none = await agent.post(`${path()}/escalate`, { to, reason: 'beyond us', fields: {} });
      expect(none).toMatchObject({ status: 422, body: { code: 'invalid', missing: names } });
      const [last = '', ...others] = names.toReversed();
      const some = Object.fromEntries(others.map((name) => [name, fields[name] ?? '']));
      const one = await agent.post(`${path()}/escalate`, { to, reason: 'beyond us', fields: some });
      expect(one).toMatchObject({ status: 422, body: { missing: [last] } });
      await ok(agent.post(`${path()}/escalate`, { to, reason: 'beyond us', fields }));
      expect((await shown()).ticket).toBe(ticket);
      if (to === 'repair') {
        expect((await shown()).state).toBe('outside');
        expect(await teamSays(ticket, 'returned', 'Not the hardware.')).toBe(204);
        expect((await shown()).state).toBe('queued');
      }
    }
    const { body } = await agent.get<{ timeline: Entry[] }>(path());
    expect(body.timeline.map(({ version }) => version)).toEqual(body.timeline.map((_, i) => i + 1));
    const moves = body.timeline.filter(({ type }) => type === 'escalated' || type === 'updated');
    expect(moves.map(({ type, to, from }) => [type, to ?? from])).toEqual([
      ['escalated', 'tier2'],
      ['escalated', 'tier3'],
      ['escalated', 'repair'],
      ['updated', 'repair'],
      ['escalated', 'developers'],
    ]);
    expect(moves.flatMap(({ fields }) => (fields ? [fields] : []))).toEqual(steps.map(({ fields }) => fields));
    // The visitor has been told each step, once, under the one number.
    const heard = await visitor.texts();
    for (const { to } of steps) expect(heard.filter((text) => text === en.escalated(ticket, to))).toHaveLength(1);
    expect(heard.filter((text) => text.includes('Not the hardware.'))).toHaveLength(1);
    expect(heard.filter((text) => text.includes(en.updatedBack(ticket)))).toHaveLength(1);
  });

  it('K6 every figure of a case that went through five hands is a count over its exported timeline', async () => {
    const exported = await fetch(`${desk.url}/console/api/export`, { headers: { cookie: agent.cookie } });
    const lines = (await exported.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines).toHaveLength(1);
    const [{ timeline, openedAt, closedAt, tier }] = lines as [Line];
    const ms = (iso: string) => Date.parse(iso);
    const first = (is: (entry: Entry) => boolean) => ms(timeline.find(is)?.at ?? '') - ms(openedAt);
    let handling = 0;
    for (const [i, entry] of timeline.entries()) {
      if (entry.type !== 'claimed') continue;
      const end = timeline.slice(i).find(({ type }) => type === 'escalated');
      handling += ms(end?.at ?? '') - ms(entry.at);
    }
    const one = (value: number) => ({ n: 1, median: value, p90: value });
    const { body } = await agent.get<Report>('/figures');
    expect(body.total).toMatchObject({
      tickets: 1,
      closed: closedAt === null ? 0 : 1,
      wait: one(first(({ type }) => type === 'claimed')),
      firstResponse: one(first(({ type, by }) => type === 'message' && by.role === 'agent')),
      handling: one(handling),
      resolution: { n: 0, median: null, p90: null },
    });
    expect(tier).toBe(3);
    const byTier = (await agent.get<Report>('/figures?by=tier')).body.groups;
    expect(byTier.map(({ key, figures }) => [key, figures.tickets])).toEqual([['3', 1]]);
  });
}

describe('LMDB', () => chain('LMDB'));
describe.skipIf(!hasRedis)('Redis', () => chain('Redis'));
