/** Kill -9 of the service between any two steps of a turn, by a process that ends itself there. On both engines. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrive, signIn, type Visitor } from '../support/desk.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { type RunningService, startService } from '../support/service.ts';

const entry = fileURLToPath(new URL('./crashing-service.mjs', import.meta.url));
const steps = ['before-load', 'after-load', 'before-commit', 'after-commit'] as const;

interface Entry {
  readonly version: number;
  readonly type: string;
  readonly text?: string;
  readonly by: { readonly role: string };
}

function faults(engine: 'LMDB' | 'Redis'): void {
  let directory: string;
  let redis: RedisProcess | undefined;
  let service: RunningService;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'firstline-crash-'));
    redis = engine === 'Redis' ? await startRedis({ appendonly: true }) : undefined;
    const env = { CRASH_FILE: join(directory, 'step'), LOG_LEVEL: 'warn', ...(redis ? { REDIS_URL: redis.url } : {}) };
    service = await startService({ entry, env });
  });
  afterAll(async () => {
    await service?.stop();
    await redis?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** Posts until it is acknowledged, as the chat does: the same id each time, the service started again when it is gone. */
  async function insist(visitor: Visitor, text: string, id: string): Promise<void> {
    for (let tried = 0; tried < 5; tried++) {
      const posted = await visitor.say(text, id).catch(() => undefined);
      if (posted?.status === 200) return;
      if (!posted) await service.start();
    }
    throw new Error(`"${text}" was never acknowledged`);
  }

  const timeline = async (visitor: Visitor): Promise<Entry[]> => {
    const agent = await signIn(service.url);
    return (await agent.get<{ timeline: Entry[] }>(`/conversations/${visitor.conversation}`)).body.timeline;
  };

  for (const step of steps) {
    it(`T2 T3 T4 killed ${step}: every message once, one turn for each, versions without a gap`, async () => {
      const visitor = await arrive(service.url, 'en');
      await insist(visitor, 'I forgot my password', 'first');
      if (step.endsWith('load')) {
        // A process loads only what it does not remember.
        await service.kill9();
        await service.start();
      }
      await writeFile(join(directory, 'step'), step);
      const pid = service.pid;
      await insist(visitor, 'my printer does not print', 'second');
      expect(service.pid).not.toBe(pid);
      await insist(visitor, 'talk to a person', 'third');
      const log = await timeline(visitor);
      expect(log.map((entry) => entry.version)).toEqual(log.map((_, i) => i + 1));
      const said = log.flatMap((entry) =>
        entry.type === 'message' && entry.by.role === 'visitor' ? [entry.text] : [],
      );
      expect(said).toEqual(['I forgot my password', 'my printer does not print', 'talk to a person']);
      expect(log.filter((entry) => entry.type === 'matched')).toHaveLength(2);
      expect(log.filter((entry) => entry.type === 'queued')).toHaveLength(1);
    });
  }
}

describe('LMDB', () => faults('LMDB'));
describe.skipIf(!hasRedis)('Redis', () => faults('Redis'));
