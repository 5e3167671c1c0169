/**
 * Commits per second, 128 in flight, each a visitor's message of 300 bytes to one of 128 conversations of 20 messages, states and
 * events as the domain makes them. Redis writes its append-only file, flushed every second; the baseline is a bare XADD of 300 bytes through the
 * same client to the same Redis. LMDB flushes every commit to disk; its baseline is that same bare XADD, and one commit at a time.
 * `node test/bench/store.bench.mjs` prints the table.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Redis } from 'ioredis';
import { initial, record } from '../../dist/conversation/fold.js';
import { openLmdb } from '../../dist/store/lmdb.js';
import { openRedis } from '../../dist/store/redis.js';
import { startRedis } from './redis.mjs';
import { print, quantile } from './table.mjs';

const inFlight = 128;
/** Pairs of a baseline and a measurement; the pair whose ratio is the middle one is shown. */
const rounds = 7;
/** Messages of one conversation, and conversations that each writer has in one round, one after the other. */
const messages = 20;
const talks = 5;
const message = 'あ'.repeat(100);
const visitor = { role: 'visitor', id: 'visitor-1' };

/** One conversation's commits in order, each made when it is asked for: made beforehand they would burden the collector. */
function* story(id) {
  const decided = (body) => [{ body, by: visitor }];
  const channel = { kind: 'website' };
  let state = initial(id);
  for (let n = 0; n <= messages; n++) {
    const body =
      n === 0
        ? { type: 'opened', channel, visitor: { id: visitor.id, signed: false }, language: 'ja' }
        : { type: 'message', text: message };
    const { events, next } = record(state, decided(body), 1.7e12 + n, String(1.7e12 + n));
    const announcement = { conversation: id, version: next.version, type: body.type, state: 'bot' };
    yield { id, expected: state.version, events, state: next, moves: [], announcement };
    state = next;
  }
}

/** Conversations one after the other. */
function* stories(name) {
  for (let n = 0; n < talks; n++) yield* story(`${name}-${n}`);
}

/** Runs chains of calls side by side. @returns calls per second and each call's ms. */
async function race(chains, call) {
  const times = [];
  const started = performance.now();
  await Promise.all(
    chains.map(async (chain) => {
      for (const link of chain) {
        const sent = performance.now();
        await call(link);
        times.push(performance.now() - sent);
      }
    }),
  );
  return {
    perSecond: times.length / ((performance.now() - started) / 1000),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}

let rounded = 0;
/** `width` writers side by side, `talks` conversations each. */
function commits(store, width) {
  rounded += 1;
  const writers = Array.from({ length: width }, (_, i) => stories(`bench-${rounded}-${i}`));
  return race(writers, (commit) => store.commit(commit));
}

/** Four to a commit, so that both are measured for about as long: a short burst is favoured on a busy machine. */
async function adds(client) {
  const payload = 'x'.repeat(300);
  const chains = Array.from({ length: inFlight }, () => Array.from({ length: messages * talks * 4 }, () => payload));
  return race(chains, (text) => client.xadd('raw', '*', 'a', text));
}

/** The pair of results whose ratio of calls per second is the middle one. */
function middlePair(results, baselines) {
  const pairs = results.map((result, i) => ({ value: result.perSecond, base: baselines[i].perSecond }));
  return pairs.sort((a, b) => a.value / a.base - b.value / b.base)[pairs.length >> 1];
}

const middle = (results, key = 'perSecond') =>
  quantile(
    results.map((result) => result[key]),
    0.5,
  );

async function onRedis() {
  const redis = await startRedis();
  const client = new Redis(redis.url);
  const store = await openRedis(redis.url, 'bench');
  try {
    const raw = [];
    const committed = [];
    await adds(client);
    await commits(store, inFlight);
    for (let i = 0; i < rounds; i++) {
      raw.push(await adds(client));
      committed.push(await commits(store, inFlight));
    }
    return { raw, committed };
  } finally {
    client.disconnect();
    await store.close();
    await redis.stop();
  }
}

async function onLmdb() {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-bench-lmdb-'));
  const store = await openLmdb(directory);
  try {
    const committed = [];
    const single = [];
    const wide = [];
    await commits(store, inFlight);
    for (let i = 0; i < rounds; i++) {
      committed.push(await commits(store, inFlight));
      wide.push(await commits(store, 64));
      single.push(await commits(store, 1));
    }
    return { committed, wide, single };
  } finally {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}

export async function run() {
  const { raw, committed } = await onRedis();
  const lmdb = await onLmdb();
  const perSecond = (name, { value, base }, baseline, aim) => ({
    name,
    value,
    unit: '/s',
    baseline,
    baselineValue: base,
    ratio: value / base,
    ...(aim ? { aim } : {}),
  });
  return [
    perSecond('commits on Redis, AOF every second, 128 in flight', middlePair(committed, raw), 'bare XADD', '≥ 0.25'),
    perSecond('commits on LMDB, each flushed to disk, 128 in flight', middlePair(lmdb.committed, raw), 'bare XADD'),
    perSecond(
      'commits on LMDB, each flushed to disk, 64 in flight',
      middlePair(lmdb.wide, lmdb.single),
      'one at a time',
    ),
    ...[
      ['Redis, 128 in flight', committed, raw, 'bare XADD'],
      ['LMDB, one at a time', lmdb.single, lmdb.wide, '64 in flight'],
    ].map(([name, results, others, baseline]) => ({
      name: `99 of 100 commits are acknowledged within, ${name}`,
      value: middle(results, 'p99'),
      unit: 'ms',
      baseline,
      baselineValue: middle(others, 'p99'),
      ratio: middle(results, 'p99') / middle(others, 'p99'),
    })),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) print(await run());
