/**
 * The built archiver on a desk's store, once; it ends itself as a power cut would at step STEP, counted from 1, of all that it writes: half
 * of a file's bytes, all of them unflushed, flushed; a note in the store before and after, a removal before and after. DATA_DIR and, for
 * Redis, REDIS_URL say where. It prints how many steps there were when it comes to its end.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openEngine } from '../../dist/cli/engine.js';
import { readConfig } from '../../dist/config.js';
import { Archive } from '../../dist/desk/archive/archive.js';
import { archiveNow } from '../../dist/desk/archive/archiver.js';
import { Shelf } from '../../dist/desk/archive/shelf.js';
import { Trail } from '../../dist/desk/audit/trail.js';

const last = Number(process.env.STEP ?? 0);
let steps = 0;

function step() {
  if (++steps !== last) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing may be done any more.
  for (;;);
}

const file = await open(process.execPath, 'r');
const handles = Object.getPrototypeOf(file);
await file.close();
const { writeFile, sync } = handles;
handles.writeFile = async function (content) {
  const bytes = Buffer.from(content);
  const half = bytes.length >> 1;
  await this.write(bytes.subarray(0, half));
  step();
  await writeFile.call(this, bytes.subarray(half));
  step();
};
handles.sync = async function () {
  await sync.call(this);
  step();
};

const stepping = (target, names) =>
  new Proxy(target, {
    get(_, name) {
      const value = target[name];
      if (typeof value !== 'function') return name === 'records' ? stepping(value, ['put', 'remove']) : value;
      if (!names.includes(name)) return value.bind(target);
      return async (...args) => {
        step();
        const result = await value.apply(target, args);
        step();
        return result;
      };
    },
  });

const config = readConfig(process.env);
const opened = await openEngine(config, { shared: true });
const store = stepping(opened, ['remove', 'commit']);
const fail = (error) => {
  throw error;
};
await archiveNow({
  store,
  archive: new Archive(store, new Shelf(join(config.DATA_DIR, 'archive'))),
  trail: new Trail(store),
  after: () => 24 * 3_600_000,
  onUnreadable: fail,
  onError: fail,
});
await opened.close();
process.stdout.write(`${steps}\n`);
