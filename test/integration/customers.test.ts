/** The customer's record, from a file and from a service, in the talk and in the case. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { CustomersAway } from '../../src/customers/customers.ts';
import { openCustomerFile } from '../../src/customers/file.ts';
import { openCustomerService } from '../../src/customers/http.ts';
import { dialogTexts } from '../../src/dialogs/texts.ts';
import { type AgentSession, call, signIn, startDesk, type TestDesk, type WireActivity } from '../support/desk.ts';
import { starterFaq } from '../support/faqs.ts';
import { until } from '../support/wait.ts';

const secret = 'an identity secret of 32 characters!';
const identity = (sub: string, facts: object = {}) =>
  new SignJWT({ ...facts })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));

interface Line {
  readonly conversation: string;
  say(text: string): Promise<void>;
  texts(): Promise<string[]>;
}

/** A visitor whom the website has signed, or who only says who they are. */
async function arrive(url: string, { signed, says }: { signed?: string; says?: object } = {}): Promise<Line> {
  const session = await call<{ token: string; conversationId: string }>(`${url}/widget/session`, {
    method: 'POST',
    body: { locale: 'en', ...(signed ? { identity: signed } : {}) },
  });
  const headers = { authorization: `Bearer ${session.body.token}` };
  const conversation = session.body.conversationId;
  const at = `${url}/v3/directline/conversations`;
  await call(at, { method: 'POST', body: { locale: 'en', ...says }, headers });
  return {
    conversation,
    say: async (text) => {
      await call(`${at}/${conversation}/activities`, { method: 'POST', body: { type: 'message', text }, headers });
    },
    texts: async () =>
      (await call<{ activities: WireActivity[] }>(`${at}/${conversation}/activities`, { headers })).body.activities.map(
        ({ text }) => text ?? '',
      ),
  };
}

interface Shown {
  readonly version: number;
  readonly customer: { readonly name: string; readonly email?: string };
  readonly packet: {
    readonly customer: { readonly plan?: string };
    readonly details: Readonly<Record<string, string | null>>;
    readonly products: readonly { readonly name: string; readonly warrantyUntil?: string }[];
  } | null;
  readonly timeline: readonly { readonly type: string }[];
}

describe('a record', () => {
  let desk: TestDesk;
  let agent: AgentSession;
  const shown = async ({ conversation }: Line) => (await agent.get<Shown>(`/conversations/${conversation}`)).body;
  const known = (line: Line) =>
    until(
      async () => (await shown(line)).timeline.some(({ type }) => type === 'customer-known'),
      'the customer is known',
    );

  beforeAll(async () => {
    desk = await startDesk({
      env: {
        FAQ_DIR: starterFaq,
        IDENTITY_SECRET: secret,
        DIALOGS_DIR: fileURLToPath(new URL('../../dialogs', import.meta.url)),
        CUSTOMERS: fileURLToPath(new URL('../../docs/samples/customers.yaml', import.meta.url)),
      },
    });
    agent = await signIn(desk.url);
  });
  afterAll(() => desk.stop());

  it('P4 is found by the signed identity, and goes with the case: who it is, the plan, the products', async () => {
    const visitor = await arrive(desk.url, { signed: await identity('sample-002') });
    await known(visitor);
    await visitor.say('agent');
    const { customer, packet } = await shown(visitor);
    expect(customer).toMatchObject({ name: 'Oliver Smith', email: 'oliver.smith@example.com' });
    expect(packet?.customer.plan).toBe('premium');
    expect(packet?.products).toMatchObject([
      { name: 'Laptop', serial: '7HX2QT3', warrantyUntil: '2027-01-21' },
      { name: 'Docking station' },
    ]);
  });

  it('P4 is found by a signed mail address, and leaves what the website signed as it is', async () => {
    const facts = { email: 'EMMA.johnson@example.com', name: 'Emma J.', plan: 'vip' };
    const visitor = await arrive(desk.url, { signed: await identity('web-77', facts) });
    await known(visitor);
    await visitor.say('agent');
    const { customer, packet } = await shown(visitor);
    expect(customer.name).toBe('Emma J.');
    expect(packet?.customer.plan).toBe('vip');
    expect(packet?.products.map(({ name }) => name)).toEqual(['Printer']);
  });

  it('P4 is never shown to who only says who they are', async () => {
    const says = { user: { id: 'sample-002', name: 'Oliver Smith', email: 'oliver.smith@example.com' } };
    const visitor = await arrive(desk.url, { says });
    await visitor.say('I am oliver.smith@example.com, customer sample-002. Is my device still under warranty?');
    expect((await visitor.texts()).join('\n')).not.toMatch(/Latitude|Laptop\*\*/);
    await visitor.say('agent');
    expect((await shown(visitor)).packet?.products).toEqual([]);
  });

  it('P4 fills in a repair: the model is a button, the serial number a yes, the warranty and the contact are not asked', async () => {
    const visitor = await arrive(desk.url, { signed: await identity('sample-002') });
    await known(visitor);
    const words = [
      'My laptop screen is broken, I want it repaired',
      texts.en.guide('Repair request'),
      'Something else',
      'The screen is cracked since yesterday',
      'Dell Latitude 7440',
      'Yes',
      ...Array.from({ length: 5 }, () => 'skip'),
    ];
    for (const text of words) await visitor.say(text);
    expect((await visitor.texts()).at(-1)).toContain('Yes, until 2027-01-21');
    await visitor.say(dialogTexts.en.thatsRight);
    const { packet } = await shown(visitor);
    expect(packet?.details).toMatchObject({
      'Maker and model': 'Dell Latitude 7440',
      'Serial number': '7HX2QT3',
      'Under warranty or contract': 'Yes, until 2027-01-21',
      Contact: 'oliver.smith@example.com',
      Place: null,
    });
  });

  it('answers what is asked of the warranty, before what holds for everybody', async () => {
    const visitor = await arrive(desk.url, { signed: await identity('sample-006') });
    await known(visitor);
    await visitor.say('Is my device still under warranty?');
    const answer = (await visitor.texts()).find((text) => text.includes('MacBook Pro'));
    expect(answer).toContain('**MacBook Pro**');
    expect(answer).toContain('28 November 2027');
  });
});

describe('records in a file', () => {
  it('are served within 2 s of an edit; a broken edit leaves the last good ones', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'firstline-customers-'));
    const path = join(directory, 'customers.yaml');
    await writeFile(path, 'customers:\n  - {id: a, name: Ann}\n');
    const customers = await openCustomerFile({ path, watch: true });
    const name = async () => (await customers.find({ id: 'a' }))?.name;
    expect(await name()).toBe('Ann');
    await writeFile(path, 'customers:\n  - {id: a, name: Anna}\n');
    await until(async () => (await name()) === 'Anna', 'the edit is served');
    await writeFile(path, 'customers:\n  - {id: a, nome: Anna Maria}\n');
    await until(() => customers.problems().length > 0, 'the problem is told');
    expect(await name()).toBe('Anna');
    // 花 in Shift_JIS.
    const garbled = Buffer.from([0x89, 0xd4]);
    await writeFile(path, Buffer.concat([Buffer.from('customers:\n  - {id: a, name: '), garbled, Buffer.from('}\n')]));
    await until(() => customers.problems()[0]?.message.includes('Shift_JIS') === true, 'that it is no UTF-8 is told');
    expect(await name()).toBe('Anna');
    await writeFile(path, 'customers:\n  - {id: a, name: Anna Maria}\n');
    await until(async () => (await name()) === 'Anna Maria', 'the mended file is served');
    expect(customers.problems()).toEqual([]);
    await customers.close();
    await rm(directory, { recursive: true });
  });
});

describe('records of a service', () => {
  let server: Server;
  let url: string;
  let asked: string[];
  let authorization: string | undefined;
  let answer: (response: ServerResponse, query: URLSearchParams) => void;
  let now: number;
  const json = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const open = (timeout = 10_000) =>
    openCustomerService({ url, secret: 'a secret of sixteen', now: () => now, timeout });

  beforeEach(async () => {
    asked = [];
    now = 1_000_000;
    answer = (response, query) =>
      query.get('id') === 'c-1'
        ? json(response, 200, {
            id: 'c-1',
            name: 'Ann',
            products: [{ name: 'PC', purchased: '2024-01-01', warrantyMonths: 12 }],
          })
        : json(response, 404, {});
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      authorization = request.headers.authorization;
      answer(response, new URL(request.url ?? '', 'http://x').searchParams);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/records`;
  });
  afterEach(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  it('are asked for by id, then by mail, with the secret, and remembered whether found or not', async () => {
    const customers = open();
    const who = { id: 'c-1', email: 'a@example.com' };
    expect(await customers.find(who)).toEqual({
      id: 'c-1',
      name: 'Ann',
      products: [{ name: 'PC', purchased: '2024-01-01', warrantyUntil: '2024-12-31' }],
    });
    expect(authorization).toBe('Bearer a secret of sixteen');
    await customers.find(who);
    expect(asked).toEqual(['/records?id=c-1']);
    expect(await customers.find({ id: 'nobody', email: 'B@example.com' })).toBeUndefined();
    await customers.find({ id: 'nobody', email: 'b@example.com' });
    expect(asked.slice(1)).toEqual(['/records?id=nobody', '/records?email=b%40example.com']);
    now += 61_000;
    await customers.find({ id: 'nobody' });
    expect(asked).toHaveLength(4);
    await customers.close();
  });

  it('are away when they are slow, fail, are no records, or are somebody else’s; after three failures they are left alone', async () => {
    const customers = open(300);
    answer = () => {};
    await expect(customers.find({ id: 'c-1' })).rejects.toThrow(CustomersAway);
    answer = (response) => json(response, 500, {});
    await expect(customers.find({ id: 'c-1' })).rejects.toThrow('answered with 500');
    answer = (response) => json(response, 200, { id: 'c-2' });
    await expect(customers.find({ id: 'c-1' })).rejects.toThrow('another id');
    const before = asked.length;
    await expect(customers.find({ id: 'c-1' })).rejects.toThrow('left alone');
    expect(asked).toHaveLength(before);
    now += 31_000;
    answer = (response) => json(response, 200, { name: 'no id' });
    await expect(customers.find({ id: 'c-1' })).rejects.toThrow('no record');
    now += 31_000;
    answer = (response) => json(response, 200, { id: 'c-1', name: 'x'.repeat(300_000) });
    await expect(customers.find({ id: 'c-1' })).rejects.toThrow('more than');
    await customers.close();
  });

  it('P5 delay no turn when they do not answer, and are noted when they do', async () => {
    const desk = await startDesk({ env: { IDENTITY_SECRET: secret, CUSTOMERS: url } });
    const agent = await signIn(desk.url);
    const waiting: ServerResponse[] = [];
    answer = (response) => waiting.push(response);
    const visitor = await arrive(desk.url, { signed: await identity('c-1') });
    await visitor.say('agent');
    // Both turns are through, though nothing was answered.
    expect((await visitor.texts()).join('\n')).toContain('ticket number');
    expect(waiting.length).toBeGreaterThan(0);
    const record = { id: 'c-1', name: 'Ann', plan: 'premium' };
    answer = (response) => json(response, 200, record);
    for (const hanging of waiting) json(hanging, 200, record);
    await visitor.say('It is about my printer');
    await until(async () => {
      const { body } = await agent.get<Shown>(`/conversations/${visitor.conversation}`);
      return body.packet?.customer.plan === 'premium';
    }, 'the record is noted');
    await desk.stop();
  });
});
