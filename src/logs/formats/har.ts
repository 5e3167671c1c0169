/** A browser's recording (HAR 1.2): requests that failed, by route; and those that were never answered. */
import type { Emit, LogLine } from '../line.ts';
import { routeOf } from '../normalise.ts';
import { timeOf } from '../times.ts';

export const isHar = (head: string): boolean => /^\s*\{\s*"log"\s*:\s*\{/.test(head);

/** A HAR is one JSON text and is read whole: longer ones are refused, in UTF-16 units. */
export const longestHar = 48 * 1024 * 1024;

/** @throws SyntaxError when it is no JSON. */
export function readHar(text: string, emit: Emit, now: number): void {
  const log = field(JSON.parse(text), 'log');
  const entries = field(log, 'entries');
  if (!Array.isArray(entries)) return;
  for (const [i, entry] of entries.entries()) {
    const line = lineOf(entry, i + 1, now);
    if (line) emit(line);
  }
}

/** @param number its place in the recording: the text's lines tell nobody anything. */
function lineOf(entry: unknown, number: number, now: number): LogLine | undefined {
  const request = field(entry, 'request');
  const response = field(entry, 'response');
  const method = String(field(request, 'method') ?? 'GET');
  const path = field(request, 'url');
  if (typeof path !== 'string') return undefined;
  const status = Number(field(response, 'status') ?? 0);
  const failure = field(response, '_error') ?? field(entry, '_error') ?? field(response, 'statusText');
  const why = typeof failure === 'string' && failure ? ` ${failure.slice(0, 120)}` : '';
  const plain = path.replace(/[?#].*$/s, '').slice(0, 300);
  return {
    ...timeOf(field(entry, 'startedDateTime'), now),
    level: status >= 500 || status === 0 ? 'error' : status >= 400 ? 'warn' : 'info',
    message: status === 0 ? `no answer: ${method} ${plain}${why}` : `${status}${why} ${method} ${plain}`,
    kind: `${status === 0 ? 'no answer:' : status}${why} ${routeOf(method, plain)}`,
    line: number,
    http: { method, path: plain, status },
  };
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
