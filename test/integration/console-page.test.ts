import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp, type HttpServer } from '../../src/channels/http.ts';
import { mountPage } from '../../src/console/page.ts';
import { call } from './console-desk.ts';

describe("the agents' page", () => {
  let directory: string;
  let http: HttpServer;
  let url: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'firstline-page-'));
    http = createHttp(pino({ level: 'silent' }));
    mountPage(http.server, pino({ level: 'silent' }), pathToFileURL(`${join(directory, 'built')}/`));
    url = `http://127.0.0.1:${await http.listen(0, '127.0.0.1')}`;
    await writeFile(join(directory, 'secret.js'), 'no');
  });
  afterAll(async () => {
    await http?.stop(100);
    await rm(directory, { recursive: true, force: true });
  });

  it('says what to do while it is not built', async () => {
    expect(await call(`${url}/console/`, 'GET')).toMatchObject({ status: 503, body: { code: 'not-built' } });
  });

  it('is served with a policy that runs only its own scripts', async () => {
    await mkdir(join(directory, 'built/assets'), { recursive: true });
    await writeFile(join(directory, 'built/index.html'), '<!doctype html><title>firstline</title>');
    await writeFile(join(directory, 'built/assets/index-a1b2.js'), 'console.log("こんにちは")');
    const page = await call<{ text: string }>(`${url}/console/`, 'GET');
    expect([page.status, page.body.text]).toEqual([200, '<!doctype html><title>firstline</title>']);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const rule of [
      "script-src 'self'",
      "frame-ancestors 'none'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
    ])
      expect(policy.split('; ')).toContain(rule);
    expect(policy).not.toContain('unsafe');
    const api = await call(`${url}/console/api/none`, 'GET');
    expect([api.status, api.headers.get('x-content-type-options')]).toEqual([404, 'nosniff']);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('has assets that are kept for good', async () => {
    const asset = await call<{ text: string }>(`${url}/console/assets/index-a1b2.js`, 'GET');
    expect([asset.status, asset.body.text]).toEqual([200, 'console.log("こんにちは")']);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(asset.headers.get('content-encoding')).toBe('gzip');
  });

  it('sends who leaves the slash out to the right address', async () => {
    const answer = await call(`${url}/console`, 'GET');
    expect([answer.status, answer.headers.get('location')]).toEqual([308, '/console/']);
  });

  it('gives nothing away from outside its directory', async () => {
    for (const path of [
      '/console/assets/nope.js',
      '/console/assets/..%2F..%2Fsecret.js',
      '/console/assets/../../secret.js',
    ]) {
      // fetch would tidy the path up.
      const status = await new Promise<number | undefined>((resolve, reject) => {
        request(url, { path }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect([path, status]).toEqual([path, 404]);
    }
  });
});
