/**
 * `npm run bench`: every benchmark of this folder, each figure beside its baseline from the same run, as a table and as bench.json.
 * A benchmark is a module `NAME.bench.mjs` whose `run()` gives rows {name, value, unit, baseline, baselineValue, ratio, aim?}.
 * `npm run bench -- store` runs only those whose name has the word.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { print } from './table.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const names = readdirSync(here)
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)));

const rows = [];
for (const name of names) {
  process.stderr.write(`bench: ${name} …\n`);
  const { run } = await import(`./${name}.bench.mjs`);
  rows.push(...(await run()));
}
print(rows);
const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model };
writeFileSync(
  fileURLToPath(new URL('../../bench.json', import.meta.url)),
  `${JSON.stringify({ machine, rows }, null, 2)}\n`,
);
