import type { LogLevel } from '../conversation/logs.ts';

/** One entry of a log, its continuation lines folded in. */
export interface LogLine {
  /** ms since 1970; where the log gives no zone, as if it were UTC. */
  readonly at?: number;
  /** The time's zone is not known. */
  readonly local?: boolean;
  readonly level?: LogLevel;
  readonly source?: string;
  readonly message: string;
  /** What entries of its kind have in common, where its format tells that better than its words. */
  readonly kind?: string;
  /** Number of the line it begins with, from 1. */
  readonly line: number;
  /** A stack trace's frames, the first as they stand. */
  readonly frames?: readonly string[];
  readonly http?: { readonly method: string; readonly path: string; readonly status: number };
}

/** Takes the lines of one file, in order, and emits its entries. */
export interface LineReader {
  /** @param line without its end, cut to {@link longestLine}. @param number from 1. */
  push(line: string, number: number): void;
  /** After the last line. */
  end(): void;
}

export type Emit = (line: LogLine) => void;

/** Kept of one line, in UTF-16 units; the rest is counted only. */
export const longestLine = 64 * 1024;
