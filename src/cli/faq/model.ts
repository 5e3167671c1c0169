import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { type Reading, reason } from '../../understanding/files.ts';
import { type Matcher, type MatcherOptions, trainMatcher } from '../../understanding/matcher/matcher.ts';
import { loadMatcher, saveMatcher } from '../../understanding/matcher/saved.ts';

/**
 * The matcher at its best for these files, drafts too. With `file`, a model kept there for the same FAQ and share of questions without an answer is used instead of
 * training; any other, or none, is trained anew and kept there. A file that cannot be kept is said on `err` and does no harm.
 */
export async function trainedMatcher(
  reading: Reading,
  options: MatcherOptions,
  file: string | undefined,
  err: Writable,
): Promise<Matcher> {
  const entries = reading.placed.map((placed) => placed.entry);
  if (file === undefined) return trainMatcher(entries, options);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') err.write(`faq: cannot read the model in ${file}: ${reason(error)}\n`);
  });
  const kept = bytes && loadMatcher(bytes, entries, options);
  if (kept) return kept;
  const matcher = trainMatcher(entries, options);
  try {
    await mkdir(dirname(file), { recursive: true });
    // Written beside and renamed: a reader sees the whole of one model or the other.
    const beside = `${file}.${process.pid}.tmp`;
    await writeFile(beside, saveMatcher(matcher, entries, options));
    await rename(beside, file);
  } catch (error) {
    err.write(`faq: cannot keep the model in ${file}: ${reason(error)}\n`);
  }
  return matcher;
}
