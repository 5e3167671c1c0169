/** Bodies and names made to break the reader. Whoever sends them is told so; nobody else is kept waiting, and nothing is lost. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrive, call, startDesk, type TestDesk, type Visitor } from '../support/desk.ts';
import { stopwatch } from '../support/pace.ts';
import { upload as send } from '../support/upload.ts';

const secret = 'a-secret-of-sixteen';
let desk: TestDesk;
let visitor: Visitor;
let rules: string;
beforeAll(async () => {
  rules = await mkdtemp(join(tmpdir(), 'firstline-rules-'));
  const DESK_FILE = join(rules, 'desk.yaml');
  await writeFile(DESK_FILE, 'limits: {files: 3}\n');
  desk = await startDesk({ env: { DIRECT_LINE_SECRET: secret, DESK_FILE } });
  visitor = await arrive(desk.url);
});
afterAll(async () => {
  await desk.stop();
  await rm(rules, { recursive: true, force: true });
});

const auth = () => ({ authorization: `Bearer ${visitor.token}` });
async function post(body: string): Promise<{ status: number; body: { code?: string; id?: string } }> {
  const response = await fetch(`${visitor.base}/activities`, { method: 'POST', headers: auth(), body });
  return { status: response.status, body: (await response.json()) as { code?: string } };
}
async function upload(
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<{ status: number; code?: string }> {
  const response = await fetch(`${visitor.base}/upload`, { method: 'POST', headers: { ...auth(), ...headers }, body });
  return { status: response.status, ...((await response.json()) as { code?: string }) };
}

describe('a hostile request', () => {
  it('V11 that nests deep is refused as such, however deep', async () => {
    for (const depth of [100, 2_500, 100_000]) {
      const nest = '['.repeat(depth) + ']'.repeat(depth);
      expect(await post(`{"type":"event","name":"x","value":${nest}}`), String(depth)).toMatchObject({
        status: 400,
        body: { code: 'too-deep' },
      });
    }
  });

  it('V11 with keys of prototypes is a message like any other', async () => {
    const odd =
      '{"type":"message","text":"odd","__proto__":{"text":"x"},"channelData":{"__proto__":1,"constructor":2}}';
    expect((await post(odd)).status).toBe(200);
    expect(({} as { text?: string }).text).toBeUndefined();
    expect(await visitor.texts()).toContain('odd');
  });

  it('V11 with a conversation id that no engine could keep is not found', async () => {
    const headers = { authorization: `Bearer ${secret}` };
    for (const id of ['%00', 'a%00b', 'a%0Ab', encodeURIComponent('😀'.repeat(400))]) {
      const address = `${desk.url}/v3/directline/conversations/${id}/activities`;
      expect((await call(address, { headers })).status, id).toBe(404);
      const body = { type: 'message', text: 'hi' };
      expect((await call(address, { method: 'POST', body, headers })).status, id).toBe(404);
    }
  });

  it('V11 of a million empty files is refused before it is read, and others are answered meanwhile', async () => {
    const part = '--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n\r\n';
    const bomb = `${part.repeat(250_000)}--b--\r\n`;
    const watch = stopwatch();
    for (const type of ['multipart/form-data; boundary=b', 'multipart/form-data; boundary="b"'])
      expect(await upload(bomb, { 'content-type': type })).toMatchObject({ status: 400, code: 'too-many-files' });
    // Read part by part, this took 17 s in which nobody was answered.
    expect(watch()).toBeLessThan(5_000);
  });

  it('V11 that breaks off leaves no fault in anybody’s answer', async () => {
    await new Promise<void>((resolve) => {
      const sent = request(`${visitor.base}/activities`, {
        method: 'POST',
        headers: { ...auth(), 'content-length': 1_000 },
      });
      sent.on('error', () => resolve());
      sent.write('{"type":', () => sent.destroy(new Error('gone')));
    });
    expect((await visitor.say('still there')).status).toBe(200);
  });
});

describe('names and ids', () => {
  it('T3 two long client ids that begin alike are two messages', async () => {
    const alike = 'x'.repeat(100);
    const one = await visitor.say('the first of two', `${alike}1`);
    const two = await visitor.say('the second of two', `${alike}2`);
    expect(two.id).not.toBe(one.id);
    expect((await visitor.say('the second of two', `${alike}2`)).id).toBe(two.id);
    expect((await visitor.texts()).filter((text) => text.endsWith('of two'))).toHaveLength(2);
  });

  it('V7 a file whose long name ends amid an emoji can be fetched', async () => {
    const form = new FormData();
    form.append('file', new Blob(['hello']), `${'a'.repeat(199)}😀.txt`);
    expect((await upload(form)).status).toBe(200);
    const file = (await visitor.activities()).findLast((activity) => activity.attachments)?.attachments?.[0];
    const fetched = await fetch(file?.contentUrl ?? '');
    expect(fetched.status).toBe(200);
    expect(await fetched.text()).toBe('hello');
  });
});

describe('a file that pretends', () => {
  it('V7 is named without what turns its name round or leads elsewhere, and no page or drawing is shown in place', async () => {
    const sender = await arrive(desk.url);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const files = [
      { name: 'invoice\u202Egnp.exe', bytes: new Uint8Array([77, 90, 1, 0, 2]) },
      { name: '..\\..\\..\u2066etc.svg', bytes: svg, type: 'image/svg+xml' },
      { name: 'page.html', bytes: '<!doctype html><script>alert(1)</script>', type: 'text/html' },
    ];
    expect((await send(sender, files, 'three')).status).toBe(200);
    const sent = (await sender.activities()).find(({ text, attachments }) => text === 'three' && attachments);
    expect(sent?.attachments?.map(({ name }) => name)).toEqual(['invoice_gnp.exe', '.._.._.._etc.svg', 'page.html']);
    for (const { contentUrl = '' } of sent?.attachments ?? []) {
      const { headers } = await fetch(contentUrl);
      expect(headers.get('content-type')).toMatch(/^(text\/plain|application\/)/);
      expect(headers.get('content-disposition')).toMatch(/^attachment/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain('sandbox');
    }
  });
});

describe('more files than the desk keeps', () => {
  it('V13 are refused, those that fit kept, and their sender told in their language; words still pass', async () => {
    for (const [locale, told] of [
      ['en', 'this chat already holds as many files as it can'],
      ['ja', 'お預かりできるファイルの上限'],
    ] as const) {
      const sender = await arrive(desk.url, locale);
      const files = [1, 2, 3, 4, 5].map((n) => ({ name: `${n}.bin`, bytes: new Uint8Array([0, n]) }));
      expect((await send(sender, files, 'here')).status).toBe(200);
      const sent = (await sender.activities()).find(({ text, attachments }) => text === 'here' && attachments);
      expect(sent?.attachments?.filter(({ contentUrl }) => contentUrl)).toHaveLength(3);
      expect((await sender.texts()).filter((text) => text.includes(told))).not.toHaveLength(0);
      expect((await sender.say('still here')).status).toBe(200);
    }
    const figures = await (await fetch(`${desk.url}/metrics`)).text();
    expect(figures).toContain('firstline_visitor_refusals_total{why="full"} 4');
  });
});
