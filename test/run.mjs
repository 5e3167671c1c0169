/**
 * `npm test`: types, lint, dependency rules and all tests. Installs what two tiers need where it may (root on Debian or Ubuntu),
 * says so, and elsewhere prints the command and goes on without those tiers; with CI=true a missing one fails.
 * The last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
const report = join(directory, 'report.json');
const vitest = run(process.execPath, [
  tool('vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  // A file that does not load has no tests to count, and is a failure all the same.
  failed +=
    numFailedTests +
    testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
}
if (vitest.status !== 0 && failed === 0) failed++;
rmSync(directory, { recursive: true, force: true });

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
