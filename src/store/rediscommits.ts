/**
 * Commits on their way to Redis: those of one moment go out as one call of the script, which decides each by itself. A call costs
 * client and server about as much as a commit does.
 */
import { failureOf } from './redisfailure.ts';
import { type RedisLink, scriptOf } from './redislink.ts';
import { slack } from './store.ts';
import type { CommitText } from './text.ts';

/** In one call at most: while the server carries out the first, the next are made. */
const together = 16;
const script = scriptOf('commit.lua');

interface Waiting {
  readonly commit: CommitText;
  readonly settle: (result: unknown) => void;
  readonly fail: (error: unknown) => void;
}

export class RedisCommits {
  readonly #link: RedisLink;
  readonly #keyOf: (kind: string, name: string) => string;
  readonly #feedKey: string;
  /** Entries the feed keeps, about. */
  readonly #feedLength: number;
  #waiting: Waiting[] = [];

  constructor(link: RedisLink, keyOf: (kind: string, name: string) => string, feedKey: string, feedLength: number) {
    this.#link = link;
    this.#keyOf = keyOf;
    this.#feedKey = feedKey;
    this.#feedLength = feedLength;
  }

  /** @returns the script's result for this commit. @throws what its keys are wrong in; Unavailable within 5 s */
  add(commit: CommitText): Promise<unknown> {
    return new Promise((settle, fail) => {
      this.#waiting.push({ commit, settle, fail });
      if (this.#waiting.length === 1) this.#link.atEnd(() => this.send());
      if (this.#waiting.length < together) return;
      this.send();
      this.#link.leave();
    });
  }

  /** What waits goes out now. */
  send(): void {
    const sent = this.#waiting;
    if (sent.length === 0) return;
    this.#waiting = [];
    this.#run(sent.map(({ commit }) => commit)).then(
      (results) => {
        for (const [i, { settle, fail }] of sent.entries()) {
          const result = results[i];
          if (result instanceof Error) fail(failureOf(result));
          else settle(result);
        }
      },
      (error: unknown) => {
        for (const { fail } of sent) fail(error);
      },
    );
  }

  async #run(commits: readonly CommitText[]): Promise<readonly unknown[]> {
    const keys = [this.#feedKey];
    for (const { id } of commits) keys.push(this.#keyOf('log', id), this.#keyOf('state', id));
    const places = new Map<string, string>();
    const placeOf = (index: string): string => {
      let place = places.get(index);
      if (place === undefined) {
        place = String(keys.push(this.#keyOf('index', index)));
        places.set(index, place);
      }
      return place;
    };
    const args = [String(this.#feedLength), String(commits.length)];
    for (const { expected, state, basis, announcement, events, moves, limit } of commits) {
      args.push(String(expected), state, basis ?? '', announcement, String(events.length), String(moves.length));
      if (limit) args.push(placeOf(limit.index), String(limit.max + slack), limit.of);
      else args.push('0');
      for (const event of events) args.push(event);
      for (const { index, member, to } of moves) {
        args.push(placeOf(index), member, to === undefined ? '' : String(to + 0));
      }
    }
    return (await this.#link.run(script, keys, args)) as unknown[];
  }
}
