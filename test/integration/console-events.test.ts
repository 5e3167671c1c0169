import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Browser,
  type Engine,
  engines,
  makeAgent,
  makeWaiting,
  type ServiceProcess,
  signIn,
} from './console-desk.ts';
import { readEvents } from './console-stream.ts';

for (const { name: engineName, open } of engines) {
  describe(`the console's event stream on ${engineName}`, () => {
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

    const versionsOf = (events: readonly { data: Record<string, unknown> }[], conversation: string) =>
      events.filter(({ data }) => data.conversation === conversation && data.version).map(({ data }) => data.version);

    it('A5 tells of what happens, and never what was said', async () => {
      const stream = await readEvents(desk.url, aiko);
      const c = await makeWaiting(engine.store, { subject: 'Very private words' });
      await ben.post(`/conversations/${c.id}/claim`);
      const events = await stream.until((seen) => versionsOf(seen, c.id).includes(c.version + 2));
      const mine = events.filter(({ data }) => data.conversation === c.id);
      expect(mine.at(-1)?.data).toEqual({
        conversation: c.id,
        version: c.version + 2,
        type: 'claimed',
        state: 'human',
        ticket: `T-${String(c.ticket?.number).padStart(6, '0')}`,
        owner: { name: 'ben', displayName: 'Ben' },
      });
      expect(JSON.stringify(events)).not.toContain('private');
      stream.close();
    });

    it('A5 resumes behind the last id without a gap, also on another process, also while more happens', async () => {
      const c = await makeWaiting(engine.store);
      const first = await readEvents(desk.url, aiko);
      const { epoch } = (await ben.post<{ epoch: number }>(`/conversations/${c.id}/claim`)).body;
      await first.until((seen) => versionsOf(seen, c.id).length === 1);
      first.close();
      const { lastId } = first;
      const send = (n: number) =>
        ben.post<{ version: number }>(`/conversations/${c.id}/messages`, { text: `${n}`, epoch, clientId: `r-${n}` });
      const versions: number[] = [];
      for (let n = 0; n < 30; n++) versions.push((await send(n)).body.version);
      const other = await engine.process();
      const during = (async () => {
        for (let n = 30; n < 60; n++) versions.push((await send(n)).body.version);
      })();
      const streams = await Promise.all([readEvents(desk.url, aiko, lastId), readEvents(other.url, aiko, lastId)]);
      await during;
      for (const stream of streams) {
        const seen = await stream.until((events) => versionsOf(events, c.id).includes(versions.at(-1) ?? 0));
        expect([...new Set(versionsOf(seen, c.id))]).toEqual(versions);
        stream.close();
      }
      await other.stop();
    });

    it('A5 remembers its place from the first moment: a cut before any event loses none', async () => {
      const stream = await readEvents(desk.url, aiko);
      const other = await readEvents(desk.url, ben);
      const seen = await makeWaiting(engine.store);
      await other.until((events) => versionsOf(events, seen.id).length > 0);
      await stream.until((events) => versionsOf(events, seen.id).length > 0);
      expect(stream.events[0]?.id).not.toBe('');
      stream.close();
      other.close();
    });

    it('A5 asks for a refresh where the position says nothing any more', async () => {
      for (const position of ['999999999999-0', 'never given by anybody', '123456789012']) {
        const stream = await readEvents(desk.url, aiko, position);
        const [event] = await stream.until((events) => events.length > 0);
        expect(event?.event).toBe('refresh');
        const c = await makeWaiting(engine.store);
        await stream.until((events) => versionsOf(events, c.id).includes(c.version));
        stream.close();
      }
    });

    it('shows who types and who is away, for the moment only', async () => {
      const c = await makeWaiting(engine.store);
      await aiko.post(`/conversations/${c.id}/claim`);
      const stream = await readEvents(desk.url, ben);
      expect((await ben.post(`/conversations/${c.id}/typing`)).body).toMatchObject({
        code: 'not-owner',
        owner: { name: 'aiko' },
      });
      expect((await aiko.post(`/conversations/${c.id}/typing`)).status).toBe(204);
      await aiko.put('/presence', { status: 'away' });
      const events = await stream.until((seen) => seen.some(({ data }) => data.type === 'presence'));
      expect(events.map(({ data }) => data)).toContainEqual({
        type: 'typing',
        conversation: c.id,
        by: { role: 'agent', name: 'aiko', displayName: 'Aiko' },
      });
      expect(events.map(({ data }) => data)).toContainEqual({ type: 'presence', agent: 'aiko', presence: 'away' });
      stream.close();
    });

    it('A1 ends with the session, wherever that is ended', async () => {
      const other = await engine.process();
      const leaving = await signIn(desk.url, 'aiko');
      const streams = await Promise.all([readEvents(desk.url, leaving), readEvents(other.url, leaving)]);
      await leaving.at(other.url).remove('/session');
      await Promise.all(streams.map(({ ended }) => ended));
      expect((await readEvents(desk.url, leaving)).status).toBe(401);
      await other.stop();
    });
  });
}
