/** What the matcher, knowing only part of the FAQ, would have said to the rest: the ground of reports and of the gate on edits. */
import type { Language } from '../../conversation/language.ts';
import type { Decision, Entry, Match } from '../understanding.ts';
import { learnOptions } from './background.ts';
import { probabilityOf } from './confidence.ts';
import type { Asked } from './folds.ts';
import { startJob, WorkClosed } from './job.ts';
import { confidenceFrom, isPlain, OUT_OF_SCOPE_SHARE } from './learn.ts';
import type { MatcherOptions } from './matcher.ts';
import { decide } from './policy.ts';
import { spread } from './reader.ts';
import { rowsOf } from './rows.ts';

/** One question put to a matcher that had not seen it. */
export interface Prediction {
  readonly language: Language;
  readonly text: string;
  /** `known`: a held-back phrasing; `hidden`: a phrasing of an entry left out whole; `stranger`: of a subject far off. */
  readonly kind: 'known' | 'hidden' | 'stranger';
  /** The entry it stands under; undefined for a stranger. Only of a `known` question is it the right answer. */
  readonly entry: string | undefined;
  readonly right: boolean;
  readonly decision: Decision;
  readonly confidence: number;
  readonly matches: readonly Match[];
}

export interface Evaluation {
  /** A phrasing stands here once as `known`, unless it is its entry's only one, and once as `hidden`. */
  readonly predictions: readonly Prediction[];
  /** Share of questions without an answer that the confidence allows for. */
  readonly outOfScopeShare: number;
}

export interface EvaluationInWork {
  readonly result: Promise<Evaluation>;
  /** Ends the work; `result` then rejects with {@link WorkClosed}. */
  close(): Promise<void>;
}

/** Eight folds, off the main thread. Takes about eight trainings. */
export function crossValidate(entries: readonly Entry[], options: MatcherOptions = {}): EvaluationInWork {
  let evaluation: Evaluation | undefined;
  const job = startJob('evaluate', entries, learnOptions(options), (result) => {
    if (result.kind !== 'evaluated') return;
    const predictions = (['ja', 'en'] as const).flatMap((language) => {
      const texts = rowsOf(entries, language);
      const rows = texts.map((row) => (entries[row.entry] as Entry).id);
      const plain = isPlain(texts.reduce((sum, { phrasings }) => sum + phrasings.length, 0));
      return predictionsOf(result.asked[language], language, rows, plain, options);
    });
    evaluation = { predictions, outOfScopeShare: options.outOfScopeShare ?? OUT_OF_SCOPE_SHARE };
  });
  const result = job.done.then(() => {
    if (!evaluation) throw new WorkClosed();
    return evaluation;
  });
  result.catch(() => undefined); // whoever awaits it hears of it; nobody awaiting it yet must not end the process
  return { result, close: job.close };
}

function predictionsOf(
  asked: readonly Asked[],
  language: Language,
  rows: readonly string[],
  plain: boolean,
  options: MatcherOptions,
): Prediction[] {
  const coefficients = confidenceFrom(asked, options, plain);
  return asked.map(({ text, kind, row, found, signals, clear }) => {
    const first = signals ? probabilityOf(signals, coefficients) : 0;
    const matches = signals
      ? spread(found, first).map(({ row: place, confidence }) => ({
          id: rows[place] as string,
          confidence,
        }))
      : [];
    const confidence = matches[0]?.confidence ?? 0;
    return {
      language,
      text,
      kind,
      entry: rows[row],
      right: kind === 'known' && found[0]?.row === row,
      decision: decide(matches, clear, rows.length, language, options),
      confidence,
      matches,
    };
  });
}
