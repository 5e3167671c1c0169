/**
 * One service process to a directory. The holder listens on a socket whose address stands in the store; who comes next and is
 * answered there is refused. A killed holder's socket answers nobody, so its place is free at once, whatever its pid has become.
 */
import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A register that the engine keeps, compared and set in one transaction. */
export interface Register {
  read(): string | undefined;
  /** Sets it to `to` if it is still `from`. */
  swap(from: string | undefined, to: string | undefined): Promise<boolean>;
}

/** @returns frees the place. @throws Error naming the directory when another service has it. */
export async function holdDirectory(directory: string, register: Register): Promise<() => Promise<void>> {
  const { server, address } = await listen(directory);
  try {
    for (;;) {
      const holder = register.read();
      if (holder !== undefined && (await answers(holder))) {
        throw new Error(
          `Another firstline service already uses ${resolve(directory)}: stop it, give this one its own DATA_DIR, or set REDIS_URL to run several.`,
        );
      }
      if (!(await register.swap(holder, address))) continue;
      if (holder !== undefined) await forget(holder);
      return async () => {
        await register.swap(address, undefined);
        await stop(server);
      };
    }
  } catch (error) {
    await stop(server);
    throw error;
  }
}

async function listen(directory: string): Promise<{ server: Server; address: string }> {
  const name = `service-${randomBytes(6).toString('hex')}`;
  const beside = join(resolve(directory), `${name}.sock`);
  const elsewhere = join(tmpdir(), `firstline-${createHash('sha256').update(beside).digest('hex').slice(0, 24)}.sock`);
  // A socket's path may have some 100 bytes, and not every mounted file system takes sockets.
  const addresses =
    process.platform === 'win32'
      ? [`\\\\.\\pipe\\firstline-${name}`]
      : [...(Buffer.byteLength(beside) < 100 ? [beside] : []), elsewhere];
  let refusal: unknown;
  for (const address of addresses) {
    const server = createServer((socket) => socket.end());
    try {
      await new Promise<void>((done, fail) => server.once('error', fail).listen(address, done));
      server.unref();
      return { server, address };
    } catch (error) {
      refusal = error;
    }
  }
  throw new Error(`Cannot mark ${resolve(directory)} as in use.`, { cause: refusal });
}

/** Whether anybody listens; a full backlog counts as somebody. */
function answers(address: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(address);
    socket.once('connect', () => socket.destroy() && done(true));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      done(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    );
  });
}

const forget = (address: string): Promise<void> =>
  process.platform === 'win32' ? Promise.resolve() : rm(address, { force: true });

const stop = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));
