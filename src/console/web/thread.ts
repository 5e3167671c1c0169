/**
 * A conversation's timeline as it is read: entries merged by version, and the bot's tries folded into one block each,
 * so that an agent sees at a glance what was said, what was tried and whether it helped.
 */
import type { Entry, Match } from './model.ts';

/** One try of the bot: what it matched, what it then said, and what the visitor thought of it (null: nothing said). */
export interface Try {
  readonly kind: 'try';
  readonly key: number;
  readonly at: string;
  readonly decision: Entry['decision'] | null;
  /** The entry it answered with; null when it offered a choice or passed. */
  readonly entry: string | null;
  readonly confidence: number | null;
  readonly matches: readonly Match[];
  readonly answers: readonly Entry[];
  readonly helped: boolean | null;
}

export type Block =
  | Try
  | { readonly kind: 'message'; readonly key: number; readonly entry: Entry }
  | { readonly kind: 'note'; readonly key: number; readonly entry: Entry }
  /** `told`: what the desk said to the visitor about it. */
  | { readonly kind: 'notice'; readonly key: number; readonly entry: Entry; readonly told: string | null };

/** Book-keeping of the log that says nothing to a reader. */
const silent = new Set([
  'memory',
  'collected',
  'felt',
  'customer-known',
  'to-analyse',
  'analysed',
  'handoff-initiated',
  'delivered',
  'identified',
  'reached',
  // The packet shows what is noted down and how the clocks stand; an end that was planned is said when it comes.
  'clocked',
  'closing-planned',
  'survey-left',
  'webhook-sent',
]);
/** What changes hands, and so begins or ends a wait. */
const moves = new Set([
  'queued',
  'released',
  'reopened',
  'left-queue',
  'claimed',
  'returned',
  'resolved',
  'transferred',
  'escalated',
  'updated',
]);

/** Whether a case that is passed on to it waits at the desk. */
const isTier = (to: Entry['to']): boolean => to === 'tier2' || to === 'tier3';

/** Both runs of entries as one, ordered by version, each version once: a replay overlaps what is already here. */
export function merge(known: readonly Entry[], later: readonly Entry[]): readonly Entry[] {
  if (later.length === 0) return known;
  const last = known.at(-1)?.version ?? -1;
  if (later.every((entry, i) => entry.version > (i === 0 ? last : (later[i - 1]?.version ?? last))))
    return [...known, ...later];
  const byVersion = new Map<number, Entry>();
  for (const entry of [...known, ...later]) byVersion.set(entry.version, entry);
  return [...byVersion.values()].sort((a, b) => a.version - b.version);
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type OpenTry = Writable<Omit<Try, 'answers'>> & { answers: Entry[] };

const opened = (entry: Entry): OpenTry => ({
  kind: 'try',
  key: entry.version,
  at: entry.at,
  decision: entry.decision ?? null,
  entry: entry.entry ?? null,
  confidence: entry.confidence ?? null,
  matches: entry.matches ?? [],
  answers: [],
  helped: null,
});

/**
 * The timeline in blocks. A try begins with `matched` (or with `answered`, where nothing was matched) and takes the bot's messages
 * up to the next thing anyone else says; `feedback` belongs to the latest try that answered with its entry. A desk's message right
 * after an event tells the visitor of that event, and stands with it.
 */
export function blocksOf(timeline: readonly Entry[]): readonly Block[] {
  const blocks: Block[] = [];
  const tries: OpenTry[] = [];
  let current: OpenTry | null = null;
  let waiting = false;
  // A case that came by phone has nobody there to read what the desk says.
  const hasReader = timeline[0]?.channel !== 'desk';
  const begin = (entry: Entry): OpenTry => {
    const fresh = opened(entry);
    tries.push(fresh);
    blocks.push(fresh);
    return fresh;
  };
  for (const entry of timeline) {
    const key = entry.version;
    const role = entry.by.role;
    if (silent.has(entry.type)) continue;
    if (!hasReader && entry.type === 'message' && role === 'desk') continue;
    // More became known of a case that waits already: the packet shows it.
    if (entry.type === 'queued' && waiting) continue;
    if (moves.has(entry.type))
      waiting =
        entry.type === 'queued' ||
        entry.type === 'released' ||
        entry.type === 'reopened' ||
        entry.type === 'transferred' ||
        (entry.type === 'escalated' && isTier(entry.to)) ||
        (entry.type === 'updated' && (entry.status === 'done' || entry.status === 'returned'));
    // A comment stands in the visitor's own words already.
    if (entry.type === 'rated' && entry.score === undefined) continue;
    if (entry.type === 'matched') {
      current = begin(entry);
    } else if (entry.type === 'answered') {
      current ??= begin(entry);
      current.entry = entry.entry ?? null;
      current.confidence = entry.confidence ?? current.confidence;
    } else if (entry.type === 'feedback') {
      const judged = tries.findLast((t) => t.entry === (entry.entry ?? t.entry));
      if (judged) judged.helped = entry.helped ?? null;
    } else if (entry.type === 'noted') {
      blocks.push({ kind: 'note', key, entry });
    } else if (entry.type === 'message' && role === 'bot' && current) {
      current.answers.push(entry);
    } else if (entry.type === 'message' && role === 'desk') {
      const last = blocks.at(-1);
      const about = last?.kind === 'notice' && last.entry.type !== 'message' && last.told === null;
      if (about) blocks[blocks.length - 1] = { ...last, told: entry.text ?? '' };
      else blocks.push({ kind: 'notice', key, entry, told: null });
    } else if (entry.type === 'message') {
      if (role !== 'bot') current = null;
      blocks.push({ kind: 'message', key, entry });
    } else if (entry.type !== 'activity' || entry.text) {
      current = null;
      blocks.push({ kind: 'notice', key, entry, told: null });
    }
  }
  return blocks;
}

/** The words of a Markdown text on one line, for a preview: links by their label, emphasis, headings and code without their marks. */
export const withoutMarks = (text: string): string =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|[-*+]|>|\d+\.)\s+/gm, '')
    .replace(/\*\*|__|`/g, '')
    .replace(/\s+/g, ' ')
    .trim();
