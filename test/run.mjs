/**
 * `npm test`: types, lint, dependency rules and all tests. Installs what two tiers need where it may (root on Debian or Ubuntu),
 * says so, and elsewhere prints the command and goes on without those tiers; with CI=true a missing one fails.
 * The last line is `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** For all test files together, ms. */
const patience = 30 * 60_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const tool = (path) => join(root, 'node_modules', path);
const run = (command, args, options = {}) => spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

let passed = 0;
let failed = 0;
function count(name, ok) {
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? '✓' : '✗'} ${name}`);
}

const needed = [
  { command: 'redis-server', packages: ['redis-server'], tier: 'Redis' },
  { command: 'chromium', packages: ['chromium', 'fonts-noto-cjk'], tier: 'browser' },
];
const missing = needed.filter(({ command }) => !has(command));
if (missing.length > 0) {
  const packages = missing.flatMap((one) => one.packages);
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (mayInstall) {
    console.log(`Installing ${packages.join(', ')} with apt-get, for the tests.`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    run('apt-get', ['update', '-qq'], { env });
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  for (const { command, tier, packages: own } of missing.filter((one) => !has(one.command))) {
    console.log(
      `MISSING: ${command}. The ${tier} tests do not run. Install it with: sudo apt-get install ${own.join(' ')}`,
    );
    if (process.env.CI === 'true') count(`${command} is installed`, false);
  }
}

const checks = [
  ['builds', ['src/cli/build.mjs']],
  ['types of the service', [tool('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit']],
  ['types of the console page', [tool('typescript/bin/tsc'), '-p', 'src/console/web', '--noEmit']],
  ['types of the widget', [tool('typescript/bin/tsc'), '-p', 'src/widget', '--noEmit']],
  ['types of the tests', [tool('typescript/bin/tsc'), '-p', 'test', '--noEmit']],
  ['lint and format', [tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']],
];
for (const [name, args] of checks) count(name, run(process.execPath, args).status === 0);

const directory = mkdtempSync(join(tmpdir(), 'firstline-test-'));
const tally = join(directory, 'tally.json');
const vitest = spawn(
  process.execPath,
  [
    tool('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    `--reporter=${join(root, 'test/tally.mjs')}`,
    ...process.argv.slice(2),
  ],
  // A group of its own, so that a test that never yields can be ended with all that it has started.
  { cwd: root, stdio: 'inherit', detached: true, env: { PICTURES: 'none', ...process.env, TALLY: tally } },
);
const end = (signal) => process.kill(-vitest.pid, signal);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end);
const hung = setTimeout(() => {
  console.log(`The tests have not ended within ${patience / 60_000} minutes: they are ended.`);
  end('SIGKILL');
}, patience);
const [status] = await once(vitest, 'exit');
clearTimeout(hung);
const came = existsSync(tally) ? JSON.parse(readFileSync(tally, 'utf8')) : { passed: 0, failed: 0 };
passed += came.passed;
failed += came.failed;
if (status !== 0 && came.failed === 0) failed++;
rmSync(directory, { recursive: true, force: true });

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
