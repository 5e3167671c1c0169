/** The agents' page as it was built: index.html is asked for anew each time, what carries a hash in its name is kept for good. */
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { HttpError, handle } from '../channels/http.ts';

/** The same from src/console/ and from dist/console/. */
const built = new URL('../../dist/web/console/', import.meta.url);

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  mp3: 'audio/mpeg',
};
const compressed = /^(text\/|application\/json|image\/svg)/;

const security = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    // Fluent makes empty <style> elements and fills them by script, which needs no leave; this is the hash of nothing.
    "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Referrer-Policy': 'same-origin',
};

interface BuiltFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer | undefined;
}

export function mountPage(server: Server, log: Logger, directory: URL = built): void {
  const assets = new Map<string, Promise<BuiltFile>>();
  const asset = (name: string): Promise<BuiltFile> => {
    const known = assets.get(name);
    if (known) return known;
    const read = readBuilt(directory, 'assets/', name);
    assets.set(name, read);
    // What is not there now may be there after a build.
    read.catch(() => assets.delete(name));
    return read;
  };
  server.get(
    '/console',
    handle(log, async (request, response) => {
      if (!new URL(request.url ?? '', 'http://localhost').pathname.endsWith('/')) {
        response.writeHead(308, { Location: '/console/' });
        response.end();
        return;
      }
      send(request, response, await readBuilt(directory, '', 'index.html'), 'no-cache');
    }),
  );
  server.get(
    '/console/assets/:file',
    handle(log, async (request, response) => {
      send(request, response, await asset(String(request.params.file)), 'public, max-age=31536000, immutable');
    }),
  );
}

/** Only what stands in the directory is served: a name is looked up, never joined to a path as it came. */
async function readBuilt(directory: URL, folder: '' | 'assets/', name: string): Promise<BuiltFile> {
  const within = new URL(folder, directory);
  const names = await readdir(within).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (!names.includes(name)) {
    if (name === 'index.html')
      throw new HttpError(503, 'not-built', "The agents' page has not been built: run `npm run build`.");
    throw new HttpError(404, 'not-found', 'There is no such file.');
  }
  const plain = await readFile(new URL(encodeURIComponent(name), within));
  const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return { type, plain, gzipped: compressed.test(type) ? await promisify(gzip)(plain) : undefined };
}

function send(request: Request, response: Response, file: BuiltFile, cacheControl: string): void {
  const gzipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) ? file.gzipped : undefined;
  const body = gzipped ?? file.plain;
  response.writeHead(200, {
    ...security,
    'Content-Type': file.type,
    'Content-Length': body.length,
    'Cache-Control': cacheControl,
    Vary: 'Accept-Encoding',
    ...(gzipped ? { 'Content-Encoding': 'gzip' } : {}),
  });
  response.end(body);
}
