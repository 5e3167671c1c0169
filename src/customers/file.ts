/** Customer records from a file of the desk's own, kept fresh while it is edited. */
import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import type { Customer } from '../conversation/customer.ts';
import type { Problem } from '../understanding/understanding.ts';
import { notUtf8 } from '../understanding/yaml-text.ts';
import { type Customers, sameAddress, type Who } from './customers.ts';
import { parseCustomers } from './parse.ts';

/** The part of pino's logger used here. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface FileOptions {
  readonly path: string;
  readonly log?: Log;
  /** Serve saved edits without a restart, within 2 s. */
  readonly watch: boolean;
}

/** Larger files are refused: records are held in memory. */
const largest = 50 * 1024 * 1024;
/** How often the file is looked at, ms. */
const period = 700;

/** Resolves once the file has been read; a faulty one is told by `problems()`, and nobody is known by it. */
export async function openCustomerFile({ path, log, watch }: FileOptions): Promise<Customers> {
  let byId = new Map<string, Customer>();
  let byEmail = new Map<string, Customer>();
  let problems: readonly Problem[] = [];
  let print = '';
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const fault = (message: string): Problem => ({ file: path, line: 1, column: 1, message });
  const report = (found: readonly Problem[]) => {
    if (problems.length > 0 && found.length === 0) log?.info({}, 'customer records mended');
    problems = found;
    for (const problem of found)
      log?.warn({ ...problem }, 'customer records have a problem; the last good ones are served');
  };
  const read = async (): Promise<void> => {
    const { size, mtimeMs, ino } = await stat(path);
    const now = `${size}:${mtimeMs}:${ino}`;
    if (now === print) return;
    print = now;
    if (size > largest) {
      report([fault(`the file has ${size} bytes; allowed are ${largest}`)]);
      return;
    }
    const bytes = await readFile(path);
    // Excel in Japanese saves CSV as Shift_JIS: names would be known garbled.
    const { customers, problems: found } = isUtf8(bytes)
      ? parseCustomers(path, bytes.toString('utf8'))
      : { customers: [], problems: [notUtf8(path, bytes)] };
    report(found);
    if (found.length > 0) return;
    byId = new Map(customers.map((customer) => [customer.id, customer]));
    byEmail = new Map(
      customers.flatMap((customer) => (customer.email ? [[sameAddress(customer.email), customer]] : [])),
    );
    log?.info({ customers: byId.size }, 'customer records served');
  };
  const look = async (): Promise<void> => {
    try {
      await read();
    } catch (error) {
      // An editor that saves by renaming leaves a moment without a file: the next look tells it from one that is gone.
      const gone = `gone: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`;
      if (print === gone) return;
      if (print.startsWith('maybe ')) {
        report([fault(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)]);
        print = gone;
      } else print = `maybe ${gone}`;
    }
  };
  const next = (): void => {
    timer = setTimeout(() => {
      looking = look().then(() => {
        if (!closed) next();
      });
    }, period);
    timer.unref();
  };

  await read();
  if (watch) next();
  return {
    find: async ({ id, email }: Who) =>
      (id === undefined ? undefined : byId.get(id)) ??
      (email === undefined ? undefined : byEmail.get(sameAddress(email))),
    problems: () => problems,
    async close() {
      closed = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
