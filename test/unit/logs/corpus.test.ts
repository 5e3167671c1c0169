import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/logs/analyse.ts';
import { parseSignatures } from '../../../src/logs/signature-file.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { signatures } = parseSignatures('signatures.yaml', readFileSync(`${root}dialogs/signatures.yaml`, 'utf8'));
const now = Date.UTC(2026, 10, 25);

interface Expected {
  readonly format: string;
  readonly encoding?: string;
  /** Entries of each level, without those that there are none of. */
  readonly levels: Readonly<Record<string, number>>;
  readonly from?: string;
  readonly to?: string;
  /** Beginning of the likely first cause. */
  readonly cause?: string;
  readonly line?: number;
  /** Top of its stack trace. */
  readonly frame?: string;
  readonly http?: readonly string[];
  readonly known?: readonly string[];
}

const licence = {
  format: 'text',
  levels: { error: 2, warn: 1, info: 2 },
  from: '2026-11-20T10:00:00.000',
  to: '2026-11-20T10:08:00.000',
  cause: '【エラー】 ライセンスを取得できませんでした。コード: 4102',
  line: 3,
  known: ['licence'],
} as const;

const corpus: Readonly<Record<string, Expected>> = {
  'app.log': {
    format: 'text',
    levels: { error: 3, warn: 1, info: 3 },
    from: '2026-11-20T08:59:58.101',
    to: '2026-11-20T09:20:00.000',
    cause:
      "ERROR [http-7] com.example.shop.Orders - could not save order 88123 for user 'tanaka' ← java.net.ConnectException",
    line: 4,
    frame: 'at com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:696)',
    known: ['connection-refused', 'mail-temporary'],
  },
  'iso-zones.log': {
    format: 'text',
    levels: { error: 2, warn: 1, info: 1 },
    from: '2026-11-20T00:00:00.000Z',
    to: '2026-11-20T00:30:00.000Z',
    cause: '[error] backup: cannot open /srv/data/archive-2026.tar: Permission denied',
    known: ['permission-denied'],
  },
  'japanese.log': licence,
  'japanese-sjis.log': { ...licence, encoding: 'shift_jis' },
  'japanese-euc.log': { ...licence, encoding: 'euc-jp' },
  'japanese-jis.log': { ...licence, encoding: 'iso-2022-jp' },
  'japanese-utf16le.log': { ...licence, encoding: 'utf-16le' },
  'japanese-utf16be-bare.log': { ...licence, encoding: 'utf-16be' },
  'japanese-bom.log': licence,
  'broken-utf8.log': { ...licence, levels: { error: 2, warn: 1, info: 1 }, to: '2026-11-20T10:07:30.000' },
  'windows-system.xml': {
    format: 'windows-xml',
    levels: { fatal: 1, error: 2, info: 1 },
    from: '2026-11-19T22:00:01.000Z',
    to: '2026-11-20T00:01:01.000Z',
    cause: 'disk event 7: The device, \\Device\\Harddisk0\\DR0, has a bad block.',
    known: ['windows-update-component-store', 'bsod-driver-power', 'unexpected-shutdown', 'disk-bad-block'],
  },
  'windows-application.csv': {
    format: 'windows-csv',
    levels: { error: 1, warn: 1, info: 1 },
    from: '2026-11-20T09:00:00.000',
    cause: 'Application Error event 1000: Faulting application name: EXCEL.EXE',
    line: 2,
    known: ['app-access-violation', 'dns-failure'],
  },
  'windows-japanese-sjis.csv': {
    format: 'windows-csv',
    encoding: 'shift_jis',
    levels: { error: 1, warn: 1, info: 1 },
    cause: 'Service Control Manager event 7031: Print Spooler サービスは予期せず終了しました。',
    known: ['service-crash', 'print-spooler'],
  },
  'pino.jsonl': {
    format: 'json-lines',
    levels: { error: 2, warn: 1, info: 2 },
    cause: 'request errored: connect ECONNREFUSED 10.0.0.9:6379',
    line: 3,
    http: ['503 GET /api/orders/:id ×2'],
    known: ['connection-refused'],
  },
  'structured.jsonl': {
    format: 'json-lines',
    levels: { error: 2, warn: 1, info: 1 },
    cause: 'sync failed for user 17: System.Net.Http.HttpRequestException: No such host is known.',
    frame: 'at System.Net.Http.HttpConnectionPool.ConnectToTcpHostAsync(String host)',
    known: ['dns-failure'],
  },
  'document.json': {
    format: 'json-lines',
    levels: { error: 2, info: 1 },
    cause: 'disk quota exceeded on volume 3',
    known: ['disk-full'],
  },
  'logfmt.log': {
    format: 'text',
    levels: { error: 2, info: 1 },
    to: '2026-11-20T09:00:09.000Z',
    cause: 'query failed: dial tcp 10.0.0.5:5432: i/o timeout',
    known: ['connection-timeout'],
  },
  'syslog-3164.log': {
    format: 'syslog',
    levels: { fatal: 1, error: 1, other: 3 },
    from: '2026-11-20T08:00:01.000',
    cause: 'kernel: [81234.51] Out of memory: Killed process 4127 (java)',
    line: 2,
    known: ['out-of-memory'],
  },
  'syslog-5424.log': {
    format: 'syslog',
    levels: { error: 2, warn: 1, info: 1 },
    from: '2026-11-20T08:00:00.003Z',
    cause: 'IKE authentication failed for peer 198.51.100.9',
    known: ['vpn-failure', 'password-wrong'],
  },
  'access-combined.log': {
    format: 'access',
    levels: { error: 2, warn: 2, info: 2 },
    from: '2026-11-20T00:00:00.000Z',
    cause: '500 GET /api/users/1001/orders',
    http: ['500 GET /api/users/:id/orders ×2', '404 GET /favicon.ico ×1', '401 POST /login ×1'],
    known: ['http-401', 'http-500'],
  },
  'access-common.log': {
    format: 'access',
    levels: { error: 1, info: 1 },
    cause: '507 PUT /share/plan.xlsx',
    http: ['507 PUT /share/plan.xlsx ×1'],
  },
  'iis.log': {
    format: 'iis',
    levels: { error: 1, warn: 1, info: 1 },
    from: '2026-11-20T00:00:01.000Z',
    cause: '503 POST /ews/exchange.asmx',
    http: ['503 POST /ews/exchange.asmx ×1', '401 POST /ews/exchange.asmx ×1'],
    known: ['http-401', 'http-503'],
  },
  'apache-error.log': {
    format: 'text',
    levels: { error: 2, info: 1 },
    from: '2026-11-20T09:00:00.123',
    cause: '[proxy:error] [pid 815:tid 9] (111)Connection refused',
    known: ['connection-refused'],
  },
  'tomcat.log': {
    format: 'text',
    levels: { error: 1, info: 1 },
    to: '2026-11-20T09:40:00.001',
    cause:
      'SEVERE [http-nio-8080-exec-3] org.apache.catalina.core.StandardWrapperValve.invoke Servlet.service() threw exception ← java.lang.OutOfMemoryError: Java heap space',
    frame: 'at java.base/java.util.Arrays.copyOf(Arrays.java:3537)',
    known: ['out-of-memory'],
  },
  'logcat.txt': {
    format: 'text',
    levels: { error: 1, warn: 1, info: 1 },
    from: '2026-11-20T09:00:00.100',
    cause: 'FATAL EXCEPTION: main ← java.lang.NullPointerException',
    frame: 'at com.example.mail.Inbox.open(Inbox.kt:77)',
    known: ['null-pointer'],
  },
  'glog.log': {
    format: 'text',
    levels: { error: 1, warn: 1, info: 1 },
    cause: '7 net.cc:91] connection reset by peer',
    known: ['connection-reset'],
  },
  'epoch.log': {
    format: 'text',
    levels: { error: 2, info: 1 },
    from: '2026-11-26T00:00:00.123Z',
    cause: 'ERROR scheduler job 17 failed: exit code 137',
    known: ['out-of-memory'],
  },
  'colours.log': {
    format: 'text',
    levels: { error: 1, warn: 1 },
    cause: 'ERROR disk /dev/sda1 is 100% full',
    known: ['disk-full'],
  },
  'no-trouble.log': { format: 'text', levels: { info: 2, debug: 1 } },
  'browser.har': {
    format: 'har',
    levels: { error: 2, warn: 1, info: 1 },
    cause: '504 Gateway Timeout POST https://app.example.com/api/save/4711',
    http: [
      '504 POST app.example.com/api/save/:id ×1',
      '401 GET app.example.com/api/me ×1',
      '0 GET cdn.example.net/app.js ×1',
    ],
    known: ['dns-failure', 'http-401', 'http-502-504'],
  },
  'smtp-bounce.txt': {
    format: 'text',
    levels: { error: 2, other: 4 },
    cause: 'Your message could not be delivered.',
    known: ['mail-mailbox-full'],
  },
  'stack-java.txt': {
    format: 'stack',
    levels: { error: 1 },
    cause:
      'Exception in thread "main" java.lang.IllegalStateException: could not start ← java.nio.file.AccessDeniedException',
    frame: 'at com.example.App.main(App.java:9)',
    known: ['permission-denied'],
  },
  'stack-node.txt': {
    format: 'stack',
    levels: { error: 1, other: 2 },
    cause: "TypeError: Cannot read properties of undefined (reading 'id') ← Error: connect ETIMEDOUT 10.0.0.5:5432",
    frame: 'at Orders.find (file:///app/src/orders.js:41:17)',
    known: ['connection-timeout', 'null-pointer'],
  },
  'stack-python.txt': {
    format: 'stack',
    levels: { error: 1 },
    cause: 'ReportError: the server sent no report ← json.decoder.JSONDecodeError: Expecting value',
    frame: 'File "/app/report.py", line 31, in load',
  },
  'stack-csharp.txt': {
    format: 'stack',
    levels: { error: 1 },
    cause:
      'Unhandled exception. System.InvalidOperationException: The connection was not closed. ← System.Data.SqlClient.SqlException (0x80131904): Login failed',
    frame: 'at System.Data.SqlClient.SqlConnection.Open()',
    known: ['dotnet-unhandled', 'password-wrong'],
  },
  'stack-go.txt': {
    format: 'stack',
    levels: { fatal: 1 },
    cause: 'panic: runtime error: invalid memory address or nil pointer dereference',
    frame: 'main.(*Store).Load(0x0, {0x4c1a2b, 0x5})',
    known: ['null-pointer'],
  },
  'stack-php.txt': {
    format: 'text',
    levels: { error: 1, warn: 1 },
    from: '2026-11-20T09:00:00.000',
    cause: 'PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused',
    frame: '#0 /var/www/html/db.php(9): PDO->__construct()',
    known: ['connection-refused'],
  },
  'stack-ruby.txt': {
    format: 'stack',
    levels: { error: 1 },
    cause: "/app/lib/mailer.rb:22:in `deliver': execution expired (Net::OpenTimeout)",
    frame: "from /app/lib/mailer.rb:10:in `block in run'",
    known: ['connection-timeout'],
  },
  'stack-rust.txt': {
    format: 'stack',
    levels: { error: 1 },
    cause: "thread 'main' panicked at src/config.rs:18:40: called `Result::unwrap()` on an `Err` value",
    frame: '0: std::panicking::begin_panic_handler',
  },
};

it('L2 is held against a corpus of many kinds', () => {
  expect(Object.keys(corpus).sort()).toEqual(readdirSync(`${root}test/logs`).sort());
  expect(Object.keys(corpus).length).toBeGreaterThanOrEqual(30);
});

describe('the analysis of', () => {
  it.each(Object.entries(corpus))('%s finds what is in it', async (file, expected) => {
    const found = await analyse(readFileSync(`${root}test/logs/${file}`), { now, signatures, maskAddresses: false });
    const levels = Object.fromEntries(Object.entries(found.levels).filter(([, count]) => count > 0));
    expect(found.formats).toEqual([expected.format]);
    expect(found.encoding).toBe(expected.encoding ?? 'utf-8');
    expect(levels).toEqual(expected.levels);
    if (expected.from) expect(found.span?.from).toBe(expected.from);
    if (expected.to) expect(found.span?.to).toBe(expected.to);
    expect(found.cause?.sample.slice(0, expected.cause?.length ?? 400)).toBe(expected.cause);
    if (expected.line) expect(found.cause?.line).toBe(expected.line);
    if (expected.frame) expect(found.cause?.frames?.[0]).toBe(expected.frame);
    expect(found.http?.failed.map(({ status, route, count }) => `${status} ${route} ×${count}`)).toEqual(expected.http);
    expect(found.signatures.map(({ id }) => id)).toEqual(expected.known ?? []);
    const inHistogram = found.histogram?.total.reduce((sum, count) => sum + count, 0);
    if (found.span) expect(inHistogram).toBeGreaterThan(0);
  });
});
