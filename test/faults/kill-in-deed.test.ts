/**
 * Kill -9 of the service between any two steps of what an agent does: a claim, an answer, an escalation, a close. The page sends it again;
 * it is done once. On both engines.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgentSession, arrive, signIn, type Visitor } from '../support/desk.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { times, told } from '../support/schedule.ts';
import { type RunningService, startService } from '../support/service.ts';

const entry = fileURLToPath(new URL('./crashing-service.mjs', import.meta.url));

interface Entry {
  readonly version: number;
  readonly type: string;
  readonly text?: string;
  readonly by: { readonly role: string };
}

interface Deed {
  readonly name: string;
  readonly path: string;
  readonly body: (epoch: number) => object;
  /** Its event, once in the log. */
  readonly event: string;
  /** What the visitor is told of it, once. */
  readonly notice: RegExp;
}

const deeds: readonly Deed[] = [
  { name: 'a claim', path: 'claim', body: () => ({}), event: 'claimed', notice: /has joined the chat/ },
  {
    name: 'an answer',
    path: 'messages',
    body: (epoch) => ({ text: 'Try the other cable.', epoch, clientId: 'answer' }),
    event: 'message',
    notice: /other cable/,
  },
  {
    name: 'an escalation',
    path: 'escalate',
    body: (epoch) => ({
      to: 'repair',
      reason: 'the hinge broke',
      fields: { model: 'X1', serial: '42', symptom: 'broken hinge', warranty: 'yes', address: 'Kyoto' },
      epoch,
      clientId: 'escalation',
    }),
    event: 'escalated',
    notice: /repair team/,
  },
  {
    name: 'a close',
    path: 'resolve',
    body: (epoch) => ({ code: 'solved', summary: 'another cable', epoch, clientId: 'close' }),
    event: 'resolved',
    notice: /is closed/,
  },
];

const steps = ['before-load', 'after-load', 'before-commit', 'after-commit'] as const;

/** Each deed where its answer is lost; in the long run at every step, again and again. */
const cases = Array.from({ length: times(1, 3) }).flatMap(() =>
  deeds.flatMap((deed) => steps.slice(times(3, 0)).map((step) => ({ deed, step }))),
);

function faults(engine: 'LMDB' | 'Redis'): void {
  let directory: string;
  let redis: RedisProcess | undefined;
  let service: RunningService;
  const counted = new Map<string, { times: number; acknowledged: number; lost: number; doubled: number }>();

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'firstline-crash-'));
    redis = engine === 'Redis' ? await startRedis({ appendonly: true }) : undefined;
    const env = { CRASH_FILE: join(directory, 'step'), LOG_LEVEL: 'error' };
    service = await startService({ entry, env: { ...env, ...(redis ? { REDIS_URL: redis.url } : {}) } });
  });
  afterAll(async () => {
    for (const [name, counts] of counted) {
      const seen = { visitor: 'is told of it once', agent: 'no answer; sent again, done once' };
      told({ fault: `service killed in ${name}`, engine, ...counts, ...seen });
    }
    await service?.stop();
    await redis?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** Sends until it is acknowledged, as the page does; the service is started again when it is gone. */
  async function insist(agent: AgentSession, path: string, body: object): Promise<{ epoch: number }> {
    for (let tried = 0; tried < 5; tried++) {
      const answer = await agent.post<{ epoch: number }>(path, body).catch(() => undefined);
      if (answer?.status === 200 || answer?.status === 201) return answer.body;
      if (answer) throw new Error(`${path} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
      await service.start();
    }
    throw new Error(`${path} was never acknowledged`);
  }

  const timeline = async (agent: AgentSession, { conversation }: Visitor): Promise<Entry[]> =>
    (await agent.get<{ timeline: Entry[] }>(`/conversations/${conversation}`)).body.timeline;

  for (const { deed, step } of cases) {
    it(`T2 O1 A4 killed ${step} of ${deed.name}: sent again, it is done once and told once`, async () => {
      const agent = await signIn(service.url);
      const visitor = await arrive(service.url, 'en');
      const path = `/conversations/${visitor.conversation}`;
      await visitor.say('talk to a person', 'ask');
      const epoch = deed.path === 'claim' ? 0 : (await insist(agent, `${path}/claim`, {})).epoch;
      const before = (await timeline(agent, visitor)).length;
      if (step.endsWith('load')) {
        // A process loads only what it does not remember.
        await service.kill9();
        await service.start();
      }
      const pid = service.pid;
      await writeFile(join(directory, 'step'), `${step} ${visitor.conversation}`);
      await insist(agent, `${path}/${deed.path}`, deed.body(epoch));
      expect(service.pid).not.toBe(pid);
      const log = await timeline(agent, visitor);
      expect(log.map(({ version }) => version)).toEqual(log.map((_, i) => i + 1));
      const since = log.slice(before);
      const done = since.filter(({ type, by }) => type === deed.event && by.role === 'agent').length;
      const heard = since.filter(({ text }) => deed.notice.test(text ?? '')).length;
      const counts = counted.get(deed.name) ?? { times: 0, acknowledged: 0, lost: 0, doubled: 0 };
      counted.set(deed.name, {
        times: counts.times + 1,
        acknowledged: counts.acknowledged + 1,
        lost: counts.lost + (done === 0 ? 1 : 0),
        doubled: counts.doubled + Math.max(0, done - 1) + Math.max(0, heard - 1),
      });
      expect({ done, heard }).toEqual({ done: 1, heard: 1 });
      // Room for the next.
      await agent.post(`${path}/release`, {});
    });
  }
}

describe('LMDB', () => faults('LMDB'));
describe.skipIf(!hasRedis)('Redis', () => faults('Redis'));
