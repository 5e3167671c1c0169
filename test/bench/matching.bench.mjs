/**
 * Matching at 45, 1,000 and 10,000 entries of ten phrasings: milliseconds a question, seconds until the first answer, against
 * fuse.js (token search) and MiniSearch on the same phrasings and questions in the same run; the share of questions whose
 * entry comes first, of each; and how long learning in the background holds the event loop.
 * The FAQ is made up: each entry has words of its own among common ones, questions mix two of its phrasings, one in four with
 * a slip. It tells speed, not quality: that is measured on real questions (src/cli/measure.ts).
 * `node test/bench/matching.bench.mjs [entries …]` prints the table. Memory is that of a process of its own, in which the matcher
 * alone is started, trained and asked (`--memory entries`): the whole process, its peak while learning.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { startMatcher } from '../../dist/understanding/matcher/background.js';
import { print, quantile } from './table.mjs';

const sizes = [45, 1000, 10_000];
const phrasingsEach = 10;
const questionsAsked = 1000;
/** Engines that need seconds a question are asked fewer: as many as fit in this many ms, five at least. */
const patience = 5000;

function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** @returns entries as the matcher takes them, and questions with the id that answers each. */
function madeUp(size) {
  const random = randomNumbers(size);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const syllables = 'ka mo re ti sun dor vel pla net gri sto ber lin fos tra que zan wex jol hip'.split(' ');
  const vocabulary = Array.from({ length: 6000 }, () =>
    Array.from({ length: random() < 0.5 ? 2 : 3 }, () => pick(syllables)).join(''),
  );
  const common = 'how do i can the my to a is in on not what for with why when it does'.split(' ');
  const word = () => vocabulary[Math.floor(Math.exp(random() * Math.log(vocabulary.length)))];
  const entries = Array.from({ length: size }, (_, number) => {
    const own = Array.from({ length: 5 }, word);
    const phrasing = () =>
      Array.from({ length: 7 + Math.floor(random() * 4) }, () =>
        random() < 0.45 ? pick(common) : random() < 0.7 ? pick(own) : word(),
      ).join(' ');
    return {
      id: `entry-${number}`,
      topic: 'bench',
      tags: [],
      questions: { en: Array.from({ length: phrasingsEach }, phrasing) },
      answer: { en: own.join(' ') },
      related: [],
      keywords: {},
    };
  });
  const questions = Array.from({ length: questionsAsked }, () => {
    const entry = pick(entries);
    const [one, other] = entry.questions.en;
    let text = [...one.split(' ').slice(0, 4), ...other.split(' ').slice(3, 7)].join(' ');
    if (random() < 0.25) {
      const at = Math.floor(random() * (text.length - 1));
      text = text.slice(0, at) + text.slice(at + 1);
    }
    return { text, id: entry.id };
  });
  return { entries, questions };
}

/** @param first gives the id of the best entry for a text. */
function ask(questions, first) {
  const times = [];
  let right = 0;
  const started = performance.now();
  for (const { text, id } of questions) {
    const from = performance.now();
    if (first(text) === id) right += 1;
    times.push(performance.now() - from);
    if (times.length >= 5 && performance.now() - started > patience) break;
  }
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), right: (100 * right) / times.length };
}

/** Longest time in ms that other work of the event loop had to wait, while `work` ran. */
async function holding(work) {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 2);
    last = now;
  }, 2);
  const result = await work();
  clearInterval(timer);
  return { longest, result };
}

/** Starts, trains and asks the matcher; for a process of its own. @returns megabytes (10⁶ bytes) of the whole process. */
async function remembered(size) {
  const { entries, questions } = madeUp(size);
  const training = startMatcher(entries);
  const matcher = await training.trained;
  ask(questions, (text) => matcher.match(text, 'en').matches[0]?.id);
  await training.close();
  const { maxRSS } = process.resourceUsage();
  return { peak: (maxRSS * 1024) / 1e6, serving: process.memoryUsage().rss / 1e6 };
}

/** What {@link remembered} says in a process of its own. */
function memoryOf(size) {
  const script = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, [script, '--memory', String(size)], { encoding: 'utf8' }));
}

async function measure(size) {
  const memory = memoryOf(size);
  const { entries, questions } = madeUp(size);
  const phrasings = entries.flatMap(({ id, questions: { en } }) =>
    en.map((text, n) => ({ key: `${id}/${n}`, id, text })),
  );

  let ready = 0;
  let trainedAfter = 0;
  let indexed;
  let longest = 0;
  const started = performance.now();
  const training = startMatcher(entries);
  const held = await holding(async () => {
    indexed = await training.indexed;
    ready = (performance.now() - started) / 1000;
    return training.trained;
  });
  longest = held.longest;
  trainedAfter = (performance.now() - started) / 1000;
  const plain = ask(questions, (text) => indexed.match(text, 'en').matches[0]?.id);
  const trained = ask(questions, (text) => held.result.match(text, 'en').matches[0]?.id);
  await training.close();

  let from = performance.now();
  const fuse = new Fuse(phrasings, { keys: ['text'], useTokenSearch: true, ignoreLocation: true, includeScore: true });
  const fuseReady = (performance.now() - from) / 1000;
  const fused = ask(questions, (text) => fuse.search(text, { limit: 1 })[0]?.item.id);
  from = performance.now();
  const mini = new MiniSearch({ idField: 'key', fields: ['text'], storeFields: ['id'] });
  mini.addAll(phrasings);
  const miniReady = (performance.now() - from) / 1000;
  const minied = ask(questions, (text) => mini.search(text, { fuzzy: 0.2, combineWith: 'OR' })[0]?.id);

  const what = (name) => `matching, ${size.toLocaleString('en')} × ${phrasingsEach}: ${name}`;
  const against = (name, value, unit, baseline, baselineValue, aim) => ({
    name: what(name),
    value,
    unit,
    baseline,
    baselineValue,
    ratio: value / baselineValue,
    ...(aim ? { aim } : {}),
  });
  const alone = (name, value, unit, aim) => ({ name: what(name), value, unit, ...(aim ? { aim } : {}) });
  const median = size <= 1000 ? '≤ 1 ms' : '≤ 10 ms';
  return [
    against('a question, p50', trained.p50, 'ms', 'fuse.js', fused.p50, median),
    against('a question, p50', trained.p50, 'ms', 'MiniSearch', minied.p50, median),
    against('a question, p99', trained.p99, 'ms', 'fuse.js', fused.p99),
    against('a question, p99', trained.p99, 'ms', 'MiniSearch', minied.p99),
    against('first is right', trained.right, '%', 'fuse.js', fused.right),
    against('first is right', trained.right, '%', 'MiniSearch', minied.right),
    against('first is right, before training', plain.right, '%', 'MiniSearch', minied.right),
    against('ready to answer', ready, 's', 'fuse.js', fuseReady, size <= 1000 ? '≤ 3 s' : undefined),
    against('ready to answer', ready, 's', 'MiniSearch', miniReady, size <= 1000 ? '≤ 3 s' : undefined),
    alone('trained', trainedAfter, 's'),
    alone('event loop held while learning', longest, 'ms', '≤ 50 ms'),
    alone('memory of a process of its own, peak', memory.peak, 'MB', size > 1000 ? '≤ 500 MB' : undefined),
    alone('memory of a process of its own, serving', memory.serving, 'MB', size > 1000 ? '≤ 500 MB' : undefined),
  ];
}

/** @param wanted numbers of entries */
export async function run(wanted = sizes) {
  const rows = [];
  for (const size of wanted) rows.push(...(await measure(size)));
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const args = process.argv.slice(2);
  const wanted = args.filter((arg) => arg !== '--memory').map(Number);
  if (args.includes('--memory')) process.stdout.write(JSON.stringify(await remembered(wanted[0] ?? 45)));
  else print(await run(wanted.length > 0 ? wanted : sizes));
}
