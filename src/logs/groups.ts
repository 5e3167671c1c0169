/** Entries that say the same, counted together. */
import { type LogGroup, type LogLevel, logLevels } from '../conversation/logs.ts';
import type { LogLine } from './line.ts';

/** Kinds of message told apart; what comes after is counted, not kept. */
const mostGroups = 1_000;
const longestMessage = 200;
const longestSample = 400;
const mostFrames = 4;

export interface Group {
  readonly key: string;
  level: LogLevel;
  readonly message: string;
  count: number;
  first: number | undefined;
  last: number | undefined;
  /** Place of the first one among all entries. */
  readonly order: number;
  readonly line: number;
  readonly sample: string;
  readonly frames: readonly string[];
}

export class Groups {
  readonly #groups = new Map<string, Group>();
  /** Entries of kinds that came too late to be kept. */
  dropped = 0;

  /** @param message what entries of its kind have in common. @param line its number in the log. */
  add(entry: LogLine, message: string, level: LogLevel, order: number, line: number): void {
    const known = this.#groups.get(message);
    if (known) {
      known.count++;
      if (logLevels.indexOf(level) < logLevels.indexOf(known.level)) known.level = level;
      if (entry.at !== undefined) {
        known.first = Math.min(known.first ?? entry.at, entry.at);
        known.last = Math.max(known.last ?? entry.at, entry.at);
      }
      return;
    }
    if (this.#groups.size >= mostGroups) {
      this.dropped++;
      return;
    }
    this.#groups.set(message, {
      key: message,
      level,
      message: message.slice(0, longestMessage),
      count: 1,
      first: entry.at,
      last: entry.at,
      order,
      line,
      sample: entry.message.slice(0, longestSample),
      frames: (entry.frames ?? []).slice(0, mostFrames),
    });
  }

  /** Worst and most frequent first. */
  all(): Group[] {
    return [...this.#groups.values()].sort(
      (a, b) => logLevels.indexOf(a.level) - logLevels.indexOf(b.level) || b.count - a.count || a.order - b.order,
    );
  }
}

/** Errors that came all along, in the same calm way: they began nothing. Of the span, and how often at least. */
const background = { early: 0.1, late: 0.9, least: 5 } as const;

/**
 * The group that most likely began the trouble: of the errors, the one that came first. One that is there from the log's beginning to its
 * end counts as background, and is passed over for the first one that is not.
 */
export function likelyCause(
  groups: readonly Group[],
  span: { readonly from: number; readonly to: number } | undefined,
): { group: Group; why: 'first' | 'first-but-background' } | undefined {
  const errors = groups.filter(({ level }) => level === 'fatal' || level === 'error');
  const inOrder = errors.toSorted((a, b) => (a.first ?? 0) - (b.first ?? 0) || a.order - b.order);
  const isBackground = ({ first, last, count }: Group): boolean => {
    if (!span || span.to <= span.from || first === undefined || last === undefined) return false;
    const share = (at: number) => (at - span.from) / (span.to - span.from);
    return count >= background.least && share(first) <= background.early && share(last) >= background.late;
  };
  const group = inOrder.find((one) => !isBackground(one));
  if (group) return { group, why: 'first' };
  return inOrder[0] ? { group: inOrder[0], why: 'first-but-background' } : undefined;
}

export function groupFinding(group: Group, mask: (text: string) => string, time: (at: number) => string): LogGroup {
  const { level, message, count, first, last, sample, line, frames } = group;
  return {
    level,
    message: mask(message),
    count,
    ...(first === undefined ? {} : { first: time(first) }),
    ...(last === undefined ? {} : { last: time(last) }),
    sample: mask(sample),
    line,
    ...(frames.length > 0 ? { frames: frames.map(mask) } : {}),
  };
}
