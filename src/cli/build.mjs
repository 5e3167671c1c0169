/**
 * Builds what is missing or older than its sources, and says so on stderr (stdout belongs to the command that follows).
 * `--server` leaves the two web parts out; `--always` builds all. Two builds at once wait for each other.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const web = ['src/console/web', 'src/widget'];
const parts = [
  {
    name: 'service',
    sources: ['src', 'tsconfig.json', 'package-lock.json'],
    except: web,
    run: ['typescript/bin/tsc', '-p', 'tsconfig.json'],
    // What the service reads beside its code: a build is of one version in all its parts.
    data: [
      'store/commit.lua',
      'store/remove.lua',
      'understanding/matcher/vectors/english.bin',
      'understanding/matcher/vectors/japanese.tsv',
    ],
  },
  {
    name: 'widget',
    sources: ['src/widget', 'vite.config.ts', 'package-lock.json'],
    except: [],
    run: ['vite/bin/vite.js', 'build', '--mode', 'widget', '--logLevel', 'warn'],
  },
  {
    name: 'console',
    sources: ['src/console/web', 'src/widget', 'vite.config.ts', 'package-lock.json'],
    except: [],
    run: ['vite/bin/vite.js', 'build', '--mode', 'console', '--logLevel', 'warn'],
  },
];

/** Milliseconds of the newest file or folder under `path`; a folder's own time tells of removed files. */
function newest(path, except) {
  if (except.includes(path)) return 0;
  const full = join(root, path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(full).reduce((latest, name) => Math.max(latest, newest(`${path}/${name}`, except)), stat.mtimeMs);
}

const stampOf = (part) => join(root, 'dist', `.built-${part.name}`);
const stale = (part) => {
  const built = statSync(stampOf(part), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return part.sources.some((source) => newest(source, part.except) > built);
};

/** One builder at a time; the lock of a process that is gone is taken over. */
function lock() {
  const path = join(root, 'dist', '.building');
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld(path)) rmSync(path, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
}

function isHeld(path) {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return true;
  } catch (error) {
    // The holder has just let go, or another user's process has it.
    return error.code === 'EPERM';
  }
}

const always = process.argv.includes('--always');
const wanted = parts.filter((part) => part.name === 'service' || !process.argv.includes('--server'));

/** @returns whether it was built. */
async function build(part) {
  const tool = join(root, 'node_modules', part.run[0]);
  if (!existsSync(tool)) {
    console.error(`firstline: cannot build the ${part.name}: run "npm ci" first, with its development packages.`);
    return false;
  }
  console.error(`firstline: building the ${part.name} …`);
  const started = Date.now();
  const child = spawn(process.execPath, [tool, ...part.run.slice(1)], { cwd: root, stdio: ['ignore', 2, 2] });
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    console.error(`firstline: the ${part.name} did not build; the messages above say where.`);
    return false;
  }
  for (const file of part.data ?? []) {
    mkdirSync(join(root, 'dist', dirname(file)), { recursive: true });
    copyFileSync(join(root, 'src', file), join(root, 'dist', file));
  }
  writeFileSync(stampOf(part), '');
  // What was saved while the build ran is newer than the build.
  utimesSync(stampOf(part), started / 1000, started / 1000);
  return true;
}

if (always || wanted.some(stale)) {
  const unlock = lock();
  try {
    const built = await Promise.all(wanted.filter((part) => always || stale(part)).map(build));
    if (built.includes(false)) process.exitCode = 1;
  } finally {
    unlock();
  }
}
