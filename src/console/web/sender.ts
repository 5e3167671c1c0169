/**
 * Sends what stands in the outbox until each reply is acknowledged or refused. It holds no state of its own: it reads the queue,
 * makes one attempt after the other, and puts down what came of them.
 */
import { ApiError } from './api.ts';
import type { Outbox, Outgoing } from './outbox.ts';
import { acknowledged, backoff, nextAt, postponed, refused, sendable, sending } from './outbox.ts';

export interface Post {
  readonly read: () => Outbox;
  readonly write: (outbox: Outbox) => void;
  /** The signed-in agent's name; null while nobody is. */
  readonly agent: () => string | null;
  readonly send: (reply: Outgoing) => Promise<{ version: number }>;
  readonly now: () => number;
  readonly random: () => number;
  /** Calls back after `ms`; returns how to call it off. */
  readonly after: (ms: number, then: () => void) => () => void;
  /** The service took or refused the reply: its conversation has news either way. */
  readonly answered: (reply: Outgoing) => void;
}

/** Returns `pump`: call it whenever the outbox, the agent or the connection has changed. */
export function createSender(post: Post): () => void {
  let callOff = () => {};

  async function attempt(reply: Outgoing): Promise<void> {
    post.write(sending(post.read(), reply.clientId));
    try {
      const { version } = await post.send(reply);
      post.write(acknowledged(post.read(), reply.clientId, version));
      post.answered(reply);
    } catch (error) {
      const problem = error instanceof ApiError ? error : new ApiError(0, 'network', String(error));
      const attempts = reply.attempts + 1;
      // A 401 is passing too: the sign-in view is up, and signing in again pumps.
      if (problem.passing || problem.status === 401) {
        const pause = problem.retryAfter === null ? backoff(attempts, post.random()) : problem.retryAfter * 1000;
        post.write(postponed(post.read(), reply.clientId, post.now() + pause));
      } else {
        const { code, message, owner } = problem;
        post.write(refused(post.read(), reply.clientId, { code, message, owner }));
        post.answered(reply);
      }
    }
    pump();
  }

  function pump(): void {
    callOff();
    callOff = () => {};
    const agent = post.agent();
    if (agent === null) return;
    for (const reply of sendable(post.read(), agent, post.now())) void attempt(reply);
    const at = nextAt(post.read(), agent);
    if (at !== null && at > post.now()) callOff = post.after(at - post.now(), pump);
  }

  return pump;
}
