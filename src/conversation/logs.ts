/**
 * What is found out from a visitor's logs: asked for in the turn that brings them, looked at beside it, and noted by a command of its own.
 * What is still to be looked at stands in the state, so that the death of a process loses none of it.
 */
import { withAlarm } from './alarms.ts';
import { decideHandoff, isOpen } from './handoff.ts';
import type { Language } from './language.ts';
import type { Content, Message } from './message.ts';
import type { Actor, Conversation, Json } from './state.ts';
import type { Decided, World } from './world.ts';

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

/** Why a log was not read to its end, or a file not taken at all. */
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
  'full',
  'enough',
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

/** Where a log is: a file of the conversation, or what was written in a message. */
export type LogSource =
  | { readonly kind: 'file'; readonly file: string; readonly name: string }
  | { readonly kind: 'text'; readonly version: number };

export type LogOutcome = { readonly finding: LogFinding } | { readonly refusal: LogRefusal };

/** Logs have come that are still to be looked at. */
export interface ToAnalyse {
  readonly type: 'to-analyse';
  readonly sources: readonly LogSource[];
}

/** A log has been looked at, or is refused. */
export type Analysed = { readonly type: 'analysed'; readonly source: LogSource } & LogOutcome;

export type LogEvent = ToAnalyse | Analysed;

/** What came of looking at a log, said by whoever looked. Nothing where it is no longer waited for: another process was quicker. */
export interface Analyse {
  readonly type: 'analyse';
  readonly source: LogSource;
  readonly outcome: LogOutcome;
  /** For the visitor; said while no person has the conversation. */
  readonly replies: readonly Content[];
  /** The bot's memory after these; undefined: unchanged. */
  readonly memory?: Json;
}

/** A log that has been looked at; `ticket`: the case it belonged to, once that is closed. */
export type Looked = { readonly source: LogSource; readonly ticket?: number } & LogOutcome;

export interface Logs {
  readonly pending: readonly LogSource[];
  /** The newest ones. */
  readonly looked: readonly Looked[];
}

export const noLogs: Logs = { pending: [], looked: [] };

/** Of the folded state; the log of events has all of it. */
const most = { pending: 20, looked: 5, groups: 6, text: 240, frames: 2, routes: 6, signatures: 4 } as const;

/** A log that nobody has looked at after this long is looked at by whichever process finds it, ms. */
const grace = 10_000;

/** Types of stored files that may be logs. */
export const isLogType = (contentType: string): boolean =>
  /^(?:text\/plain|application\/zip|application\/gzip)$/.test(contentType);

const isSameSource = (a: LogSource, b: LogSource): boolean =>
  a.kind === 'file' ? b.kind === 'file' && a.file === b.file : b.kind === 'text' && a.version === b.version;

export function evolveToAnalyse(c: Conversation, event: ToAnalyse, at: number): Conversation {
  const { pending, looked } = c.logs ?? noLogs;
  const more = event.sources.filter((source) => !pending.some((other) => isSameSource(other, source)));
  return withAlarm({ ...c, logs: { pending: [...pending, ...more].slice(-most.pending), looked } }, 'logs', at + grace);
}

export function evolveAnalysed(c: Conversation, event: Analysed, at: number): Conversation {
  const { type: _, source } = event;
  const before = c.logs ?? noLogs;
  const pending = before.pending.filter((other) => !isSameSource(other, source));
  const outcome: LogOutcome = 'finding' in event ? { finding: brief(event.finding) } : { refusal: event.refusal };
  const looked = [...before.looked, { source, ...outcome }].slice(-most.looked);
  return withAlarm({ ...c, logs: { pending, looked } }, 'logs', pending.length > 0 ? at + grace : undefined);
}

/** What was found belongs to the case that ends; the next one begins without. */
export function filed({ logs, ticket }: Conversation): { logs?: Logs } {
  if (!logs) return {};
  const looked = logs.looked.map((one) =>
    one.ticket === undefined && ticket ? { ...one, ticket: ticket.number } : one,
  );
  return { logs: { ...logs, looked } };
}

/** What was found in the logs of the newest case. */
export const logsOf = ({ logs, ticket }: Conversation): readonly Looked[] =>
  (logs ?? noLogs).looked.filter((one) => one.ticket === undefined || one.ticket === ticket?.number);

/** What known troubles in the logs say of who can help: the most telling one of the newest log that has any. */
export function advised(c: Conversation): Pick<SignatureMatch, 'tier' | 'skills'> {
  const known = (c.logs ?? noLogs).looked
    .filter(({ ticket }) => ticket === undefined)
    .flatMap((one) => ('finding' in one ? one.finding.signatures.slice(0, 1) : []))
    .at(-1);
  return { ...(known?.tier ? { tier: known.tier } : {}), ...(known?.skills ? { skills: known.skills } : {}) };
}

export function decideAnalyse(c: Conversation, command: Analyse, w: World): Decided[] {
  const { source, outcome, replies, memory } = command;
  if (!(c.logs ?? noLogs).pending.some((other) => isSameSource(other, source))) return [];
  const bot: Actor = { role: 'bot' };
  const analysed: Decided = { body: { type: 'analysed', source, ...outcome }, by: bot };
  if (c.phase.at === 'human') return [analysed];
  const after = evolveAnalysed(c, { type: 'analysed', source, ...outcome }, w.now);
  const { tier, skills } = advised(after);
  const known = isOpen(c.ticket) && c.phase.at === 'queued' ? c.ticket : undefined;
  // A case that waits becomes better known: a log may show that it is not for the first tier.
  const isNews = known && ((tier ?? 1) > known.tier || (skills && known.skills.length === 0));
  const better = isNews
    ? decideHandoff(
        c,
        { reason: known.reason, subject: '', ...(tier ? { tier } : {}), ...(skills ? { skills } : {}) },
        w,
      ).map((body) => ({ body, by: bot }))
    : [];
  const said = replies.map(
    (content): Decided => ({ body: { type: 'message', ...content } satisfies Message, by: bot }),
  );
  return [
    analysed,
    ...better,
    ...said,
    ...(memory === undefined ? [] : [{ body: { type: 'memory' as const, memory }, by: bot }]),
  ];
}

/** A finding in the state's size. */
function brief(finding: LogFinding): LogFinding {
  const cut = (text: string) => (text.length > most.text ? `${text.slice(0, most.text - 1)}…` : text);
  const group = <T extends LogGroup>(one: T): T => ({
    ...one,
    message: cut(one.message),
    sample: cut(one.sample),
    ...(one.frames ? { frames: one.frames.slice(0, most.frames).map(cut) } : {}),
  });
  return {
    ...finding,
    groups: finding.groups.slice(0, most.groups).map(group),
    moreGroups: finding.moreGroups + Math.max(0, finding.groups.length - most.groups),
    ...(finding.cause ? { cause: group(finding.cause) } : {}),
    ...(finding.http ? { http: { ...finding.http, failed: finding.http.failed.slice(0, most.routes) } } : {}),
    signatures: finding.signatures.slice(0, most.signatures).map((one) => ({ ...one, sample: cut(one.sample) })),
  };
}
