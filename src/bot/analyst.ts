/**
 * Looks at the logs that conversations have pending: beside the turn, in the thread of logs, and comes back with a command of its own.
 * What it did not get to, because its process died, whoever finds it due looks at.
 */
import { type LogOutcome, type LogSource, noLogs } from '../conversation/logs.ts';
import type { Conversation } from '../conversation/state.ts';
import type { Terms } from '../conversation/world.ts';
import type { Desk } from '../desk/desk.ts';
import type { Job } from '../logs/job.ts';
import type { Signature } from '../logs/signature.ts';
import { type LogThread, ThreadClosed } from '../logs/thread.ts';
import type { Store } from '../store/store.ts';
import type { Understanding } from '../understanding/understanding.ts';
import { analyseCommand } from './log-finding.ts';

export interface AnalystLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface AnalystOptions {
  readonly store: Store;
  readonly desk: Desk;
  readonly thread: LogThread;
  readonly understanding: Understanding;
  readonly terms: () => Terms;
  readonly signatures: () => readonly Signature[];
  /** The bytes of a conversation's file; undefined when it has no such file. */
  readonly read: (conversation: string, file: string) => Promise<Buffer | undefined>;
  readonly log: AnalystLog;
  /** ms since 1970 */
  readonly now?: () => number;
}

export class LogAnalyst {
  readonly #o: AnalystOptions;
  readonly #underWay = new Map<string, Promise<void>>();
  /** Asked for again while under way: what came meanwhile is looked at too. */
  readonly #again = new Set<string>();

  constructor(options: AnalystOptions) {
    this.#o = options;
  }

  /** Told of each conversation after its turn. */
  turned({ id, logs }: Conversation): void {
    if (!logs || logs.pending.length === 0) return;
    // It stays due until it is done: what fails here is looked at again.
    this.look(id).catch((error: unknown) =>
      this.#o.log.error({ conversation: id, error }, 'a log was not looked at; it is looked at again'),
    );
  }

  /** Resolves when nothing of the conversation is left to be looked at. @throws Unavailable, Unreadable */
  look(conversation: string): Promise<void> {
    const underWay = this.#underWay.get(conversation);
    if (underWay) {
      this.#again.add(conversation);
      return underWay;
    }
    const looking = this.#look(conversation).finally(() => this.#underWay.delete(conversation));
    this.#underWay.set(conversation, looking);
    return looking;
  }

  /** Resolves when what is under way has ended, well or not. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
  }

  async #look(conversation: string): Promise<void> {
    do {
      this.#again.delete(conversation);
      const [c] = await this.#o.store.load([conversation]);
      for (const source of (c?.logs ?? noLogs).pending) {
        const began = performance.now();
        const outcome = await this.#outcome(conversation, source);
        // Not now: it stays pending, and is due again.
        if (!outcome) return;
        const knowledge = this.#o.understanding.current();
        await this.#o.desk.execute(conversation, (at) => analyseCommand(at, source, outcome, knowledge), {
          role: 'bot',
        });
        this.#o.log.info(
          {
            conversation,
            ...('finding' in outcome
              ? { formats: outcome.finding.formats, lines: outcome.finding.lines, bytes: outcome.finding.bytes }
              : { refusal: outcome.refusal }),
            ms: Math.round(performance.now() - began),
          },
          'log analysed',
        );
      }
    } while (this.#again.has(conversation));
  }

  async #outcome(conversation: string, source: LogSource): Promise<LogOutcome | undefined> {
    const bytes = await this.#bytes(conversation, source);
    if (!bytes) return { refusal: 'gone' };
    const { store, terms, signatures, now = () => store.now(), thread, log } = this.#o;
    const { maskAddresses } = terms().rules.logs;
    const job: Job = { kind: 'analyse', bytes, maskAddresses, signatures: signatures(), now: now() };
    try {
      const answer = await thread.run(job);
      if (answer.kind === 'found') return { finding: answer.finding };
      if (answer.kind === 'refused' && answer.refusal !== 'busy') return { refusal: answer.refusal };
      return undefined;
    } catch (error) {
      if (error instanceof ThreadClosed) return undefined;
      log.error({ conversation, error }, 'a log could not be analysed');
      return { refusal: 'broken' };
    }
  }

  async #bytes(conversation: string, source: LogSource): Promise<Buffer | undefined> {
    if (source.kind === 'file') return this.#o.read(conversation, source.file);
    const [event] = await this.#o.store.history(conversation, source.version - 1, 1);
    return event?.type === 'message' ? Buffer.from(event.text ?? '') : undefined;
  }
}
