/** Figures of many cases: counts, medians and shares, by day, tier, skill, language, agent or reason. Pure. */
import type { HandoffReason } from '../../conversation/state.ts';
import type { Facts, Inquiry, TicketFacts } from './facts.ts';

export const groupings = ['day', 'tier', 'skill', 'language', 'agent', 'reason'] as const;
export type Grouping = (typeof groupings)[number];

/** Spans in ms by nearest rank (the smallest value that the share of all does not exceed); null where there are none. */
export interface Spans {
  readonly n: number;
  readonly median: number | null;
  readonly p90: number | null;
}

export interface Figures {
  /** Cases opened in the time. */
  readonly tickets: number;
  readonly closed: number;
  /** Cases that were opened again at least once, however often. */
  readonly reopened: number;
  readonly wait: Spans;
  readonly firstResponse: Spans;
  readonly handling: Spans;
  readonly resolution: Spans;
  readonly reasons: Readonly<Record<HandoffReason, number>>;
  /** Visitors' inquiries begun in the time; `answered` without a person. Only for the whole, by day and by language. */
  readonly inquiries: { readonly n: number; readonly answered: number; readonly handed: number };
  /** Ratings of 1 to 5. */
  readonly rating: { readonly n: number; readonly mean: number | null };
  /** Cases that had clocks, and those of them none of whose clocks ran out. */
  readonly sla: { readonly n: number; readonly kept: number };
  /** Mean pressure, 0 to 1, at the start and at the end of cases. */
  readonly pressure: { readonly start: number | null; readonly end: number | null };
}

export interface Report {
  readonly total: Figures;
  /** In the order of their keys; a case of several skills counts in each. */
  readonly groups: readonly { readonly key: string; readonly figures: Figures }[];
}

/** Day of a moment as `2025-01-31`. */
export type DayOf = (ms: number) => string;

/** @param timezone IANA name */
export function dayIn(timezone: string): DayOf {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (ms) => format.format(ms);
}

/** Stands where a case has no skill, or nobody has had it. */
const none = '-';

export function report(facts: Facts, by: Grouping | undefined, dayOf: DayOf): Report {
  const total = figuresOf(facts.tickets, facts.inquiries);
  if (by === undefined) return { total, groups: [] };
  const groups = new Map<string, { tickets: TicketFacts[]; inquiries: Inquiry[] }>();
  const group = (key: string) => {
    const found = groups.get(key) ?? { tickets: [], inquiries: [] };
    groups.set(key, found);
    return found;
  };
  for (const ticket of facts.tickets) for (const key of keysOf(ticket, by, dayOf)) group(key).tickets.push(ticket);
  if (by === 'day' || by === 'language') {
    for (const inquiry of facts.inquiries)
      group(by === 'day' ? dayOf(inquiry.at) : inquiry.language).inquiries.push(inquiry);
  }
  return {
    total,
    groups: [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { tickets, inquiries }]) => ({ key, figures: figuresOf(tickets, inquiries) })),
  };
}

function keysOf(ticket: TicketFacts, by: Grouping, dayOf: DayOf): readonly string[] {
  switch (by) {
    case 'day':
      return [dayOf(ticket.openedAt)];
    case 'tier':
      return [String(ticket.tier)];
    case 'skill':
      return ticket.skills.length > 0 ? [...new Set(ticket.skills)] : [none];
    case 'language':
      return [ticket.language];
    case 'agent':
      return [ticket.agent ?? none];
    case 'reason':
      return [ticket.reason];
  }
}

function figuresOf(tickets: readonly TicketFacts[], inquiries: readonly Inquiry[]): Figures {
  const scores = tickets.flatMap(({ score }) => score ?? []);
  const clocked = tickets.filter(({ clocked: had }) => had);
  const reasons: Record<string, number> = { asked: 0, unsure: 0, 'not-helped': 0, error: 0, intake: 0 };
  for (const { reason } of tickets) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    tickets: tickets.length,
    closed: tickets.filter(({ closedAt }) => closedAt !== undefined).length,
    reopened: tickets.filter(({ reopened }) => reopened > 0).length,
    wait: spansOf(tickets.flatMap(({ wait }) => wait ?? [])),
    firstResponse: spansOf(tickets.flatMap(({ firstResponse }) => firstResponse ?? [])),
    handling: spansOf(tickets.flatMap(({ wait, handling }) => (wait === undefined ? [] : handling))),
    resolution: spansOf(tickets.flatMap(({ resolution }) => resolution ?? [])),
    reasons: reasons as Record<HandoffReason, number>,
    inquiries: {
      n: inquiries.length,
      answered: inquiries.filter(({ outcome }) => outcome === 'answered').length,
      handed: inquiries.filter(({ outcome }) => outcome === 'handed').length,
    },
    rating: { n: scores.length, mean: mean(scores) },
    sla: { n: clocked.length, kept: clocked.filter(({ breached }) => breached.length === 0).length },
    pressure: {
      start: mean(tickets.map(({ pressure }) => pressure.start)),
      end: mean(tickets.map(({ pressure }) => pressure.end)),
    },
  };
}

function spansOf(values: readonly number[]): Spans {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { n: sorted.length, median: rank(0.5), p90: rank(0.9) };
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.round((values.reduce((a, b) => a + b, 0) / values.length) * 1_000) / 1_000;
