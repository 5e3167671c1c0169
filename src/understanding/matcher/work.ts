/** The long work that a thread does for the matcher, as steps: the same in a worker and, in slices, on the main thread. */
import type { Language } from '../../conversation/language.ts';
import { inSharedMemory } from './arrays.ts';
import { type Asked, askFolds, FOLDS } from './folds.ts';
import { isPlain, type LearnOptions, type Learnt, learnIndex, learnModel } from './learn.ts';
import type { Row } from './rows.ts';
import type { Steps } from './steps.ts';

export type RowsByLanguage = Record<Language, Row[]>;
export type Task = 'learn' | 'evaluate';

export type Result =
  | { readonly kind: 'indexed' | 'trained'; readonly learnt: Record<Language, Learnt> }
  | { readonly kind: 'evaluated'; readonly asked: Record<Language, Asked[]> };

const sizeOf = (rows: readonly Row[]) => rows.reduce((sum, { phrasings }) => sum + phrasings.length, 0);

export function* work(
  task: Task,
  rows: RowsByLanguage,
  options: LearnOptions,
  tell: (result: Result) => void,
): Steps<void> {
  if (task === 'evaluate') {
    const ja = yield* askFolds(rows.ja, 'ja', { folds: FOLDS, plain: isPlain(sizeOf(rows.ja)) });
    const en = yield* askFolds(rows.en, 'en', { folds: FOLDS, plain: isPlain(sizeOf(rows.en)) });
    tell({ kind: 'evaluated', asked: { ja, en } });
    return;
  }
  const indexed = {
    ja: inSharedMemory(yield* learnIndex(rows.ja, options)),
    en: inSharedMemory(yield* learnIndex(rows.en, options)),
  };
  tell({ kind: 'indexed', learnt: indexed });
  const ja = yield* learnModel(rows.ja, 'ja', indexed.ja, options);
  const en = yield* learnModel(rows.en, 'en', indexed.en, options);
  // The index is shared already; only what the training added is laid beside it.
  const shared = ({ index, ...added }: Learnt): Learnt => ({ index, ...inSharedMemory(added) });
  tell({ kind: 'trained', learnt: { ja: shared(ja), en: shared(en) } });
}
