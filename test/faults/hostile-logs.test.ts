/** Files made to do harm, and secrets planted wherever a visitor can put them: the built service with its threads. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts } from '../../src/bot/texts.ts';
import { ZipWriter } from '../../src/logs/zip-writer.ts';
import { arrive, call, signIn, type Visitor } from '../support/desk.ts';
import { stopwatch } from '../support/pace.ts';
import { planted } from '../support/planted.ts';
import { hasRedis, type RedisProcess, startRedis } from '../support/redis.ts';
import { type RunningService, startService } from '../support/service.ts';
import { upload } from '../support/upload.ts';
import { until } from '../support/wait.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const as = (name: string) => ({ name: Buffer.from(name), utf8: true, time: 0, date: 0 });
function zipOf(files: Readonly<Record<string, Buffer>>): Buffer {
  const zip = new ZipWriter();
  for (const [name, bytes] of Object.entries(files)) zip.add(as(name), bytes);
  return zip.end();
}
const line = '2026-11-20 09:00:00 ERROR something failed\n';
const inZips = (depth: number, bytes: Buffer): Buffer =>
  depth === 0 ? bytes : inZips(depth - 1, zipOf({ 'inner.zip': bytes }));

function encrypted(): Buffer {
  const zip = zipOf({ 'a.log': Buffer.from(line) });
  // The flag in the local head and in the directory.
  zip.writeUInt16LE(0x801, 6);
  zip.writeUInt16LE(0x801, zip.indexOf(Buffer.from('PK\x01\x02')) + 8);
  return zip;
}

const laughs = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "${'ha'.repeat(50)}">${'bcdefghij'
  .split('')
  .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghij'[i]};`.repeat(10)}">`)
  .join('')}]><Events><Event><System><Level>2</Level></System><EventData><Data>&j;</Data></EventData></Event></Events>`;

/** What each yields: the reason it is refused for, or `found`. Those with both may be either, by the machine's speed. */
const hostile: Readonly<Record<string, readonly [expected: readonly string[], make: () => Buffer]>> = {
  'a line of 200 MB': [['found'], () => Buffer.alloc(200 * 1024 * 1024, 'a')],
  'a line of 200 MB of quotes': [['found'], () => Buffer.alloc(200 * 1024 * 1024, '"')],
  'a zip bomb': [['bomb'], () => zipOf({ 'a.log': Buffer.alloc(40 * 1024 * 1024, line) })],
  'zips in zips in zips': [['bomb'], () => inZips(4, zipOf({ 'a.log': Buffer.from(line) }))],
  'a gz of a gigabyte': [
    ['bomb', 'too-large', 'found'],
    () => Buffer.concat(Array(100).fill(gzipSync(Buffer.alloc(10 * 1024 * 1024, line)))),
  ],
  'a zip with a thousand files': [
    ['too-large'],
    () => zipOf(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${i}.log`, Buffer.from(line)]))),
  ],
  'a gz cut off': [['broken'], () => gzipSync(Buffer.from(line.repeat(5000))).subarray(0, 120)],
  'a zip cut off': [['broken'], () => zipOf({ 'a.log': Buffer.from(line.repeat(500)) }).subarray(0, 90)],
  'a zip that leads out of its directory': [['broken'], () => zipOf({ '../../etc/passwd': Buffer.from(line) })],
  'an encrypted zip': [['encrypted'], encrypted],
  'bytes of no sense': [['binary'], () => brotliCompressSync(Buffer.from(line.repeat(20_000))).fill(0, 10, 20)],
  'an executable': [['binary'], () => Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0\x04\0'), Buffer.alloc(5000)])],
  'nothing but line ends': [['empty', 'time'], () => Buffer.alloc(20 * 1024 * 1024, '\n')],
  nothing: [['empty'], () => Buffer.alloc(0)],
  'UTF-8 broken everywhere': [
    ['found'],
    () => Buffer.concat(Array(2000).fill(Buffer.from(`${line}\xe3\x81`, 'latin1'))),
  ],
  'UTF-16 cut in a character': [['found'], () => Buffer.from(`\ufeff${line.repeat(300)}`, 'utf16le').subarray(0, 9001)],
  'bait for regular expressions': [
    ['found'],
    () => Buffer.from(`${line}${`ERROR ${'a'.repeat(5000)}!${'('.repeat(500)}${' 0x'.repeat(300)}\n`.repeat(500)}`),
  ],
  'bait for the mask': [
    ['found', 'time'],
    () => Buffer.from(`ERROR ${'password='.repeat(3000)}${'"token":"'.repeat(3000)}${'a@'.repeat(9000)}\n`.repeat(60)),
  ],
  'a hundred thousand kinds of error': [
    ['found'],
    () => Buffer.from(Array.from({ length: 100_000 }, (_, i) => `ERROR ${word(i)} ${word(i * 7)} failed`).join('\n')),
  ],
  'XML that laughs a billion times': [['found', 'empty'], () => Buffer.from(laughs)],
  'JSON a million deep': [['found', 'empty'], () => Buffer.from('['.repeat(1_000_000))],
  'a HAR cut off': [['found'], () => Buffer.from(`{"log":{"entries":[${'{"request":{}},'.repeat(50_000)}`)],
  'times from 1970 to 9999': [
    ['found'],
    () => Buffer.from('1970-01-01 00:00:00 ERROR a\n9999-12-31 23:59:59 ERROR b\n2026-02-31 99:99:99 ERROR c\n'),
  ],
};
const word = (n: number) => n.toString(36).replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'q');

/** Milliseconds that a file may take. */
const limit = 5_000;
/** Bytes that reading any of them may add to the process, beside the file's own. */
const room = 700 * 1024 * 1024;

let service: RunningService;

beforeAll(async () => {
  service = await startService({ env: { DIALOGS_DIR: join(root, 'dialogs') } });
}, 120_000);
afterAll(() => service.stop());

describe('the thread that reads logs', () => {
  it('L4 gives a finding or a reason within 5 s at bounded memory, and holds nothing up, whatever the file', async () => {
    const built = (name: string) => import(pathToFileURL(join(root, `dist/logs/${name}.js`)).href);
    const { LogThread } = (await built('thread')) as typeof import('../../src/logs/thread.ts');
    const { parseSignatures } = (await built('signature-file')) as typeof import('../../src/logs/signature-file.ts');
    const { signatures } = parseSignatures('s', await readFile(join(root, 'dialogs/signatures.yaml'), 'utf8'));
    const thread = new LogThread();
    // A thread takes a while to start on a busy machine; that is not the file's doing.
    await thread.run({ kind: 'mask', bytes: Buffer.from(line), maskAddresses: false });
    const answers: Record<string, string> = {};
    const expected: Record<string, unknown> = {};
    const slow: string[] = [];
    let most = 0;
    for (const [name, [allowed, make]] of Object.entries(hostile)) {
      const bytes = make();
      const own = bytes.length;
      const before = process.memoryUsage.rss();
      const watch = stopwatch();
      const began = performance.now();
      let beats = 0;
      const beat = setInterval(() => {
        beats++;
        most = Math.max(most, process.memoryUsage.rss() - before - own);
      }, 20);
      const answer = await thread.run({ kind: 'analyse', bytes, maskAddresses: false, signatures, now: Date.now() });
      clearInterval(beat);
      const ms = performance.now() - began;
      if (watch() > limit + 1_500) slow.push(`${name}: ${Math.round(ms)} ms`);
      if (ms > 500 && beats < ms / 200) slow.push(`${name}: ${beats} beats in ${Math.round(ms)} ms`);
      answers[name] = answer.kind === 'refused' ? answer.refusal : answer.kind;
      expected[name] = expect.stringMatching(new RegExp(`^(?:${allowed.join('|')})$`));
    }
    await thread.close();
    expect(answers).toEqual(expected);
    expect(slow).toEqual([]);
    expect(most).toBeLessThan(room);
  }, 180_000);
});

describe('the service', () => {
  it('L4 answers others while it is sent all of it, and says of each what is wrong', async () => {
    const waits: number[] = [];
    let sending = true;
    const asking = (async () => {
      while (sending) {
        const began = performance.now();
        await call(`${service.url}/healthz`);
        waits.push(performance.now() - began);
      }
    })();
    const visitor = await arrive(service.url);
    const said = new Set<string>();
    for (const [name, [allowed, make]] of Object.entries(hostile)) {
      const bytes = make();
      if (bytes.length > 15 * 1024 * 1024 || bytes.length === 0) continue;
      expect([name, (await upload(visitor, [{ name, bytes }])).status]).toEqual([name, 200]);
      if (!allowed.includes('found') && !allowed.includes('binary')) said.add(name);
    }
    await until(
      async () => {
        const all = (await visitor.texts()).join('\n');
        return [...said].every((name) => all.includes(`I could not take “${name}”: `));
      },
      'every refusal is said',
      60_000,
    );
    sending = false;
    await asking;
    waits.sort((a, b) => a - b);
    expect(waits.length).toBeGreaterThan(20);
    expect(waits[Math.floor(waits.length * 0.99)]).toBeLessThan(1_000);
  }, 180_000);

  it('L5 looks at a log after all whose process was killed over it', async () => {
    const visitor = await arrive(service.url);
    const big = Buffer.from(line.repeat(20_000));
    await upload(visitor, [{ name: 'big.log', bytes: big }]);
    await service.kill9();
    await service.start();
    await until(
      async () => (await visitor.texts()).some((text) => text.includes('I have looked through **big.log**')),
      'the finding',
      60_000,
    );
  }, 120_000);
});

/** Not a secret: what must be found, so that a search that finds nothing means something. */
const control = 'control-words-not-secret';

async function plant(url: string): Promise<Visitor> {
  const visitor = await arrive(url);
  const text = `${control}\n${planted.map(({ line: one }) => one).join('\n')}\n`;
  await upload(visitor, [{ name: 'plain.log', bytes: text }], `${planted[0]?.line}`);
  await upload(visitor, [{ name: 'wide.log', bytes: Buffer.from(`\ufeff${text}`, 'utf16le') }]);
  await upload(visitor, [{ name: 'packed.log.gz', bytes: gzipSync(Buffer.from(text)) }]);
  await upload(visitor, [
    {
      name: 'packed.zip',
      bytes: zipOf({ 'a.log': Buffer.from(text), 'b.zip': zipOf({ 'c.log': Buffer.from(text) }) }),
    },
  ]);
  await visitor.say(text);
  for (const { line: one } of planted) await visitor.say(one);
  const headers = { authorization: `Bearer ${visitor.token}` };
  const value = { control, password: planted[0]?.secret, note: planted[27]?.line };
  await call(`${visitor.base}/activities`, {
    method: 'POST',
    body: { type: 'message', value, channelData: value },
    headers,
  });
  await visitor.say(texts.en.talkToPerson);
  await until(
    async () => (await visitor.texts()).filter((said) => /I have looked through|を確認しました/.test(said)).length >= 4,
    'all is looked at',
    60_000,
  );
  return visitor;
}

/** All that an agent can see of the conversation, its files unpacked. */
async function seenByAgents(url: string, visitor: Visitor): Promise<string> {
  const agent = await signIn(url);
  const path = `/conversations/${visitor.conversation}`;
  const whole = await agent.get<{ timeline: { attachments?: { contentUrl: string }[] }[] }>(path);
  const lists = await Promise.all(
    ['waiting', 'open'].map(async (view) => JSON.stringify((await agent.get(`/conversations?view=${view}`)).body)),
  );
  const urls = whole.body.timeline.flatMap(({ attachments = [] }) => attachments.map(({ contentUrl }) => contentUrl));
  expect(urls).toHaveLength(4);
  const files = await Promise.all(
    urls.map(async (one) =>
      Buffer.from(await (await fetch(`${url}${one}`, { headers: { cookie: agent.cookie } })).arrayBuffer()),
    ),
  );
  return [JSON.stringify(whole.body), ...lists, ...files.map(unpacked)].join('\n');
}

/** A file's text, and that of all in it: entries of our own zips are deflated one after the other. */
function unpacked(bytes: Buffer): string {
  if (bytes[0] === 0x1f) return unpacked(gunzipSync(bytes));
  const text = bytes.toString('latin1');
  if (bytes.toString('latin1', 0, 4) !== 'PK\x03\x04') return text;
  const parts = [text];
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [packedSize, nameLength] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)];
    const from = at + 30 + nameLength;
    parts.push(unpacked(inflateRawSync(bytes.subarray(from, from + packedSize))));
    at = from + packedSize;
  }
  return parts.join('\n');
}

async function stored(directory: string): Promise<string> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const all = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name))));
  return all.map(unpacked).join('\n');
}

function expectNone(where: string, text: string): void {
  // JSON in the store has its quotes and line ends escaped.
  const found = planted.filter(
    ({ secret }) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)),
  );
  expect([where, found.map(({ line: one }) => one)]).toEqual([where, []]);
}

describe('fifty planted secrets', () => {
  it('L1 are in the embedded store, its files, the log and the console nowhere', async () => {
    const visitor = await plant(service.url);
    const seen = await seenByAgents(service.url, visitor);
    const kept = await stored(service.data);
    expect(seen).toContain(control);
    expect(kept).toContain(control);
    expect(planted).toHaveLength(50);
    expectNone('console', seen);
    expectNone('store', kept);
    expectNone('log', service.output());
    expectNone('visitor', JSON.stringify(await visitor.activities()));
  }, 180_000);

  it.skipIf(!hasRedis)(
    'L1 are in Redis nowhere',
    async () => {
      const redis: RedisProcess = await startRedis({ appendonly: true, args: ['--aof-use-rdb-preamble', 'no'] });
      const other = await startService({ env: { DIALOGS_DIR: join(root, 'dialogs'), REDIS_URL: redis.url } });
      try {
        const visitor = await plant(other.url);
        const seen = await seenByAgents(other.url, visitor);
        const kept = await stored(redis.directory);
        expect(kept).toContain(control);
        expectNone('console', seen);
        expectNone('Redis', kept);
        expectNone('files', await stored(other.data));
        expectNone('log', other.output());
      } finally {
        await other.stop();
        await redis.stop();
      }
    },
    180_000,
  );
});
