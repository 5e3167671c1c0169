/**
 * Whole hand-offs per second on Redis (append-only file, flushed every second), 128 in flight: the visitor asks for a person, an agent
 * claims, replies and resolves; four commits by way of the product's own commands. The baseline is BullMQ on the same Redis: a job added and
 * processed, 128 at once. And how long the next case takes with 10,000 waiting, beside 10.
 * `node test/bench/handoffs.bench.mjs` prints the table.
 */
import { pathToFileURL } from 'node:url';
import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { texts } from '../../dist/bot/texts.js';
import { claimNext } from '../../dist/console/next.js';
import { decide } from '../../dist/conversation/conversation.js';
import { initial } from '../../dist/conversation/fold.js';
import { commitDecided, untilCommitted } from '../../dist/desk/commit.js';
import { Desk } from '../../dist/desk/desk.js';
import { Line } from '../../dist/desk/line.js';
import { shippedTerms } from '../../dist/desk/terms.js';
import { openRedis } from '../../dist/store/redis.js';
import { startRedis } from './redis.mjs';
import { print, quantile } from './table.mjs';

const inFlight = 128;
/** Hand-offs and jobs of one round, for each of the 128. */
const each = 12;
/** Pairs of a baseline and a measurement; the pair whose ratio is the middle one is shown. */
const rounds = 5;
/** Claims measured at each depth, one here and one there in turn. */
const claims = 1_500;

const message = 'あ'.repeat(100);
const world = (nextTicket) => ({
  ...shippedTerms,
  now: Date.now(),
  notices: texts,
  by: { role: 'desk' },
  nextTicket,
});
const open = {
  type: 'open',
  channel: { kind: 'website' },
  visitor: { id: 'visitor-1', signed: false },
  language: 'ja',
};
const asks = {
  type: 'turn',
  inbound: { type: 'message', text: message, language: 'ja' },
  findings: [],
  replies: [{ text: message }],
  handoff: { reason: 'asked', subject: message },
};

/** One turn of the bot, as the turn's middleware takes it. */
async function enqueue(store, id) {
  const ticket = await store.reserve('ticket');
  await untilCommitted(store, id, (c) =>
    commitDecided(store, c, decide(c, asks, world(ticket)), { at: Date.now(), key: `ask-${ticket}` }),
  );
}

const begin = (store, id) =>
  commitDecided(store, initial(id), decide(initial(id), open, world()), { at: Date.now(), key: 'open' });

const agentOf = (name) => ({ name, displayName: name, tier: 1, skills: [], languages: ['ja'], capacity: 100 });

async function resolve(desk, id, agent, epoch) {
  const by = { role: 'agent', name: agent.name, displayName: agent.displayName };
  await desk.execute(id, { type: 'resolve', agent: agent.name, epoch, code: 'solved', summary: 'done' }, by);
}

let rounded = 0;
async function handoffs(desk) {
  const { store } = desk;
  rounded += 1;
  const ids = (chain) => Array.from({ length: each }, (_, n) => `h-${rounded}-${chain}-${n}`);
  const chains = Array.from({ length: inFlight }, (_, chain) => ({
    agent: agentOf(`agent-${chain}`),
    ids: ids(chain),
  }));
  for (const chain of chains) await Promise.all(chain.ids.map((id) => begin(store, id)));
  const started = performance.now();
  await Promise.all(
    chains.map(async ({ agent, ids }) => {
      const by = { role: 'agent', name: agent.name, displayName: agent.displayName };
      for (const id of ids) {
        await enqueue(store, id);
        const { conversation } = await desk.claim(id, agent);
        const { epoch } = conversation.phase;
        await desk.execute(id, { type: 'reply', agent: agent.name, epoch, content: { text: message } }, by);
        await resolve(desk, id, agent, epoch);
      }
    }),
  );
  return (inFlight * each) / ((performance.now() - started) / 1000);
}

async function jobs(url) {
  const connection = () => new Redis(url, { maxRetriesPerRequest: null });
  rounded += 1;
  const name = `jobs-${rounded}`;
  const [adding, working, hearing] = [connection(), connection(), connection()];
  const queue = new Queue(name, { connection: adding });
  const events = new QueueEvents(name, { connection: hearing });
  const total = inFlight * each * 2;
  let done = 0;
  let finish;
  const finished = new Promise((resolve) => {
    finish = resolve;
  });
  const worker = new Worker(name, async () => message, { connection: working, concurrency: inFlight });
  worker.on('completed', () => {
    done += 1;
    if (done === total) finish();
  });
  await Promise.all([worker.waitUntilReady(), queue.waitUntilReady()]);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async (_, chain) => {
      for (let n = 0; n < each * 2; n++) await queue.add('case', { chain, message });
    }),
  );
  await finished;
  const perSecond = total / ((performance.now() - started) / 1000);
  await worker.close();
  await queue.close();
  await events.close();
  for (const one of [adding, working, hearing]) one.disconnect();
  return perSecond;
}

/** A desk with so many waiting; a measured claim is made good by a new case. */
async function deskWith(url, name, waiting) {
  const store = await openRedis(url, name);
  const desk = new Desk({ store, notices: texts });
  const fail = (error) => {
    throw error;
  };
  const line = new Line({ store, onUnreadable: fail, onError: fail });
  const unfollow = await store.follow(undefined, (item) => line.announced(item));
  let made = 0;
  const add = async () => {
    const id = `c-${made++}`;
    await begin(store, id);
    await enqueue(store, id);
  };
  for (let n = 0; n < waiting; n += inFlight)
    await Promise.all(Array.from({ length: Math.min(inFlight, waiting - n) }, add));
  await line.refresh();
  const agent = agentOf('next');
  const times = [];
  const claim = async () => {
    const sent = performance.now();
    const c = await claimNext(desk, line, agent);
    times.push(performance.now() - sent);
    await resolve(desk, c.id, agent, c.phase.epoch);
    await add();
  };
  const close = async () => {
    unfollow();
    await store.close();
  };
  return { claim, times, close };
}

async function depths(url) {
  const [deep, shallow] = [await deskWith(url, 'deep', 10_000), await deskWith(url, 'shallow', 10)];
  for (let n = 0; n < 200; n++) for (const desk of [deep, shallow]) await desk.claim();
  for (const { times } of [deep, shallow]) times.length = 0;
  for (let n = 0; n < claims; n++) for (const desk of n % 2 ? [deep, shallow] : [shallow, deep]) await desk.claim();
  await deep.close();
  await shallow.close();
  return { deep: deep.times, shallow: shallow.times };
}

export async function run() {
  const redis = await startRedis();
  try {
    const store = await openRedis(redis.url, 'handoffs');
    const desk = new Desk({ store, notices: texts });
    await handoffs(desk);
    await jobs(redis.url);
    const pairs = [];
    for (let i = 0; i < rounds; i++) pairs.push({ base: await jobs(redis.url), value: await handoffs(desk) });
    await store.close();
    const { value, base } = pairs.sort((a, b) => a.value / a.base - b.value / b.base)[rounds >> 1];
    const { deep, shallow } = await depths(redis.url);
    return [
      {
        name: 'whole hand-offs on Redis: queue, claim, first reply, resolve; 128 in flight',
        value,
        unit: '/s',
        baseline: 'BullMQ add and process',
        baselineValue: base,
        ratio: value / base,
        aim: '≥ 2',
      },
      ...[0.5, 0.99].map((share) => ({
        name: `the next case with 10,000 waiting, ${share * 100} of 100 within`,
        value: quantile(deep, share),
        unit: 'ms',
        baseline: 'with 10 waiting',
        baselineValue: quantile(shallow, share),
        ratio: quantile(deep, share) / quantile(shallow, share),
        ...(share === 0.99 ? { aim: '< 1.5' } : {}),
      })),
    ];
  } finally {
    await redis.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) print(await run());
