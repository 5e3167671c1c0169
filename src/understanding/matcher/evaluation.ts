/** What the matcher, knowing only part of the FAQ, would have said to the rest: the ground of reports and of the gate on edits. */
import type { Language } from '../../conversation/language.ts';
import type { Decision, Entry, Match } from '../understanding.ts';
import { learnOptions } from './background.ts';
import { probabilityOf } from './confidence.ts';
import type { Asked } from './folds.ts';
import { startJob, WorkClosed } from './job.ts';
import { confidenceFrom, isPlain, OUT_OF_SCOPE_SHARE } from './learn.ts';
import type { MatcherOptions } from './matcher.ts';
import { OtherDesks } from './other-desks.ts';
import { decide } from './policy.ts';
import { spread } from './reader.ts';
import { type Row, rowsOf } from './rows.ts';
import { runInSlices, type Steps } from './steps.ts';

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
  let asked: Record<Language, Asked[]> | undefined;
  const closing = new AbortController();
  const job = startJob('evaluate', entries, learnOptions(options), (result) => {
    if (result.kind === 'evaluated') asked = result.asked;
  });
  const result = job.done.then(async () => {
    if (!asked) throw new WorkClosed();
    const predictions = await runInSlices(predicted(asked, entries, options), closing.signal);
    return { predictions, outOfScopeShare: options.outOfScopeShare ?? OUT_OF_SCOPE_SHARE };
  });
  result.catch(() => undefined); // whoever awaits it hears of it; nobody awaiting it yet must not end the process
  return {
    result,
    async close() {
      closing.abort(new WorkClosed());
      await job.close();
    },
  };
}

function* predicted(
  asked: Record<Language, Asked[]>,
  entries: readonly Entry[],
  options: MatcherOptions,
): Steps<Prediction[]> {
  const otherDesks = new OtherDesks(entries);
  const ja = yield* predictionsOf(asked.ja, 'ja', entries, otherDesks, options);
  return [...ja, ...(yield* predictionsOf(asked.en, 'en', entries, otherDesks, options))];
}

function* predictionsOf(
  asked: readonly Asked[],
  language: Language,
  entries: readonly Entry[],
  otherDesks: OtherDesks,
  options: MatcherOptions,
): Steps<Prediction[]> {
  const rows = rowsOf(entries, language);
  const plain = isPlain(rows.reduce((sum, { phrasings }) => sum + phrasings.length, 0));
  const coefficients = yield* confidenceFrom(asked, options, plain);
  const idOf = (entry: number) => (entries[entry] as Entry).id;
  const predictions: Prediction[] = [];
  for (const [at, { text, kind, row, found, signals, clear }] of asked.entries()) {
    const own = rows[row];
    const said = signals ? spread(found, probabilityOf(signals, coefficients)) : [];
    const { replies, lessened } = otherDesks.weigh(
      text,
      said.map(({ row: place, confidence }) => ({ entry: (rows[place] as Row).entry, confidence })),
    );
    predictions.push({
      language,
      text,
      kind,
      entry: own && idOf(own.entry),
      right: kind === 'known' && replies[0]?.entry === own?.entry,
      decision: decide(replies, clear && !lessened, rows.length, language, options),
      confidence: replies[0]?.confidence ?? 0,
      matches: replies.map(({ entry, confidence }) => ({ id: idOf(entry), confidence })),
    });
    if (at % 20 === 19) yield;
  }
  return predictions;
}
