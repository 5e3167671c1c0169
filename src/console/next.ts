/** Finds the next case for an agent: the one that is due first among those that fit, and goes to nobody else. */
import { fitOf } from '../conversation/fit.ts';
import { Rejected } from '../conversation/rejected.ts';
import type { Conversation } from '../conversation/state.ts';
import type { Desk, Worker } from '../desk/desk.ts';
import type { Case, Line } from '../desk/line.ts';

/**
 * @returns the conversation, claimed; undefined when none fits.
 * @throws Rejected `at-capacity`
 */
export async function claimNext(desk: Desk, line: Line, worker: Worker): Promise<Conversation | undefined> {
  await line.look();
  const found = await claimFirst(desk, line, worker);
  if (found) return found;
  // Before anybody is told that there is nothing, the feed's delay is no excuse.
  await line.refresh();
  return claimFirst(desk, line, worker);
}

async function claimFirst(desk: Desk, line: Line, worker: Worker): Promise<Conversation | undefined> {
  for (const { id } of inOrder(desk, line, worker)) {
    const claimed = await claimIfFree(desk, id, worker);
    if (claimed) {
      line.learn(claimed);
      return claimed;
    }
    await line.reread(id);
  }
  return undefined;
}

/** What fits, one at a time: of a long queue no more is looked at than is needed. What the agent has just given back comes last. */
function* inOrder(desk: Desk, line: Line, worker: Worker): Generator<Case> {
  const { queue } = desk.terms().rules;
  const now = desk.now();
  const passed: Case[] = [];
  for (const waiting of line.inOrder()) {
    if (isOfferedToAnother(waiting, worker, now) || fitOf(waiting, worker, queue, now) === 'none') continue;
    if (waiting.passed?.some(({ agent }) => agent === worker.name)) passed.push(waiting);
    else yield waiting;
  }
  yield* passed;
}

const isOfferedToAnother = ({ offer }: Case, { name }: Worker, now: number): boolean =>
  offer !== undefined && offer.agent !== name && offer.until > now;

/** Somebody else may be quicker: then the next one is tried. */
async function claimIfFree(desk: Desk, id: string, worker: Worker): Promise<Conversation | undefined> {
  try {
    return (await desk.claim(id, worker, { mustFit: true })).conversation;
  } catch (error) {
    if (error instanceof Rejected && (error.code === 'already-owned' || error.code === 'not-waiting')) return undefined;
    throw error;
  }
}
