/**
 * Visitors, the bot, agents and the clock in random order and at the same time, on two processes of one desk: what is promised holds
 * after each step. A seed that fails is printed and kept in desk-schedules.seeds, which is replayed from then on.
 * SCHEDULES=500 runs that many.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { defaultProfile } from '../../src/console/accounts.ts';
import { claimNext } from '../../src/console/next.ts';
import { type Command, decide } from '../../src/conversation/conversation.ts';
import type { Event } from '../../src/conversation/event.ts';
import { evolve, initial } from '../../src/conversation/fold.ts';
import { placements } from '../../src/conversation/placement.ts';
import { Rejected } from '../../src/conversation/rejected.ts';
import type { Conversation } from '../../src/conversation/state.ts';
import { commitDecided, untilCommitted } from '../../src/desk/commit.ts';
import { Desk, type Worker } from '../../src/desk/desk.ts';
import { Line } from '../../src/desk/line.ts';
import { shippedTerms } from '../../src/desk/terms.ts';
import { openRedis } from '../../src/store/redis.ts';
import type { Store } from '../../src/store/store.ts';
import { engines } from '../integration/console-desk.ts';
import { startRedis } from '../support/redis.ts';
import { times } from '../support/schedule.ts';
import { drawSeed, randomFrom } from '../support/seed.ts';

const file = fileURLToPath(new URL('desk-schedules.seeds', import.meta.url));
const kept = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => /^\d+$/.test(line))
  .map(Number);
const runs = Number(process.env.SCHEDULES ?? times(12, 500));
/** Steps of one schedule; up to five things happen at once in each. */
const steps = 25;

const workers: readonly Worker[] = ['aiko', 'ben', 'cho'].map((name, i) => ({
  ...defaultProfile(name),
  name,
  capacity: 2,
  tier: i === 2 ? 3 : 1,
  skills: i === 1 ? ['vpn'] : [],
}));
const fail = (error: unknown) => {
  throw error;
};

interface Run {
  readonly stores: readonly Store[];
  readonly desks: readonly Desk[];
  readonly line: Line;
  readonly random: () => number;
  readonly ids: readonly string[];
  now: number;
  /** Epochs ever seen, so that stale ones are tried. */
  readonly epochs: Map<string, number[]>;
}

const pick = <T>(run: Run, list: readonly T[]): T => list[Math.floor(run.random() * list.length)] as T;

/** As the bot's turn does it: decided on what was read, again on a conflict. */
async function turn(run: Run, id: string, command: (c: Conversation) => Command): Promise<void> {
  const store = pick(run, run.stores);
  const at = run.now;
  const nextTicket = await store.reserve('ticket');
  await untilCommitted(store, id, async () => {
    const [c] = (await store.load([id])) as [Conversation];
    const world = { ...shippedTerms, now: at, notices: texts, by: { role: 'desk' } as const, nextTicket };
    const decided = decide(c, command(c), world);
    if (decided.length > 0) await commitDecided(store, c, decided, { at, key: `turn-${nextTicket}` });
  });
}

const says = (c: Conversation): Command => ({
  type: 'turn',
  inbound: { type: 'message', text: 'words' },
  findings: [],
  replies: c.phase.at === 'human' ? [] : [{ text: 'bot' }],
});

function act(run: Run): Promise<unknown> {
  const id = pick(run, run.ids);
  const worker = pick(run, workers);
  const { name: agent, displayName } = worker;
  const by = { role: 'agent', name: agent, displayName } as const;
  const desk = pick(run, run.desks);
  const epoch = run.epochs.get(id)?.at(run.random() < 0.8 ? -1 : 0) ?? 1;
  const to = pick(run, workers);
  const execute = (command: Command) => desk.execute(id, command, by);
  const byDesk = (command: Command) => desk.execute(id, command, { role: 'desk' });
  const note = 'n';
  const things: readonly (() => Promise<unknown>)[] = [
    () => turn(run, id, says),
    () => turn(run, id, (c) => ({ ...(says(c) as Extract<Command, { type: 'turn' }>), ...handoff(c, run.random()) })),
    () => turn(run, id, (c) => ({ ...(says(c) as Extract<Command, { type: 'turn' }>), ...handoff(c, run.random()) })),
    () => turn(run, id, () => ({ type: 'turn', findings: [], replies: [], leaveQueue: true })),
    () => desk.claim(id, worker),
    () => desk.claim(id, worker),
    () => claimNext(desk, run.line, worker),
    () => execute({ type: 'reply', agent, epoch, content: { text: 'agent' } }),
    () => execute({ type: 'reply', agent, epoch, content: { text: 'agent' } }),
    () => execute({ type: 'release', agent, epoch }),
    () => execute({ type: 'return', agent, epoch }),
    () => execute({ type: 'resolve', agent, epoch, code: 'solved', summary: 'done' }),
    () => execute({ type: 'reopen' }),
    () =>
      desk.transfer(
        id,
        {
          type: 'transfer',
          agent,
          to: { agent: { name: to.name, displayName: to.displayName } },
          capacity: to.capacity,
          note,
        },
        to,
        by,
      ),
    () => execute({ type: 'transfer', agent, to: { tier: 1, skills: ['vpn'] }, note }),
    () => execute({ type: 'consult', agent, colleague: { name: to.name, displayName: to.displayName }, note }),
    () => byDesk({ type: 'offer', agent: { name: to.name, displayName: to.displayName } }),
    () => execute({ type: 'decline', agent }),
    () => byDesk({ type: 'lose-lease', agent }),
    () => byDesk({ type: 'prioritize', priority: pick(run, ['low', 'high', 'urgent']) }),
    () => desk.wake(id),
    () => desk.wake(id),
  ];
  return pick(run, things)();
}

/** Not while a person has it: the bot would be refused, as it should be. */
const handoff = (c: Conversation, chance: number) =>
  c.phase.at === 'human'
    ? {}
    : { handoff: { reason: 'asked', subject: 's', ...(chance < 0.3 ? { skills: ['vpn'] } : {}) } as const };

async function check(run: Run): Promise<void> {
  const [store] = run.stores as [Store];
  const states = (await store.load(run.ids)) as Conversation[];
  const expected = new Map<string, { member: string; score: number }[]>();
  for (const c of states) {
    const log = await store.history(c.id, 0, 10_000);
    expect(log.map(({ version }) => version)).toEqual(log.map((_, i) => i + 1));
    expect(JSON.parse(JSON.stringify(log.reduce(evolve, initial(c.id))))).toEqual(c);
    checkLog(log);
    if (c.phase.at === 'human') run.epochs.set(c.id, [...(run.epochs.get(c.id) ?? []), c.phase.epoch]);
    for (const { index, member, score } of placements(c))
      expected.set(index, [...(expected.get(index) ?? []), { member, score }]);
  }
  const indexes = [
    'waiting',
    'held',
    'open',
    'closed',
    'wake',
    ...['mine', 'load', 'offered', 'consulted'].flatMap((name) => workers.map((worker) => `${name}:${worker.name}`)),
  ];
  const byMember = (a: { member: string }, b: { member: string }) => (a.member < b.member ? -1 : 1);
  for (const index of indexes) {
    const ours = (await store.list(index, { limit: 10_000 })).filter(({ member }) =>
      run.ids.some((id) => member.endsWith(id)),
    );
    expect([index, [...ours].sort(byMember)]).toEqual([index, (expected.get(index) ?? []).sort(byMember)]);
  }
  for (const { name, capacity } of workers) {
    const load = await store.list(`load:${name}`, { limit: 1_000 });
    expect(load.reduce((sum, { score }) => sum + score, 0)).toBeLessThanOrEqual(capacity);
  }
  await run.line.refresh();
  const inLine = run.line
    .cases()
    .map(({ id }) => id)
    .filter((id) => run.ids.includes(id));
  const waiting = states.filter(({ phase }) => phase.at === 'queued').map(({ id }) => id);
  expect([...inLine].sort()).toEqual([...waiting].sort());
}

/** One owner at a time, the bot silent meanwhile, agents heard while they own, and each return answered once. */
function checkLog(log: readonly Event[]): void {
  let owner: string | undefined;
  log.forEach((event, i) => {
    if (event.type === 'claimed') {
      expect(owner === undefined || log[i - 1]?.type === 'transferred').toBe(true);
      owner = event.agent.name;
    } else if (event.type === 'message' && event.by.role === 'bot') expect(owner).toBeUndefined();
    else if (event.type === 'message' && event.by.role === 'agent') expect(event.by.name).toBe(owner);
    else if (['released', 'returned', 'resolved'].includes(event.type)) {
      expect(owner).toBeDefined();
      owner = undefined;
    } else if (event.type === 'transferred' && !('agent' in event.to)) owner = undefined;
    if (event.type === 'returned')
      expect(log.slice(i + 1, i + 3).filter(({ by, type }) => type === 'message' && by.role === 'desk')).toHaveLength(
        1,
      );
  });
}

describe.each(engines)('any schedule on $name', ({ name, open }) => {
  let stores: Store[];
  let stop: () => Promise<void>;
  beforeAll(async () => {
    if (name === 'Redis') {
      const redis = await startRedis();
      stores = [await openRedis(redis.url, 'schedules'), await openRedis(redis.url, 'schedules')];
      stop = async () => {
        for (const store of stores) await store.close();
        await redis.stop();
      };
    } else {
      const engine = await open();
      stores = [engine.store, engine.store];
      stop = () => engine.stop();
    }
  });
  afterAll(() => stop());

  const schedule = async (seed: number): Promise<void> => {
    const ids = [0, 1, 2, 3].map((n) => `s${seed}-${n}`);
    const run: Run = {
      stores,
      desks: stores.map((store) => new Desk({ store, notices: texts, now: () => run.now })),
      line: new Line({ store: stores[0] as Store, onUnreadable: fail, onError: fail }),
      random: randomFrom(seed),
      ids,
      now: 1_700_000_000_000,
      epochs: new Map(),
    };
    for (const id of ids) {
      const open: Command = {
        type: 'open',
        channel: { kind: 'website' },
        visitor: { id: 'v', signed: false },
        language: 'en',
      };
      await run.desks[0]?.execute(id, open, { role: 'visitor', id: 'v' });
    }
    for (let step = 0; step < steps; step++) {
      run.now += pick(run, [1, 1_000, 60_000, 400_000, 1_000_000]);
      const width = 1 + Math.floor(run.random() * 5);
      const outcomes = await Promise.allSettled(Array.from({ length: width }, () => act(run)));
      for (const outcome of outcomes)
        if (outcome.status === 'rejected' && !(outcome.reason instanceof Rejected)) throw outcome.reason;
      await check(run);
    }
    // Nobody keeps a place that the next schedule needs.
    for (const id of ids)
      for (const { name: agent } of workers)
        await run.desks[0]?.execute(id, { type: 'lose-lease', agent }, { role: 'desk' });
  };

  it('T1 T5 O1 O2 O3 O4 Q1 leaves one owner, no one over capacity, a silent bot, every wait in the queue, and whole logs', async () => {
    const base = drawSeed();
    for (const seed of [...kept, ...Array.from({ length: runs }, (_, i) => base + i)]) {
      try {
        await schedule(seed);
      } catch (error) {
        if (!kept.includes(seed)) appendFileSync(file, `${seed}\n`);
        throw new Error(`Seed ${seed} fails on ${name}; it is kept in ${file}`, { cause: error });
      }
    }
  }, 600_000);
});
