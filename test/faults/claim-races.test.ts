/** Fifty agents on two processes want the same cases at the same time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexes } from '../../src/conversation/placement.ts';
import type { Conversation } from '../../src/conversation/state.ts';
import { openRedis } from '../../src/store/redis.ts';
import type { Store } from '../../src/store/store.ts';
import { build } from '../integration/cli-agents-run.ts';
import { makeWaiting } from '../integration/console-desk.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { times, told } from '../support/schedule.ts';

const script = fileURLToPath(new URL('claimers.mjs', import.meta.url));
const conversations = Number(process.env.CONVERSATIONS ?? times(100, 1_000));
const races = Number(process.env.RACES ?? times(1, 10));
/** Half of the cases find an owner: the other half stays for nobody. */
const capacity = Math.max(1, Math.floor(conversations / 100));

interface Told {
  readonly won: readonly string[];
  readonly refused: Readonly<Record<string, number>>;
}

describe.runIf(hasRedis)('a race for cases', () => {
  let redis: RedisProcess;
  beforeAll(async () => {
    build();
    redis = await startRedis({ appendonly: true });
  });
  afterAll(() => redis.stop());

  it('O1 O3 gives each case to one of fifty agents on two processes, and nobody more than the capacity', async () => {
    for (let race = 0; race < races; race++) await run(`race-${race}`);
    told({
      fault: `race of fifty agents for ${conversations} cases`,
      engine: 'Redis',
      times: races,
      acknowledged: races * Math.min(conversations, 50 * capacity),
      lost: 0,
      doubled: 0,
      visitor: 'one person joins',
      agent: 'the case, or who has it, or that the capacity is reached',
    });
  }, 900_000);

  async function run(deskId: string): Promise<void> {
    const store = await openRedis(redis.url, deskId);
    for (let n = 0; n < conversations; n++) await makeWaiting(store, { id: `race-${n}` });
    const claimers = ['one', 'two'].map((name) => begin(deskId, name));
    for (const { ready } of claimers) await ready;
    const told = Object.assign({}, ...(await Promise.all(claimers.map(({ go }) => go())))) as Record<string, Told>;
    await compare(store, told);
    await store.close();
  }

  function begin(deskId: string, name: string): { ready: Promise<unknown>; go: () => Promise<Record<string, Told>> } {
    const args = [script, redis.url, deskId, name, String(conversations), String(capacity)];
    const child: ChildProcess = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const line = () => once(lines, 'line') as Promise<[string]>;
    return {
      ready: line(),
      go: async () => {
        const answer = line();
        child.stdin?.write('go\n');
        return JSON.parse((await answer)[0]);
      },
    };
  }

  /** What the agents were told, what the states say, what the logs say, and the indexes: the same. */
  async function compare(store: Store, told: Record<string, Told>): Promise<void> {
    const ids = Array.from({ length: conversations }, (_, n) => `race-${n}`);
    const states = (await store.load(ids)) as Conversation[];
    const owners = new Map(
      states.flatMap(({ id, phase }) => (phase.at === 'human' ? [[id, phase.owner.name] as const] : [])),
    );
    const won = Object.entries(told).flatMap(([name, { won }]) => won.map((id) => [id, name] as const));
    expect(new Map(won)).toEqual(owners);
    expect(won).toHaveLength(owners.size);
    expect(owners.size).toBe(Math.min(conversations, 50 * capacity));
    for (const [name, { won: own, refused }] of Object.entries(told)) {
      expect(own.length).toBeLessThanOrEqual(capacity);
      expect(await store.count(indexes.load(name))).toBe(own.length);
      expect(Object.keys(refused).every((code) => ['already-owned', 'at-capacity'].includes(code))).toBe(true);
    }
    expect(await store.count(indexes.waiting)).toBe(conversations - owners.size);
    for (const id of ids) {
      const claims = (await store.history(id, 0, 100)).filter(({ type }) => type === 'claimed');
      expect(claims).toHaveLength(owners.has(id) ? 1 : 0);
    }
  }
});
