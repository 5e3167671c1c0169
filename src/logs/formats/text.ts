/** Plain text: times at the line's start where there are any, a level, and stack traces folded into the entry they belong to. */
import type { LogLevel } from '../../conversation/logs.ts';
import { levelIn, levelSounding } from '../levels.ts';
import type { Emit, LineReader, LogLine } from '../line.ts';
import { isHead, isPythonEnd, isPythonHead, partOf } from '../stack.ts';
import { timeReader } from '../times.ts';
import { tellLogfmt } from './logfmt.ts';

/** Frames kept of a trace. */
const mostFrames = 6;
const longestFrame = 200;

/** A line's own account of itself, where its format gives one. */
export interface Told {
  readonly at?: number;
  readonly local?: boolean;
  readonly level?: LogLevel;
  readonly source?: string;
  readonly message: string;
}

interface Open extends Told {
  readonly line: number;
  /** Has a time, be it only of the day: what has none then goes on with it. */
  readonly stamped: boolean;
  message: string;
  frames: string[];
  cause: string | undefined;
  /** In a Python trace, whose name comes last. */
  python: boolean;
  trace: boolean;
}

export const plainReader = (emit: Emit, now: number): LineReader =>
  textReader(emit, now, (line) => tellLogfmt(line, now));

/** @param tell reads a line that begins an entry of a format of its own; undefined: it does not begin one. */
export function textReader(emit: Emit, now: number, tell?: (line: string) => Told | undefined): LineReader {
  const stamp = timeReader(now);
  let open: Open | undefined;
  /** In what Node prints before an error: the place in the source, its line, a caret. */
  let inPrelude = false;

  const flush = () => {
    if (open) emit(closed(open));
    open = undefined;
  };
  const begin = (told: Told, line: number, stamped: boolean) => {
    flush();
    const python = isPythonHead(told.message);
    open = {
      ...told,
      line,
      stamped,
      frames: [],
      cause: undefined,
      python,
      trace: python || isHead(told.message),
    };
  };
  const tells = (line: string): { told: Told; stamped: boolean } | undefined => {
    const told = tell?.(line);
    if (told) return { told, stamped: told.at !== undefined };
    const time = stamp(line);
    if (!time) return undefined;
    const { at, local, length } = time;
    return { told: { ...(at === undefined ? {} : { at }), local, ...behindTime(line, length) }, stamped: true };
  };

  return {
    push(line, number) {
      if (line === '') return;
      const entry = tells(line);
      if (entry) {
        // Android writes each line of a trace as an entry of its own.
        if (open && entry.told.source && open.source === entry.told.source && goesOn(open, entry.told.message)) return;
        begin(entry.told, number, entry.stamped);
        return;
      }
      if (line.trim() === '') return;
      if (!open?.stamped && /^(?:node:|file:\/\/|\/).{1,300}:\d+$/.test(line)) {
        inPrelude = true;
        return;
      }
      if (inPrelude && /^\s|^\s*\^/.test(line)) return;
      inPrelude = false;
      if (open && isPartOf(open, line)) return;
      begin({ message: line }, number, false);
    },
    end: flush,
  };
}

const android = /^\s*\d+\s+\d+ ([VDIWEF]) ([\w.$/-]{1,60}) *: (.*)$/s;
const androids = { V: 'debug', D: 'debug', I: 'info', W: 'warn', E: 'error', F: 'fatal' } as const;
const glog = { I: 'info', W: 'warn', E: 'error', F: 'fatal' } as const;

/** What stands behind a line's time. */
function behindTime(line: string, length: number): Omit<Told, 'at' | 'local'> {
  const rest = line.slice(length);
  const [, letter, source, said] = android.exec(rest) ?? [];
  if (letter && source) return { level: androids[letter as keyof typeof androids], source, message: said ?? '' };
  // PHP names the zone; most have a separator.
  const message = rest.replace(/^ ?[A-Z][A-Za-z]{1,20}\/[\w/]{1,30}\]/, '').replace(/^[\s\-|:,;\]]+/, '');
  // glog's level is the letter before its time.
  const level = glog[/^([IWEF])\d{4} /.exec(line)?.[1] as keyof typeof glog];
  return { ...(level ? { level } : {}), message };
}

/** Whether an entry from the same source belongs to the one before. */
function goesOn(open: Open, message: string): boolean {
  const part = partOf(message);
  if (part?.kind === 'frame' || part?.kind === 'cause') return isPartOf(open, message);
  if (!/^FATAL EXCEPTION/.test(open.message) || open.cause !== undefined) return false;
  if (part?.kind === 'head') open.cause = message;
  return true;
}

/** Takes a line in that begins no entry; @returns false for one that is an entry of its own after all. */
function isPartOf(open: Open, line: string): boolean {
  const part = partOf(line);
  if (part && part.kind !== 'head') {
    open.trace = true;
    if (part.kind === 'cause') open.cause = part.text;
    if (part.kind === 'frame' && open.frames.length < mostFrames) open.frames.push(line.trim().slice(0, longestFrame));
    return true;
  }
  if (isPythonHead(line)) {
    open.python = true;
    open.trace = true;
    return true;
  }
  if (open.python && isPythonEnd(line)) {
    const isNameless = isPythonHead(open.message);
    const isOwn = isPythonEnd(open.message);
    // The last of several exceptions is the one that got out; what it came from stood before it.
    if (isOwn) open.cause = open.message;
    if (isNameless || isOwn) open.message = line;
    else open.cause = line;
    open.python = false;
    return true;
  }
  // Rust tells the place in its first line and the fault in its second.
  if (/panicked at \S+:$/.test(open.message)) {
    open.message = `${open.message} ${line}`;
    return true;
  }
  if (open.python) return true;
  const isNamed = partOf(line.trim())?.kind === 'head';
  if (open.stamped || /^\s/.test(line)) {
    if (isNamed) {
      open.trace = true;
      open.cause ??= line.trim();
    } else if (open.message === '') open.message = line;
    return true;
  }
  return open.trace && /^goroutine /.test(line);
}

function closed({ at, local, level, message, frames, cause, trace, source, line }: Open): LogLine {
  const told = cause && !message.includes(cause) ? `${message || 'exception'} ← ${cause}` : message;
  const own = level ?? levelIn(message) ?? levelSounding(told) ?? (trace ? 'error' : undefined);
  // A trace under an entry of no great level is an error all the same.
  const grave = trace && frames.length > 0 && (own === 'info' || own === 'debug') ? 'error' : own;
  return {
    ...(at === undefined ? {} : { at, local: local ?? false }),
    ...(grave ? { level: grave } : {}),
    ...(source ? { source } : {}),
    message: told,
    line,
    ...(frames.length > 0 ? { frames } : {}),
  };
}
