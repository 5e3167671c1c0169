/** Work finds people: offered or assigned by the desk, whichever process does it, and taken from who has gone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { defaultProfile } from '../../src/console/accounts.ts';
import type { Conversation } from '../../src/conversation/state.ts';
import type { Terms } from '../../src/conversation/world.ts';
import { Desk, type Worker } from '../../src/desk/desk.ts';
import { Dispatcher } from '../../src/desk/dispatch.ts';
import { Leases, startLeaseWatch } from '../../src/desk/leases.ts';
import { Line } from '../../src/desk/line.ts';
import { startSweeper } from '../../src/desk/sweeper.ts';
import { shippedTerms } from '../../src/desk/terms.ts';
import type { Store } from '../../src/store/store.ts';
import { until } from '../support/wait.ts';
import { type Engine, engines, makeWaiting } from './console-desk.ts';

const fail = (error: unknown) => {
  throw error;
};
const worker = (name: string, facts: Partial<Worker> = {}): Worker => ({
  ...defaultProfile(name),
  languages: ['en'],
  name,
  ...facts,
});

/** A process that gives work out. */
async function process(store: Store, mode: Terms['rules']['queue']['mode'], acceptWithin = 60_000) {
  const { rules } = shippedTerms;
  let agents: readonly Worker[] = [];
  const terms: Terms = { ...shippedTerms, rules: { ...rules, queue: { ...rules.queue, mode, acceptWithin } } };
  const desk = new Desk({ store, notices: texts, terms: () => terms });
  const line = new Line({ store, onUnreadable: fail, onError: fail });
  const dispatcher = new Dispatcher({ desk, line, available: async () => agents, onError: fail, tick: 60_000 });
  const unfollow = await store.follow(undefined, (item) => {
    line.announced(item);
    dispatcher.announced(item);
  });
  await line.refresh();
  const sweeper = startSweeper(store, [(id) => desk.wake(id)], fail);
  return {
    desk,
    available(...now: readonly Worker[]) {
      agents = now;
      dispatcher.nudge();
    },
    async stop() {
      sweeper.stop();
      await dispatcher.stop();
      unfollow();
    },
  };
}

describe.each(engines)('work on $name', ({ open }) => {
  let engine: Engine;
  let store: Store;
  const stateOf = async (id: string): Promise<Conversation> => (await store.load([id]))[0] as Conversation;
  const ownerOf = async (id: string) => {
    const { phase } = await stateOf(id);
    return phase.at === 'human' ? phase.owner.name : undefined;
  };
  const offeredTo = async (id: string) => {
    const { phase } = await stateOf(id);
    return phase.at === 'queued' ? phase.offer?.agent.name : undefined;
  };

  beforeAll(async () => {
    engine = await open();
    store = engine.store;
  });
  afterAll(() => engine.stop());

  it('Q5 is assigned to who fits and has room, the least laden first, by two processes at once, until all are full', async () => {
    const [one, other] = [await process(store, 'assign'), await process(store, 'assign')];
    const names = ['ann', 'bob', 'cat'];
    const staff = [...names.map((name) => worker(name, { capacity: 2 })), worker('jun', { languages: ['ja'] })];
    one.available(...staff);
    other.available(...staff);
    const ids: string[] = [];
    for (let n = 0; n < 7; n++) ids.push((await makeWaiting(store)).id);
    await until(async () => {
      const owners = await Promise.all(ids.map(ownerOf));
      return names.every((name) => owners.filter((owner) => owner === name).length === 2);
    }, 'the first six to be assigned');
    const [left] = (await Promise.all(ids.map(stateOf))).filter(({ phase }) => phase.at === 'queued');
    expect(left).toBeDefined();
    // Somebody has room again: nothing else is needed.
    const [first] = ids;
    const freed = await stateOf(first as string);
    const owner = freed.phase.at === 'human' ? freed.phase.owner : fail(new Error('nobody has it'));
    const by = { role: 'agent', ...(owner as { name: string; displayName: string }) } as const;
    const end = { type: 'resolve', agent: by.name, code: 'solved', summary: 'done' } as const;
    await one.desk.execute(freed.id, end, by);
    await until(async () => (await ownerOf(left?.id ?? '')) === by.name, 'the seventh to find the freed agent');
    await one.stop();
    await other.stop();
  });

  it('Q5 is offered to the best, then, declined or lapsed, to the next, and to nobody who has gone', async () => {
    const one = await process(store, 'offer', 1_500);
    const [ann, dora] = [worker('ann', { skills: ['vpn'] }), worker('dora', { skills: ['vpn', 'mail'] })];
    const { id } = await makeWaiting(store, { skills: ['mail'] });
    one.available(ann, dora);
    await until(async () => (await offeredTo(id)) === 'dora', 'an offer to the best');
    one.available(ann, dora, worker('eve'));
    await one.desk.execute(id, { type: 'decline', agent: 'dora' }, { role: 'desk' });
    await until(async () => (await offeredTo(id)) === 'eve', 'an offer to the next');
    one.available(ann, dora, worker('finn'));
    await until(async () => (await offeredTo(id)) === 'finn', 'an offer after the lapse');
    const types = (await store.history(id, 0, 100)).map(({ type }) => type);
    expect(types.filter((type) => type === 'offered' || type === 'declined' || type === 'lapsed')).toEqual([
      'offered',
      'declined',
      'offered',
      'lapsed',
      'offered',
    ]);
    await one.desk.claim(id, worker('finn'));
    await one.stop();
  });

  it('O10 goes back from an agent who has been gone at two looks, and from nobody else', async () => {
    const rules = { ...shippedTerms.rules, lease: { beat: 150, lost: 450 } };
    const terms: Terms = { ...shippedTerms, rules };
    const desk = new Desk({ store, notices: texts, terms: () => terms });
    const leases = new Leases({ store, rules: () => rules.lease, onError: fail });
    const lost: string[] = [];
    const watches = ['p1', 'p2'].map((name) =>
      startLeaseWatch({ store, desk, leases, process: name, onLost: (agent) => lost.push(agent), onError: fail }),
    );
    const [kept, gone] = [await makeWaiting(store), await makeWaiting(store)];
    const leave = leases.keep('gus');
    leases.keep('ivy');
    await desk.claim(kept.id, worker('ivy'));
    await desk.claim(gone.id, worker('gus'));
    leave();
    await until(async () => (await stateOf(gone.id)).phase.at === 'queued', 'the lost case to wait');
    const log = await store.history(gone.id, gone.version, 10);
    expect(log.map(({ type }) => type)).toEqual(['claimed', 'message', 'released', 'message']);
    expect(log[2]).toMatchObject({ why: 'lost', agent: { name: 'gus' }, by: { role: 'desk' } });
    expect(await ownerOf(kept.id)).toBe('ivy');
    expect(lost).toContain('gus');
    expect(lost).not.toContain('ivy');
    for (const watch of watches) watch.stop();
    leases.close();
  });

  it('O10 is kept through a time in which the store did not answer', async () => {
    const rules = { ...shippedTerms.rules, lease: { beat: 100, lost: 300 } };
    const terms: Terms = { ...shippedTerms, rules };
    const desk = new Desk({ store, notices: texts, terms: () => terms });
    let isAway = false;
    let looks = 0;
    const wavering = new Proxy(store, {
      get(target, name) {
        if (name === 'list') {
          return (...args: Parameters<Store['list']>) => {
            looks++;
            return isAway ? Promise.reject(new Error('away')) : target.list(...args);
          };
        }
        if (name === 'records' && isAway) throw new Error('away');
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const leases = new Leases({ store: wavering, rules: () => rules.lease, onError: () => {} });
    const errors: unknown[] = [];
    const lost: string[] = [];
    const watch = startLeaseWatch({
      store: wavering,
      desk,
      leases,
      process: 'p3',
      onLost: (agent) => lost.push(agent),
      onError: (error) => errors.push(error),
    });
    const { id } = await makeWaiting(store);
    leases.keep('lea');
    await desk.claim(id, worker('lea'));
    isAway = true;
    // Long enough for every lease to run out.
    await until(() => errors.length >= 6, 'six looks in vain');
    isAway = false;
    const seen = looks;
    await until(() => looks >= seen + 4, 'looks again');
    expect(await ownerOf(id)).toBe('lea');
    expect(lost).not.toContain('lea');
    watch.stop();
    leases.close();
  });
});
