/** Two processes of one desk, each with its own copy of the files: what each serves is seen in one place. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, signIn, startDesk, type TestDesk } from '../support/desk.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { until } from '../support/wait.ts';

interface Ready {
  readonly process: string;
  readonly faq: { readonly version: string; readonly since: string };
  readonly dialogs: { readonly version: string };
}
interface Status {
  readonly processes: readonly {
    readonly name: string;
    readonly faq: { readonly version: string; readonly since: string };
    readonly dialogs: { readonly version: string };
  }[];
}

const entry = `entries:
  - id: badge-lost
    questions: {en: [I lost my badge, my badge is gone]}
    answer: {en: Ask reception.}
`;

const printer = `entries:
  - id: paper-jam
    questions: {en: [The printer has a paper jam, paper is stuck]}
    answer: {en: Open the lid.}
`;

describe.skipIf(!hasRedis)('the versions that the processes of a desk serve', () => {
  let redis: RedisProcess;
  let directory: string;
  const desks: TestDesk[] = [];
  beforeAll(async () => {
    redis = await startRedis();
    directory = await mkdtemp(join(tmpdir(), 'firstline-served-'));
    for (const name of ['one', 'two']) {
      const faq = join(directory, name);
      await mkdir(faq);
      await writeFile(join(faq, 'printer.yaml'), printer);
      desks.push(await startDesk({ env: { REDIS_URL: redis.url, FAQ_DIR: faq } }));
    }
  });
  afterAll(async () => {
    for (const desk of desks) await desk.stop();
    await redis?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('U6 are shown together in the console, differ while one has taken up an edit alone, and each says its own at /readyz', async () => {
    const [one, two] = desks as [TestDesk, TestDesk];
    const agent = await signIn(two.url);
    const served = async () => {
      const { processes } = (await agent.get<Status>('/status')).body;
      return processes.length === 2 ? processes : undefined;
    };
    const before = await until(served, 'both processes are listed');
    expect(new Set(before.map(({ faq }) => faq.version)).size).toBe(1);
    expect(new Set(before.map(({ dialogs }) => dialogs.version)).size).toBe(1);
    await writeFile(join(directory, 'one', 'badge.yaml'), entry);
    const apart = await until(async () => {
      const processes = await served();
      return processes && new Set(processes.map(({ faq }) => faq.version)).size === 2 ? processes : undefined;
    }, 'the console shows that they differ');
    for (const { url } of desks) {
      const ready = (await call<Ready>(`${url}/readyz`)).body;
      const listed = apart.find(({ name }) => name === ready.process);
      expect(listed?.faq).toEqual({ version: ready.faq.version, since: ready.faq.since });
    }
    await writeFile(join(directory, 'two', 'badge.yaml'), entry);
    await until(async () => {
      const processes = await served();
      return processes && new Set(processes.map(({ faq }) => faq.version)).size === 1;
    }, 'they agree again');
    await one.service.stop(500);
    await until(
      async () => (await agent.get<Status>('/status')).body.processes.length === 1,
      'one is gone from the list',
    );
  });
});
