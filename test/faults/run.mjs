/**
 * `npm run faults`: the fault suite's long schedule, and at the end a table of what came of each fault. Arguments choose files, as with
 * vitest. The table is also left in test/.artifacts/faults.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'firstline-faults-'));
const lines = join(directory, 'table.ndjson');
const files = process.argv.length > 2 ? process.argv.slice(2) : ['test/faults'];
const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...files], {
  cwd: root,
  stdio: 'inherit',
  // One after another: what is measured must not be another file's load.
  env: { ...process.env, FAULTS: 'long', FAULTS_TABLE: lines, VITEST_MAX_WORKERS: '1' },
});

const rows = existsSync(lines)
  ? readFileSync(lines, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
rmSync(directory, { recursive: true, force: true });
const table = [
  '| fault | engine | times | acknowledged | lost | doubled | visitors saw | agents saw |',
  '|---|---|---:|---:|---:|---:|---|---|',
  ...rows.map(
    ({ fault, engine, times, acknowledged, lost, doubled, visitor, agent }) =>
      `| ${[fault, engine, times, acknowledged, lost, doubled, visitor, agent].join(' | ')} |`,
  ),
].join('\n');
mkdirSync(join(root, 'test/.artifacts'), { recursive: true });
writeFileSync(join(root, 'test/.artifacts/faults.md'), `${table}\n`);
console.log(`\n${table}\n`);
process.exitCode = status === 0 ? 0 : 1;
