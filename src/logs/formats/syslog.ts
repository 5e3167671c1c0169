/** Syslog as it stands in files and on the wire: RFC 3164 and RFC 5424. */
import { levelIn, levelOfSeverity, levelSounding } from '../levels.ts';
import type { Emit, LineReader } from '../line.ts';
import { timeOf, timeReader } from '../times.ts';
import { type Told, textReader } from './text.ts';

const rfc5424 = /^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) (?:-|(?:\[(?:[^\]\\]|\\.)*\])+) ?(.*)$/s;
const rfc3164 =
  /^(?:<(\d{1,3})>)?(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) ([\w.:-]+) ([\w./() -]{1,60}?)(?:\[(\d+)\])?: (.*)$/s;

export const isSyslog = (line: string): boolean => rfc5424.test(line) || rfc3164.test(line);

export function syslogReader(emit: Emit, now: number): LineReader {
  const stamp = timeReader(now);
  const tell = (line: string): Told | undefined => {
    const modern = rfc5424.exec(line);
    if (modern) {
      const [, priority, time, , app = '', , , message = ''] = modern;
      const at = timeOf(time, now);
      return {
        ...at,
        level: levelOfSeverity(Number(priority) % 8),
        source: app,
        message: message.replace(/^\ufeff/, ''),
      };
    }
    const old = rfc3164.exec(line);
    if (!old) return undefined;
    const [, priority, , app = '', , message = ''] = old;
    const time = stamp(line.replace(/^<\d+>/, ''));
    const level = levelIn(message) ?? (priority ? levelOfSeverity(Number(priority) % 8) : levelSounding(message));
    return {
      ...(time?.at === undefined ? {} : { at: time.at, local: time.local }),
      ...(level ? { level } : {}),
      source: app,
      message: `${app}: ${message}`,
    };
  };
  return textReader(emit, now, tell);
}
