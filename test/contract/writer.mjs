/**
 * A process that writes under load until it is killed: `node writer.mjs DIRECTORY WRITERS`. It prints a line `conversation version` for
 * every commit that was acknowledged, and only then goes on to the next of that conversation.
 */
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const source = async (path) =>
  (await runnerImport(fileURLToPath(new URL(path, import.meta.url)), { configFile: false, logLevel: 'error' })).module;
const { openLmdb } = await source('../../src/store/lmdb.ts');
const { begin, go, said } = await source('./story.ts');

const [directory, writers] = process.argv.slice(2);
const store = await openLmdb(directory);
await Promise.all(
  Array.from({ length: Number(writers) }, async (_, i) => {
    const id = `c${i}`;
    let [state] = await store.load([id]);
    state ??= await begin(store, id);
    for (;;) {
      writeSync(1, `${id} ${state.version}\n`);
      state = await go(store, state, [said(`${state.version + 1}`)]);
    }
  }),
);
