import { readFileSync } from 'node:fs';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createHttp } from '../../src/channels/http.ts';
import { type ConsoleOptions, mountConsole } from '../../src/console/console.ts';

interface Operation {
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const file = new URL('../../docs/openapi-console.yaml', import.meta.url);
const document = parse(readFileSync(file, 'utf8'), { maxAliasCount: 100 }) as Document;
const methods = ['get', 'post', 'put', 'delete', 'patch'];

describe('the OpenAPI document of the console', () => {
  it('describes every route that is there, and no other', () => {
    const { server } = createHttp(pino({ level: 'silent' }));
    mountConsole(server, {} as ConsoleOptions).close();
    const routes = (
      server.router as unknown as { getRoutes(): Record<string, { method: string; path: string }> }
    ).getRoutes();
    const mounted = Object.values(routes)
      .filter(({ path }) => path.startsWith('/console/api/'))
      .map(({ method, path }) => `${method} ${path.replace('/console/api', '').replace(/:(\w+)/g, '{$1}')}`);
    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      methods.filter((method) => method in item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(mounted.sort());
  });

  it('refers only to what it holds', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => String(match[1]));
    expect(references.length).toBeGreaterThan(50);
    for (const reference of new Set(references)) {
      const found = reference
        .split('/')
        .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], document);
      expect([reference, typeof found]).toEqual([reference, 'object']);
    }
  });

  it('says of every call that needs a session what happens without one', () => {
    for (const item of Object.values(document.paths))
      for (const method of methods) if (item[method]) expect(Object.keys(item[method].responses)).toContain('401');
  });
});
