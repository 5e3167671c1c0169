/** The one erasure that this page follows. It is remembered by its id alone, so that a page that was loaded anew shows how it ended. */
import { read, write } from './keep.ts';

/** Ids are kept for as long as the service knows how a work ended, ms. */
const keptFor = 60 * 60_000;

interface Kept {
  readonly id: string;
  /** ms since 1970 */
  readonly at: number;
}

export function erasingNow(agent: string, now: number): string | null {
  const kept = read<Kept>(keyOf(agent));
  return kept && now - kept.at < keptFor ? kept.id : null;
}

export const keepErasing = (agent: string, id: string, now: number): void => write(keyOf(agent), { id, at: now });

export const forgetErasing = (agent: string): void => write(keyOf(agent), null);

const keyOf = (agent: string) => `erasing.${agent}`;
