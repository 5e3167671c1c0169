/** The service with reload: compiles on every save and starts anew. Ends everything it started on Ctrl+C. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tool = (path) => join(root, 'node_modules', path);
const built = spawnSync(process.execPath, [join(root, 'src/cli/build.mjs')], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

const children = [
  [tool('typescript/bin/tsc'), '-p', 'tsconfig.json', '--watch', '--preserveWatchOutput'],
  [tool('vite/bin/vite.js'), 'build', '--mode', 'widget', '--watch', '--logLevel', 'warn'],
  [tool('vite/bin/vite.js'), 'build', '--mode', 'console', '--watch', '--logLevel', 'warn'],
  ['--watch', '--watch-preserve-output', join(root, 'dist/main.js')],
].map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }));

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  for (const child of children) child.kill('SIGTERM');
}
for (const child of children) child.on('exit', stop);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
