/** Every figure against a count of one's own over the exported timelines, on both engines, by the command and over HTTP. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { defaultProfile } from '../../src/console/accounts.ts';
import { Desk } from '../../src/desk/desk.ts';
import type { Report } from '../../src/desk/figures/aggregate.ts';
import { openLmdb } from '../../src/store/lmdb.ts';
import type { Store } from '../../src/store/store.ts';
import { build, run } from './cli-agents-run.ts';
import { call, type Engine, engines, makeAgent, makeWaiting, type ServiceProcess, signedIn } from './console-desk.ts';

interface Line {
  readonly ticket: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly language: string;
  readonly tier: number;
  readonly skills: readonly string[];
  readonly reason: string;
  readonly timeline: readonly {
    readonly at: string;
    readonly type: string;
    readonly by: { readonly role: string; readonly name?: string };
    readonly agent?: { readonly name: string };
    readonly score?: number;
  }[];
}

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Mulberry32. */
function randomOf(start: number): () => number {
  let a = start;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The figures by a count that shares nothing with the service's. */
function countOf(lines: readonly Line[]) {
  const ms = (iso: string) => Date.parse(iso);
  const spans = (values: number[]) => {
    const sorted = values.sort((a, b) => a - b);
    const at = (share: number) => (sorted.length === 0 ? null : sorted[Math.ceil(share * sorted.length) - 1]);
    return { n: sorted.length, median: at(0.5), p90: at(0.9) };
  };
  const wait: number[] = [];
  const firstResponse: number[] = [];
  const handling: number[] = [];
  const resolution: number[] = [];
  for (const { timeline, openedAt, closedAt } of lines) {
    const claims = timeline.filter(({ type }) => type === 'claimed');
    if (claims[0]) wait.push(ms(claims[0].at) - ms(openedAt));
    const reply = timeline.find(({ type, by }) => type === 'message' && by.role === 'agent');
    if (reply) firstResponse.push(ms(reply.at) - ms(openedAt));
    if (closedAt) resolution.push(ms(closedAt) - ms(openedAt));
    let held = 0;
    for (const claim of claims) {
      const end = timeline
        .slice(timeline.indexOf(claim))
        .find(({ type }) => ['released', 'returned', 'resolved'].includes(type));
      held += ms((end ?? timeline.at(-1) ?? claim).at) - ms(claim.at);
    }
    if (claims[0]) handling.push(held);
  }
  const scores = lines.flatMap(({ timeline }) => timeline.findLast(({ type }) => type === 'rated')?.score ?? []);
  const clocked = lines.filter(({ timeline }) => timeline.some(({ type }) => type === 'clocked'));
  const reasons: Record<string, number> = { asked: 0, unsure: 0, 'not-helped': 0, error: 0, intake: 0 };
  for (const { reason } of lines) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    tickets: lines.length,
    closed: lines.filter(({ closedAt }) => closedAt !== null).length,
    wait: spans(wait),
    firstResponse: spans(firstResponse),
    handling: spans(handling),
    resolution: spans(resolution),
    reopened: lines.filter(({ timeline }) => timeline.some(({ type }) => type === 'reopened')).length,
    rating: {
      n: scores.length,
      mean: scores.length === 0 ? null : expect.closeTo(scores.reduce((a, b) => a + b, 0) / scores.length, 2),
    },
    sla: {
      n: clocked.length,
      kept: clocked.filter(({ timeline }) => !timeline.some(({ type }) => type === 'sla-breached')).length,
    },
    reasons,
  };
}
const lastOwner = ({ timeline }: Line) => timeline.findLast(({ type }) => type === 'claimed')?.agent?.name ?? '-';

for (const { name, open } of engines) {
  describe(`figures on ${name} (seed ${seed})`, () => {
    let engine: Engine;
    let service: ServiceProcess;
    let store: Store;
    const start = Date.UTC(2025, 0, 10);
    const minute = 60_000;

    beforeAll(async () => {
      engine = await open();
      store = engine.store;
      service = await engine.process();
      await makeAgent(store, 'aiko');
      await makeAgent(store, 'ben');
      await makeAgent(store, 'ren', { role: 'lead' });
      const random = randomOf(seed);
      for (let n = 0; n < 60; n++) {
        let now = start + Math.floor(random() * 5 * 24 * 60) * minute;
        const desk = new Desk({ store, notices: texts, now: () => now });
        const c = await makeWaiting(store, {
          at: now,
          language: random() < 0.5 ? 'ja' : 'en',
          tier: random() < 0.3 ? 2 : 1,
          skills: random() < 0.5 ? ['vpn'] : ['vpn', 'mail'],
        });
        const later = () => {
          now += Math.floor(random() * 600_000);
        };
        for (let turn = 0; turn < 3 && random() < 0.8; turn++) {
          const agent = random() < 0.5 ? 'aiko' : 'ben';
          if (random() < 0.3) {
            // Left for longer than the first answer may take.
            now += 12 * 60 * minute;
            await desk.wake(c.id);
          }
          const by = { role: 'agent', name: agent, displayName: agent } as const;
          later();
          const { conversation } = await desk.claim(c.id, { ...defaultProfile(agent), name: agent, capacity: 1_000 });
          const epoch = conversation.phase.at === 'human' ? conversation.phase.epoch : 0;
          later();
          if (random() < 0.7) await desk.execute(c.id, { type: 'reply', agent, epoch, content: { text: 'hello' } }, by);
          later();
          const end = random();
          if (end < 0.3) await desk.execute(c.id, { type: 'release', agent }, by);
          else if (end < 0.9) {
            await desk.execute(c.id, { type: 'resolve', agent, code: 'solved', summary: 's' }, by);
            later();
            const ticket = (await store.load([c.id]))[0]?.ticket?.number ?? 0;
            const score = 1 + Math.floor(random() * 5);
            const rated = { type: 'rated', ticket, score } as const;
            if (random() < 0.6)
              await desk.execute(c.id, { type: 'turn', findings: [rated], replies: [] }, { role: 'desk' });
            else if (random() < 0.3) {
              await desk.execute(c.id, { type: 'reopen' }, by);
              continue;
            }
            break;
          } else break;
        }
      }
    }, 60_000);
    afterAll(() => engine?.stop());

    const exported = async (): Promise<Line[]> => {
      const lead = await signedIn(store, service.url, 'ren');
      const answer = await fetch(`${service.url}/console/api/export`, { headers: { cookie: lead.cookie } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
      return (await answer.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line);
    };
    const figures = async (query: string, who = 'ren') => {
      const agent = await signedIn(store, service.url, who);
      const { body, status } = await agent.get<Report>(`/figures?from=2025-01-01&to=2025-02-01${query}`);
      expect(status).toBe(200);
      return body;
    };

    it('K6 are what a count over the exported timelines says, as a whole and in every group', async () => {
      const lines = await exported();
      expect(lines).toHaveLength(60);
      expect((await figures('')).total).toMatchObject(countOf(lines));
      const tokyo = (iso: string) => new Date(Date.parse(iso) + 9 * 3_600_000).toISOString().slice(0, 10);
      const keys: Record<string, (line: Line) => readonly string[]> = {
        day: ({ openedAt }) => [tokyo(openedAt)],
        tier: ({ tier }) => [String(tier)],
        skill: ({ skills }) => skills,
        language: ({ language }) => [language],
        reason: ({ reason }) => [reason],
        agent: (line) => [lastOwner(line)],
      };
      for (const [by, keysOf] of Object.entries(keys)) {
        const { groups } = await figures(`&by=${by}`);
        const expected = [...new Set(lines.flatMap(keysOf))].sort();
        expect(groups.map(({ key }) => key)).toEqual(expected);
        for (const { key, figures: found } of groups)
          expect([by, key, found]).toMatchObject([
            by,
            key,
            countOf(lines.filter((line) => keysOf(line).includes(key))),
          ]);
      }
    });

    it('K6 stay true when a counted case goes on, and when all is counted anew', async () => {
      const before = (await figures('')).total;
      const c = await makeWaiting(store, { at: start + 5 * minute });
      const desk = new Desk({ store, notices: texts, now: () => start + 9 * minute });
      expect((await figures('')).total.tickets).toBe(before.tickets + 1);
      await desk.claim(c.id, { ...defaultProfile('ben'), name: 'ben', capacity: 1_000 });
      const lines = await exported();
      expect((await figures('')).total).toMatchObject(countOf(lines));
      for (const { id } of await store.records.list('figures')) await store.records.put('figures', id, { format: 0 });
      expect((await figures('')).total).toMatchObject(countOf(lines));
    });

    it('K6 agents see of them what was theirs, as CSV too', async () => {
      const lines = await exported();
      const own = await figures('', 'aiko');
      expect(own.total.tickets).toBe(lines.filter((line) => lastOwner(line) === 'aiko').length);
      expect(own.total.inquiries.n).toBe(0);
      const agent = await signedIn(store, service.url, 'aiko');
      const csv = await fetch(`${service.url}/console/api/figures?from=2025-01-01&by=day&to=2025-02-01`, {
        headers: { cookie: agent.cookie, accept: 'text/csv' },
      });
      const bytes = Buffer.from(await csv.arrayBuffer());
      expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
      expect(bytes.toString()).toContain('key,tickets,closed');
      expect((await agent.get('/figures?by=moon')).status).toBe(422);
      expect((await call(`${service.url}/console/api/figures`, 'GET')).status).toBe(401);
    });

    it('K7 tickets leave as CSV, one row each, for leads alone, and the trail knows', async () => {
      await makeWaiting(store, { subject: '=HYPERLINK("http://x")', visitor: { name: '山田, 花子' } });
      const lead = await signedIn(store, service.url, 'ren');
      const agent = await signedIn(store, service.url, 'aiko');
      expect((await agent.get('/export')).status).toBe(403);
      const answer = await fetch(`${service.url}/console/api/export?format=csv`, { headers: { cookie: lead.cookie } });
      const text = Buffer.from(await answer.arrayBuffer()).toString();
      expect(text.startsWith('\ufeffticket,conversation,')).toBe(true);
      expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
      expect(text).toContain('"山田, 花子"');
      expect(text.trim().split('\r\n')).toHaveLength(1 + (await exported()).length);
      const { body } = await lead.get<{ items: { what: string; facts: object }[] }>('/audit?who=ren');
      expect(body.items.find(({ facts }) => 'format' in facts && facts.format === 'csv')).toMatchObject({
        what: 'exported',
      });
      expect((await lead.get('/export?format=pdf')).status).toBe(422);
    });
  });
}

describe('the figures command', () => {
  let directory: string;
  beforeAll(async () => {
    build();
    directory = await mkdtemp(join(tmpdir(), 'firstline-figures-'));
  }, 120_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const figures = (args: readonly string[]) => run('figures', args, { directory, input: '' });

  it('K6 prints a table, CSV and JSON, in the time zone of desk.yaml', async () => {
    const store = await openLmdb(join(directory, 'store'));
    await makeWaiting(store, { at: Date.UTC(2025, 0, 31, 15, 30) });
    await store.close();
    await writeFile(join(directory, 'desk.yaml'), 'desk: {timezone: Asia/Tokyo}\n');
    const json = await figures(['--json', '--by', 'day']);
    expect([json.code, json.err]).toEqual([0, '']);
    expect((JSON.parse(json.out) as Report).groups.map(({ key }) => key)).toEqual(['2025-02-01']);
    expect((await figures(['--csv', '--by', 'reason', '--rebuild'])).out).toContain('\r\nnot-helped,1,0,');
    expect((await figures([])).out).toMatch(/^ +tickets[^\n]+\ntotal +1 /);
    expect(await figures(['--by', 'moon'])).toMatchObject({ code: 2, out: '' });
    expect(await figures(['--csv', '--json'])).toMatchObject({ code: 2, out: '' });
  }, 60_000);
});
