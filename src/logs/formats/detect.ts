/** Which format a log is in, told by its beginning. */
import type { LogFormat } from '../../conversation/logs.ts';
import { partOf } from '../stack.ts';
import { timeReader } from '../times.ts';
import { isAccess, isIis } from './access.ts';
import { isHar } from './har.ts';
import { isJsonLine } from './json-lines.ts';
import { isSyslog } from './syslog.ts';
import { isWindowsCsv } from './windows-csv.ts';
import { isWindowsXml } from './windows-xml.ts';

/** Characters that are enough to tell. */
export const enough = 16 * 1024;
const mostLines = 40;

export type Detected = Exclude<LogFormat, 'stack'> | 'json' | 'stack';

/** @param whole whether the beginning is all there is: its last line is not cut. */
export function detect(head: string, whole: boolean): Detected {
  if (isHar(head)) return 'har';
  if (isWindowsXml(head)) return 'windows-xml';
  const all = head.split(/\r?\n/);
  const lines = (whole || all.length === 1 ? all : all.slice(0, -1))
    .filter((line) => line.trim() !== '')
    .slice(0, mostLines);
  const share = (is: (line: string) => boolean) => lines.filter(is).length / Math.max(1, lines.length);
  if (lines.some(isIis)) return 'iis';
  if (share(isJsonLine) >= 0.5) return 'json-lines';
  if (/^\s*[[{]\s*["{[]/.test(head)) return 'json';
  if (share(isAccess) >= 0.5) return 'access';
  if (lines[0] && isWindowsCsv(lines[0].replace(/^\ufeff/, ''))) return 'windows-csv';
  if (share(isSyslog) >= 0.5) return 'syslog';
  const stamp = timeReader(0);
  const isTrace = lines.some((line) => partOf(line)?.kind === 'frame') && !lines.some((line) => stamp(line));
  return isTrace ? 'stack' : 'text';
}
