import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/conversation/state.ts';
import { Processes } from '../../../src/desk/processes.ts';
import type { Records } from '../../../src/store/store.ts';

/** Records in memory, with the clock that is given. */
function recordsAt(now: () => number) {
  const kept = new Map<string, { value: Json; until: number }>();
  const records: Pick<Records, 'put' | 'remove' | 'list'> = {
    put: async (kind, id, value, expiresIn = Number.POSITIVE_INFINITY) =>
      void kept.set(`${kind}\0${id}`, { value, until: now() + expiresIn }),
    remove: async (kind, id) => void kept.delete(`${kind}\0${id}`),
    list: async (kind) =>
      [...kept]
        .filter(([key, { until }]) => key.startsWith(`${kind}\0`) && until > now())
        .map(([key, { value }]) => ({ id: key.slice(kind.length + 1), value })),
  };
  return { kept, store: { records: records as Records } };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the processes of a desk', () => {
  it('U6 tell what they serve and since when; one that dies is gone when its record expires', async () => {
    let now = 1_000;
    const { store } = recordsAt(() => now);
    const faults: unknown[] = [];
    const serving = { one: { faq: 'f1', dialogs: 'd1', rules: 'r1' }, two: { faq: 'f1', dialogs: 'd1', rules: 'r1' } };
    const process = (id: 'one' | 'two') =>
      new Processes({ store, id, serving: () => serving[id], onError: (error) => faults.push(error), now: () => now });
    const [one, two] = [process('one'), process('two')];
    one.start('host:1');
    two.start('host:2');
    await settle();
    expect((await one.list()).map(({ name, faq }) => [name, faq])).toEqual([
      ['host:1', { version: 'f1', since: 1_000 }],
      ['host:2', { version: 'f1', since: 1_000 }],
    ]);

    now = 2_000;
    serving.two = { faq: 'f2', dialogs: 'd1', rules: 'r1' };
    two.tell();
    await settle();
    const seen = await one.list();
    expect(seen[1]).toMatchObject({
      faq: { version: 'f2', since: 2_000 },
      dialogs: { version: 'd1', since: 1_000 },
      rules: { version: 'r1', since: 1_000 },
    });

    now = 20_000;
    expect((await one.list()).map(({ name }) => name)).toEqual(['host:1']);
    expect(faults).toEqual([]);
    await Promise.all([one.stop(), two.stop()]);
  });

  it('U6 a record of another release is passed over, and a process that stops takes its own away', async () => {
    const { kept, store } = recordsAt(() => 0);
    for (const [id, value] of Object.entries({
      a: null,
      b: 'x',
      c: { name: 'c' },
      d: { name: 1, faq: {}, dialogs: {} },
    }))
      await store.records.put('process', id, value as Json);
    const one = new Processes({
      store,
      id: 'one',
      serving: () => ({ faq: 'f', dialogs: 'd', rules: 'r' }),
      onError: () => {},
      now: () => 0,
    });
    one.start('host:1');
    await settle();
    expect((await one.list()).map(({ id }) => id)).toEqual(['one']);
    expect(kept.has('process\0one')).toBe(true);
    await one.stop();
    expect(kept.has('process\0one')).toBe(false);
  });

  it('U6 a store that is away is no fault of the process: it says so and goes on', async () => {
    const faults: unknown[] = [];
    const away = async () => {
      throw new Error('away');
    };
    const one = new Processes({
      store: { records: { put: away, remove: away } as unknown as Records },
      id: 'one',
      serving: () => ({ faq: 'f', dialogs: 'd', rules: 'r' }),
      onError: (error) => faults.push(error),
    });
    one.start('host:1');
    one.tell();
    await settle();
    await one.stop();
    expect(faults.length).toBeGreaterThanOrEqual(2);
  });
});
