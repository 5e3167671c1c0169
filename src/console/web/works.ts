/**
 * Follows long work that this page has begun. It is known by an id of ours, so an answer that is lost decides nothing: the service is
 * asked how it stands until it tells the end.
 */
import { ApiError, begun, workAt } from './api.ts';

export type Standing =
  | { readonly at: 'running'; readonly done: number; readonly of: number | null }
  /** Nothing was heard of it just now. */
  | { readonly at: 'away' };

/** How often it is asked for, ms. */
const askEvery = 1_000;

/** @throws ApiError where it failed, where nothing is known of it, or where one is signed out. */
export async function beginWork<T>(path: string, body: object, id: string, told: (s: Standing) => void): Promise<T> {
  try {
    const answer = await begun<T>(path, { ...body, clientId: id });
    if (answer.ended) return answer.result;
    told({ at: 'running', done: answer.done, of: answer.of });
  } catch (error) {
    // Whether it was begun is what the service is asked next.
    if (!(error instanceof ApiError) || !error.passing) throw error;
    told({ at: 'away' });
  }
  return followWork<T>(id, told);
}

/** The same for work that was begun before the page was loaded anew. */
export async function followWork<T>(id: string, told: (s: Standing) => void): Promise<T> {
  for (;;) {
    try {
      const work = await workAt<T>(id);
      if (work.state === 'done') return work.result;
      if (work.state === 'failed') throw new ApiError(409, work.code, work.message);
      told({ at: 'running', done: work.done, of: work.of });
    } catch (error) {
      if (!(error instanceof ApiError) || !error.passing) throw error;
      told({ at: 'away' });
    }
    await new Promise((resolve) => setTimeout(resolve, askEvery));
  }
}
