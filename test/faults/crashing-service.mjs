/**
 * The built service, which ends itself as a power cut would at a chosen step of its next turn: the step is written into the file
 * CRASH_FILE while it runs. Steps: before-load, after-load, before-commit, after-commit.
 */
import { readFileSync, rmSync } from 'node:fs';
import { readConfig } from '../../dist/config.js';
import { createLog } from '../../dist/log.js';
import { startService } from '../../dist/service.js';

const file = process.env.CRASH_FILE;

function crashAt(step) {
  let wanted;
  try {
    wanted = readFileSync(file, 'utf8');
  } catch {
    return;
  }
  if (wanted !== step) return;
  rmSync(file);
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing may be done any more.
  for (;;);
}

const wrapStore = (store) =>
  new Proxy(store, {
    get(target, name) {
      const value = target[name];
      if (typeof value !== 'function') return value;
      if (name !== 'load' && name !== 'commit') return value.bind(target);
      return async (...args) => {
        crashAt(`before-${name}`);
        const result = await value.apply(target, args);
        crashAt(`after-${name}`);
        return result;
      };
    },
  });

const config = readConfig(process.env);
const service = await startService({ config, log: createLog(config.LOG_LEVEL), wrapStore });
process.stderr.write(`console: http://127.0.0.1:${service.port}/\n`);
