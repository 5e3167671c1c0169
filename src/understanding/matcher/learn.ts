/**
 * All that is learnt from the FAQ in one language: the index, the trained model and how sure to be. First the index, which
 * can serve at once; then the model; then the confidence, from folds of the FAQ itself.
 */
import type { Language } from '../../conversation/language.ts';
import { type Coefficients, logOddsOf } from './confidence.ts';
import { type Asked, askFolds, FOLDS } from './folds.ts';
import { atLevel, gainOfAll, levelAt } from './level.ts';
import { fitLogistic, type Sample } from './logistic.ts';
import { type Model, trainModel } from './model.ts';
import { buildIndex, type PhrasingIndex } from './phrasing-index.ts';
import { PRIOR_SHARE, type Prior, shippedPrior } from './prior.ts';
import type { Row } from './rows.ts';
import type { Steps } from './steps.ts';

export interface Learnt {
  readonly index: PhrasingIndex;
  /** Absent until trained. */
  readonly model?: Model;
  readonly confidence: Coefficients;
}

export interface LearnOptions {
  /** Share of questions that no entry answers, 0.01 to 0.99; 0.14. */
  readonly outOfScopeShare?: number;
  readonly prior?: Prior;
}

/**
 * Public sets of questions have between none and 44 % without an answer. At this share the confidence is within 6 points on each
 * that has questions enough to tell, near misses and sets without any such question alike (src/cli/measure.ts).
 */
export const OUT_OF_SCOPE_SHARE = 0.14;

/** How strongly the shipped coefficients hold against the FAQ's own: like so many observations. */
const PRIOR_STRENGTH = 30;

/** The same for the level. */
const LEVEL_STRENGTH = 80;

/** Of the questions without an answer that shape the coefficients, the share that is near: hidden entries', not strangers. */
const NEAR = 0.85;

/** Phrasings asked in folds that settle the confidence; with more phrasings fewer folds are needed. */
const ENOUGH = 450;

/** Below this many own questions of a kind the shipped coefficients stand as they are. */
const FEWEST = 8;

export function* learnIndex(rows: readonly Row[], options: LearnOptions): Steps<Learnt> {
  const { outOfScopeShare = OUT_OF_SCOPE_SHARE, prior = shippedPrior } = options;
  // Of this FAQ nothing is known yet: no surer than the questions are on which the shipped coefficients were fitted.
  const level = levelAt(Math.max(outOfScopeShare, PRIOR_SHARE));
  return { index: yield* buildIndex(rows), confidence: atLevel(prior.plain, level) };
}

/** Above so many phrasings training would take minutes and, on few phrasings an entry, gain nothing: the index serves on. */
const MOST_TRAINED = 30_000;

/** Trains upon what {@link learnIndex} gave, and fits the confidence to the FAQ. */
export function* learnModel(
  rows: readonly Row[],
  language: Language,
  { index }: Learnt,
  options: LearnOptions,
): Steps<Learnt> {
  const phrasings = rows.reduce((sum, row) => sum + row.phrasings.length, 0);
  const plain = isPlain(phrasings);
  const model = plain ? undefined : yield* trainModel(index);
  const folds = Math.max(1, Math.min(FOLDS, Math.round((ENOUGH * FOLDS) / Math.max(1, phrasings))));
  const asked = yield* askFolds(rows, language, { folds, plain });
  const confidence = withAllPhrasings(yield* confidenceFrom(asked, options, plain), asked);
  return { index, ...(model ? { model } : {}), confidence };
}

/** What the folds showed, for rankers that know what each fold held back: with two phrasings an entry that is half of all. */
function withAllPhrasings(confidence: Coefficients, asked: readonly Asked[]): Coefficients {
  const seen = asked.flatMap((question) => (question.kind === 'known' ? [question.seen] : []));
  return seen.length < FEWEST ? confidence : atLevel(confidence, gainOfAll(seen));
}

/** Whether a FAQ of so many phrasings is served by the index alone. */
export const isPlain = (phrasings: number): boolean => phrasings === 0 || phrasings > MOST_TRAINED;

/**
 * The shipped coefficients moved by what the folds showed, in two steps. What tells right from wrong is learnt from questions
 * without an answer of both kinds, near and far. How sure to be is learnt from near ones alone: what a desk is asked beyond its
 * FAQ is mostly near to it, and strangers, easily told apart, would make it too sure of the others.
 */
export function* confidenceFrom(asked: readonly Asked[], options: LearnOptions, plain = false): Steps<Coefficients> {
  const { trained, plain: untrained } = options.prior ?? shippedPrior;
  const share = options.outOfScopeShare ?? OUT_OF_SCOPE_SHARE;
  const prior = plain ? untrained : trained;
  const level = levelAt(share);
  const [known, hidden, strange] = (['known', 'hidden', 'stranger'] as const).map((kind) => samplesOf(asked, kind));
  if (!known || !hidden || !strange || known.length < FEWEST || strange.length < FEWEST) return atLevel(prior, level);
  const observations = known.length + hidden.length;
  const weighed = (samples: readonly Sample[], shareOfAll: number) =>
    samples.map((sample) => ({ ...sample, weight: (shareOfAll * observations) / samples.length }));
  const near = hidden.length > 0 ? NEAR : 0;
  const shape = yield* fitLogistic(
    [
      ...weighed(known, 1 - PRIOR_SHARE),
      ...weighed(hidden, PRIOR_SHARE * near),
      ...weighed(strange, PRIOR_SHARE * (1 - near)),
    ],
    prior,
    PRIOR_STRENGTH,
  );
  const {
    weight: [shift = level.shift, stretch = level.stretch],
  } = yield* fitLogistic(
    [...weighed(known, 1 - share), ...weighed(hidden.length > 0 ? hidden : strange, share)].map((sample) => ({
      ...sample,
      signals: Float64Array.of(1, logOddsOf(sample.signals, shape)),
    })),
    { mean: [0, 0], deviation: [1, 1], weight: [level.shift, level.stretch] },
    LEVEL_STRENGTH,
  );
  return atLevel(shape, { shift, stretch });
}

/** The questions of a kind that found something. */
const samplesOf = (asked: readonly Asked[], wanted: Asked['kind']): Sample[] =>
  asked.flatMap(({ signals, kind, found, row }) =>
    signals && kind === wanted ? [{ signals, right: kind === 'known' && found[0]?.row === row, weight: 1 }] : [],
  );
