/** Starting and stopping the built service: what a person at a terminal, or a process manager, sees. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { arrive, call, signIn } from '../support/desk.ts';
import { littleFaq } from '../support/faqs.ts';
import { stopwatch } from '../support/pace.ts';
import { type RunningService, startService } from '../support/service.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const running: RunningService[] = [];
async function service(env: Record<string, string> = {}): Promise<RunningService> {
  const started = await startService({ env });
  running.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

/** Starts it where it must fail, and gives what it says. */
function refused(env: Record<string, string>, directory: string): { status: number | null; said: string } {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/main.js')], {
    cwd: directory,
    env: {
      PATH: process.env.PATH ?? '',
      NODE_NO_WARNINGS: '1',
      FAQ_DIR: littleFaq,
      DATA_DIR: join(directory, 'data'),
      PORT: '0',
      ...env,
    },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, said: stderr };
}

describe('a stop by SIGTERM', () => {
  it('H5 ends within 5 s with 0, though visitors and agents are connected', async () => {
    const one = await service();
    const visitor = await arrive(one.url);
    const socket = new WebSocket(
      `${one.url.replace('http', 'ws')}/v3/directline/conversations/${visitor.conversation}/stream?t=${visitor.token}`,
    );
    await new Promise((resolve) => socket.once('message', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const agent = await signIn(one.url);
    const events = await fetch(`${one.url}/console/api/events`, { headers: { cookie: agent.cookie } });
    expect(events.status).toBe(200);
    const watch = stopwatch();
    expect(await one.terminate()).toBe(0);
    expect(watch()).toBeLessThan(5_000);
    // "Service restart": the client comes back by itself.
    expect(await closed).toBe(1012);
    await events.body?.cancel().catch(() => undefined);
  });

  it('H5 T2 finishes what is under way: what was answered is there after the next start', async () => {
    const one = await service();
    const visitor = await arrive(one.url);
    const posts = Array.from({ length: 20 }, (_, i) => visitor.say(`printer ${i}`, `m${i}`).catch(() => undefined));
    const ended = one.terminate();
    const answered = (await Promise.all(posts)).flatMap((post, i) => (post?.status === 200 ? [`m${i}`] : []));
    expect(await ended).toBe(0);
    await one.start();
    const kept = (await visitor.activities()).flatMap((activity) => activity.channelData?.clientActivityID ?? []);
    expect(kept).toEqual(expect.arrayContaining(answered));
  });
});

describe('a start that cannot be', () => {
  it('H4 says in one sentence what is wrong and what to do', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'firstline-refused-'));
    try {
      const bad = refused({ PORT: '70000', LOG_LEVEL: 'loud' }, directory);
      expect(bad.status).toBe(1);
      expect(bad.said).toContain('PORT: "70000" was given; allowed is a whole number from 0 to 65535');
      expect(bad.said).toContain('LOG_LEVEL: "loud"');
      const secret = refused({ SIGNING_SECRET: 'too-short-and-private' }, directory);
      expect(secret.said).toContain('SIGNING_SECRET: 21 characters was given');
      expect(secret.said).not.toContain('too-short-and-private');
      const nowhere = refused({ REDIS_URL: 'redis://127.0.0.1:1' }, directory);
      expect(nowhere.status).toBe(1);
      expect(nowhere.said).toMatch(/^firstline cannot start\. .*Redis.*\n$/);
      for (const place of ['/proc/nobody/data', join(root, 'package.json')]) {
        const unwritable = refused({ DATA_DIR: place }, directory);
        expect(unwritable.said).toMatch(
          /^firstline cannot start\. DATA_DIR: \S+ cannot be written in \(E[A-Z]+\); .*\n$/,
        );
      }
      const noFaq = refused({ FAQ_DIR: join(directory, 'none') }, directory);
      expect(noFaq.said).toMatch(/^firstline cannot start\. .*none/);
      expect(noFaq.said.trim().split('\n')).toHaveLength(1);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('H4 refuses a port that is taken, and a store that another service has', async () => {
    const own = await mkdtemp(join(tmpdir(), 'firstline-own-'));
    const other = await mkdtemp(join(tmpdir(), 'firstline-other-'));
    const one = await service({ DATA_DIR: join(own, 'data') });
    expect(refused({ PORT: String(one.port) }, other).said).toContain(`Port ${one.port} at 127.0.0.1 is taken`);
    expect(refused({}, own).said).toMatch(/^firstline cannot start\. Another firstline service already uses /);
    await one.kill9();
    // What was killed holds nothing.
    await one.start();
    await Promise.all([own, other].map((directory) => rm(directory, { recursive: true, force: true })));
  });
});

describe('the log', () => {
  it('H3 is JSON lines, and holds nothing that anybody wrote, nor a secret', async () => {
    const one = await service({ LOG_LEVEL: 'trace' });
    const visitor = await arrive(one.url);
    await visitor.say('my printer zebra-stripes hanako@example.com');
    await visitor.say('talk to a person');
    const agent = await signIn(one.url);
    const path = `/conversations/${visitor.conversation}`;
    const claimed = await agent.post<{ epoch: number }>(`${path}/claim`);
    await agent.post(`${path}/messages`, { text: 'giraffe-necks', epoch: claimed.body.epoch, clientId: 'x' });
    await agent.post(`${path}/notes`, { text: 'elephant-ears' });
    await call(`${one.url}/console/api/session`, {
      method: 'POST',
      body: { name: 'admin', password: 'hippo-teeth' },
      headers: { origin: one.url },
    });
    await one.terminate();
    const lines = one
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.map((line) => JSON.parse(line)).filter((line) => line.msg === 'turn').length).toBeGreaterThanOrEqual(
      3,
    );
    for (const word of [
      'zebra',
      'hanako',
      'giraffe',
      'elephant',
      'hippo',
      'correct horse',
      visitor.token,
      agent.cookie.split('=')[1] ?? 'x',
    ]) {
      expect(one.output(), word).not.toContain(word);
    }
  });
});
