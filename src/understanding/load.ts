/** Opens the FAQ for a running service, and keeps it fresh while admins edit. */
import { buildMatcher, type Matcher, type MatcherOptions } from './matcher/matcher.ts';
import { readOffThread, type Served } from './read-off-thread.ts';
import type { Entry, Knowledge, Problem, Understanding } from './understanding.ts';
import { type Watching, watchFaq } from './watch.ts';

/** The part of pino's logger used here. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** A matcher on its way: `indexed` can serve at once, `trained` serves better. */
export interface Training {
  readonly indexed: Promise<Matcher>;
  readonly trained: Promise<Matcher>;
  close(): void;
}

export interface OpenOptions {
  readonly directory: string;
  readonly log?: Log;
  /** Serve saved edits without a restart, within 2 s. */
  readonly watch: boolean;
  readonly matching?: MatcherOptions;
  /** Makes the matchers; the house's own where left out. */
  readonly train?: (entries: readonly Entry[], options: MatcherOptions) => Training;
}

/** Resolves once questions can be answered. Files with problems do not stop it: their sound entries are served, `problems()` tells. */
export async function openUnderstanding(options: OpenOptions): Promise<Understanding> {
  const faq = new LiveFaq(options);
  await faq.open();
  return faq;
}

class LiveFaq implements Understanding {
  readonly #options: OpenOptions;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #knowledge: Knowledge | undefined;
  #problems: readonly Problem[] = [];
  #training: Training | undefined;
  #watching: Watching | undefined;
  /** The reload under way; at most one more waits behind it. */
  #reloading: Promise<void> | undefined;
  #again = false;

  constructor(options: OpenOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    const { directory, watch } = this.#options;
    // Watching begins before reading, so that no edit falls between.
    if (watch) this.#watching = await watchFaq(directory, () => this.#changed());
    try {
      const read = await readOffThread(directory, this.#closing.signal);
      this.#report(read.problems);
      await this.#serve(read);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  current(): Knowledge {
    if (!this.#knowledge) throw new Error('the FAQ is not open yet');
    return this.#knowledge;
  }

  problems(): readonly Problem[] {
    return this.#problems;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#watching?.close();
    this.#listeners.clear();
    this.#closing.abort();
    this.#training?.close();
    await this.#reloading;
  }

  #changed(): void {
    if (this.#reloading) {
      this.#again = true;
      return;
    }
    this.#reloading = this.#reload().finally(() => {
      this.#reloading = undefined;
      if (!this.#again || this.#closing.signal.aborted) return;
      this.#again = false;
      this.#changed();
    });
  }

  /** Never rejects: whatever goes wrong, what was served goes on being served and `problems()` says why. */
  async #reload(): Promise<void> {
    const { directory, log } = this.#options;
    try {
      const read = await readOffThread(directory, this.#closing.signal);
      if (read.problems.length > 0) {
        this.#report(read.problems);
        log?.warn(
          { served: this.current().version, problems: read.problems.length },
          'FAQ edit not served: it has problems',
        );
        this.#tell();
        return;
      }
      const stood = this.#problems.length > 0;
      if (read.version !== this.current().version) await this.#serve(read);
      this.#problems = [];
      if (stood) log?.info({ version: this.current().version }, 'FAQ problems mended');
      this.#tell();
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      const message = `the edit could not be served: ${error instanceof Error ? error.message : String(error)}`;
      this.#report([{ file: directory, line: 1, column: 1, message }]);
      this.#tell();
    }
  }

  /** Resolves when the indexed matcher serves; the trained one takes over later. */
  async #serve(read: Served): Promise<void> {
    const { log, matching = {}, train = trainHere } = this.#options;
    const training = train(read.entries, matching);
    // An edit on the heels of another ends the former's training.
    this.#training?.close();
    this.#training = training;
    let isTrained = false;
    training.trained.then(
      (matcher) => {
        isTrained = true;
        if (this.#training !== training || this.#closing.signal.aborted) return;
        this.#knowledge = know(read, matcher);
        log?.info({ version: read.version }, 'FAQ trained');
        this.#tell();
      },
      (error: unknown) => {
        if (this.#training !== training || this.#closing.signal.aborted) return;
        log?.warn({ version: read.version, err: error }, 'FAQ training failed; the untrained index goes on serving');
      },
    );
    const matcher = await training.indexed;
    this.#closing.signal.throwIfAborted();
    if (!isTrained) this.#knowledge = know(read, matcher);
    log?.info({ version: read.version, entries: read.entries.length }, 'FAQ served');
  }

  #report(problems: readonly Problem[]): void {
    this.#problems = problems;
    for (const problem of problems) this.#options.log?.warn({ ...problem }, 'FAQ problem');
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function know({ version, entries }: Served, matcher: Matcher): Knowledge {
  const byId = new Map<string, Entry>(entries.map((entry) => [entry.id, entry]));
  return { version, entries, entry: (id) => byId.get(id), match: (text, locale) => matcher.match(text, locale) };
}

function trainHere(entries: readonly Entry[], options: MatcherOptions): Training {
  const matcher = Promise.resolve(buildMatcher(entries, options));
  return { indexed: matcher, trained: matcher, close: () => {} };
}
