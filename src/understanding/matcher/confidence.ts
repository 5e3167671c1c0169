/**
 * The probability that the first candidate is what was asked, by logistic regression over what the rankers say. Its
 * coefficients are a shipped default fitted on public question sets, moved by what the FAQ's own folds show (see learn.ts).
 */
import type { PhrasingIndex } from './phrasing-index.ts';
import type { Ranking } from './rank.ts';

/** What is looked at, in order; the prior's coefficients stand in the same order. */
export const SIGNALS = [
  'constant',
  'logit of the first probability',
  'lead of the first over the second',
  'cosine of the nearest phrasing',
  'share of the question found in the entry',
  'share of unknown words',
  'BM25 per IDF',
  'rankers that agree',
  'log of the words',
  'logit of the first',
  'evidence',
  'root of BM25',
  'share of the phrasing found in the question',
  'lead in cosine',
  'log of the phrasings of the first',
  'likeness beyond that of its phrasings among themselves',
  'share of the question that is known and held by the entry',
  'IDF of a word',
  'likeness in meaning',
  'lead in likeness in meaning',
] as const;

/** Leads and logits beyond this tell no more. */
const MOST_LEAD = 8;

const within = (value: number, most: number) => Math.max(-most, Math.min(most, value));

/** The signals of a ranking, in the order of {@link SIGNALS}; undefined where nothing was found. */
export function signalsOf(ranking: Ranking, index: PhrasingIndex): Float64Array | undefined {
  const [first, second] = ranking.candidates;
  if (!first) return undefined;
  let rivalCosine = 0;
  let rivalMeaning = 0;
  let greatestCosine = 0;
  let greatestBm25 = 0;
  let greatestLogit = Number.NEGATIVE_INFINITY;
  for (const candidate of ranking.candidates) {
    if (candidate !== first && candidate.cosine > rivalCosine) rivalCosine = candidate.cosine;
    if (candidate !== first && candidate.meaning > rivalMeaning) rivalMeaning = candidate.meaning;
    greatestCosine = Math.max(greatestCosine, candidate.cosine);
    greatestBm25 = Math.max(greatestBm25, candidate.bm25);
    greatestLogit = Math.max(greatestLogit, candidate.logit);
  }
  const agreeing =
    Number(first.cosine >= greatestCosine) + Number(first.bm25 >= greatestBm25) + Number(first.logit >= greatestLogit);
  const probability = Math.min(Math.exp(first.logProbability), 1 - 1e-6);
  // Without a rival the rankers cannot tell how far the first leads; its likeness to the question stands in for it.
  const unrivalled = second === undefined ? MOST_LEAD * first.cosine ** 2 : undefined;
  const phrasings = (index.rowStart[first.row + 1] as number) - (index.rowStart[first.row] as number);
  return Float64Array.of(
    1,
    unrivalled ?? within(Math.log(probability / (1 - probability)), MOST_LEAD),
    unrivalled ?? within(first.logProbability - (second?.logProbability ?? 0), MOST_LEAD),
    first.cosine,
    first.found,
    ranking.unknown,
    ranking.totalIdf > 0 ? first.bm25 / ranking.totalIdf : 0,
    agreeing,
    Math.log(1 + ranking.words),
    first.logit,
    ranking.evidence,
    Math.sqrt(first.bm25),
    first.held,
    first.cosine - rivalCosine,
    Math.log(phrasings),
    first.cosine - (index.cohesion[first.row] as number),
    first.covered * (1 - ranking.unknown),
    ranking.words > 0 ? ranking.totalIdf / ranking.words : 0,
    first.meaning,
    first.meaning - rivalMeaning,
  );
}

/** Coefficients over signals scaled to mean 0 and deviation 1 (the constant stays 1). */
export interface Coefficients {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  readonly weight: readonly number[];
}

/**
 * Of questions most of whose words the FAQ does not know, and which no phrasing is like, no more than one in twenty is right, on
 * public sets of every kind; a sum of signals fitted to all the others does not show that.
 */
const STRANGE = { unknown: 0.75, cosine: 0.25, most: 0.05 };
const COSINE = SIGNALS.indexOf('cosine of the nearest phrasing');
const UNKNOWN = SIGNALS.indexOf('share of unknown words');

const isStrange = (signals: Float64Array) =>
  (signals[UNKNOWN] as number) > STRANGE.unknown && (signals[COSINE] as number) < STRANGE.cosine;

/** What the signals sum up to, by the coefficients alone. */
export function logOddsOf(signals: Float64Array, { mean, deviation, weight }: Coefficients): number {
  let sum = 0;
  for (let at = 0; at < signals.length; at++) {
    sum += (weight[at] as number) * (((signals[at] as number) - (mean[at] as number)) / (deviation[at] as number));
  }
  return sum;
}

export function probabilityOf(signals: Float64Array, coefficients: Coefficients): number {
  const probability = 1 / (1 + Math.exp(-logOddsOf(signals, coefficients)));
  return isStrange(signals) ? Math.min(probability, STRANGE.most) : probability;
}
