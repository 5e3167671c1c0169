/** How it goes for the visitor, as far as their words tell: found by the lexicon, folded here, never said to them. */
import type { SentimentRules } from './rules.ts';
import type { Conversation, Priority } from './state.ts';

export const signals = ['anger', 'repeated', 'urgency', 'stopped', 'many'] as const;
/** `repeated`: it fails again, or was tried in vain · `stopped`: work stands still · `many`: more than one person is hit. */
export type Signal = (typeof signals)[number];

/** A word of the lexicon that occurred; `weight` is what it counts for its signal, over 0 and at most 1. */
export interface Term {
  readonly signal: Signal;
  readonly term: string;
  readonly weight: number;
}

/** One message told of trouble. Holds the lexicon's terms that matched, not what was said. */
export interface Felt {
  readonly type: 'felt';
  readonly terms: readonly Term[];
  /** How many people are hit, where a number was said. */
  readonly people?: number;
}

/** All that was felt since the last case was closed. */
export interface Sentiment {
  /** 0 to 1 each. */
  readonly levels: Readonly<Record<Signal, number>>;
  /** The largest number of people said to be hit. */
  readonly people?: number;
  /** The newest terms, oldest first, each with the version of the message it was in. */
  readonly terms: readonly (Term & { readonly version: number })[];
}

/** Terms kept. */
const newest = 12;
/** What is left of a mood after each further message; facts do not fade. */
const fading = 0.8;
const moods: ReadonlySet<Signal> = new Set(['anger', 'repeated', 'urgency']);

export const calm: Sentiment = { levels: { anger: 0, repeated: 0, urgency: 0, stopped: 0, many: 0 }, terms: [] };

/** How much each signal presses at its full level: work at a standstill most; a mood alone never makes a case urgent. */
const weights: Readonly<Record<Signal, number>> = { anger: 0.6, repeated: 0.3, urgency: 0.7, stopped: 0.9, many: 0.5 };

/** How much presses, 0 to 1. Each signal takes its share of what the others leave, so that several press more than the strongest. */
export const pressureOf = ({ levels }: Sentiment): number =>
  rounded(1 - signals.reduce((calmness, signal) => calmness * (1 - levels[signal] * weights[signal]), 1));

/** The least priority that a case of this sentiment deserves; undefined where it asks for none. */
export function priorityOf(sentiment: Sentiment, rules: SentimentRules): Priority | undefined {
  const pressure = pressureOf(sentiment);
  if (pressure >= rules.urgent) return 'urgent';
  return pressure >= rules.high ? 'high' : undefined;
}

const order: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];

/** The more pressing of two. */
export const higher = (a: Priority, b: Priority | undefined): Priority =>
  b !== undefined && order.indexOf(b) > order.indexOf(a) ? b : a;

/** A message of the visitor has come: what was felt before it counts less. */
export function faded({ levels, ...rest }: Sentiment): Sentiment {
  return {
    ...rest,
    levels: byEach((signal) => (moods.has(signal) ? rounded(levels[signal] * fading) : levels[signal])),
  };
}

/** @param version of the message that it was felt in. */
function withFelt(before: Sentiment, { terms, people }: Felt, version: number): Sentiment {
  const most = Math.max(people ?? 0, before.people ?? 0);
  return {
    levels: byEach((signal) => {
      const told = terms.reduce((sum, term) => sum + (term.signal === signal ? term.weight : 0), 0);
      return rounded(Math.min(1, before.levels[signal] + told));
    }),
    ...(most > 0 ? { people: most } : {}),
    terms: [...before.terms, ...terms.map((term) => ({ ...term, version }))].slice(-newest),
  };
}

/** The sentiment once a message has come in which this was felt, or nothing. */
export function sentimentAfter(c: Conversation, told: Felt | undefined): Sentiment {
  const before = faded(c.sentiment ?? calm);
  return told ? withFelt(before, told, c.version + 1) : before;
}

export const evolveFelt = (c: Conversation, event: Felt, version: number): Conversation =>
  felt(c, withFelt(c.sentiment ?? calm, event, version));

/** The conversation and its open case with this sentiment. */
export const felt = (c: Conversation, sentiment: Sentiment): Conversation => ({
  ...c,
  sentiment,
  ...(c.ticket && !c.ticket.closed ? { ticket: { ...c.ticket, sentiment } } : {}),
});

const byEach = (level: (signal: Signal) => number): Record<Signal, number> => ({
  anger: level('anger'),
  repeated: level('repeated'),
  urgency: level('urgency'),
  stopped: level('stopped'),
  many: level('many'),
});

/** Two places are enough, and sums stay the same whatever their order. */
const rounded = (value: number): number => Math.round(value * 100) / 100;
