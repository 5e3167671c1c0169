/** Whether a message is a log, or holds one, rather than words to be understood. */
import { isAccess } from './formats/access.ts';
import { isJsonLine } from './formats/json-lines.ts';
import { isSyslog } from './formats/syslog.ts';
import { partOf } from './stack.ts';
import { timeReader } from './times.ts';

/** Lines that make a log: one with a time in it may be somebody's own words. */
const least = 3;
const looked = 400;

export interface Pasted {
  /** The words before it, if any. */
  readonly words: string;
}

/** Undefined: there is no log in it. */
export function pastedLog(text: string): Pasted | undefined {
  // Most messages are one line.
  if (!text.includes('\n')) return undefined;
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, looked);
  if (lines.length < least) return undefined;
  const stamp = timeReader(0);
  const isLog = (line: string) =>
    stamp(line) !== undefined || partOf(line) !== undefined || isJsonLine(line) || isAccess(line) || isSyslog(line);
  const first = lines.findIndex(isLog);
  const of = lines.filter(isLog).length;
  if (first < 0 || of < least || of < (lines.length - first) * 0.3) return undefined;
  return { words: lines.slice(0, first).join('\n').trim() };
}
