import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { fileReference } from '../../src/channels/files.ts';
import { setPassword } from '../../src/console/accounts.ts';
import { decide } from '../../src/conversation/conversation.ts';
import type { Conversation } from '../../src/conversation/state.ts';
import { commitDecided } from '../../src/desk/commit.ts';
import { shippedTerms } from '../../src/desk/terms.ts';
import type { Store } from '../../src/store/store.ts';
import {
  type Browser,
  call,
  type Engine,
  engines,
  makeAgent,
  makeWaiting,
  type ServiceProcess,
  signedIn,
  signIn,
} from './console-desk.ts';

interface Item {
  readonly id: string;
  readonly ticket: string;
  readonly state: string;
  readonly version: number;
  readonly epoch: number | null;
  readonly owner: { readonly name: string; readonly displayName: string } | null;
  readonly customer: { readonly name: string };
}
interface Page {
  readonly items: readonly Item[];
  readonly cursor: string | null;
  readonly total: number;
  readonly unreadable: readonly string[];
}
interface Entry {
  readonly version: number;
  readonly at: string;
  readonly type: string;
  readonly by: { readonly role: string; readonly name?: string; readonly displayName?: string };
  readonly text?: string;
  readonly clientId?: string;
  readonly attachments?: readonly { readonly name: string; readonly contentUrl: string }[];
}
type Opened = Item & { readonly packet: Record<string, unknown> | null; readonly timeline: readonly Entry[] };

/** The visitor writes `count` times, `texts` or files, into a conversation as it stands. */
async function visitorWrites(
  store: Store,
  c: Conversation,
  content: { text?: string; file?: string },
): Promise<Conversation> {
  const world = { ...shippedTerms, now: Date.now(), notices: texts, by: { role: 'desk' } as const };
  const inbound = {
    type: 'message',
    ...(content.text ? { text: content.text } : {}),
    ...(content.file
      ? { attachments: [{ contentType: 'text/plain', name: 'log.txt', contentUrl: fileReference(content.file) }] }
      : {}),
  } as const;
  const decided = decide(c, { type: 'turn', inbound, findings: [], replies: [] }, world);
  return commitDecided(store, c, decided, { at: world.now, key: randomUUID() });
}

for (const { name: engineName, open } of engines) {
  describe(`the console's API on ${engineName}`, () => {
    let engine: Engine;
    let desk: ServiceProcess;
    let aiko: Browser;
    let ben: Browser;

    beforeAll(async () => {
      engine = await open();
      desk = await engine.process();
      await makeAgent(engine.store, 'aiko', { capacity: 100 });
      await makeAgent(engine.store, 'ben', { capacity: 100 });
      [aiko, ben] = await Promise.all([signIn(desk.url, 'aiko'), signIn(desk.url, 'ben')]);
    });
    afterAll(() => engine?.stop());

    describe('sign-in', () => {
      const everyRoute: readonly [method: string, path: string][] = [
        ['DELETE', '/session'],
        ['GET', '/me'],
        ['GET', '/status'],
        ['PUT', '/presence'],
        ['GET', '/conversations'],
        ['GET', '/conversations/c-1'],
        ['GET', '/conversations/c-1/files/f-1'],
        ['POST', '/next'],
        ['GET', '/events'],
        ...['claim', 'messages', 'notes', 'release', 'return', 'resolve', 'reopen', 'typing'].map(
          (command): [string, string] => ['POST', `/conversations/c-1/${command}`],
        ),
      ];

      it('A1 is asked for on every route', async () => {
        for (const [method, path] of everyRoute) {
          for (const cookie of ['', 'firstline_session=made-up']) {
            const answer = await call(`${desk.url}/console/api${path}`, method, { headers: { cookie } });
            expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 401, 'signed-out']);
          }
        }
      });

      it('A2 sets a cookie that scripts cannot read, for the console alone', async () => {
        const credentials = { name: 'aiko', password: 'correct horse' };
        const plain = await call(`${desk.url}/console/api/session`, 'POST', { body: credentials });
        expect(plain.status).toBe(204);
        expect(plain.headers.get('set-cookie')).toMatch(
          /^firstline_session=[\w-]{43}; Path=\/console; HttpOnly; SameSite=Strict; Max-Age=604800$/,
        );
        const secure = await engine.process({ publicUrl: 'https://help.example.com' });
        const over = await call(`${secure.url}/console/api/session`, 'POST', { body: credentials });
        expect(over.headers.get('set-cookie')).toContain('; Secure');
        await secure.stop();
      });

      it('A2 says who is signed in, and nothing of the password', async () => {
        const { body } = await aiko.get('/me');
        expect(body).toEqual({
          name: 'aiko',
          displayName: 'Aiko',
          role: 'agent',
          skills: [],
          languages: ['ja', 'en'],
          tier: 1,
          capacity: 100,
          presence: 'available',
          load: 0,
        });
      });

      it('A1 holds on every process of the desk until sign-out, and then on none', async () => {
        const other = await engine.process();
        const here = await signIn(desk.url, 'aiko');
        expect((await here.at(other.url).get('/me')).status).toBe(200);
        expect((await here.at(other.url).remove('/session')).status).toBe(204);
        expect((await here.get('/me')).status).toBe(401);
        await other.stop();
      });

      it('A2 keeps no cookie in the store', async () => {
        const here = await signIn(desk.url, 'aiko');
        const cookie = here.cookie.split('=')[1] ?? '';
        const sessions = [
          ...(await engine.store.records.list('session')),
          ...(await engine.store.records.list('session-use')),
        ];
        expect(sessions.length).toBeGreaterThan(1);
        expect(JSON.stringify(sessions)).not.toContain(cookie);
      });

      it('A1 ends when the password is changed', async () => {
        await makeAgent(engine.store, 'changing');
        const before = await signIn(desk.url, 'changing');
        await setPassword(engine.store, 'changing', 'another password');
        expect((await before.get('/me')).status).toBe(401);
        expect((await signIn(desk.url, 'changing', 'another password')).cookie).not.toBe('');
      });

      it("A9 takes writes from the console's own pages only", async () => {
        const headers = { cookie: aiko.cookie };
        const put = (more: Record<string, string>) =>
          call(`${desk.url}/console/api/presence`, 'PUT', {
            body: { status: 'available' },
            headers: { ...headers, ...more },
          });
        expect((await put({ origin: 'https://evil.example' })).status).toBe(403);
        expect((await put({ origin: 'null' })).status).toBe(403);
        expect((await put({ origin: desk.url, 'sec-fetch-site': 'same-site' })).status).toBe(403);
        expect((await put({ origin: desk.url })).status).toBe(204);
        expect((await put({})).status).toBe(204);
      });
    });

    describe('wrong passwords', () => {
      const guess = (name: string, secret = 'wrong password') =>
        call(`${desk.url}/console/api/session`, 'POST', { body: { name, password: secret } });

      it('A3 are answered alike for names that exist and names that do not', async () => {
        await makeAgent(engine.store, 'known');
        const known = await guess('known');
        const unknown = await guess('unknown');
        expect(known.status).toBe(401);
        expect(unknown.status).toBe(401);
        expect(unknown.body).toEqual(known.body);
      });

      it('A3 close the account for a while, whatever comes then, and nobody else', async () => {
        await makeAgent(engine.store, 'target');
        const answers = await Promise.all(Array.from({ length: 40 }, () => guess('target')));
        expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
        const last = answers.at(-1);
        expect(last?.status).toBe(429);
        expect(last?.body.code).toBe('too-many-attempts');
        expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
        expect((await guess('target', 'correct horse')).status).toBe(429);
        expect((await guess('ben', 'correct horse')).status).toBe(204);
      });

      it('A3 lock the account after the tenth', async () => {
        await makeAgent(engine.store, 'locked');
        for (let n = 0; n < 9; n++) await engine.store.records.increment('sign-in-failures', 'locked', 60_000);
        expect((await guess('locked')).status).toBe(401);
        const locked = await guess('locked', 'correct horse');
        expect([locked.status, locked.body.code]).toEqual([423, 'locked']);
        expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
      });

      it('are forgotten by a right one', async () => {
        await makeAgent(engine.store, 'clumsy');
        for (let round = 0; round < 3; round++) {
          for (let n = 0; n < 4; n++) expect((await guess('clumsy')).status).toBe(401);
          expect((await guess('clumsy', 'correct horse')).status).toBe(204);
        }
      });

      it('A3 do not count where twenty browsers sign in at once with the right one', async () => {
        await makeAgent(engine.store, 'busy');
        const answers = await Promise.all(Array.from({ length: 20 }, () => guess('busy', 'correct horse')));
        expect(answers.filter(({ status }) => status !== 204)).toEqual([]);
      });
    });

    describe('claiming', () => {
      it('O1 fifty agents at once: one has it, forty-nine are told who', async () => {
        const c = await makeWaiting(engine.store);
        const names = Array.from({ length: 50 }, (_, n) => `racer-${n}`);
        await Promise.all(names.map((name) => makeAgent(engine.store, name)));
        const browsers = await Promise.all(names.map((name) => signedIn(engine.store, desk.url, name)));
        const second = await engine.process();
        const answers = await Promise.all(
          browsers.map((browser, n) => (n % 2 ? browser : browser.at(second.url)).post(`/conversations/${c.id}/claim`)),
        );
        const won = answers.filter(({ status }) => status === 200);
        const lost = answers.filter(({ status }) => status === 409);
        expect([won.length, lost.length]).toEqual([1, 49]);
        const { owner } = (await aiko.get<Item>(`/conversations/${c.id}`)).body;
        expect(owner?.name).toMatch(/^racer-\d+$/);
        for (const { body } of lost) expect(body).toMatchObject({ code: 'already-owned', owner });
        await second.stop();
      });

      it('O2 again by the owner keeps the epoch; after a release it is greater', async () => {
        const c = await makeWaiting(engine.store);
        const claim = () => aiko.post<{ epoch: number; version: number }>(`/conversations/${c.id}/claim`);
        const first = await claim();
        expect(first.body.epoch).toBe(c.version + 1);
        expect((await claim()).body).toEqual(first.body);
        const released = await aiko.post<Item>(`/conversations/${c.id}/release`, { epoch: first.body.epoch });
        expect([released.status, released.body.state, released.body.owner]).toEqual([200, 'queued', null]);
        expect((await claim()).body.epoch).toBeGreaterThan(first.body.epoch);
      });

      it('O3 stops at the capacity', async () => {
        await makeAgent(engine.store, 'small', { capacity: 2 });
        const small = await signedIn(engine.store, desk.url, 'small');
        const cases = await Promise.all(Array.from({ length: 6 }, () => makeWaiting(engine.store)));
        const answers = await Promise.all(cases.map(({ id }) => small.post(`/conversations/${id}/claim`)));
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
        for (const { status, body } of answers)
          if (status !== 200) expect([status, body.code]).toEqual([409, 'at-capacity']);
        expect((await small.get('/me')).body.load).toBe(2);
        expect((await small.get<Page>('/conversations?view=mine')).body.total).toBe(2);
      });

      it('of what does not wait is refused', async () => {
        expect((await aiko.post('/conversations/no-such/claim')).status).toBe(404);
        const c = await makeWaiting(engine.store);
        await aiko.post(`/conversations/${c.id}/claim`);
        await aiko.post(`/conversations/${c.id}/resolve`, { code: 'solved', summary: 'Done' });
        const answer = await ben.post(`/conversations/${c.id}/claim`);
        expect([answer.status, answer.body.code]).toEqual([409, 'not-waiting']);
      });

      it('of what went back to the bot unfinished is granted', async () => {
        const c = await makeWaiting(engine.store);
        await aiko.post(`/conversations/${c.id}/claim`);
        await aiko.post(`/conversations/${c.id}/return`);
        expect((await ben.post(`/conversations/${c.id}/claim`)).status).toBe(200);
      });
    });

    describe('the next case', () => {
      it('O5 is the oldest that fits language, tier and skills; none at the end', async () => {
        const own = await open();
        const process = await own.process();
        await makeAgent(own.store, 'kenji', { languages: ['ja'], tier: 2, skills: ['vpn', 'mail'] });
        const kenji = await signedIn(own.store, process.url, 'kenji');
        const at = Date.now() - 60_000;
        await makeWaiting(own.store, { id: 'english', language: 'en', at });
        await makeWaiting(own.store, { id: 'third-tier', language: 'ja', tier: 3, at: at + 1 });
        await makeWaiting(own.store, { id: 'printers', language: 'ja', skills: ['vpn', 'printers'], at: at + 2 });
        await makeWaiting(own.store, { id: 'fits-later', language: 'ja', skills: ['mail'], tier: 2, at: at + 4 });
        await makeWaiting(own.store, { id: 'fits-first', language: 'ja', at: at + 3 });
        const first = await kenji.post<Item>('/next');
        expect([first.status, first.body.id]).toEqual([200, 'fits-first']);
        expect(first.body.owner).toEqual({ name: 'kenji', displayName: 'Kenji' });
        expect(first.body.epoch).toBeGreaterThan(0);
        expect((await kenji.post<Item>('/next')).body.id).toBe('fits-later');
        expect((await kenji.post('/next')).status).toBe(204);
        await own.stop();
      });

      it('O5 goes to each of twenty agents who ask at once, no case twice', async () => {
        const own = await open();
        const process = await own.process();
        const names = Array.from({ length: 20 }, (_, n) => `agent-${n}`);
        await Promise.all(names.map((name) => makeAgent(own.store, name, { capacity: 1 })));
        const browsers = await Promise.all(names.map((name) => signedIn(own.store, process.url, name)));
        for (let n = 0; n < 20; n++) await makeWaiting(own.store, { id: `case-${n}` });
        const answers = await Promise.all(browsers.map((browser) => browser.post<Item>('/next')));
        expect(new Set(answers.map(({ body }) => body.id)).size).toBe(20);
        await makeWaiting(own.store);
        const full = await browsers[0]?.post('/next');
        expect([full?.status, full?.body.code]).toEqual([409, 'at-capacity']);
        await own.stop();
      });
    });

    describe('messages', () => {
      it('A4 are there once, however often they are sent', async () => {
        const c = await makeWaiting(engine.store);
        const { epoch } = (await aiko.post<{ epoch: number }>(`/conversations/${c.id}/claim`)).body;
        const send = () => aiko.post(`/conversations/${c.id}/messages`, { text: 'こんにちは', epoch, clientId: 'm-1' });
        const answers = await Promise.all([send(), send(), send(), send()]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
        expect(new Set(answers.map(({ body }) => body.version)).size).toBe(1);
        await aiko.post(`/conversations/${c.id}/release`);
        expect((await send()).status).toBe(200);
        const { timeline } = (await aiko.get<Opened>(`/conversations/${c.id}`)).body;
        const sent = timeline.filter(({ text }) => text === 'こんにちは');
        expect(sent).toMatchObject([
          {
            version: answers[0]?.body.version,
            type: 'message',
            clientId: 'm-1',
            by: { role: 'agent', name: 'aiko', displayName: 'Aiko' },
          },
        ]);
      });

      it('O2 of a former owner are refused with who has it now', async () => {
        const c = await makeWaiting(engine.store);
        const { epoch } = (await aiko.post<{ epoch: number }>(`/conversations/${c.id}/claim`)).body;
        await aiko.post(`/conversations/${c.id}/release`);
        const late = (clientId: string) =>
          aiko.post(`/conversations/${c.id}/messages`, { text: 'Late', epoch, clientId });
        expect(await late('l-1')).toMatchObject({ status: 409, body: { code: 'not-owner', owner: null } });
        await ben.post(`/conversations/${c.id}/claim`);
        expect(await late('l-2')).toMatchObject({
          status: 409,
          body: { code: 'not-owner', owner: { name: 'ben', displayName: 'Ben' } },
        });
        await ben.post(`/conversations/${c.id}/release`);
        await aiko.post(`/conversations/${c.id}/claim`);
        expect(await late('l-3')).toMatchObject({ status: 409, body: { code: 'not-owner', owner: { name: 'aiko' } } });
      });

      it('must say something, and who sends it', async () => {
        const c = await makeWaiting(engine.store);
        const send = (body: unknown) => aiko.post(`/conversations/${c.id}/messages`, body);
        expect(await send({ text: '  ', epoch: 1, clientId: 'x' })).toMatchObject({
          status: 422,
          body: { code: 'invalid' },
        });
        expect((await send({ text: 'a', epoch: 'x', clientId: 'x' })).body.message).toMatch(/^epoch: /);
        expect((await send({ text: 'a', epoch: 1 })).body.message).toMatch(/^clientId: /);
        expect((await send({ text: 'a'.repeat(50_001), epoch: 1, clientId: 'x' })).status).toBe(422);
      });
    });

    describe('a case', () => {
      it('O7 is resolved with a known code and a summary, written into again, and reopened', async () => {
        const c = await makeWaiting(engine.store);
        const to = (command: string) => `/conversations/${c.id}/${command}`;
        await aiko.post(to('claim'));
        const unknown = await aiko.post(to('resolve'), { code: 'magic', summary: 'Done' });
        expect([unknown.status, unknown.body.allowed]).toEqual([
          422,
          ['solved', 'workaround', 'no-fault', 'duplicate', 'no-reply', 'other'],
        ]);
        expect((await aiko.post(to('resolve'), { code: 'solved', summary: ' ' })).status).toBe(422);
        expect((await ben.post(to('resolve'), { code: 'solved', summary: 'Mine' })).body).toMatchObject({
          code: 'not-owner',
          owner: { name: 'aiko' },
        });
        const closed = await aiko.post<Item>(to('resolve'), { code: 'solved', summary: 'Fire put out' });
        expect([closed.status, closed.body.state]).toEqual([200, 'closed']);
        expect((await aiko.post(to('notes'), { text: 'Sprinkler ordered' })).status).toBe(201);
        const reopened = await ben.post<Item>(to('reopen'));
        expect([reopened.status, reopened.body.state, reopened.body.ticket]).toEqual([
          200,
          'queued',
          closed.body.ticket,
        ]);
        expect((await ben.post(to('reopen'))).body.code).toBe('not-closed');
      });

      it('A7 is shown whole: its packet, and a timeline without a gap that keeps the bot’s memory to itself', async () => {
        const c = await makeWaiting(engine.store, {
          visitor: { email: 'hanako@example.com', plan: 'gold', signed: true },
        });
        const { body } = await aiko.get<Opened>(`/conversations/${c.id}`);
        expect(body).toMatchObject({
          id: c.id,
          state: 'queued',
          version: c.version,
          customer: { id: 'v-1', name: 'Hanako', email: 'hanako@example.com' },
          subject: 'The printer is on fire',
          language: 'en',
          priority: 'normal',
          dueAt: expect.stringMatching(/Z$/),
          owner: null,
          epoch: null,
        });
        expect(body.ticket).toMatch(/^T-\d{6}$/);
        expect(body.packet).toEqual({
          reason: 'not-helped',
          confidence: 0.7,
          question: 'The printer is on fire',
          tries: [{ entry: 'printer', confidence: 0.7, helped: null }],
          language: 'en',
          customer: { id: 'v-1', name: 'Hanako', email: 'hanako@example.com', plan: 'gold', signed: true },
          channel: 'website',
          products: [],
          questions: [{ version: 3, text: 'The printer is on fire' }],
          environment: {},
          details: {},
          missing: [],
          sentiment: null,
          attachments: [],
          logs: [],
          suggested: { tier: 1, skills: [], priority: 'normal' },
          summary: [
            { about: 'visitor', label: 'Who', text: 'Hanako · gold · speaks English' },
            { about: 'problem', label: 'Problem', text: 'The printer is on fire' },
            {
              about: 'why',
              label: 'Why you',
              text: "The bot's answers did not help. (surest match 70%)",
            },
            { about: 'tried', label: 'Tried', text: 'printer: no word whether it helped' },
            { about: 'next', label: 'Next', text: 'Tier 1, priority normal.' },
          ],
        });
        expect(body.timeline.map(({ version }) => version)).toEqual(Array.from({ length: c.version }, (_, n) => n + 1));
        expect(body.timeline.map(({ type }) => type)).toContain('memory');
        expect(JSON.stringify(body)).not.toContain('secret');
      });

      it('A7 of ten thousand events is shown whole, and from any version on', async () => {
        let c = await makeWaiting(engine.store);
        for (let batch = 0; batch < 20; batch++) {
          const inbound = { type: 'message', text: 'Hello?' } as const;
          const said = Array.from({ length: 500 }, () => ({
            body: inbound,
            by: { role: 'visitor', id: 'v-1' } as const,
          }));
          c = await commitDecided(engine.store, c, said, { at: Date.now(), key: `batch-${batch}` });
        }
        const whole = (await aiko.get<Opened>(`/conversations/${c.id}`)).body;
        expect(whole.timeline).toHaveLength(c.version);
        expect(whole.timeline.every(({ version }, n) => version === n + 1)).toBe(true);
        const rest = (await aiko.get<Opened>(`/conversations/${c.id}?after=${c.version - 3}`)).body;
        expect(rest.timeline.map(({ version }) => version)).toEqual([c.version - 2, c.version - 1, c.version]);
        const few = (await aiko.get<Opened>(`/conversations/${c.id}?after=2500&limit=2`)).body;
        expect(few.timeline.map(({ version }) => version)).toEqual([2501, 2502]);
        expect((await aiko.get(`/conversations/${c.id}?after=soon`)).status).toBe(422);
      });

      it('V7 offers its files to signed-in agents', async () => {
        const c = await makeWaiting(engine.store);
        const file = await engine.files.put(c.id, {
          name: 'log.txt',
          contentType: 'text/plain',
          bytes: Buffer.from('boom'),
        });
        await visitorWrites(engine.store, c, { file });
        const { timeline } = (await aiko.get<Opened>(`/conversations/${c.id}`)).body;
        const [attachment] = timeline.at(-1)?.attachments ?? [];
        expect(attachment?.contentUrl).toBe(`/console/api/conversations/${c.id}/files/${file}`);
        const path = String(attachment?.contentUrl).replace('/console/api', '');
        const got = await aiko.get<{ text: string }>(path);
        expect([got.status, got.body.text]).toEqual([200, 'boom']);
        expect(got.headers.get('content-disposition')).toMatch(/^attachment/);
        expect((await aiko.get(`${path}x`)).status).toBe(404);
      });

      it('that nobody has heard of is not found', async () => {
        for (const command of ['claim', 'release', 'return', 'reopen', 'typing']) {
          expect((await aiko.post(`/conversations/no-such/${command}`)).status).toBe(404);
        }
        expect((await aiko.get('/conversations/no-such')).status).toBe(404);
        expect((await aiko.post('/conversations/no-such/notes', { text: 'a' })).status).toBe(404);
      });
    });

    describe('the views', () => {
      it('A8 show what waits by waiting time, page by page, nothing twice', async () => {
        const own = await open();
        const process = await own.process();
        await makeAgent(own.store, 'aiko');
        const reader = await signedIn(own.store, process.url, 'aiko');
        const at = Date.now() - 1_000_000;
        for (let n = 0; n < 120; n++) await makeWaiting(own.store, { id: `w-${n}`, at: at + n * 1_000 });
        const ids: string[] = [];
        let cursor: string | null = '';
        let pages = 0;
        do {
          const { body }: { body: Page } = await reader.get(`/conversations?view=waiting&cursor=${cursor}`);
          expect(body.total).toBe(120);
          ids.push(...body.items.map(({ id }) => id));
          ({ cursor } = body);
          pages++;
        } while (cursor);
        expect(pages).toBe(3);
        expect(ids).toEqual(Array.from({ length: 120 }, (_, n) => `w-${n}`));
        await own.stop();
      });

      it('A8 follow a case from waiting over mine to closed', async () => {
        const c = await makeWaiting(engine.store, { visitor: { name: 'Follower' } });
        const views = async (reader: Browser) => {
          const found: string[] = [];
          for (const view of ['waiting', 'mine', 'open', 'closed']) {
            const { body } = await reader.get<Page>(`/conversations?view=${view}&q=${c.ticketNumbers[0]}`);
            if (body.items.some(({ id }) => id === c.id)) found.push(view);
          }
          return found;
        };
        expect(await views(aiko)).toEqual(['waiting', 'open']);
        await aiko.post(`/conversations/${c.id}/claim`);
        expect(await views(aiko)).toEqual(['mine', 'open']);
        expect(await views(ben)).toEqual(['open']);
        await aiko.post(`/conversations/${c.id}/resolve`, { code: 'solved', summary: 'Done' });
        expect(await views(aiko)).toEqual(['closed']);
      });

      it('A8 are searched by ticket, name, mail, subject and last message, in whatever width and case', async () => {
        const c = await makeWaiting(engine.store, {
          language: 'ja',
          subject: 'ＶＰＮに接続できません',
          visitor: { name: '山田花子', email: 'Yamada@example.com' },
        });
        const found = async (q: string) => {
          const { body } = await aiko.get<Page>(`/conversations?view=waiting&q=${encodeURIComponent(q)}`);
          return body.items.some(({ id }) => id === c.id);
        };
        const ticket = (await aiko.get<Item>(`/conversations/${c.id}`)).body.ticket;
        for (const q of ['vpn', 'VPNに接続', '山田', 'yamada@EXAMPLE', ticket, ticket.toLowerCase(), '山田　vpn'])
          expect([q, await found(q)]).toEqual([q, true]);
        expect(await found('山田 プリンター')).toBe(false);
      });

      it('refuse what is no view and no cursor', async () => {
        expect(await aiko.get('/conversations?view=everything')).toMatchObject({
          status: 422,
          body: { code: 'invalid' },
        });
        expect((await aiko.get('/conversations?cursor=nonsense')).status).toBe(422);
      });
    });

    it('keeps an agent’s presence', async () => {
      expect((await ben.put('/presence', { status: 'away' })).status).toBe(204);
      expect((await ben.get('/me')).body.presence).toBe('away');
      expect((await ben.put('/presence', { status: 'asleep' })).status).toBe(422);
      await ben.put('/presence', { status: 'available' });
      expect((await ben.get('/me')).body.presence).toBe('available');
    });

    it('says what the operator should mend', async () => {
      expect((await aiko.get('/status')).body).toMatchObject({
        problems: ['faq/account.yaml:3:1: something is wrong'],
      });
    });
  });
}
