/** Handing a case on over the console's API: to a colleague, to a tier, for advice; offers; and who looks at it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../src/console/views.ts';
import {
  type Browser,
  type Engine,
  engines,
  makeAgent,
  makeWaiting,
  type ServiceProcess,
  signedIn,
} from './console-desk.ts';
import { readEvents } from './console-stream.ts';

interface Opened extends Item {
  readonly timeline: readonly { readonly type: string; readonly note?: string }[];
}

describe.each(engines)('handing a case on, on $name', ({ open }) => {
  let engine: Engine;
  let process: ServiceProcess;
  let aiko: Browser;
  let ben: Browser;
  beforeAll(async () => {
    engine = await open();
    process = await engine.process();
    for (const name of ['aiko', 'ben', 'cho', 'away']) await makeAgent(engine.store, name, { capacity: 2 });
    aiko = await signedIn(engine.store, process.url, 'aiko');
    ben = await signedIn(engine.store, process.url, 'ben');
    await ben.get('/me');
    const gone = await signedIn(engine.store, process.url, 'away');
    await gone.put('/presence', { status: 'away' });
  });
  afterAll(() => engine.stop());

  const claimed = async () => {
    const { id } = await makeWaiting(engine.store);
    const { epoch } = (await aiko.post<{ epoch: number }>(`/conversations/${id}/claim`)).body;
    return { id, epoch, to: (path: string) => `/conversations/${id}/${path}` };
  };

  it('O8 goes to a colleague who is there, with a note, once however often it is sent', async () => {
    const { id, epoch, to } = await claimed();
    const body = { to: { agent: 'ben' }, note: 'knows printers', epoch, clientId: 't-1' };
    const handed = await aiko.post<Item>(to('transfer'), body);
    expect([handed.status, handed.body.owner?.name]).toEqual([200, 'ben']);
    expect(handed.body.epoch).toBeGreaterThan(epoch);
    expect((await aiko.post(to('transfer'), body)).status).toBe(200);
    const late = await aiko.post(to('messages'), { text: 'late', epoch, clientId: 'm-1' });
    expect([late.status, late.body.owner]).toEqual([409, { name: 'ben', displayName: 'Ben' }]);
    const { timeline } = (await ben.get<Opened>(`/conversations/${id}`)).body;
    expect(timeline.filter(({ type }) => type === 'transferred')).toMatchObject([{ note: 'knows printers' }]);
    await ben.post(to('resolve'), { code: 'solved', summary: 'done' });
  });

  it('O8 does not go to who is away, is not there, is full, or is nobody', async () => {
    const { to } = await claimed();
    const answer = async (agent: string) => {
      const { status, body } = await aiko.post(to('transfer'), { to: { agent } });
      return [status, body.code];
    };
    expect(await answer('away')).toEqual([409, 'not-available']);
    expect(await answer('cho')).toEqual([409, 'not-available']);
    expect(await answer('nobody')).toEqual([422, 'invalid']);
    const held = [await makeWaiting(engine.store), await makeWaiting(engine.store)];
    for (const c of held) await ben.post(`/conversations/${c.id}/claim`);
    expect(await answer('ben')).toEqual([409, 'at-capacity']);
    for (const c of held) await ben.post(`/conversations/${c.id}/resolve`, { code: 'solved', summary: 'done' });
    expect((await aiko.post(to('transfer'), { to: { tier: 9 } })).status).toBe(422);
    const up = await aiko.post<Item>(to('transfer'), { to: { tier: 2, skills: ['network'] }, note: 'beyond me' });
    expect(up.body).toMatchObject({ state: 'queued', tier: 2, skills: ['network'], owner: null });
  });

  it('O9 asks a colleague, who finds the case, notes on it and says so, while its owner stays', async () => {
    const { id, epoch, to } = await claimed();
    expect((await aiko.post(to('consult'), { agent: 'ben', note: '' })).status).toBe(422);
    expect((await ben.post(to('consult'), { agent: 'aiko', note: 'mine?' })).status).toBe(409);
    const asked = await aiko.post<Item>(to('consult'), { agent: 'ben', note: 'Seen this before?' });
    expect(asked.body).toMatchObject({ epoch, consulted: [{ name: 'ben', displayName: 'Ben' }] });
    const listed = async () =>
      (await ben.get<{ items: Item[] }>('/conversations?view=consulted')).body.items.map((item) => item.id);
    expect(await listed()).toEqual([id]);
    expect((await ben.post(to('notes'), { text: 'Yes: the fuse.' })).status).toBe(201);
    expect((await ben.post<Item>(to('advise'))).body.owner?.name).toBe('aiko');
    expect(await listed()).toEqual([]);
    await aiko.post(to('resolve'), { code: 'solved', summary: 'done' });
  });

  it('Q4 shows an agent what is offered, to be taken or declined', async () => {
    const { id } = await makeWaiting(engine.store);
    const offer = () =>
      process.desk.execute(id, { type: 'offer', agent: { name: 'ben', displayName: 'Ben' } }, { role: 'desk' });
    await offer();
    const [item] = (await ben.get<{ items: Item[] }>('/conversations?view=offered')).body.items;
    expect(item).toMatchObject({ id, offer: { agent: { name: 'ben' } } });
    expect((await aiko.post('/next')).status).toBe(204);
    expect((await aiko.post(`/conversations/${id}/decline`)).body.code).toBe('not-offered');
    expect((await ben.post<Item>(`/conversations/${id}/decline`)).body.offer).toBeNull();
    await offer();
    expect((await ben.post<Item>('/next')).body.id).toBe(id);
    await ben.post(`/conversations/${id}/resolve`, { code: 'solved', summary: 'done' });
  });

  it('tells colleagues who looks at a case, on every process', async () => {
    const other = await engine.process();
    const stream = await readEvents(other.url, ben);
    const { id } = await makeWaiting(engine.store);
    expect((await aiko.post(`/conversations/${id}/viewing`)).status).toBe(204);
    const seen = await stream.until((events) => events.some(({ data }) => data.type === 'viewing'));
    expect(seen.find(({ data }) => data.type === 'viewing')?.data).toMatchObject({
      conversation: id,
      by: { role: 'agent', name: 'aiko', displayName: 'Aiko' },
    });
    stream.close();
    await other.stop();
  });

  it('lists colleagues with what they can do and whether they are there', async () => {
    const { items } = (await aiko.get<{ items: { name: string; available: boolean }[] }>('/colleagues')).body;
    const available = Object.fromEntries(items.map(({ name, available }) => [name, available]));
    expect(available).toMatchObject({ aiko: true, ben: true, cho: false, away: false });
  });
});
