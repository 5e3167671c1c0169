/**
 * The built service, which ends itself as a power cut would at a chosen step: `before-commit` in the file CRASH_FILE, or
 * `before-commit CONVERSATION` where only steps of that conversation count. Steps: before-load, after-load, before-commit, after-commit.
 */
import { readFileSync, rmSync } from 'node:fs';
import { readConfig } from '../../dist/config.js';
import { createLog } from '../../dist/log.js';
import { startService } from '../../dist/service.js';

const file = process.env.CRASH_FILE;

/** @param touched ids of the conversations that the step is about. */
function crashAt(step, touched) {
  let wanted;
  try {
    wanted = readFileSync(file, 'utf8');
  } catch {
    return;
  }
  const [at, conversation] = wanted.split(' ');
  if (at !== step || (conversation && !touched.includes(conversation))) return;
  rmSync(file);
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing may be done any more.
  for (;;);
}

const touches = { load: ([ids]) => ids, commit: ([{ id }]) => [id] };

const wrapStore = (store) =>
  new Proxy(store, {
    get(target, name) {
      const value = target[name];
      if (typeof value !== 'function') return value;
      const touched = touches[name];
      if (!touched) return value.bind(target);
      return async (...args) => {
        crashAt(`before-${name}`, touched(args));
        const result = await value.apply(target, args);
        crashAt(`after-${name}`, touched(args));
        return result;
      };
    },
  });

const config = readConfig(process.env);
const service = await startService({ config, log: createLog(config.LOG_LEVEL), wrapStore });
process.stderr.write(`console: http://127.0.0.1:${service.port}/\n`);
