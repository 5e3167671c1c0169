import type { Writable } from 'node:stream';
import type { Reading } from '../../understanding/files.ts';
import { type Matcher, trainMatcher } from '../../understanding/matcher/matcher.ts';

/** The matcher at its best for these files, drafts too. */
export async function trainedMatcher(reading: Reading, _file: string | undefined, _err: Writable): Promise<Matcher> {
  return trainMatcher(reading.placed.map((placed) => placed.entry));
}
