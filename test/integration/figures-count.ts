/** The figures by a count over an export that shares nothing with the service's own. */
import { expect } from 'vitest';

export interface TimelineEntry {
  readonly version: number;
  readonly at: string;
  readonly type: string;
  readonly by: { readonly role: string; readonly name?: string };
  readonly agent?: { readonly name: string };
  readonly ticket?: string | number;
  readonly reopens?: boolean;
  readonly score?: number;
  readonly language?: string;
  readonly helped?: boolean;
  readonly to?: unknown;
  readonly terms?: readonly { readonly signal: string; readonly weight: number }[];
}

/** A line of `export --of tickets`. */
export interface TicketLine {
  readonly ticket: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly language: string;
  readonly tier: number;
  readonly skills: readonly string[];
  readonly reason: string;
  readonly timeline: readonly TimelineEntry[];
}

/** A line of `export --of conversations`. */
export interface ConversationLine {
  readonly conversation: string;
  readonly origin: string;
  readonly timeline: readonly TimelineEntry[];
}

export interface CountedInquiry {
  readonly at: string;
  readonly language: string;
  readonly outcome: 'answered' | 'handed' | 'open';
}

const ms = (iso: string) => Date.parse(iso);
const day = 24 * 3_600_000;

export function countOf(lines: readonly TicketLine[], pressures: ReadonlyMap<string, Pressure>) {
  const wait: number[] = [];
  const firstResponse: number[] = [];
  const handling: number[] = [];
  const resolution: number[] = [];
  for (const { timeline, openedAt, closedAt } of lines) {
    const claim = timeline.find(({ type }) => type === 'claimed');
    if (claim) wait.push(ms(claim.at) - ms(openedAt));
    const reply = timeline.find(({ type, by }) => type === 'message' && by.role === 'agent');
    if (reply) firstResponse.push(ms(reply.at) - ms(openedAt));
    if (closedAt) resolution.push(ms(closedAt) - ms(openedAt));
    if (claim) handling.push(heldIn(timeline));
  }
  const scores = lines.flatMap(({ timeline }) => timeline.findLast(({ score }) => score !== undefined)?.score ?? []);
  const clocked = lines.filter(({ timeline }) => timeline.some(({ type }) => type === 'clocked'));
  const reasons: Record<string, number> = { asked: 0, unsure: 0, 'not-helped': 0, error: 0, intake: 0 };
  for (const { reason } of lines) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const felt = lines.map(({ ticket }) => pressures.get(ticket) ?? { start: Number.NaN, end: Number.NaN });
  return {
    tickets: lines.length,
    closed: lines.filter(({ closedAt }) => closedAt !== null).length,
    wait: spans(wait),
    firstResponse: spans(firstResponse),
    handling: spans(handling),
    resolution: spans(resolution),
    reopened: lines.filter(({ timeline }) => timeline.some(({ type, reopens }) => type === 'reopened' || reopens))
      .length,
    rating: { n: scores.length, mean: mean(scores) },
    sla: {
      n: clocked.length,
      kept: clocked.filter(({ timeline }) => !timeline.some(({ type }) => type === 'sla-breached')).length,
    },
    pressure: { start: mean(felt.map(({ start }) => start)), end: mean(felt.map(({ end }) => end)) },
    reasons,
  };
}

function spans(values: number[]) {
  const sorted = values.sort((a, b) => a - b);
  const at = (share: number) => (sorted.length === 0 ? null : sorted[Math.ceil(share * sorted.length) - 1]);
  return { n: sorted.length, median: at(0.5), p90: at(0.9) };
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? null : expect.closeTo(values.reduce((a, b) => a + b, 0) / values.length, 2);

/** While one agent or another had it. */
function heldIn(timeline: readonly TimelineEntry[]): number {
  let held = 0;
  let since: number | undefined;
  for (const { type, at } of timeline) {
    const isEnd = ['released', 'returned', 'resolved', 'escalated', 'transferred'].includes(type);
    if (since !== undefined && (isEnd || type === 'claimed')) held += ms(at) - since;
    if (isEnd) since = undefined;
    if (type === 'claimed') since = ms(at);
  }
  const last = timeline.at(-1);
  return since === undefined || !last ? held : held + ms(last.at) - since;
}

export const lastOwner = ({ timeline }: TicketLine) =>
  timeline.findLast(({ type }) => type === 'claimed')?.agent?.name ?? '-';

export function inquiriesOf(lines: readonly CountedInquiry[]) {
  const of = (outcome: string) => lines.filter((line) => line.outcome === outcome).length;
  return { n: lines.length, answered: of('answered'), handed: of('handed') };
}

/** What visitors asked the bot: from a message while no case is open to the case, a day without a message, or the end. */
export function inquiriesIn({ origin, timeline }: ConversationLine): CountedInquiry[] {
  if (!['website', 'connector'].includes(origin)) return [];
  const found: CountedInquiry[] = [];
  let language = '';
  let isCase = false;
  let asked:
    | { at: string; language: string; messages: number; last: string; answer: 'none' | 'good' | 'bad' }
    | undefined;
  const end = (outcome?: 'handed') => {
    if (asked) found.push({ ...asked, outcome: outcome ?? (asked.answer === 'good' ? 'answered' : 'open') });
    asked = undefined;
  };
  timeline.forEach((entry, i) => {
    const { type, at } = entry;
    if (type === 'opened' || type === 'message') language = entry.language ?? language;
    if (type === 'queued' || type === 'reopened') {
      end('handed');
      isCase = true;
    }
    if (type === 'resolved' || type === 'left-queue') isCase = false;
    if (isCase) return;
    if (type === 'message' && entry.by.role === 'visitor') {
      if (asked && ms(at) - ms(asked.last) > day) end();
      // All that the bot made of it, up to the next message.
      const next = timeline.findIndex((other, n) => n > i && (other.type === 'message' || ms(other.at) > ms(at)));
      const made = timeline.slice(i + 1, next < 0 ? undefined : next).map((other) => other.type);
      const isSurvey =
        made.includes('rated') ||
        (made.includes('survey-left') && !made.some((one) => ['matched', 'answered', 'queued'].includes(one)));
      if (!asked && isSurvey) return;
      asked = {
        answer: 'none',
        language,
        ...asked,
        at: asked?.at ?? at,
        messages: (asked?.messages ?? 0) + 1,
        last: at,
      };
    }
    if (type === 'answered' && asked) asked.answer = 'good';
    if (type === 'feedback' && asked && asked.answer !== 'none') asked.answer = entry.helped ? 'good' : 'bad';
  });
  end();
  return found;
}

export interface Pressure {
  readonly start: number;
  readonly end: number;
}

const moods = ['anger', 'repeated', 'urgency'];
const shares: Readonly<Record<string, number>> = { anger: 0.6, repeated: 0.3, urgency: 0.7, stopped: 0.9, many: 0.5 };
const rounded = (value: number) => Math.round(value * 100) / 100;

/** How much pressed when each ticket was opened and when it was last open, from the words that were felt. */
export function pressuresIn({ timeline }: ConversationLine): Map<string, Pressure> {
  const found = new Map<string, Pressure>();
  const levels = new Map<string, number>();
  let ticket: string | undefined;
  let isCase = false;
  for (const { type, by, terms = [], ticket: named } of timeline) {
    if (type === 'message' && by.role === 'visitor')
      for (const mood of moods) levels.set(mood, rounded((levels.get(mood) ?? 0) * 0.8));
    for (const signal of new Set(terms.map((term) => term.signal))) {
      const told = terms.filter((term) => term.signal === signal).reduce((sum, { weight }) => sum + weight, 0);
      levels.set(signal, rounded(Math.min(1, (levels.get(signal) ?? 0) + told)));
    }
    if (type === 'queued' || type === 'reopened') {
      ticket = type === 'queued' ? String(named) : ticket;
      isCase = true;
    }
    if (type === 'resolved' || type === 'left-queue') isCase = false;
    if (type === 'resolved') levels.clear();
    if (!isCase || !ticket) continue;
    const calmness = Object.entries(shares).reduce(
      (all, [signal, share]) => all * (1 - (levels.get(signal) ?? 0) * share),
      1,
    );
    const now = rounded(1 - calmness);
    found.set(ticket, { start: found.get(ticket)?.start ?? now, end: now });
  }
  return found;
}
