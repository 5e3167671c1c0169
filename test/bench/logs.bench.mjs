/** Log analysis against a plain count of the same file's lines, in the same run. */
import { analyse } from '../../dist/logs/analyse.js';

const rounds = 5;
const size = 8 * 1024 * 1024;

/** As a busy service writes it: mostly calm, one entry in fifty an error with a short trace. */
function text() {
  const lines = [];
  let length = 0;
  for (let i = 0; length < size; i++) {
    const time = new Date(Date.UTC(2026, 10, 20) + i * 37).toISOString();
    const entry =
      i % 50 === 0
        ? `${time} ERROR [http-${i % 8}] orders - could not save order ${i}: connection refused\n\tat shop.Orders.save(Orders.java:58)\n`
        : `${time} INFO  [http-${i % 8}] orders - saved order ${i} for customer ${i % 977} in ${i % 40} ms\n`;
    lines.push(entry);
    length += entry.length;
  }
  return lines.join('');
}

function jsonLines() {
  const lines = [];
  let length = 0;
  for (let i = 0; length < size; i++) {
    const entry = `${JSON.stringify({ level: i % 50 === 0 ? 50 : 30, time: 1795651200000 + i * 37, reqId: `req-${i}`, msg: i % 50 === 0 ? `could not save order ${i}` : `saved order ${i}` })}\n`;
    lines.push(entry);
    length += entry.length;
  }
  return lines.join('');
}

function countLines(bytes) {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function measured(work) {
  const took = [];
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    await work();
    took.push(performance.now() - began);
  }
  return median(took);
}

export async function run() {
  const rows = [];
  for (const [name, make] of [
    ['text log', text],
    ['JSON lines', jsonLines],
  ]) {
    const bytes = Buffer.from(make());
    const rate = (ms) => bytes.length / 1e6 / (ms / 1000);
    const counted = rate(await measured(() => countLines(bytes)));
    const analysed = rate(
      await measured(() => analyse(bytes, { now: Date.now(), signatures: [], maskAddresses: false })),
    );
    rows.push({
      name: `log analysis, ${name}`,
      value: analysed,
      unit: 'MB/s',
      baseline: 'counting its lines',
      baselineValue: counted,
      ratio: analysed / counted,
    });
  }
  return rows;
}
