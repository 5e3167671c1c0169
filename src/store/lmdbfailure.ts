/**
 * A commit that LMDB cannot write, on a full disk say. lmdb rejects what was to be written, and besides promises of its own that nobody
 * can await, which would end the process; whoever wrote has been told by then.
 */

interface CommitFailed extends Error {
  /** Rejects with what was wrong. */
  readonly commitError: Promise<never>;
}

const isCommitFailed = (error: unknown): error is CommitFailed =>
  error instanceof Error && (error as Partial<CommitFailed>).commitError instanceof Promise;

/** What was wrong, where lmdb says it; else the error itself. */
export function reasonOf(error: unknown): Promise<unknown> {
  if (!isCommitFailed(error)) return Promise.resolve(error);
  const reason = error.commitError.catch((why: unknown) => why);
  // Whether lmdb ever settles it is its own affair.
  return Promise.race([reason, new Promise((resolve) => setImmediate(resolve, error))]);
}

let isListening = false;

/** Lets the process live on when lmdb rejects a promise of its own. */
export function outliveFailedCommits(): void {
  if (isListening) return;
  isListening = true;
  process.on('unhandledRejection', (error: unknown) => {
    if (isCommitFailed(error)) error.commitError.catch(() => {});
    // As it is without a listener: whatever else nobody handles ends the process.
    else if (process.listenerCount('unhandledRejection') === 1) throw error;
  });
}
