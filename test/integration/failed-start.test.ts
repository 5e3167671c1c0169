/** A start that fails half-way, in a process that goes on. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Closing } from '../../src/service/closing.ts';
import { startDesk } from '../support/desk.ts';

it('H4 a start that failed has closed what it had opened: the next one finds the store free, and nobody with an account', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'firstline-failed-'));
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const env = { PORT: String(port), DATA_DIR: join(directory, 'data'), ADMIN_PASSWORD: '' };
  await expect(startDesk({ env })).rejects.toThrow(`Port ${port} at 127.0.0.1 is taken`);
  taken.close();
  await once(taken, 'close');
  const desk = await startDesk({ env });
  expect((await fetch(`${desk.url}/readyz`)).status).toBe(200);
  // Whose password would have been shown by nobody.
  expect(desk.service.firstAccount?.name).toBe('admin');
  await desk.stop();
  await rm(directory, { recursive: true, force: true });
});

it('H5 a stop closes the newest first, and whatever fails, the rest too', async () => {
  const closing = new Closing();
  const closed: string[] = [];
  closing.add(() => closed.push('store'));
  closing.add(async () => {
    throw new Error('stuck');
  });
  closing.add(() => closed.push('listener'));
  await expect(closing.close()).rejects.toMatchObject({ errors: [{ message: 'stuck' }] });
  expect(closed).toEqual(['listener', 'store']);
});
