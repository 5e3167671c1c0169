/**
 * A message parted into what may be separate questions: sentences, lines, and what an "also" adds. People greet, complain, paste an error and
 * ask two things at once; each part is read for itself beside the whole.
 */
import { isCourtesy, withoutCourtesy } from './courtesy.ts';

/** Most parts read of one message, and the least letters that make one. */
const MOST = 6;
const LEAST = 4;

const ends =
  /(?<=[。！？!?\n])|(?<=\.)\s+|(?<=[^\s])\s*[;；]\s*|、(?=あと|それと|それから|また|ついでに)|,? (?=(?:and )?also )/u;
const edges = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const letters = /[\p{L}\p{N}]/gu;

/** The parts of a normalised message, in order; none where it is one. Of more than six, the first and the last ones. */
export function partsOf(text: string): string[] {
  const parts = text
    .split(ends)
    .filter((part) => !isCourtesy(part))
    .map((part) => withoutCourtesy(part).replace(edges, ''))
    .filter((part) => (part.match(letters)?.length ?? 0) >= LEAST);
  if (parts.length < 2) return [];
  return parts.length <= MOST ? parts : [...parts.slice(0, MOST / 2), ...parts.slice(-MOST / 2)];
}
