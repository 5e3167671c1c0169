import { describe, expect, it } from 'vitest';
import { Masker, mask, ofMessages } from '../../../src/logs/mask/mask.ts';
import { cpuOf } from '../../support/pace.ts';
import { planted } from '../../support/planted.ts';

const ofLogs = { personal: true, ips: false, sentences: false };

describe('a mask', () => {
  it.each(planted)('L1 takes the secret out of a log: $line', ({ line, secret }) => {
    const masked = mask(line, ofLogs);
    expect(masked).not.toContain(secret);
    expect(masked).toContain('[masked:');
  });

  it.each(planted)('L1 takes the secret out of a message: $line', ({ line, secret }) => {
    expect(mask(line, ofMessages)).not.toContain(secret);
  });

  it.each(planted)('L1 changes nothing the second time: $line', ({ line }) => {
    const once = mask(line, ofLogs);
    expect(mask(once, ofLogs)).toBe(once);
    const said = mask(line, ofMessages);
    expect(mask(said, ofMessages)).toBe(said);
  });

  it.each([
    'I forgot my password. How do I reset it?',
    'My password is wrong',
    'password: how do I change it?',
    'The password has expired',
    'パスワードを忘れました',
    'パスワードは8文字以上ですか？',
    'パスワードは2024年に変更しました',
    'パスワード：忘れました',
    'my email is sato@example.com and my phone is 090-1234-5678',
    'T-000123 の件です',
    'ticket 4111111111111112 is no card',
    'The token expired and I was signed out',
    'error 0x80070005 in update KB5068861',
    'my pin was rejected',
    'order 2026-1120-0001, serial 5CD1234XYZ',
    'Windows 11 24H2 build 26100.2314 on 192.168.0.12',
    'secret santa list',
    'Press the key: Ctrl+Alt+Del',
    'Basic information about the laptop',
  ])('leaves what a visitor says and is no secret: %s', (text) => {
    expect(mask(text, ofMessages)).toBe(text);
  });

  it.each([
    '2026-11-20T09:00:00Z INFO max_tokens=4096 mapping: ok, shipping: done',
    'token: expired',
    'password policy: 12 characters',
    '1795651200000 4532 requests in 1795651260000 ms',
    'at Foo.bar (file:///app/token.js:12:3)',
    'uuid 3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    'installing @types/node@22.1.0 and left-pad@1.3.0',
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    'PWD=/home/user/app',
  ])('leaves what a log says and is no secret: %s', (text) => {
    expect(mask(text, ofLogs)).toBe(text);
  });

  it('L1 takes the whole of a password, whatever signs are in it', () => {
    expect(mask('db.password=Tr0ub4dor&3', ofLogs)).toBe('db.password=[masked:password]');
    expect(mask('a?password=x1&y=2', ofLogs)).toBe('a?password=[masked:password]&y=2');
  });

  it('takes mail addresses and telephone numbers out of logs', () => {
    expect(mask('mail to <sato.hanako@example.co.jp> failed; tel: 03-1234-5678', ofLogs)).toBe(
      'mail to <[masked:mail]> failed; tel: [masked:phone]',
    );
  });

  it('takes IP addresses out where it is asked to', () => {
    const line = 'from 192.168.10.5:51312 and 2001:db8::8a2e:370:7334 at 09:14:07, version 1.2.3.4.5';
    expect(mask(line, ofLogs)).toBe(line);
    expect(mask(line, { ...ofLogs, ips: true })).toBe(
      'from [masked:ip]:51312 and [masked:ip] at 09:14:07, version 1.2.3.4.5',
    );
  });

  it('L1 takes a secret out wherever a long text is cut into pieces', () => {
    const filler = `${'x'.repeat(200)} nothing of note\n`.repeat(6_000);
    const text = `${filler}password=Cut4cross\n${filler}-----BEGIN PRIVATE KEY-----\n${'QUJD'.repeat(300_000)}\n-----END PRIVATE KEY-----\nend`;
    const masker = new Masker(ofLogs);
    let out = '';
    for (let at = 0; at < text.length; at += 65_536) out += masker.write(text.slice(at, at + 65_536));
    out += masker.end();
    expect(out).not.toContain('Cut4cross');
    expect(out).not.toContain('QUJDQUJD');
    expect(out.endsWith('end')).toBe(true);
    expect(out.match(/nothing of note/g)).toHaveLength(12_000);
  });

  it('reads text that is made to hold it up in a time linear to its length', async () => {
    const baits = [
      'a'.repeat(1_000_000),
      'password='.repeat(100_000),
      '"'.repeat(500_000),
      '4111 '.repeat(200_000),
      'eyJ'.repeat(300_000),
      '@'.repeat(500_000),
      'a@'.repeat(300_000),
      '://'.repeat(300_000),
      '<password>'.repeat(80_000),
      '-----BEGIN '.repeat(80_000),
      'PuTTY-User-Key-File-2: x\n'.repeat(40_000),
      '"cookies":['.repeat(60_000),
      '1:'.repeat(300_000),
      'Bearer '.repeat(100_000),
      '\\'.repeat(500_000),
    ];
    // A millisecond for a thousand characters is a hundred times the usual; quadratic time would be a thousand times that.
    for (const bait of baits) {
      const ms = await cpuOf(() => mask(bait, { personal: true, ips: true, sentences: true }));
      expect(ms, bait.slice(0, 12)).toBeLessThan(bait.length / 50);
    }
  });
});
