import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrive, call, startDesk, type TestDesk } from '../support/desk.ts';
import { starterFaq } from '../support/faqs.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await startDesk({ env: { FAQ_DIR: starterFaq } });
});
afterAll(() => desk.stop());

/** A request with a path as it is, which `fetch` would mend. */
function raw(
  path: string,
  method = 'GET',
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${desk.url}/`, { path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

const alive = async () => (await call(`${desk.url}/healthz`)).status;

describe('the HTTP server', () => {
  it('answers what it does not have with 404 and 405 as JSON, and stays up', async () => {
    const missing = await call<{ code: string }>(`${desk.url}/no/such/page`);
    expect(missing).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await call(`${desk.url}/healthz`, { method: 'DELETE' })).status).toBe(405);
    expect(await alive()).toBe(200);
  });

  it('V11 survives addresses that cannot be read', async () => {
    for (const path of [
      '/%E0%A4%A',
      '//',
      '/v3/directline/conversations/%00/activities',
      `/${'a'.repeat(9_000)}`,
      '/?%',
      '/console/assets/..%2f..%2fpackage.json',
    ]) {
      expect((await raw(path)).status, path).toBeGreaterThanOrEqual(200);
      expect((await raw(path, 'POST')).status, path).toBeGreaterThanOrEqual(400);
    }
    expect(await alive()).toBe(200);
  });

  it('gives each request an id, and keeps a sane one that the caller brought', async () => {
    expect((await call(`${desk.url}/healthz`)).headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(
      (await call(`${desk.url}/healthz`, { headers: { 'x-request-id': 'abc-1' } })).headers.get('x-request-id'),
    ).toBe('abc-1');
    expect(
      (await call(`${desk.url}/healthz`, { headers: { 'x-request-id': 'not sane' } })).headers.get('x-request-id'),
    ).not.toBe('not sane');
  });

  it('H1 H2 says what it is ready for, and its figures', async () => {
    const ready = await call<{ ready: boolean; store: { durability: string }; faq: { entries: number } }>(
      `${desk.url}/readyz`,
    );
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({ ready: true, store: { durability: 'power-loss' } });
    expect(ready.body.faq.entries).toBeGreaterThanOrEqual(45);
    const metrics = await (await fetch(`${desk.url}/metrics`)).text();
    expect(metrics).toContain('firstline_waiting 0');
    for (const name of ['open', 'owned', 'agents_available', 'waiting_longest_seconds', 'sla_breaches_total'])
      expect(metrics).toContain(`\nfirstline_${name} 0`);
  });

  it('V10 behind a TLS proxy tells visitors addresses that a page on https may use', async () => {
    const visitor = await arrive(desk.url);
    const streamUrl = async (headers: Record<string, string>) =>
      (
        await call<{ streamUrl: string }>(visitor.base, {
          headers: { authorization: `Bearer ${visitor.token}`, ...headers },
        })
      ).body.streamUrl;
    expect(await streamUrl({ 'x-forwarded-proto': 'https' })).toMatch(/^wss:/);
    expect(await streamUrl({ 'x-forwarded-proto': 'javascript' })).toMatch(/^ws:/);
    expect(await streamUrl({})).toMatch(/^ws:/);
  });

  it('serves the demo page and the chat', async () => {
    const page = await fetch(`${desk.url}/`);
    expect(page.headers.get('content-type')).toContain('text/html');
    const script = await fetch(`${desk.url}/widget.js`);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect((await fetch(`${desk.url}/console/`)).status).toBe(200);
  });

  it('V11 refuses upgrades that are not ours', async () => {
    const status = await new Promise((resolve) => {
      const sent = request(`${desk.url}/elsewhere`, {
        headers: {
          connection: 'upgrade',
          upgrade: 'websocket',
          'sec-websocket-key': 'x',
          'sec-websocket-version': '13',
        },
      });
      sent.on('response', (response) => resolve(response.statusCode));
      sent.on('error', resolve);
      sent.end();
    });
    expect(status).toBe(404);
    expect(await alive()).toBe(200);
  });
});
