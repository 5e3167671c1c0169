/** The chat's script and the demo page that shows it at work. */
import type { Logger } from 'pino';
import type { Server } from 'restify';
import { handle, staticFile } from './http.ts';

/** @throws Error with one sentence when the widget has not been built. */
export async function mountPages(server: Server, log: Logger): Promise<void> {
  const demo = await staticFile(new URL('../../src/widget/demo.html', import.meta.url), 'text/html; charset=utf-8', {
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': "base-uri 'none'; object-src 'none'; frame-ancestors 'self'",
  });
  const widget = await staticFile(
    new URL('../../dist/web/widget/widget.js', import.meta.url),
    'text/javascript; charset=utf-8',
    {
      'Cache-Control': 'no-cache',
      // Any site may embed the script; what it may ask of the service is decided by ALLOWED_ORIGINS.
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  ).catch(() => {
    throw new Error('The chat widget has not been built: run "npm run build".');
  });
  server.get('/', handle(log, demo));
  server.get('/widget.js', handle(log, widget));
}
