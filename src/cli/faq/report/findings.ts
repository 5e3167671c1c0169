/** All that the report shows, as data: what the FAQ's own phrasings, and questions from visitors, say about it. Pure. */
import type { Language } from '../../../conversation/language.ts';
import { advise, fewestPhrasings } from '../../../understanding/advice.ts';
import type { Reading } from '../../../understanding/files.ts';
import { type HeldBack, heldBack } from '../../../understanding/held-back.ts';
import type { Evaluation } from '../../../understanding/matcher/evaluation.ts';
import type { Matcher } from '../../../understanding/matcher/matcher.ts';
import {
  confusions,
  isAmongThree,
  isRight,
  type Measures,
  measureByLanguage,
  type Share,
  shareOf,
  type Threshold,
  thresholdAt,
  thresholdFor,
} from '../../../understanding/measures.ts';
import type { Problem } from '../../../understanding/understanding.ts';
import { subjectWords } from './words.ts';

export interface Findings {
  /** ISO 8601. */
  readonly at: string;
  readonly version: string;
  readonly directory: string;
  readonly entries: number;
  readonly phrasings: Readonly<Record<Language, number>>;
  /** Share of questions that no entry answers, as the figures assume. */
  readonly outOfScopeShare: number;
  readonly measures: { readonly all: Measures } & Partial<Readonly<Record<Language, Measures>>>;
  readonly wished: {
    readonly precision: number;
    /** The least confidence that reaches it; null: not reachable. */
    readonly threshold: Threshold | null;
    readonly byLanguage: Partial<Readonly<Record<Language, Threshold | null>>>;
  };
  /** Steps of 0.05, for the chart. */
  readonly thresholds: readonly Threshold[];
  readonly perEntry: readonly EntryFinding[];
  /** Entries of which no held-back phrasing found its way home. */
  readonly neverFirst: readonly string[];
  readonly thin: readonly ThinEntry[];
  readonly confused: readonly ConfusedPair[];
  readonly conflicts: readonly Problem[];
  readonly advice: readonly Problem[];
  /** From visitors' questions: words of the subject that no phrasing, keyword or answer holds. */
  readonly unknownWords: readonly UnknownWord[];
  /** From visitors' questions: those not answered outright, under the entry they may belong to. */
  readonly candidates: readonly Candidates[];
}

export interface EntryFinding {
  readonly id: string;
  readonly phrasings: Readonly<Record<Language, number>>;
  readonly first: Share;
  readonly topThree: Share;
}

export interface ThinEntry {
  readonly id: string;
  readonly language: Language;
  readonly phrasings: number;
  /** How many points more often the right entry came first with ten phrasings on public sets. */
  readonly gain: number;
}

export interface ConfusedPair {
  readonly expected: string;
  readonly got: string;
  readonly n: number;
  /** Questions that went wrong, with the words they share with the wrong entry, rarest first. */
  readonly examples: readonly { readonly text: string; readonly shared: readonly string[] }[];
}

export interface UnknownWord {
  readonly word: string;
  readonly n: number;
  readonly example: string;
}

export interface Candidates {
  /** Null: no entry is near. */
  readonly id: string | null;
  readonly questions: readonly { readonly text: string; readonly confidence: number }[];
}

export interface Ground {
  readonly reading: Reading;
  readonly directory: string;
  readonly evaluation: Evaluation;
  readonly matcher: Matcher;
  readonly wishedPrecision: number;
  /** Visitors' questions, as many as there are; none where unknown. */
  readonly asked: readonly string[];
  readonly now: Date;
}

export function findingsFrom({
  reading,
  directory,
  evaluation,
  matcher,
  wishedPrecision,
  asked,
  now,
}: Ground): Findings {
  const judged = heldBack({ entries: reading.placed.map((placed) => placed.entry), evaluation });
  const { conflicts, advice } = advise(reading);
  const suggest = (of: readonly HeldBack[]) => thresholdFor(wishedPrecision, of) ?? null;
  const measures = measureByLanguage(judged);
  const spoken = (['ja', 'en'] as const).filter((language) => measures[language]);
  const perEntry = entriesOf(reading, judged);
  return {
    at: now.toISOString(),
    version: reading.version,
    directory,
    entries: reading.placed.length,
    phrasings: { ja: countOf(reading, 'ja'), en: countOf(reading, 'en') },
    outOfScopeShare: evaluation.outOfScopeShare,
    measures,
    wished: {
      precision: wishedPrecision,
      threshold: suggest(judged),
      byLanguage: Object.fromEntries(
        spoken.map((language) => [language, suggest(judged.filter((one) => one.prediction.language === language))]),
      ),
    },
    thresholds: Array.from({ length: 21 }, (_, i) => thresholdAt(i / 20, judged)),
    perEntry,
    neverFirst: perEntry.filter(({ first }) => first.of > 0 && first.n === 0).map(({ id }) => id),
    thin: thinEntries(reading),
    confused: confusedPairs(reading, judged),
    conflicts,
    advice,
    unknownWords: unknownWords(reading, asked),
    candidates: candidatesFrom(matcher, asked),
  };
}

const countOf = (reading: Reading, language: Language) =>
  reading.placed.reduce((sum, { entry }) => sum + (entry.questions[language]?.length ?? 0), 0);

function entriesOf(reading: Reading, judged: readonly HeldBack[]): EntryFinding[] {
  const byEntry = new Map<string, HeldBack[]>();
  for (const one of judged) {
    if (one.expected === undefined) continue;
    const own = byEntry.get(one.expected);
    if (own) own.push(one);
    else byEntry.set(one.expected, [one]);
  }
  return reading.placed.map(({ entry: { id, questions } }) => {
    const own = byEntry.get(id) ?? [];
    const phrasings = { ja: questions.ja?.length ?? 0, en: questions.en?.length ?? 0 };
    return { id, phrasings, first: shareOf(own, isRight), topThree: shareOf(own, isAmongThree) };
  });
}

/** Right first, in per cent, with that many phrasings an entry; measured on public sets of 150 entries. */
const curve: readonly (readonly [phrasings: number, right: number])[] = [
  [1, 44],
  [2, 59],
  [3, 67],
  [5, 74],
  [10, 83],
];

function thinEntries(reading: Reading): ThinEntry[] {
  const rightWith = (phrasings: number) => {
    const above = curve.findIndex(([n]) => n >= phrasings);
    const [high, low] = [curve[above], curve[above - 1]];
    if (!high) return 83;
    if (!low || high[0] === phrasings) return high[1];
    return low[1] + ((high[1] - low[1]) * (phrasings - low[0])) / (high[0] - low[0]);
  };
  return reading.placed
    .flatMap(({ entry: { id, questions } }) =>
      (['ja', 'en'] as const).flatMap((language) => {
        const phrasings = questions[language]?.length ?? 0;
        if (phrasings === 0 || phrasings >= fewestPhrasings) return [];
        return [{ id, language, phrasings, gain: Math.round(83 - rightWith(phrasings)) }];
      }),
    )
    .sort((a, b) => a.phrasings - b.phrasings);
}

function confusedPairs(reading: Reading, judged: readonly HeldBack[]): ConfusedPair[] {
  const holders = new Map<string, Set<string>>();
  for (const { entry } of reading.placed)
    for (const phrasing of [...(entry.questions.ja ?? []), ...(entry.questions.en ?? [])])
      for (const word of subjectWords(phrasing).keys()) {
        const of = holders.get(word) ?? new Set<string>();
        holders.set(word, of.add(entry.id));
      }
  return confusions(judged).map(({ expected, got, n, texts }) => ({
    expected,
    got,
    n,
    examples: texts.slice(0, 5).map((text) => ({
      text,
      shared: [...subjectWords(text)]
        .filter(([word]) => holders.get(word)?.has(got))
        .sort(([a], [b]) => (holders.get(a)?.size ?? 0) - (holders.get(b)?.size ?? 0))
        .map(([, shown]) => shown)
        .slice(0, 5),
    })),
  }));
}

function unknownWords(reading: Reading, asked: readonly string[]): UnknownWord[] {
  if (asked.length === 0) return [];
  const known = new Set<string>();
  for (const { entry } of reading.placed)
    for (const language of ['ja', 'en'] as const) {
      const texts = [
        ...(entry.questions[language] ?? []),
        ...(entry.keywords[language] ?? []),
        entry.answer[language] ?? '',
      ];
      for (const text of texts) for (const word of subjectWords(text).keys()) known.add(word);
    }
  const unknown = new Map<string, { word: string; n: number; example: string }>();
  for (const text of asked)
    for (const [key, word] of subjectWords(text)) {
      if (known.has(key) || /^\p{N}+$/u.test(key)) continue;
      const one = unknown.get(key) ?? { word, n: 0, example: text };
      one.n += 1;
      unknown.set(key, one);
    }
  return [...unknown.values()]
    .filter(({ n }) => n > 1)
    .sort((a, b) => b.n - a.n)
    .slice(0, 50);
}

function candidatesFrom(matcher: Matcher, asked: readonly string[]): Candidates[] {
  const groups = new Map<string | null, Map<string, number>>();
  for (const text of asked) {
    const { decision, confidence, matches } = matcher.match(text, 'auto');
    if (decision === 'answer') continue;
    const id = matches[0]?.id ?? null;
    const group = groups.get(id) ?? new Map<string, number>();
    groups.set(id, group.set(text, confidence));
  }
  return [...groups]
    .map(([id, questions]) => ({
      id,
      questions: [...questions]
        .map(([text, confidence]) => ({ text, confidence }))
        .sort((a, b) => b.confidence - a.confidence),
    }))
    .sort((a, b) => b.questions.length - a.questions.length);
}
