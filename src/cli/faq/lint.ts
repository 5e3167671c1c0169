import { readFaq } from '../../understanding/files.ts';
import type { Problem } from '../../understanding/understanding.ts';
import { type Streams, write } from './streams.ts';

/** Prints every problem, then a count on stderr. @returns 1 if there is any */
export async function lint(directory: string, { out, err }: Streams): Promise<number> {
  const reading = await readFaq(directory);
  for (const problem of reading.problems) await write(out, `${place(problem)}\n`);
  const entries = `${reading.placed.length} entries in ${reading.files.length} files`;
  const count = reading.problems.length;
  err.write(`faq: ${entries}; ${count === 0 ? 'no problems' : `${count} problem${count === 1 ? '' : 's'}`}\n`);
  return count === 0 ? 0 : 1;
}

/** `file:line:col: message`, the form editors and CI make clickable. */
export const place = ({ file, line, column, message }: Problem): string => `${file}:${line}:${column}: ${message}`;
