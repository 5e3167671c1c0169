/** One JSON object a line, under the names that the usual loggers give their fields. */
import type { LogLevel } from '../../conversation/logs.ts';
import { levelNamed, levelNumbered, levelSounding } from '../levels.ts';
import type { Emit, LineReader, LogLine } from '../line.ts';
import { partOf } from '../stack.ts';
import { timeOf } from '../times.ts';
import { textReader } from './text.ts';

type Fields = Readonly<Record<string, unknown>>;

export function jsonLinesReader(emit: Emit, now: number): LineReader {
  // What a program prints between its JSON, a crash above all, is text.
  const text = textReader(emit, now);
  return {
    push(line, number) {
      const fields = parse(line);
      if (!fields) {
        text.push(line, number);
        return;
      }
      text.end();
      emit(entryOf(fields, number, now));
    },
    end: () => text.end(),
  };
}

function parse(line: string): Fields | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

export const isJsonLine = (line: string): boolean => parse(line.trim()) !== undefined;

/** A JSON text whose entries stand in a list. @throws SyntaxError when it is no JSON. */
export function jsonEntries(text: string, emit: Emit, now: number): void {
  const value: unknown = JSON.parse(text);
  const list = Array.isArray(value)
    ? value
    : isFields(value)
      ? (Object.values(value).find(Array.isArray) ?? [value])
      : [];
  for (const [i, one] of list.entries()) if (isFields(one)) emit(entryOf(one, i + 1, now));
}

/** @param line its number; of a list's entry its place there. */
function entryOf(fields: Fields, line: number, now: number): LogLine {
  const time = timeOf(
    first(fields, [
      'time',
      'timestamp',
      '@timestamp',
      'ts',
      't',
      'date',
      'datetime',
      '@t',
      'eventTime',
      'Timestamp',
      'TimeGenerated',
    ]),
    now,
  );
  const failure = failureIn(fields);
  const told = first(fields, ['msg', 'message', 'event', 'text', '@m', '@mt', 'Message', 'log', 'body', 'MESSAGE']);
  const message = [typeof told === 'string' ? told : told === undefined ? '' : JSON.stringify(told), failure.message]
    .filter((part, i, all) => part && all.indexOf(part) === i)
    .join(': ');
  const http = httpIn(fields);
  const level =
    levelOf(fields) ??
    (failure.message || http ? levelOfStatus(http?.status, failure.message) : levelSounding(message));
  const source = first(fields, ['logger', 'name', 'service', 'component', 'module', 'source', 'SourceContext']);
  return {
    ...time,
    ...(level ? { level } : {}),
    ...(typeof source === 'string' ? { source: source.slice(0, 60) } : {}),
    message: message || (http ? `${http.method} ${http.path} ${http.status}` : JSON.stringify(fields).slice(0, 300)),
    line,
    ...(failure.frames.length > 0 ? { frames: failure.frames } : {}),
    ...(http ? { http } : {}),
  };
}

const levelOfStatus = (status: number | undefined, failed: string): LogLevel | undefined =>
  failed || (status ?? 0) >= 500 ? 'error' : (status ?? 0) >= 400 ? 'warn' : 'info';

function levelOf(fields: Fields): LogLevel | undefined {
  const told = first(fields, [
    'level',
    'severity',
    'lvl',
    'loglevel',
    'log.level',
    'levelname',
    '@l',
    'Level',
    'severityText',
    'PRIORITY',
  ]);
  if (typeof told === 'number') return levelNumbered(told);
  return typeof told === 'string' ? levelNamed(told) : undefined;
}

function failureIn(fields: Fields): { message: string; frames: string[] } {
  const failure = first(fields, [
    'err',
    'error',
    'exception',
    'exc_info',
    '@x',
    'stack_trace',
    'stack',
    'Exception',
    'stacktrace',
  ]);
  const text =
    typeof failure === 'string'
      ? failure
      : isFields(failure)
        ? String(failure.stack ?? failure.message ?? failure.type ?? '')
        : '';
  const lines = text.slice(0, 20_000).split('\n');
  const frames = lines.filter((line) => partOf(line)?.kind === 'frame').slice(0, 6);
  const named = lines.find((line) => line.trim() !== '' && partOf(line)?.kind !== 'frame') ?? '';
  const message = isFields(failure) && typeof failure.message === 'string' ? failure.message : named.trim();
  return { message: message.slice(0, 500), frames: frames.map((line) => line.trim().slice(0, 200)) };
}

function httpIn(fields: Fields): LogLine['http'] {
  const response = [fields.res, fields.response, fields.http].find(isFields);
  const request = [fields.req, fields.request, fields.http].find(isFields);
  const status = Number(
    first(fields, ['status', 'statusCode', 'status_code', 'http_status', 'http.response.status_code']) ??
      response?.statusCode ??
      response?.status ??
      response?.status_code,
  );
  const path =
    first(fields, ['path', 'url', 'uri', 'request_uri', 'url.path', 'route']) ?? request?.url ?? request?.path;
  if (!Number.isInteger(status) || status < 100 || status > 599 || typeof path !== 'string') return undefined;
  const method = first(fields, ['method', 'http_method', 'http.request.method']) ?? request?.method;
  return { method: typeof method === 'string' ? method : 'GET', path, status };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function first(fields: Fields, names: readonly string[]): unknown {
  const name = names.find((one) => Object.hasOwn(fields, one) && fields[one] !== null && fields[one] !== '');
  return name === undefined ? undefined : fields[name];
}
