/**
 * Searching among 200,000 cases in the embedded store, one in ten of them a talk of 20 messages and one in a thousand of 200: the first
 * search, which reads all states once, and those that follow, against a search among 1,000; the memory that it takes. `node test/bench/search.bench.mjs` prints the table.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { initial, record } from '../../dist/conversation/fold.js';
import { placements } from '../../dist/conversation/placement.js';
import { Finder } from '../../dist/desk/search/finder.js';
import { wordsOf } from '../../dist/desk/search/text.js';
import { openLmdb } from '../../dist/store/lmdb.js';
import { print, quantile } from './table.mjs';

const few = 1_000;
const many = Number(process.env.CASES ?? 200_000);
const words = [
  'プリンター',
  '印刷',
  'できません',
  'ネットワーク',
  '遅い',
  'VPN',
  'password',
  'reset',
  'メール',
  '届かない',
  'monitor',
  '黒い',
];

const pick = (n, k) => words[(n * 7 + k * 3 + ((n * k) % 5)) % words.length];

function caseOf(n) {
  const visitor = { role: 'visitor', id: `visitor-${n}`, name: `山田 太郎 ${n}` };
  const subject = `${pick(n, 1)}が${pick(n, 2)}で${pick(n, 3)}、エラー E${n % 9973} が出ます。${pick(n, 4)} ${pick(n, 5)}`;
  const decided = [
    {
      by: visitor,
      body: {
        type: 'opened',
        channel: { kind: 'website' },
        visitor: { id: visitor.id, name: visitor.name, email: `taro${n}@example.com`, signed: true },
        language: 'ja',
      },
    },
    { by: visitor, body: { type: 'message', text: subject } },
    {
      by: { role: 'bot' },
      body: { type: 'queued', ticket: n + 1, reason: 'asked', subject, tier: 1, skills: [], priority: 'normal' },
    },
  ];
  const length = n % 1_000 === 0 ? 200 : n % 10 === 0 ? 20 : 0;
  for (let k = 0; k < length; k++) {
    const text = `${pick(n, k)}の手順${k}を${pick(k, n % 7)}で試しました。結果は ${(n * 31 + k) % 99_991} 番です。`;
    const by = k % 2 ? visitor : { role: 'agent', name: 'aiko', displayName: '愛子' };
    decided.push({ by, body: { type: 'message', text } });
  }
  return record(initial(`c-${n}`), decided, 1.7e12 + n * 60_000, `k${n}`);
}

async function fill(store, count) {
  for (let n = 0; n < count; n += 1_000) {
    await Promise.all(
      Array.from({ length: Math.min(1_000, count - n) }, (_, i) => {
        const { events, next } = caseOf(n + i);
        const moves = placements(next).map(({ index, member, score }) => ({
          index,
          member,
          from: undefined,
          to: score,
        }));
        return store.commit({
          id: next.id,
          expected: 0,
          events,
          state: next,
          moves,
          announcement: { conversation: next.id, version: next.version },
        });
      }),
    );
  }
}

async function searches(finder, count) {
  const times = [];
  const queries = [
    `E${(count - 1) % 9973} プリンター`,
    `太郎 ${Math.floor(count / 2)}`,
    'どこにもない言葉',
    `taro${count - 3}@`,
    'VPN 届かない',
    `T-${String(count).padStart(6, '0')}`,
    // Said in the middle of a talk, and nowhere else in the case.
    `手順7を ${(Math.floor(count / 20) * 10 * 31 + 7) % 99_991}`,
    '手順199',
  ];
  for (let round = 0; round < 5; round++) {
    for (const query of queries) {
      const started = performance.now();
      await finder.find({ words: wordsOf(query), from: 0, to: Number.MAX_SAFE_INTEGER }, 50);
      times.push(performance.now() - started);
    }
  }
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

async function measure(count) {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-search-'));
  const store = await openLmdb(directory);
  try {
    await fill(store, count);
    global.gc?.();
    const used = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    const before = used();
    const finder = new Finder(store, console.error);
    const started = performance.now();
    await finder.find({ words: ['x'], from: 0, to: 1 }, 1);
    const built = performance.now() - started;
    const early = await searches(finder, count);
    await finder.warm();
    const signed = performance.now() - started;
    const { p50, p99 } = await searches(finder, count);
    global.gc?.();
    return { count, built, signed, early: early.p99, p50, p99, bytes: (used() - before) / count };
  } finally {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}

export async function run() {
  const small = await measure(few);
  const large = await measure(many);
  const name = `of ${many.toLocaleString('en')} cases`;
  const against = (what, key, unit, aim) => ({
    name: what,
    value: large[key],
    unit,
    baseline: `of ${few.toLocaleString('en')}`,
    baselineValue: small[key],
    ratio: large[key] / small[key],
    ...(aim ? { aim } : {}),
  });
  return [
    against(`a search ${name}, the middle one`, 'p50', 'ms', '≤ 200 ms'),
    against(`99 of 100 searches ${name}`, 'p99', 'ms', '≤ 200 ms'),
    against(`the first search of a process ${name}, which reads them all`, 'built', 'ms'),
    against(`99 of 100 searches ${name} right after it, while the logs are read`, 'early', 'ms'),
    against(`until all logs ${name} have been read, beside the work`, 'signed', 'ms'),
    against(`memory a case that is searched, ${name}`, 'bytes', 'bytes'),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) print(await run());
