/**
 * Whole turns per second, from the post to the reply in the visitor's hands: match, durable commit, delivery to the socket. The baseline
 * is a bare echo bot whose replies go to a channel in this process. And the cost of a turn as a conversation grows.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { quantile } from './table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const conversations = 32;
const turnsEach = 60;
const warmUp = 10;
const questions = [
  'I forgot my password',
  'my printer does not print',
  'no internet at all',
  'プリンターが印刷できません',
  'パスワードを忘れました',
];
const agent = new Agent({ keepAlive: true, maxSockets: conversations * 2 });

function post(url, body, headers = {}) {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
      },
      (response) => {
        let answer = '';
        response.on('data', (chunk) => {
          answer += chunk;
        });
        response.on('end', () =>
          response.statusCode < 300
            ? resolve(answer ? JSON.parse(answer) : {})
            : reject(new Error(`${response.statusCode} ${answer}`)),
        );
      },
    );
    call.on('error', reject);
    call.end(text);
  });
}

/** @param talk makes one conversation: a function that has one turn and resolves when its reply is there. */
async function load(talk) {
  const talks = await Promise.all(Array.from({ length: conversations }, (_, i) => talk(i)));
  const times = [];
  const go = async (turns, keep) => {
    await Promise.all(
      talks.map(async (turn, i) => {
        for (let n = 0; n < turns; n++) {
          const started = performance.now();
          await turn(questions[(i + n) % questions.length]);
          if (keep) times.push(performance.now() - started);
        }
      }),
    );
  };
  await go(warmUp, false);
  const started = performance.now();
  await go(turnsEach, true);
  const seconds = (performance.now() - started) / 1000;
  return { perSecond: (conversations * turnsEach) / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

async function echoBot() {
  const waiting = new Map();
  const channel = createServer((call, response) => {
    let body = '';
    call.on('data', (chunk) => {
      body += chunk;
    });
    call.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"id":"1"}');
      const { conversation, type } = JSON.parse(body);
      if (type === 'message') waiting.get(conversation.id)?.();
    });
  });
  channel.listen(0, '127.0.0.1');
  await once(channel, 'listening');
  const child = fork(join(root, 'test/bench/echo-bot.mjs'), {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const [{ port }] = await once(child, 'message');
  const serviceUrl = `http://127.0.0.1:${channel.address().port}`;
  try {
    return await load(async (i) => {
      const id = `c${i}`;
      return async (text) => {
        const replied = new Promise((resolve) => waiting.set(id, resolve));
        await post(`http://127.0.0.1:${port}/api/messages`, {
          type: 'message',
          id: String(Math.random()),
          channelId: 'emulator',
          serviceUrl,
          conversation: { id },
          from: { id: 'u' },
          recipient: { id: 'b' },
          text,
        });
        await replied;
      };
    });
  } finally {
    child.kill('SIGKILL');
    channel.closeAllConnections();
    channel.close();
  }
}

async function firstline(env) {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-bench-'));
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DATA_DIR: join(directory, 'data'),
      FAQ_DIR: join(root, 'faq'),
      ADMIN_PASSWORD: 'correct horse',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  const port = await new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      output += chunk;
      const found = /console:\s+http:\/\/[^:]+:(\d+)\//.exec(output);
      if (found) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error(output)));
  });
  const base = `http://127.0.0.1:${port}`;
  const sockets = [];
  try {
    return await load(async () => {
      const { token, conversationId } = await post(`${base}/widget/session`, { locale: 'en' });
      const headers = { authorization: `Bearer ${token}` };
      const { streamUrl } = await post(`${base}/v3/directline/conversations`, {}, headers);
      const socket = new WebSocket(streamUrl);
      sockets.push(socket);
      let n = 0;
      let arrived = () => {};
      let mine = '';
      let seenOwn = false;
      socket.on('message', (data) => {
        for (const activity of JSON.parse(String(data)).activities) {
          if (activity.channelData?.clientActivityID === mine) seenOwn = true;
          else if (seenOwn && activity.type === 'message' && activity.from.role === 'bot') arrived();
        }
      });
      await once(socket, 'open');
      return async (text) => {
        mine = `m${n++}`;
        seenOwn = false;
        const replied = new Promise((resolve) => {
          arrived = resolve;
        });
        await post(
          `${base}/v3/directline/conversations/${conversationId}/activities`,
          { type: 'message', text, channelData: { clientActivityID: mine } },
          headers,
        );
        await replied;
      };
    });
  } finally {
    for (const socket of sockets) socket.terminate();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await rm(directory, { recursive: true, force: true });
  }
}

/** ms of a turn (load, match, decide, commit) in conversations of two lengths, taken in turns so that both meet the same machine. */
async function growth() {
  const { openLmdb } = await import('../../dist/store/lmdb.js');
  const { openUnderstanding } = await import('../../dist/understanding/load.js');
  const { DeskAdapter } = await import('../../dist/bot/adapter.js');
  const { SupportBot } = await import('../../dist/bot/bot.js');
  const { TurnMiddleware } = await import('../../dist/bot/turn.js');
  const { authenticationFor } = await import('../../dist/channels/botframework.js');
  const { Desk } = await import('../../dist/desk/desk.js');
  const { texts } = await import('../../dist/bot/texts.js');
  const directory = await mkdtemp(join(tmpdir(), 'firstline-bench-'));
  const store = await openLmdb(directory);
  const understanding = await openUnderstanding({ directory: join(root, 'faq'), watch: false });
  const turns = new TurnMiddleware({ store, log: { info() {}, error() {} } });
  const adapter = new DeskAdapter(authenticationFor({}), turns);
  const bot = new SupportBot({ understanding, staffing: async () => ({ state: 'open', waiting: 0 }) });
  const desk = new Desk({ store, notices: texts });
  const open = { type: 'open', channel: { kind: 'website' }, visitor: { id: 'v', signed: false }, language: 'en' };
  const turn = (id, text) => {
    const activity = {
      type: 'message',
      text,
      channelId: 'directline',
      serviceUrl: 'http://x',
      conversation: { id },
      from: { id: 'v' },
      recipient: { id: 'b' },
    };
    return adapter.websiteTurn(activity, { conversation: id, open }, (context) => bot.run(context));
  };
  const grow = async (id, length) => {
    await turn(id, 'hello');
    const message = (i) => ({ text: `line ${i} of a long talk about a printer that will not print` });
    for (let i = 0; i < length; i += 100) {
      const replies = Array.from({ length: Math.min(100, length - i) }, (_, n) => message(i + n));
      await desk.execute(id, { type: 'turn', findings: [], replies }, { role: 'desk' });
    }
  };
  await grow('short', 10);
  await grow('long', 10_000);
  const times = { short: [], long: [] };
  for (let i = 0; i < 300; i++) {
    // Each short conversation is new, so that it stays short.
    const id = `short-${i}`;
    await grow(id, 10);
    for (const [kind, conversation] of i % 2
      ? [
          ['short', id],
          ['long', 'long'],
        ]
      : [
          ['long', 'long'],
          ['short', id],
        ]) {
      const started = performance.now();
      await turn(conversation, questions[i % questions.length]);
      times[kind].push(performance.now() - started);
    }
  }
  await understanding.close();
  await store.close();
  await rm(directory, { recursive: true, force: true });
  return { short: quantile(times.short, 0.5), long: quantile(times.long, 0.5) };
}

export async function run() {
  const echo = await echoBot();
  const lmdb = await firstline({ LOG_LEVEL: 'warn' });
  const { short, long } = await growth();
  const rows = [
    {
      name: 'full turns, embedded store',
      value: lmdb.perSecond,
      unit: '/s',
      baseline: 'echo bot',
      baselineValue: echo.perSecond,
      ratio: lmdb.perSecond / echo.perSecond,
      aim: '≥ 0.5',
    },
    {
      name: 'full turn p50',
      value: lmdb.p50,
      unit: 'ms',
      baseline: 'echo bot',
      baselineValue: echo.p50,
      ratio: lmdb.p50 / echo.p50,
    },
    {
      name: 'full turn p99',
      value: lmdb.p99,
      unit: 'ms',
      baseline: 'echo bot',
      baselineValue: echo.p99,
      ratio: lmdb.p99 / echo.p99,
    },
    {
      name: 'turn in a conversation of 10,000 events',
      value: long,
      unit: 'ms',
      baseline: 'of 10 events',
      baselineValue: short,
      ratio: long / short,
      aim: '< 1.2',
    },
  ];
  return rows;
}
