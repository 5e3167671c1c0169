/**
 * What is found out from a visitor's logs: asked for in the turn that brings them, looked at beside it, and noted by a command of its own.
 * What is still to be looked at stands in the state, so that the death of a process loses none of it.
 */
import type { Language } from './language.ts';

export const logFormats = [
  'text',
  'json-lines',
  'syslog',
  'windows-xml',
  'windows-csv',
  'har',
  'access',
  'iis',
  'stack',
] as const;
export type LogFormat = (typeof logFormats)[number];

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Why a log was not read to its end, or at all. */
export const logRefusals = [
  'too-large',
  'bomb',
  'binary',
  'broken',
  'encrypted',
  'empty',
  'time',
  'memory',
  'gone',
  'busy',
] as const;
export type LogRefusal = (typeof logRefusals)[number];

/** Entries that say the same but for numbers, names and places. Texts are masked. */
export interface LogGroup {
  readonly level: LogLevel;
  /** What they have in common: `<n>` and the like stand for what differs. */
  readonly message: string;
  readonly count: number;
  /** ISO 8601 of the first and the last; absent where the log has no times. */
  readonly first?: string;
  readonly last?: string;
  /** The first one, as it stood. */
  readonly sample: string;
  /** Line of the first one, from 1. */
  readonly line: number;
  /** Top of its stack trace. */
  readonly frames?: readonly string[];
}

export interface LogFinding {
  readonly formats: readonly LogFormat[];
  /** As it was written: utf-8, shift_jis … */
  readonly encoding: string;
  /** Files read, of an archive. */
  readonly files: number;
  /** Bytes read, unpacked. */
  readonly bytes: number;
  readonly lines: number;
  /** Set when only the beginning was read, and why. */
  readonly partial?: 'time' | 'size';
  /** First and last time, ISO 8601; `local`: the writing machine's own clock, zone unknown. */
  readonly span?: { readonly from: string; readonly to: string; readonly local: boolean };
  readonly levels: Readonly<Record<LogLevel | 'other', number>>;
  /** Errors and warnings, worst and most frequent first. */
  readonly groups: readonly LogGroup[];
  /** Groups beyond those. */
  readonly moreGroups: number;
  /** The group that most likely began it. */
  readonly cause?: LogGroup & { readonly why: 'first' | 'first-but-background' };
  /** Requests that failed, most frequent first. */
  readonly http?: {
    readonly requests: number;
    readonly failed: readonly { readonly route: string; readonly status: number; readonly count: number }[];
  };
  /** Over time: entries in all, and errors, of equal stretches from `from` on. At most 24. */
  readonly histogram?: {
    readonly from: string;
    readonly widthMs: number;
    readonly total: readonly number[];
    readonly errors: readonly number[];
  };
  readonly signatures: readonly SignatureMatch[];
}

/** A known trouble, recognised by an admin's pattern. */
export interface SignatureMatch {
  readonly id: string;
  readonly count: number;
  readonly meaning: Readonly<Partial<Record<Language, string>>>;
  readonly entry?: string;
  readonly tier?: 1 | 2 | 3;
  readonly skills?: readonly string[];
  readonly sample: string;
}
