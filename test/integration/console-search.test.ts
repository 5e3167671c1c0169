/** The search over all cases, on both engines: by number, customer, words in Japanese and English, state and time; the archived too. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { defaultProfile } from '../../src/console/accounts.ts';
import { ticketName } from '../../src/conversation/ticket-name.ts';
import { alone } from '../../src/desk/alone.ts';
import { Desk } from '../../src/desk/desk.ts';
import {
  type Browser,
  type Case,
  type Engine,
  engines,
  makeAgent,
  makeWaiting,
  type ServiceProcess,
  signedIn,
} from './console-desk.ts';

interface Page {
  readonly items: readonly { readonly id: string; readonly ticket: string; readonly archived?: true }[];
  readonly cursor: string | null;
  readonly total: number;
}

for (const { name, open } of engines) {
  describe(`the search on ${name}`, () => {
    let engine: Engine;
    let first: ServiceProcess;
    let second: ServiceProcess;
    let aiko: Browser;
    const day = 24 * 3_600_000;
    const march = Date.UTC(2025, 2, 10);

    beforeAll(async () => {
      engine = await open();
      [first, second] = [await engine.process(), await engine.process()];
      await makeAgent(engine.store, 'aiko');
      aiko = await signedIn(engine.store, first.url, 'aiko');
    });
    afterAll(() => engine?.stop());

    const search = async (query: Readonly<Record<string, string>>, at: Browser = aiko): Promise<Page> => {
      const { status, body } = await at.get<Page>(`/conversations?${new URLSearchParams({ view: 'all', ...query })}`);
      expect(status).toBe(200);
      return body;
    };
    const ids = async (query: Readonly<Record<string, string>>, at?: Browser) =>
      (await search(query, at)).items.map(({ id }) => id);
    const close = async (id: string, at: number, summary = 'Done') => {
      const desk = new Desk({ store: engine.store, notices: texts, now: () => at });
      await desk.claim(id, { ...defaultProfile('aiko'), name: 'aiko', capacity: 1_000 });
      await desk.execute(
        id,
        { type: 'resolve', agent: 'aiko', code: 'solved', summary },
        { role: 'agent', name: 'aiko', displayName: 'Aiko' },
      );
    };
    const make = (facts: Case) => makeWaiting(engine.store, facts);

    it('K11 finds by number, customer, subject, summary; in whatever width, case and kana; every word must occur', async () => {
      const c = await make({
        id: 'vpn',
        subject: 'ＶＰＮがつながりません（エラー809）',
        visitor: { id: 'v-77', name: '佐藤 ﾊﾅｺ', email: 'Sato@Example.jp' },
      });
      await make({ id: 'printer', subject: 'プリンターで印刷できない' });
      await close('printer', Date.now(), 'トナーを交換');
      const number = ticketName(c.ticketNumbers[0] ?? 0);
      for (const q of [
        'vpn',
        'つながり',
        '809',
        'ツナガリ',
        'ハナコ',
        'はなこ',
        'sato@example',
        'v-77',
        number,
        number.toLowerCase(),
        'vpn 佐藤',
      ])
        expect([q, await ids({ q })]).toEqual([q, ['vpn']]);
      expect(await ids({ q: '印刷 トナー' })).toEqual(['printer']);
      expect(await ids({ q: 'vpn 印刷' })).toEqual([]);
      expect((await ids({})).sort()).toEqual(['printer', 'vpn']);
    });

    it('K11 finds what was committed before, on every process, and not what is no longer so', async () => {
      const other = aiko.at(second.url);
      expect(await ids({ q: 'scanner' }, other)).toEqual([]);
      for (let n = 0; n < 10; n++) {
        await make({ id: `scan-${n}`, subject: `The scanner number ${n}x` });
        expect(await ids({ q: `scanner ${n}x` }, other)).toEqual([`scan-${n}`]);
        expect(await ids({ q: `scanner ${n}x` })).toEqual([`scan-${n}`]);
      }
      await close('scan-3', Date.now());
      expect(await ids({ q: 'scanner 3x', state: 'queued' }, other)).toEqual([]);
      expect(await ids({ q: 'scanner 3x', view: 'closed' }, other)).toEqual(['scan-3']);
      expect(await ids({ q: 'scanner 3x', view: 'open' }, other)).toEqual([]);
    });

    it('K11 narrows by state and time, and goes page by page, each case once', async () => {
      for (let n = 0; n < 120; n++) await make({ id: `page-${n}`, at: march + n * 3_600_000, subject: `flood ${n}` });
      const found: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: Page = await search({ q: 'flood', cursor });
        expect(page.items.length).toBeLessThanOrEqual(50);
        found.push(...page.items.map(({ id }) => id));
        cursor = page.cursor;
      }
      expect(found).toEqual(Array.from({ length: 120 }, (_, n) => `page-${119 - n}`));
      const some = await ids({
        from: new Date(march).toISOString(),
        to: new Date(march + 2 * 3_600_000).toISOString(),
      });
      expect(some).toEqual(['page-2', 'page-1', 'page-0']);
      expect(await ids({ q: 'flood', state: 'closed' })).toEqual([]);
      expect((await aiko.get('/conversations?view=all&state=lost')).status).toBe(422);
      expect((await aiko.get('/conversations?view=all&from=never')).status).toBe(422);
      expect((await aiko.get('/conversations?view=all&cursor=zzz')).status).toBe(422);
    });

    it('K11 finds every message, however long the talk went on, and none that was never written', async () => {
      const desk = new Desk({ store: engine.store, notices: texts });
      await make({ id: 'long', subject: 'A long talk' });
      const by = { role: 'agent', name: 'aiko', displayName: 'Aiko' } as const;
      const claim = await desk.claim('long', { ...defaultProfile('aiko'), name: 'aiko', capacity: 1_000 });
      const reply = (text: string) =>
        desk.execute('long', { type: 'reply', agent: 'aiko', epoch: claim.version, content: { text } }, by);
      const said = (text: string) => ({ type: 'message', text }) as const;
      const hear = (text: string) =>
        desk.execute('long', { type: 'turn', inbound: said(text), findings: [], replies: [] }, { role: 'desk' });
      await reply('ルーターの型番は WX-4200 です');
      for (let n = 0; n < 60; n++)
        await hear(`Step ${n}: the lamp is ${n % 2 ? 'green' : 'orange'} and blinks ${n * 7} times`);
      await desk.execute('long', { type: 'note', text: 'Seen before at 神保町支店' }, by);
      await reply('Thank you');
      const other = aiko.at(second.url);
      for (const q of ['wx-4200', '型番', 'るーたー', 'blinks 413', 'Step 33', '神保町', 'long lamp orange'])
        expect([q, await ids({ q }, other), await ids({ q })]).toEqual([q, ['long'], ['long']]);
      for (const q of ['wx-4201', '神保町支所', 'purple lamp']) expect([q, await ids({ q })]).toEqual([q, []]);
      await hear('ｼﾝｸﾞﾙ ﾃｽﾄ');
      expect(await ids({ q: 'しんぐる' }, other)).toEqual(['long']);
      await close('long', Date.now());
      await alone(engine.store, 'archive', (held) =>
        engine.archive.moveBefore(Date.now() + day, held, (error) => {
          throw error;
        }),
      );
      for (const q of ['wx-4200', 'blinks 413', '神保町']) expect([q, await ids({ q })]).toEqual([q, ['long']]);
      expect(await ids({ q: '神保町支所' })).toEqual([]);
    });

    it('K11 reaches what is archived, behind the others', async () => {
      for (let n = 0; n < 60; n++) {
        await make({ id: `old-${n}`, at: march - 400 * day, subject: `ancient no${n}x` });
        await close(`old-${n}`, march - 399 * day);
      }
      await make({ id: 'young', subject: 'ancient but young' });
      await alone(engine.store, 'archive', (held) =>
        engine.archive.moveBefore(march - 390 * day, held, (error) => {
          throw error;
        }),
      );
      const pageOne = await search({ q: 'ancient' });
      expect(pageOne.items[0]).toMatchObject({ id: 'young' });
      expect(pageOne.items[0]).not.toHaveProperty('archived');
      expect(pageOne.items.slice(1).every(({ archived }) => archived)).toBe(true);
      const pageTwo = await search({ q: 'ancient', cursor: pageOne.cursor ?? '' });
      expect(new Set([...pageOne.items, ...pageTwo.items].map(({ id }) => id)).size).toBe(61);
      expect(pageTwo.cursor).toBeNull();
      expect(await ids({ q: 'ancient no17x', state: 'archived' })).toEqual(['old-17']);
      expect(await ids({ q: 'ancient no17x', view: 'open' })).toEqual([]);
    });
  });
}
