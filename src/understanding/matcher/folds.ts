/**
 * How well a FAQ is matched, told from the FAQ alone: in each fold an eighth of the phrasings is held back (questions whose
 * answer is known) and an eighth of the entries is left out whole (questions without an answer), the rest is learnt, and
 * what was held back is asked.
 */

import type { Language } from '../../conversation/language.ts';
import { isClear } from './clear.ts';
import { signalsOf } from './confidence.ts';
import { randomNumbers, shuffle, trainModel } from './model.ts';
import { normalise } from './normalise.ts';
import { buildIndex } from './phrasing-index.ts';
import { type Candidate, Ranker, type Ranking } from './rank.ts';
import { type Reading, readPhrasing, readQuestion } from './reading.ts';
import type { Row } from './rows.ts';
import { withSlip } from './slips.ts';
import type { Steps } from './steps.ts';
import { strangers } from './strangers.ts';

/** A phrasing put as a question to rankers that had not seen it. */
export interface Asked {
  readonly text: string;
  /** Its row; -1 for a question of no row. */
  readonly row: number;
  /** `known`: its entry was there; `hidden`: its entry was left out; `stranger`: no entry ever answered it. */
  readonly kind: 'known' | 'hidden' | 'stranger';
  /** Of a known question's entry, the share of the phrasings that the rankers had seen; 1 for the others. */
  readonly seen: number;
  /** Rows found, best first, with the logarithm of their probability. */
  readonly found: readonly { readonly row: number; readonly logProbability: number }[];
  /** For the confidence; undefined where nothing was found. */
  readonly signals: Float64Array | undefined;
  /** Whether the first stands clear of the second. */
  readonly clear: boolean;
}

export const FOLDS = 8;

/** Most questions asked of each kind in a fold. */
const MOST_ASKED = 600;

/** Share of the questions that are asked with a slip. */
const SLIPS = 0.35;

export interface FoldOptions {
  /** How many of the eight folds are computed, 1 to 8. */
  readonly folds: number;
  /** Without the trained model: what is served until it is there. */
  readonly plain?: boolean;
}

/** Most entries that the folds work on: of a larger FAQ a sample, which would take minutes otherwise. */
const MOST_ROWS = 2000;

export function* askFolds(
  all: readonly Row[],
  language: Language,
  { folds, plain = false }: FoldOptions,
): Steps<Asked[]> {
  const places = sampled(all.length);
  const rows = places.map((place) => all[place] as Row);
  const read = folds > 1 ? remembering() : readPhrasing;
  const random = randomNumbers(rows.length);
  const rowFold = dealt(rows.length, FOLDS, random);
  // A phrasing is never held back in the fold that hides its entry.
  const phrasingFold = rows.map((row, number) =>
    dealt(row.phrasings.length, FOLDS - 1, random).map((fold) => fold + (fold >= (rowFold[number] as number) ? 1 : 0)),
  );
  const asked: Asked[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const known: Row[] = [];
    const rowOf: number[] = [];
    const inScope: [number, string, number][] = [];
    const outOfScope: [number, string, number][] = [];
    for (const [number, row] of rows.entries()) {
      const place = places[number] as number;
      if (rowFold[number] === fold && rows.length > 2) {
        outOfScope.push(...row.phrasings.map((text): [number, string, number] => [place, text, 1]));
        continue;
      }
      const held = row.phrasings.filter((_, at) => (phrasingFold[number] as number[])[at] === fold);
      const kept = row.phrasings.filter((_, at) => (phrasingFold[number] as number[])[at] !== fold);
      const seen = kept.length / row.phrasings.length;
      if (kept.length > 0) inScope.push(...held.map((text): [number, string, number] => [place, text, seen]));
      known.push({ ...row, phrasings: kept.length > 0 ? kept : row.phrasings });
      rowOf.push(place);
    }
    if (known.length === 0) continue;
    shuffle(inScope, random);
    shuffle(outOfScope, random);
    const index = yield* buildIndex(known, read);
    const ranker = new Ranker(index, plain ? undefined : yield* trainModel(index));
    const off = strangers[language].filter((_, number) => number % folds === fold);
    const questions = [
      ...inScope.slice(0, MOST_ASKED).map(([row, text, seen]) => ({ kind: 'known' as const, row, text, seen })),
      ...outOfScope.slice(0, MOST_ASKED).map(([row, text, seen]) => ({ kind: 'hidden' as const, row, text, seen })),
      ...off.map((text) => ({ kind: 'stranger' as const, row: -1, text, seen: 1 })),
    ];
    for (const [at, { kind, row, text: typed, seen }] of questions.entries()) {
      const text = random() < SLIPS ? withSlip(typed, random) : typed;
      const ranking: Ranking = ranker.rank(readQuestion(normalise(text), index.vocabulary));
      asked.push({
        text: typed,
        row,
        kind,
        seen,
        found: ranking.candidates.slice(0, 5).map((candidate: Candidate) => ({
          row: rowOf[candidate.row] as number,
          logProbability: candidate.logProbability,
        })),
        signals: signalsOf(ranking, index),
        clear: isClear(ranking.candidates, index, !plain),
      });
      if (at % 20 === 19) yield;
    }
  }
  return asked;
}

/** Reads each text once. */
function remembering(): (text: string) => Reading {
  const readings = new Map<string, Reading>();
  return (text) => {
    const known = readings.get(text) ?? readPhrasing(text);
    readings.set(text, known);
    return known;
  };
}

/** Places of the rows that the folds work on. */
function sampled(rows: number): readonly number[] {
  const places = Array.from({ length: rows }, (_, place) => place);
  if (rows > MOST_ROWS) shuffle(places, randomNumbers(rows));
  return places.slice(0, MOST_ROWS);
}

/** Numbers below `hands` dealt out evenly in random order, so that a row of two phrasings never loses both at once. */
function dealt(count: number, hands: number, random: () => number): number[] {
  const first = Math.floor(random() * hands);
  const cards = Array.from({ length: count }, (_, at) => (first + at) % hands);
  shuffle(cards, random);
  return cards;
}
