/** Starts the service: environment in, signals, and one sentence on stderr for whatever stops the start. */
import { config as readDotenv } from 'dotenv';
import { ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { type Service, startService } from './service.ts';

/** What is under way when a signal says to stop has this long, ms. */
const patience = 3_500;
/** By then the process ends, whatever hangs, ms; a loaded machine takes a while to end one. */
const atTheLatest = 4_200;

function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`firstline cannot start. ${message}\n`);
  if (!(error instanceof ConfigError) && process.env.LOG_LEVEL === 'debug' && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}

async function start(): Promise<void> {
  readDotenv({ quiet: true });
  const config = readConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  const service = await startService({ config, log });
  greet(
    config.PUBLIC_URL ?? `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${service.port}`,
    service.firstAccount,
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      // Whatever hangs must not hold the stop; acknowledged work is already in the engine.
      setTimeout(() => process.exit(0), atTheLatest).unref();
      service.stop(patience).then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ error }, 'the stop was not clean');
          process.exit(1);
        },
      );
    });
  }
}

function greet(address: string, account: Service['firstAccount']): void {
  const lines = [
    'firstline is ready.',
    `  Chat (demo page):  ${address}/`,
    `  Agents' console:   ${address}/console/`,
    ...(account
      ? [
          `  Sign in as "${account.name}" with the password "${account.password}" (shown this once; ADMIN_PASSWORD sets another).`,
        ]
      : []),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}

start().catch(fail);
