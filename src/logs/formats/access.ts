/** Web servers' access logs: common, combined and IIS's W3C extended. */
import type { LogLevel } from '../../conversation/logs.ts';
import type { Emit, LineReader } from '../line.ts';
import { routeOf } from '../normalise.ts';
import { timeOf, timeReader } from '../times.ts';
import { textReader } from './text.ts';

const common = /^(?:\S+ )?\S+ \S+ \S+ \[([^\]]{10,40})\] "([A-Z]{2,10}) (\S+)[^"]*" (\d{3}) /;

export const isAccess = (line: string): boolean => common.test(line);

const levelOf = (status: number): LogLevel => (status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info');

export function accessReader(emit: Emit, now: number): LineReader {
  const stamp = timeReader(now);
  const text = textReader(emit, now);
  return {
    push(line, number) {
      const found = common.exec(line);
      if (!found) {
        text.push(line, number);
        return;
      }
      text.end();
      const [, time = '', method = '', path = '', code] = found;
      const at = stamp(time);
      const status = Number(code);
      emit({
        ...(at?.at === undefined ? {} : { at: at.at, local: at.local }),
        level: levelOf(status),
        message: `${status} ${method} ${path.replace(/\?.*/s, '')}`,
        kind: `${status} ${routeOf(method, path)}`,
        line: number,
        http: { method, path, status },
      });
    },
    end: () => text.end(),
  };
}

export const isIis = (line: string): boolean => /^#Fields: .*\bcs-uri-stem\b/.test(line);

export function iisReader(emit: Emit, now: number): LineReader {
  let names: readonly string[] = [];
  return {
    push(line, number) {
      if (line.startsWith('#')) {
        if (line.startsWith('#Fields: ')) names = line.slice(9).trim().split(/\s+/);
        return;
      }
      const values = line.split(' ');
      const field = (name: string): string => values[names.indexOf(name)] ?? '';
      const status = Number(field('sc-status'));
      const [method, path] = [field('cs-method'), field('cs-uri-stem')];
      if (!status || !path) return;
      // The format's times are UTC.
      const time = timeOf(`${field('date')}T${field('time')}Z`, now);
      emit({
        ...time,
        level: levelOf(status),
        message: `${status} ${method} ${path}`,
        kind: `${status} ${routeOf(method, path)}`,
        line: number,
        http: { method, path, status },
      });
    },
    end() {},
  };
}
