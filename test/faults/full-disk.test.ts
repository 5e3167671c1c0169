/**
 * The disk of the engine runs full while people talk, and is given room again: what cannot be kept is refused, nothing that was
 * acknowledged is lost. On a small disk of its own, which only root may mount.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/desk.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { times, told } from '../support/schedule.ts';
import { type RunningService, startService } from '../support/service.ts';
import { until } from '../support/wait.ts';
import { Crowd, inWords } from './crowd.ts';

const mayMount = process.getuid?.() === 0 && process.platform === 'linux' && tryMount();

function tryMount(): boolean {
  const probe = spawnSync('sh', [
    '-c',
    'd=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs "$d" && umount "$d" && rmdir "$d"',
  ]);
  if (probe.status === 0) return true;
  console.warn('SKIPPED: no disk can be mounted here, so what a full disk does is not tested.');
  return false;
}

/** How often the disk runs full. */
const fills = times(1, 10);

function faults(engine: 'LMDB' | 'Redis'): void {
  let disk: string;
  let redis: RedisProcess | undefined;
  let service: RunningService;

  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), 'firstline-disk-'));
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk]).status !== 0)
      throw new Error(`${disk} could not be mounted`);
    redis = engine === 'Redis' ? await startRedis({ appendonly: true, args: ['--dir', disk] }) : undefined;
    await mkdir(join(disk, 'data'));
    const env = redis ? { REDIS_URL: redis.url } : { DATA_DIR: join(disk, 'data') };
    service = await startService({ env: { ...env, LOG_LEVEL: 'silent' } });
  });
  afterAll(async () => {
    await service?.stop();
    await redis?.stop();
    spawnSync('umount', [disk]);
    await rm(disk, { recursive: true, force: true });
  });

  it(
    `T2 T3 H1 full ${fills} times: refused and said so at /readyz; with room again all goes on, each message once`,
    async () => {
      const crowd = await Crowd.gather([service.url]);
      const pid = service.pid;
      crowd.talk();
      await crowd.on(16);
      for (let n = 0; n < fills; n++) {
        const filler = join(disk, 'filler');
        await fill(filler);
        const refused = crowd.refusals;
        await until(() => crowd.refusals > refused, 'a refusal', 60_000);
        const ready = await call<{ store: { warnings?: readonly string[] } }>(`${service.url}/readyz`);
        expect(JSON.stringify(ready.body)).toMatch(/disk/i);
        await rm(filler);
        await crowd.on(16);
      }
      await crowd.hush();
      const seen = crowd.seen();
      const tally = await crowd.tally();
      told({
        fault: 'disk full',
        engine,
        times: fills,
        acknowledged: tally.acknowledged,
        lost: tally.lost,
        doubled: tally.doubled,
        visitor: inWords(seen.visitor),
        agent: inWords(seen.agent),
      });
      expect(tally).toMatchObject({ lost: 0, doubled: 0, torn: 0 });
      expect(service.pid).toBe(pid);
    },
    times(120_000, 900_000),
  );
}

/** Until not a byte is left. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let size = 1024 * 1024; size >= 1; ) {
      try {
        await file.write(Buffer.alloc(size));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size = Math.floor(size / 16);
      }
    }
  } finally {
    await file.close();
  }
}

describe.skipIf(!mayMount)('LMDB', () => faults('LMDB'));
describe.skipIf(!mayMount || !hasRedis)('Redis', () => faults('Redis'));
