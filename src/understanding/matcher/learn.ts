/**
 * All that is learnt from the FAQ in one language: the index, the trained model and how sure to be. First the index, which
 * can serve at once; then the model; then the confidence, from folds of the FAQ itself.
 */
import type { Language } from '../../conversation/language.ts';
import type { Coefficients } from './confidence.ts';
import { type Asked, askFolds, FOLDS } from './folds.ts';
import { fitLogistic } from './logistic.ts';
import { type Model, trainModel } from './model.ts';
import { buildIndex, type PhrasingIndex } from './phrasing-index.ts';
import { type Prior, priorAt, shippedPrior } from './prior.ts';
import type { Row } from './rows.ts';
import type { Steps } from './steps.ts';

export interface Learnt {
  readonly index: PhrasingIndex;
  /** Absent until trained. */
  readonly model?: Model;
  readonly confidence: Coefficients;
}

export interface LearnOptions {
  /** Share of questions that no entry answers, 0.01 to 0.99; 0.25. */
  readonly outOfScopeShare?: number;
  readonly prior?: Prior;
}

/**
 * Public sets of questions have between none and 44 % without an answer, and the confidence is truest at a set's own share
 * (src/cli/measure.ts). At this one sets with many near misses are still within 6 points, and the starter FAQ's lists keep their floors.
 */
export const OUT_OF_SCOPE_SHARE = 0.25;

/** How strongly the shipped coefficients hold against the FAQ's own: like so many observations. */
const PRIOR_STRENGTH = 30;

/** Phrasings asked in folds that settle the confidence; with more phrasings fewer folds are needed. */
const ENOUGH = 450;

/** Of the questions without an answer, the share that is near: about what an entry might have answered. */
const NEAR = 0.4;

/** Below this many own questions the shipped coefficients stand as they are. */
const FEWEST = 8;

export function* learnIndex(rows: readonly Row[], options: LearnOptions): Steps<Learnt> {
  const { outOfScopeShare = OUT_OF_SCOPE_SHARE, prior = shippedPrior } = options;
  return { index: yield* buildIndex(rows), confidence: priorAt(prior.plain, outOfScopeShare) };
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
  return { index, ...(model ? { model } : {}), confidence: yield* confidenceFrom(asked, options, plain) };
}

/** Whether a FAQ of so many phrasings is served by the index alone. */
export const isPlain = (phrasings: number): boolean => phrasings === 0 || phrasings > MOST_TRAINED;

/** The shipped coefficients moved by what the folds showed. */
export function* confidenceFrom(asked: readonly Asked[], options: LearnOptions, plain = false): Steps<Coefficients> {
  const { trained, plain: untrained } = options.prior ?? shippedPrior;
  const share = options.outOfScopeShare ?? OUT_OF_SCOPE_SHARE;
  const prior = priorAt(plain ? untrained : trained, share);
  const counts = { known: 0, hidden: 0, stranger: 0 };
  for (const { kind } of asked) counts[kind]++;
  if (counts.known < FEWEST || counts.stranger < FEWEST) return prior;
  const near = counts.hidden > 0 ? NEAR : 0;
  const shares = { known: 1 - share, hidden: share * near, stranger: share * (1 - near) };
  const samples = asked.flatMap(({ signals, kind, found, row }) =>
    signals
      ? [
          {
            signals,
            right: kind === 'known' && found[0]?.row === row,
            weight: (shares[kind] * (counts.known + counts.hidden)) / counts[kind],
          },
        ]
      : [],
  );
  return yield* fitLogistic(samples, prior, PRIOR_STRENGTH);
}
