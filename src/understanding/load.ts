/** Opens the FAQ for a running service, and keeps it fresh while admins edit. */
import { isDeepStrictEqual } from 'node:util';
import { Examiner } from './examiner.ts';
import type { Lead } from './files.ts';
import type { Guard } from './guard.ts';
import { learnOptions, startMatcher } from './matcher/background.ts';
import { crossValidate, type EvaluationInWork } from './matcher/evaluation.ts';
import { type Matcher, type MatcherOptions, matcherOf } from './matcher/matcher.ts';
import { type FaqReader, faqReader, type Served } from './reader-thread.ts';
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
  close(): Promise<void>;
}

/** What the desk's rules say of understanding. */
export interface Tuning {
  readonly matching?: MatcherOptions;
  /** Compares each edit with what was served before; without it, edits are not compared. */
  readonly guard?: Guard;
}

export interface OpenOptions extends Tuning {
  readonly directory: string;
  readonly log?: Log;
  /** Serve saved edits without a restart, within 2 s. */
  readonly watch: boolean;
  /** Makes the matchers; the house's own where left out. */
  readonly train?: (entries: readonly Entry[], options: MatcherOptions) => Training;
  /** Evaluates them; the house's own where left out. */
  readonly evaluate?: (entries: readonly Entry[], options: MatcherOptions) => EvaluationInWork;
}

export interface LiveUnderstanding extends Understanding {
  /** Other thresholds and shares from now on. Decides by them at once; what must be learnt anew for them serves when it is. */
  retune(tuning: Tuning): void;
  /** Where the entries that are served name a dialog. */
  leads(): readonly Lead[];
}

/** Resolves once questions can be answered. Files with problems do not stop it: their sound entries are served, `problems()` tells. */
export async function openUnderstanding(options: OpenOptions): Promise<LiveUnderstanding> {
  const faq = new LiveFaq(options);
  await faq.open();
  return faq;
}

class LiveFaq implements LiveUnderstanding {
  readonly #options: OpenOptions;
  #tuning: Tuning;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #knowledge: Knowledge | undefined;
  /** What `#knowledge` was made from. */
  #served: { readonly read: Served; readonly matcher: Matcher } | undefined;
  #problems: readonly Problem[] = [];
  #training: Training | undefined;
  #watching: Watching | undefined;
  /** The reload under way; at most one more waits behind it. */
  #reloading: Promise<void> | undefined;
  #again = false;
  /** What is served is to be learnt anew after the reload under way. */
  #relearn = false;
  readonly #reader: FaqReader;
  readonly #examiner: Examiner;
  /** Edits served and not examined yet, one after another. */
  #examining: Promise<void> = Promise.resolve();

  constructor(options: OpenOptions) {
    this.#options = options;
    const { directory, guard, matching, evaluate = crossValidate } = options;
    this.#tuning = { ...(guard ? { guard } : {}), ...(matching ? { matching } : {}) };
    this.#reader = faqReader(directory);
    this.#examiner = new Examiner(
      () => this.#tuning.guard ?? unguarded,
      (entries) => evaluate(entries, this.#tuning.matching ?? {}),
    );
  }

  async open(): Promise<void> {
    const { directory, watch } = this.#options;
    // Watching begins before reading, so that no edit falls between.
    if (watch) this.#watching = await watchFaq(directory, () => this.#changed());
    try {
      const read = await this.#reader.read();
      this.#report(read.problems);
      await this.#serve(read);
      if (!watch) await this.#reader.close();
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

  leads(): readonly Lead[] {
    return this.#served?.read.leads ?? [];
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  retune(tuning: Tuning): void {
    const { matching: before = {} } = this.#tuning;
    this.#tuning = tuning;
    const { matching = {} } = tuning;
    const served = this.#served;
    if (isDeepStrictEqual(before, matching) || !served || this.#closing.signal.aborted) return;
    this.#examiner.forget();
    this.#know(served.read, served.matcher, before);
    if (!isDeepStrictEqual(learnOptions(before), learnOptions(matching))) {
      // A reload under way is not to be disturbed in its training.
      if (this.#reloading) this.#relearn = true;
      else this.#train(served.read);
    }
    this.#options.log?.info({ version: served.read.version }, 'FAQ decides by other rules');
    this.#tell();
  }

  async close(): Promise<void> {
    this.#watching?.close();
    this.#listeners.clear();
    this.#closing.abort();
    await Promise.all([this.#reader.close(), this.#training?.close(), this.#examiner.close()]);
    await Promise.all([this.#reloading, this.#examining]);
  }

  #changed(): void {
    if (this.#reloading) {
      this.#again = true;
      return;
    }
    this.#reloading = this.#reload().finally(() => {
      this.#reloading = undefined;
      if (this.#relearn && this.#served && !this.#closing.signal.aborted) this.#train(this.#served.read);
      this.#relearn = false;
      if (!this.#again || this.#closing.signal.aborted) return;
      this.#again = false;
      this.#changed();
    });
  }

  /** Never rejects: whatever goes wrong, what was served goes on being served and `problems()` says why. */
  async #reload(): Promise<void> {
    const { directory, log } = this.#options;
    const refuse = (problems: readonly Problem[]) => {
      this.#report(problems);
      log?.warn({ served: this.#knowledge?.version, problems: problems.length }, 'FAQ edit not served');
    };
    const whole = (message: string) => [{ file: directory, line: 1, column: 1, message }];
    try {
      const read = await this.#reader.read();
      const before = this.current();
      if (read.problems.length > 0) refuse(read.problems);
      else if (read.version === before.version) this.#mend();
      else {
        const holds = this.#tuning.guard?.hold;
        const worse = holds ? await this.#examiner.worsening(before, read) : undefined;
        if (worse !== undefined) refuse(whole(`this edit is not served: ${worse}`));
        else {
          await this.#serve(read);
          this.#mend();
          if (!holds) this.#examineLater(before, read);
        }
      }
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      refuse(whole(`the edit could not be served: ${error instanceof Error ? error.message : String(error)}`));
    }
    this.#tell();
  }

  #mend(): void {
    if (this.#problems.length > 0) this.#options.log?.info({ version: this.current().version }, 'FAQ problems mended');
    this.#problems = [];
  }

  /** Beside what is served: a worse edit is only logged. */
  #examineLater(before: Knowledge, after: Served): void {
    const { log } = this.#options;
    const examiner = this.#examiner;
    if (!this.#tuning.guard) return;
    this.#examining = this.#examining.then(async () => {
      if (this.#closing.signal.aborted) return;
      try {
        const worse = await examiner.worsening(before, after);
        if (worse !== undefined) log?.warn({ version: after.version }, `FAQ edit makes answers worse: ${worse}`);
      } catch (error) {
        if (!this.#closing.signal.aborted) log?.warn({ version: after.version, err: error }, 'FAQ edit not examined');
      }
    });
  }

  /** Resolves when the indexed matcher serves; the trained one takes over later. */
  async #serve(read: Served): Promise<void> {
    const { matching = {} } = this.#tuning;
    const { indexed, isTrained, closed } = this.#train(read);
    await closed;
    const matcher = await indexed;
    this.#closing.signal.throwIfAborted();
    if (!isTrained()) this.#know(read, matcher, matching);
    this.#options.log?.info({ version: read.version, entries: read.entries.length }, 'FAQ served');
  }

  /** Begins to learn; what is learnt serves in the end. An edit on the heels of another ends the former's training. */
  #train(read: Served): { indexed: Promise<Matcher>; isTrained: () => boolean; closed: Promise<void> | undefined } {
    const { log, train = startMatcher } = this.#options;
    const { matching = {} } = this.#tuning;
    const training = train(read.entries, matching);
    const former = this.#training;
    this.#training = training;
    let isTrained = false;
    training.trained.then(
      (matcher) => {
        isTrained = true;
        if (this.#training !== training || this.#closing.signal.aborted) return;
        this.#know(read, matcher, matching);
        log?.info({ version: read.version }, 'FAQ trained');
        this.#tell();
      },
      (error: unknown) => {
        if (this.#training !== training || this.#closing.signal.aborted) return;
        log?.warn({ version: read.version, err: error }, 'FAQ training failed; the untrained index goes on serving');
      },
    );
    return { indexed: training.indexed, isTrained: () => isTrained, closed: former?.close() };
  }

  /** @param by what the matcher was made to decide by; the rules may have changed since. */
  #know(read: Served, matcher: Matcher, by: MatcherOptions): void {
    const { matching = {} } = this.#tuning;
    const { version, entries } = read;
    const decides = isDeepStrictEqual(by, matching) ? matcher : matcherOf(entries, matcher.learnt, matching);
    const byId = new Map<string, Entry>(entries.map((entry) => [entry.id, entry]));
    this.#served = { read, matcher: decides };
    this.#knowledge = {
      version,
      entries,
      entry: (id) => byId.get(id),
      match: (text, locale) => decides.match(text, locale),
    };
  }

  #report(problems: readonly Problem[]): void {
    this.#problems = problems;
    for (const problem of problems) this.#options.log?.warn({ ...problem }, 'FAQ problem');
  }

  #tell(): void {
    for (const listener of this.#listeners)
      try {
        listener();
      } catch (error) {
        this.#options.log?.warn({ err: error }, 'a listener to FAQ changes failed');
      }
  }
}

/** Where no guard is wished: nothing is ever worse than that. */
const unguarded: Guard = { margin: 1, hold: false };
