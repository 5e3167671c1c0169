import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** What is put together at the root. */
const everyRoom = [
  'conversation',
  'understanding',
  'customers',
  'dialogs',
  'bot',
  'desk',
  'logs',
  'store',
  'channels',
  'console',
  'cli',
  'config.ts',
];

/** Which other rooms a room may import. A file at the top of src is a room of its own. */
const mayImport: Record<string, readonly string[]> = {
  conversation: [],
  understanding: ['conversation'],
  dialogs: ['conversation', 'understanding'],
  logs: [
    'conversation',
    'understanding/nearest.ts',
    'understanding/understanding.ts',
    'understanding/watch.ts',
    'understanding/yaml-text.ts',
  ],
  customers: ['conversation', 'understanding/understanding.ts', 'understanding/yaml-text.ts'],
  store: ['conversation'],
  desk: [
    'conversation',
    'store/store.ts',
    'understanding/understanding.ts',
    'understanding/yaml-text.ts',
    'understanding/nearest.ts',
    'understanding/watch.ts',
  ],
  bot: ['conversation', 'understanding', 'dialogs', 'customers/customers.ts', 'desk', 'logs', 'store/store.ts'],
  channels: ['conversation', 'understanding', 'bot', 'desk', 'logs', 'store/store.ts'],
  console: ['conversation', 'understanding', 'bot', 'desk', 'store/store.ts', 'channels/http.ts', 'channels/files.ts'],
  'console/web': ['conversation', 'widget/markdown.ts', 'widget/links.ts'],
  widget: ['conversation'],
  cli: ['conversation', 'understanding', 'store', 'desk', 'dialogs', 'console', 'channels/files.ts', 'config.ts'],
  'config.ts': [],
  'log.ts': [],
  service: everyRoom,
  'service.ts': ['service', ...everyRoom],
  'main.ts': ['service.ts', 'config.ts', 'log.ts'],
};

/** Packages that only some rooms may know, so that each can be exchanged in one place. */
const onlyIn: readonly [packages: RegExp, rooms: readonly string[]][] = [
  [/^(botbuilder|botframework-)/, ['bot', 'dialogs', 'channels', 'service', 'service.ts']],
  [/^ioredis/, ['store/redislink.ts']],
  [/^lmdb/, ['store/lmdbfiles.ts']],
  [/^restify/, ['channels', 'console', 'service']],
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));

function importsOf(file: string): Import[] {
  const { module } = parseSync(join(src, file), readFileSync(join(src, file), 'utf8'));
  const statics = [...module.staticImports].map((found) => ({
    target: found.moduleRequest.value,
    typeOnly: found.entries.length > 0 && found.entries.every((entry) => entry.isType),
  }));
  const exported = [...module.staticExports].flatMap(({ entries }) =>
    entries.flatMap((entry) =>
      entry.moduleRequest ? [{ target: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
    ),
  );
  return [...statics, ...exported].map(({ target, typeOnly }) => ({
    from: file,
    to: target.startsWith('.') ? posix.normalize(posix.join(dirname(file), target)) : target,
    typeOnly,
  }));
}

const imports = files.flatMap(importsOf);
const inside = imports.filter(({ to }) => files.includes(to));

function roomOf(file: string): string {
  if (file.startsWith('console/web/')) return 'console/web';
  return file.split('/')[0] ?? file;
}

describe('the rooms', () => {
  it('are all under the rule', () => {
    expect(files).toContain('conversation/conversation.ts');
    expect(files.map(roomOf).filter((room) => !(room in mayImport))).toEqual([]);
  });

  it('import only the rooms they may know', () => {
    const wrong = inside.filter(({ from, to }) => {
      const allowed = [roomOf(from), ...(mayImport[roomOf(from)] ?? [])];
      return !allowed.some((place) => place === roomOf(to) || place === to);
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('keep each guarded package to its own place', () => {
    const wrong = imports.filter(({ from, to }) =>
      onlyIn.some(
        ([packages, places]) => packages.test(to) && !places.some((place) => place === from || place === roomOf(from)),
      ),
    );
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('the domain imports nothing outside itself', () => {
    const wrong = imports.filter(({ from, to }) => roomOf(from) === 'conversation' && roomOf(to) !== 'conversation');
    expect(wrong).toEqual([]);
  });

  it('have no circles', () => {
    const next = new Map(
      files.map((file) => [file, inside.filter(({ from, typeOnly }) => from === file && !typeOnly)]),
    );
    const circles: string[] = [];
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]): void => {
      const seenAt = path.indexOf(file);
      if (seenAt >= 0) circles.push([...path.slice(seenAt), file].join(' → '));
      if (seenAt >= 0 || done.has(file)) return;
      for (const { to } of next.get(file) ?? []) walk(to, [...path, file]);
      done.add(file);
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });
});
