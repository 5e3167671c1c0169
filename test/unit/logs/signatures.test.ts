import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Signatures } from '../../../src/logs/signature.ts';
import { parseSignatures, signaturesJsonSchema } from '../../../src/logs/signature-file.ts';
import { readFaq, servedEntries } from '../../../src/understanding/files.ts';
import { cpuOf } from '../../support/pace.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const shipped = readFileSync(`${root}dialogs/signatures.yaml`, 'utf8');
const problemsOf = (text: string): string[] =>
  parseSignatures('s.yaml', text).problems.map(
    ({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`,
  );

describe('the shipped signatures', () => {
  const { signatures, problems } = parseSignatures('signatures.yaml', shipped);

  it('are sound, and many', () => {
    expect(problems).toEqual([]);
    expect(signatures.length).toBeGreaterThanOrEqual(30);
  });

  it('tell their meaning in both languages', () => {
    expect(signatures.filter(({ meaning }) => !meaning.en || !meaning.ja)).toEqual([]);
  });

  it('name only entries that the FAQ has', async () => {
    const entries = servedEntries(await readFaq(`${root}faq`));
    const ids = new Set(entries.map(({ id }) => id));
    expect(signatures.filter(({ entry }) => entry && !ids.has(entry)).map(({ id }) => id)).toEqual([]);
  });

  it.each([
    [
      'Microsoft-Windows-Kernel-Power event 41: The system has rebooted without cleanly shutting down',
      'unexpected-shutdown',
    ],
    ['The computer has rebooted from a bugcheck. The bugcheck was: 0x0000009f (0x3, 0xffff)', 'bsod-driver-power'],
    ['停止コード 0x0000009f', 'bsod-driver-power'],
    ['There is not enough disk space', 'disk-full'],
    ['Cannot open C:\\Users\\a\\mail.ost: errors have been detected', 'outlook-data-file'],
    ['407 Proxy Authentication Required', 'proxy-authentication'],
    ['net::ERR_CERT_DATE_INVALID', 'tls-certificate'],
    ['remote server returned 550 5.7.1 not permitted to relay', 'mail-relay-denied'],
    ['VPN connection failed with error 809', 'vpn-failure'],
    ['The Print Spooler service terminated unexpectedly', 'print-spooler'],
    ['AADSTS50126: Error validating credentials', 'password-wrong'],
    ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'out-of-memory'],
    ['Product activation failed: 0xC004F074', 'licence'],
    ['429 Too Many Requests', 'http-429'],
  ])('know "%s"', (line, id) => {
    const known = new Signatures(signatures);
    known.look(line);
    expect(known.found((text) => text).map((found) => found.id)).toContain(id);
  });

  it('see no trouble in calm words', () => {
    const known = new Signatures(signatures);
    for (const line of ['listening on port 8080', 'GET /orders/503 200 in 12 ms', 'printed 407 pages', '保存しました'])
      known.look(line);
    expect(known.found((text) => text)).toEqual([]);
  });
});

describe('a signature file', () => {
  it('has every fault told with its place', () => {
    expect(
      problemsOf(`signatures:
  - id: one
    pattern: 'a(b'
    meaning: {en: x}
  - id: one
    pattern: x*
    meanings: {en: x}
    tier: 4
`),
    ).toEqual([
      expect.stringContaining('s.yaml:5:5: "meaning" is missing; allowed is {en: a sentence, ja: a sentence}'),
      expect.stringContaining(
        's.yaml:6:14: pattern: found "x*"; allowed is a regular expression of 3 to 500 characters',
      ),
      expect.stringContaining('s.yaml:7:5: unknown key "meanings"; did you mean "meaning"?'),
      expect.stringContaining('s.yaml:8:11: tier: found "4"; allowed is 1, 2 or 3'),
    ]);
    expect(
      problemsOf(`signatures:
  - {id: one, pattern: 'a(b', meaning: {en: x}}
  - {id: one, pattern: 'abc|', meaning: {ja: x}}
`),
    ).toEqual([
      expect.stringContaining('s.yaml:2:24: pattern: '),
      's.yaml:3:10: id "one" is used twice; allowed is a name of its own',
      's.yaml:3:24: pattern: it matches an empty line, and so every line',
    ]);
  });

  it('with no YAML in it is told so', () => {
    expect(problemsOf('signatures: [')[0]).toMatch(/^s\.yaml:1:\d+: YAML: /);
    expect(problemsOf('')).toHaveLength(1);
  });

  it('cannot hold the reading up, whatever its patterns', async () => {
    const { signatures } = parseSignatures(
      's.yaml',
      "signatures: [{id: bait, pattern: '(a+)+(a|aa)+$', meaning: {en: x}}]",
    );
    const known = new Signatures(signatures);
    const look = () => {
      for (let i = 0; i < 50; i++) known.look(`${'a'.repeat(1_900)}b${i}`);
    };
    expect(await cpuOf(look)).toBeLessThan(3_000);
  });
});

describe('the JSON Schema for editors', () => {
  it('follows from the format', () => {
    const file = JSON.parse(readFileSync(`${root}src/logs/signatures.schema.json`, 'utf8'));
    expect(file).toEqual(JSON.parse(JSON.stringify(signaturesJsonSchema())));
    expect(readdirSync(`${root}src/logs`)).toContain('signatures.schema.json');
  });
});
