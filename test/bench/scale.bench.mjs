/**
 * What a desk costs as it grows, on the embedded store: a turn with 200,000 conversations stored beside one with 1,000, taken in turns;
 * the disk that a conversation takes, open and archived; and one process with 5,000 visitors connected: its memory, and how long a reply
 * to one of them takes beside the same with 10 connected.
 * `node test/bench/scale.bench.mjs` prints the table; `SCALE=20000 VISITORS=500` makes it smaller.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { DeskAdapter } from '../../dist/bot/adapter.js';
import { SupportBot } from '../../dist/bot/bot.js';
import { texts } from '../../dist/bot/texts.js';
import { TurnMiddleware } from '../../dist/bot/turn.js';
import { authenticationFor } from '../../dist/channels/botframework.js';
import { decide } from '../../dist/conversation/conversation.js';
import { initial, record } from '../../dist/conversation/fold.js';
import { commitDecided } from '../../dist/desk/commit.js';
import { shippedTerms } from '../../dist/desk/terms.js';
import { openLmdb } from '../../dist/store/lmdb.js';
import { openUnderstanding } from '../../dist/understanding/load.js';
import { print, quantile } from './table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const many = Number(process.env.SCALE ?? 200_000);
const few = 1_000;
const visitors = Number(process.env.VISITORS ?? 5_000);
const turnsEach = 300;

const open = { type: 'open', channel: { kind: 'website' }, visitor: { id: 'v', signed: false }, language: 'en' };
const asks = {
  type: 'turn',
  inbound: { type: 'message', text: 'My printer does not print, and I have tried another cable', language: 'en' },
  findings: [],
  replies: [{ text: "I'm handing you over to a person." }],
  handoff: { reason: 'asked', subject: 'My printer does not print' },
};

/** A conversation that waits for a person, in one commit. */
function waiting(id, ticket) {
  const world = { ...shippedTerms, now: Date.now(), notices: texts, by: { role: 'desk' }, nextTicket: ticket };
  const opened = decide(initial(id), open, world);
  const c = record(initial(id), opened, world.now).next;
  return [...opened, ...decide(c, asks, world)];
}

async function fill(store, from, to) {
  for (let start = from; start < to; start += 2_000) {
    const batch = Array.from({ length: Math.min(2_000, to - start) }, (_, i) => start + i);
    await Promise.all(
      batch.map((n) =>
        commitDecided(store, initial(`c-${n}`), waiting(`c-${n}`, n + 1), { at: Date.now(), key: `fill-${n}` }),
      ),
    );
  }
}

async function sizeOf(directory) {
  let sum = 0;
  for (const file of await readdir(directory, { recursive: true, withFileTypes: true }))
    if (file.isFile()) sum += (await stat(join(file.parentPath, file.name))).size;
  return sum;
}

/** A desk on a store of its own, and a way to take one turn. */
async function deskWith(understanding, count) {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-bench-'));
  const store = await openLmdb(directory);
  const empty = await sizeOf(directory);
  await fill(store, 0, count);
  const turns = new TurnMiddleware({ store, log: { info() {}, error() {} } });
  const adapter = new DeskAdapter(authenticationFor({}), turns);
  const bot = new SupportBot({ understanding, staffing: async () => ({ state: 'open', waiting: 0 }) });
  let n = 0;
  const turn = () => {
    const id = `t-${n++ % 50}`;
    const activity = {
      type: 'message',
      text: 'I forgot my password',
      channelId: 'directline',
      serviceUrl: 'http://x',
      conversation: { id },
      from: { id: 'v' },
      recipient: { id: 'b' },
    };
    return adapter.websiteTurn(activity, { conversation: id, open }, (context) => bot.run(context));
  };
  return {
    turn,
    store,
    bytesEach: ((await sizeOf(directory)) - empty) / count,
    async stop() {
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** ms of a turn on a desk of each size, taken in turns so that both meet the same machine. */
async function turnsAtScale() {
  const understanding = await openUnderstanding({ directory: join(root, 'faq'), watch: false });
  const small = await deskWith(understanding, few);
  const large = await deskWith(understanding, many);
  const times = { small: [], large: [] };
  for (let i = -20; i < turnsEach; i++) {
    const order = i % 2 ? ['small', 'large'] : ['large', 'small'];
    for (const kind of order) {
      const started = performance.now();
      await (kind === 'small' ? small : large).turn();
      if (i >= 0) times[kind].push(performance.now() - started);
    }
  }
  const archived = await archivedBytes(large.store);
  const figures = {
    small: quantile(times.small, 0.5),
    large: quantile(times.large, 0.5),
    bytesEach: large.bytesEach,
    archived,
  };
  await small.stop();
  await large.stop();
  await understanding.close();
  return figures;
}

/** As the archive keeps it: state and log as one compressed member. */
async function archivedBytes(store) {
  let sum = 0;
  const sample = 200;
  for (let n = 0; n < sample; n++) {
    const [state] = await store.load([`c-${n}`]);
    const events = await store.history(`c-${n}`, 0, 1_000);
    sum += gzipSync(JSON.stringify({ state, events })).length;
  }
  return sum / sample;
}

const post = async (url, body, headers = {}) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
};

/** A visitor on a socket; `say` resolves when the bot's reply to it has come. */
async function connect(base) {
  const { token, conversationId } = await post(`${base}/widget/session`, { locale: 'en' });
  const headers = { authorization: `Bearer ${token}` };
  const { streamUrl } = await post(`${base}/v3/directline/conversations`, {}, headers);
  const socket = new WebSocket(streamUrl);
  let arrived = () => {};
  let mine = '';
  let seen = false;
  socket.on('message', (data) => {
    for (const activity of JSON.parse(String(data)).activities) {
      if (activity.channelData?.clientActivityID === mine) seen = true;
      else if (seen && activity.type === 'message' && activity.from.role === 'bot') arrived();
    }
  });
  await once(socket, 'open');
  let n = 0;
  return {
    socket,
    async say(text) {
      mine = `m${n++}`;
      seen = false;
      const replied = new Promise((resolve) => {
        arrived = resolve;
      });
      const body = { type: 'message', text, channelData: { clientActivityID: mine } };
      await post(`${base}/v3/directline/conversations/${conversationId}/activities`, body, headers);
      await replied;
    },
  };
}

async function connected() {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-bench-'));
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    cwd: directory,
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'warn', FAQ_DIR: join(root, 'faq') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const sockets = [];
  try {
    const base = await new Promise((resolve, reject) => {
      let text = '';
      child.stderr.on('data', (chunk) => {
        text += chunk;
        const found = /console:\s+(http:\/\/[^/]+)\//.exec(text);
        if (found) resolve(found[1]);
      });
      child.once('exit', () => reject(new Error(`The service ended:\n${text}`)));
    });
    const rss = async () =>
      Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
    const measure = async (people) => {
      const times = [];
      for (let i = 0; i < 200; i++) {
        const started = performance.now();
        await people[i % people.length].say(i % 2 ? 'I forgot my password' : 'hello');
        times.push(performance.now() - started);
      }
      return quantile(times, 0.99);
    };
    const people = await Promise.all(Array.from({ length: 10 }, () => connect(base)));
    sockets.push(...people);
    const before = { p99: await measure(people), rss: await rss() };
    while (sockets.length < visitors)
      sockets.push(
        ...(await Promise.all(Array.from({ length: Math.min(50, visitors - sockets.length) }, () => connect(base)))),
      );
    return { before, after: { p99: await measure(people), rss: await rss() } };
  } finally {
    for (const { socket } of sockets) socket.terminate();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await rm(directory, { recursive: true, force: true });
  }
}

export async function run() {
  const { small, large, bytesEach, archived } = await turnsAtScale();
  const { before, after } = await connected();
  return [
    {
      name: `turn, ${many.toLocaleString('en')} conversations stored`,
      value: large,
      unit: 'ms',
      baseline: `${few.toLocaleString('en')} stored`,
      baselineValue: small,
      ratio: large / small,
      aim: '< 1.2',
    },
    {
      name: 'disk of an archived conversation',
      value: archived / 1_024,
      unit: 'KB',
      baseline: 'open, waiting',
      baselineValue: bytesEach / 1_024,
      ratio: archived / bytesEach,
    },
    {
      name: `memory, ${visitors.toLocaleString('en')} visitors connected`,
      value: after.rss,
      unit: 'MB',
      baseline: '10 connected',
      baselineValue: before.rss,
      ratio: after.rss / before.rss,
    },
    {
      name: `reply p99, ${visitors.toLocaleString('en')} visitors connected`,
      value: after.p99,
      unit: 'ms',
      baseline: '10 connected',
      baselineValue: before.p99,
      ratio: after.p99 / before.p99,
    },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  print(await run());
  process.exit(0);
}
