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
import { drawSeed, randomFrom } from '../support/seed.ts';
import { build, run } from './cli-agents-run.ts';
import { call, type Engine, engines, makeAgent, makeWaiting, type ServiceProcess, signedIn } from './console-desk.ts';
import {
  type ConversationLine,
  type CountedInquiry,
  countOf,
  inquiriesIn,
  inquiriesOf,
  lastOwner,
  pressuresIn,
  type TicketLine,
} from './figures-count.ts';
import { live } from './figures-life.ts';

const seed = drawSeed();
const lives = 45;

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
      const random = randomFrom(seed);
      for (let n = 0; n < lives; n++) await live(store, random, start + Math.floor(random() * 5 * 24 * 60) * minute);
    }, 60_000);
    afterAll(() => engine?.stop());

    const exported = async <T = TicketLine>(of = 'tickets'): Promise<T[]> => {
      const lead = await signedIn(store, service.url, 'ren');
      const answer = await fetch(`${service.url}/console/api/export?of=${of}`, { headers: { cookie: lead.cookie } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
      return (await answer.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as T);
    };
    const figures = async (query: string, who = 'ren') => {
      const agent = await signedIn(store, service.url, who);
      const { body, status } = await agent.get<Report>(`/figures?from=2025-01-01&to=2025-02-01${query}`);
      expect(status).toBe(200);
      return body;
    };

    /** All that is exported, and what one's own count makes of a part of the tickets. */
    const counted = async () => {
      const [lines, talks] = [await exported(), await exported<ConversationLine>('conversations')];
      const pressures = new Map(talks.flatMap((talk) => [...pressuresIn(talk)]));
      const inquiries = talks.flatMap(inquiriesIn);
      return { lines, inquiries, count: (some: readonly TicketLine[] = lines) => countOf(some, pressures) };
    };

    it('K6 are what a count over the exported timelines says, as a whole and in every group', async () => {
      const { lines, inquiries, count } = await counted();
      expect(lines.length).toBeGreaterThan(lives / 2);
      expect(inquiries.filter(({ outcome }) => outcome === 'answered')).not.toEqual([]);
      const { total } = await figures('');
      expect(total).toMatchObject({ ...count(), inquiries: inquiriesOf(inquiries) });
      expect(total.pressure.end).toBeGreaterThan(0);
      const tokyo = (iso: string) => new Date(Date.parse(iso) + 9 * 3_600_000).toISOString().slice(0, 10);
      const keys: Record<string, (line: TicketLine) => readonly string[]> = {
        day: ({ openedAt }) => [tokyo(openedAt)],
        tier: ({ tier }) => [String(tier)],
        skill: ({ skills }) => (skills.length > 0 ? skills : ['-']),
        language: ({ language }) => [language],
        reason: ({ reason }) => [reason],
        agent: (line) => [lastOwner(line)],
      };
      const askedBy: Record<string, (inquiry: CountedInquiry) => string> = {
        day: ({ at }) => tokyo(at),
        language: ({ language }) => language,
      };
      for (const [by, keysOf] of Object.entries(keys)) {
        const { groups } = await figures(`&by=${by}`);
        const asked = (key: string) => inquiries.filter((inquiry) => askedBy[by]?.(inquiry) === key);
        const expected = [
          ...new Set([...lines.flatMap(keysOf), ...inquiries.flatMap((one) => askedBy[by]?.(one) ?? [])]),
        ];
        expect(groups.map(({ key }) => key)).toEqual(expected.sort());
        for (const { key, figures: found } of groups)
          expect([by, key, found]).toMatchObject([
            by,
            key,
            { ...count(lines.filter((line) => keysOf(line).includes(key))), inquiries: inquiriesOf(asked(key)) },
          ]);
      }
    });

    it('K6 stay true when a counted case goes on, and when all is counted anew', async () => {
      const before = (await figures('')).total;
      const c = await makeWaiting(store, { at: start + 5 * minute });
      const desk = new Desk({ store, notices: texts, now: () => start + 9 * minute });
      expect((await figures('')).total.tickets).toBe(before.tickets + 1);
      await desk.claim(c.id, { ...defaultProfile('ben'), name: 'ben', capacity: 1_000 });
      const { count, inquiries } = await counted();
      const now = { ...count(), inquiries: inquiriesOf(inquiries) };
      expect((await figures('')).total).toMatchObject(now);
      for (const { id } of await store.records.list('figures')) await store.records.put('figures', id, { format: 0 });
      expect((await figures('')).total).toMatchObject(now);
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
      expect((await lead.get('/export?of=moons')).status).toBe(422);
      expect((await lead.get('/export?of=conversations&format=csv')).status).toBe(422);
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
