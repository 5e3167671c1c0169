/** A matcher made off the main thread: the index is there first and serves, the trained matcher follows. */
import type { Entry } from '../understanding.ts';
import { startJob, WorkClosed } from './job.ts';
import { type Matcher, type MatcherOptions, matcherOf } from './matcher.ts';

export interface MatcherInTraining {
  /** Answers from words, characters and BM25. */
  readonly indexed: Promise<Matcher>;
  /** Answers from the trained model, with a confidence fitted to this FAQ. */
  readonly trained: Promise<Matcher>;
  /** Ends the work. What has not settled rejects with {@link WorkClosed}. */
  close(): Promise<void>;
}

export function startMatcher(entries: readonly Entry[], options: MatcherOptions = {}): MatcherInTraining {
  const indexed = deferred<Matcher>();
  const trained = deferred<Matcher>();
  const job = startJob('learn', entries, learnOptions(options), (result) => {
    if (result.kind === 'evaluated') return;
    (result.kind === 'indexed' ? indexed : trained).resolve(matcherOf(entries, result.learnt, options));
  });
  const failed = (error: unknown) => {
    indexed.reject(error);
    trained.reject(error);
  };
  job.done.then(() => failed(new WorkClosed()), failed);
  return { indexed: indexed.promise, trained: trained.promise, close: job.close };
}

/** The options that a thread needs, free of what cannot be sent to one. */
export function learnOptions({ outOfScopeShare, prior }: MatcherOptions): MatcherOptions {
  return {
    ...(outOfScopeShare === undefined ? {} : { outOfScopeShare }),
    ...(prior === undefined ? {} : { prior }),
  };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  promise.catch(() => undefined); // whoever awaits it hears of it; nobody awaiting it yet must not end the process
  return { promise, resolve, reject };
}
