/** What a list of questions with known answers says about how well the FAQ is understood. Pure. */
import type { Language } from '../conversation/language.ts';
import type { Understood } from './understanding.ts';

/** A question, the entry it asks for (undefined: none of them, a person is needed), and how it was understood. */
export interface Judged {
  readonly text: string;
  readonly expected: string | undefined;
  readonly understood: Understood;
  /** How much it counts; 1 where left out. */
  readonly weight?: number;
}

/** A share of cases with its 95 % interval (Wilson's score). `of` 0: nothing to say, share and bounds are null. */
export interface Share {
  readonly n: number;
  readonly of: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Confusion {
  readonly expected: string;
  readonly got: string;
  readonly n: number;
  readonly texts: readonly string[];
}

/** What would happen if only confidences of at least `at` were answered outright. */
export interface Threshold {
  readonly at: number;
  /** Of the answered, those that are right. */
  readonly precision: Share;
  /** Of all, those answered. */
  readonly answered: Share;
  /** Of those out of scope, the ones not answered. */
  readonly refused: Share;
}

/** Questions whose confidence falls in [from, to): how sure the matcher was, and how often it was right. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly confidence: number | null;
  readonly right: Share;
}

export interface Measures {
  readonly asked: number;
  readonly inScope: number;
  readonly outOfScope: number;
  /** In scope, the right entry first, whatever was decided. */
  readonly accuracy: Share;
  /** In scope, the right entry among the first three. */
  readonly topThree: Share;
  /** Of all, answered outright: coverage. */
  readonly answered: Share;
  /** Of the answered, right. */
  readonly precision: Share;
  /** Of all, offered as choices; and in how many of those the right entry was offered. */
  readonly offered: Share;
  readonly offeredRight: Share;
  /** In scope, a right answer or a choice with the right entry in it. */
  readonly reached: Share;
  /** Of all, handed off; in scope; out of scope. */
  readonly handedOff: Share;
  readonly handedOffInScope: Share;
  readonly handedOffOutOfScope: Share;
  /** Out of scope, not answered outright. */
  readonly refused: Share;
  /** Chance that a right first match is surer than a wrong or out-of-scope one; null without both. */
  readonly auroc: number | null;
  /** Mean gap between confidence and the share of right ones, over ten bins, weighted by their size. */
  readonly calibrationError: number | null;
  readonly reliability: readonly Bin[];
  readonly thresholds: readonly Threshold[];
  /** Most frequent first. Only where another entry came first for a question in scope. */
  readonly confusions: readonly Confusion[];
}

export const isRight = ({ expected, understood }: Judged): boolean =>
  expected !== undefined && understood.matches[0]?.id === expected;
const weightOf = (judged: Judged) => judged.weight ?? 1;
const among = ({ expected, understood }: Judged, most: number) =>
  expected !== undefined && understood.matches.slice(0, most).some((match) => match.id === expected);

/** The right entry stands among the first three, the most that are offered. */
export const isAmongThree = (judged: Judged): boolean => among(judged, 3);

export function measure(all: readonly Judged[]): Measures {
  const inScope = all.filter((judged) => judged.expected !== undefined);
  const outOfScope = all.filter((judged) => judged.expected === undefined);
  const decided = (decision: Understood['decision']) => (judged: Judged) => judged.understood.decision === decision;
  const answered = all.filter(decided('answer'));
  const offered = all.filter(decided('choose'));
  const reliability = bins(all);
  return {
    asked: all.length,
    inScope: inScope.length,
    outOfScope: outOfScope.length,
    accuracy: shareOf(inScope, isRight),
    topThree: shareOf(inScope, isAmongThree),
    answered: shareOf(all, decided('answer')),
    precision: shareOf(answered, isRight),
    offered: shareOf(all, decided('choose')),
    offeredRight: shareOf(offered, isAmongThree),
    reached: shareOf(inScope, (judged) =>
      judged.understood.decision === 'answer' ? isRight(judged) : decided('choose')(judged) && among(judged, 3),
    ),
    handedOff: shareOf(all, decided('handoff')),
    handedOffInScope: shareOf(inScope, decided('handoff')),
    handedOffOutOfScope: shareOf(outOfScope, decided('handoff')),
    refused: shareOf(outOfScope, (judged) => judged.understood.decision !== 'answer'),
    auroc: auroc(all),
    calibrationError: calibrationError(reliability),
    reliability,
    thresholds: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((at) => thresholdAt(at, all)),
    confusions: confusions(inScope),
  };
}

/** With fewer answered, a share says too little to go by. */
const fewestAnswered = 10;

/** The lowest confidence from which on answering is right at least as often as wished; undefined where none is. */
export function thresholdFor(precision: number, all: readonly Judged[]): Threshold | undefined {
  const sorted = all.filter((judged) => judged.understood.matches.length > 0).sort((a, b) => sure(b) - sure(a));
  let right = 0;
  let total = 0;
  let lowest: number | undefined;
  sorted.forEach((judged, i) => {
    total += weightOf(judged);
    if (isRight(judged)) right += weightOf(judged);
    const next = sorted[i + 1];
    if (i + 1 < fewestAnswered || (next && sure(next) === sure(judged))) return;
    if (right / total >= precision) lowest = sure(judged);
  });
  return lowest === undefined ? undefined : thresholdAt(lowest, all);
}

export function thresholdAt(at: number, all: readonly Judged[]): Threshold {
  const isAnswered = (judged: Judged) => judged.understood.matches.length > 0 && sure(judged) >= at;
  return {
    at,
    precision: shareOf(all.filter(isAnswered), isRight),
    answered: shareOf(all, isAnswered),
    refused: shareOf(
      all.filter((judged) => judged.expected === undefined),
      (judged) => !isAnswered(judged),
    ),
  };
}

const sure = (judged: Judged) => judged.understood.confidence;

/** Weighted share; the interval is that of as many unweighted cases as the weights are worth (Kish's effective size). */
export function shareOf(all: readonly Judged[], is: (judged: Judged) => boolean): Share {
  let total = 0;
  let squares = 0;
  let hit = 0;
  let n = 0;
  for (const judged of all) {
    const weight = weightOf(judged);
    total += weight;
    squares += weight * weight;
    if (is(judged)) {
      hit += weight;
      n += 1;
    }
  }
  if (total === 0) return { n: 0, of: 0, share: null, low: null, high: null };
  return { n, of: all.length, share: hit / total, ...wilson(hit / total, (total * total) / squares) };
}

/** Wilson's score interval at 95 % for a share `p` of `n` cases. */
function wilson(p: number, n: number): { low: number; high: number } {
  const z = 1.96;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Area under the ROC curve by ranks, ties counting half. */
function auroc(all: readonly Judged[]): number | null {
  const sorted = [...all].sort((a, b) => sure(a) - sure(b));
  let wrongBelow = 0;
  let won = 0;
  let rights = 0;
  for (let from = 0; from < sorted.length; ) {
    const level = sure(sorted[from] as Judged);
    let right = 0;
    let wrong = 0;
    let to = from;
    for (; to < sorted.length && sure(sorted[to] as Judged) === level; to++) {
      const judged = sorted[to] as Judged;
      if (isRight(judged)) right += weightOf(judged);
      else wrong += weightOf(judged);
    }
    won += right * (wrongBelow + wrong / 2);
    rights += right;
    wrongBelow += wrong;
    from = to;
  }
  return rights > 0 && wrongBelow > 0 ? won / (rights * wrongBelow) : null;
}

function bins(all: readonly Judged[]): Bin[] {
  return Array.from({ length: 10 }, (_, i) => {
    const [from, to] = [i / 10, (i + 1) / 10];
    const here = all.filter((judged) => Math.min(9, Math.floor(sure(judged) * 10)) === i);
    const total = here.reduce((sum, judged) => sum + weightOf(judged), 0);
    const confidence = here.reduce((sum, judged) => sum + weightOf(judged) * sure(judged), 0) / total;
    return { from, to, weight: total, confidence: total > 0 ? confidence : null, right: shareOf(here, isRight) };
  });
}

function calibrationError(reliability: readonly Bin[]): number | null {
  let total = 0;
  let gap = 0;
  for (const { weight, confidence, right } of reliability) {
    if (confidence === null || right.share === null) continue;
    total += weight;
    gap += weight * Math.abs(confidence - right.share);
  }
  return total > 0 ? gap / total : null;
}

/** For questions in scope, what came first instead of the right entry; most frequent first. */
export function confusions(inScope: readonly Judged[]): Confusion[] {
  const pairs = new Map<string, { expected: string; got: string; texts: string[] }>();
  for (const { expected, understood, text } of inScope) {
    const got = understood.matches[0]?.id;
    if (expected === undefined || got === undefined || got === expected) continue;
    const key = `${expected}\0${got}`;
    const pair = pairs.get(key) ?? { expected, got, texts: [] };
    pair.texts.push(text);
    pairs.set(key, pair);
  }
  return [...pairs.values()]
    .map((pair) => ({ ...pair, n: pair.texts.length }))
    .sort((a, b) => b.n - a.n || (a.expected + a.got < b.expected + b.got ? -1 : 1));
}

/** Measures of all questions, and of those read in each language. */
export function measureByLanguage(all: readonly Judged[]): { all: Measures } & Partial<Record<Language, Measures>> {
  const of = (language: Language) => all.filter((judged) => judged.understood.locale === language);
  return {
    all: measure(all),
    ...(of('ja').length && { ja: measure(of('ja')) }),
    ...(of('en').length && { en: measure(of('en')) }),
  };
}
