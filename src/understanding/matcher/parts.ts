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
/** Where a sentence may go on to something else, though nothing ends it. */
const joints =
  /,? (?:and|but also|plus) (?:also )?|, (?=(?:my|the|i|how|what|where|can|also)\b)|(?<=(?:です|ます|ません|でした|ました|ない|なく|たい|た|だ|る)(?:の?ん?です)?)(?:が|けど|けれども?|し|上に|うえに)、?|のと、|(?<=[てで])、|、(?=.*(?:も|教え|知りた|ですか|ますか))/gu;
/** Longest sentence that is tried in halves, and most joints tried. */
const LONGEST = 160;
const MOST_JOINTS = 4;

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

/** The ways to take a normalised sentence for two: what stands before a joint, and what after it. */
export function halvesOf(text: string): (readonly [string, string])[] {
  if (text.length > LONGEST) return [];
  return [...text.matchAll(joints)].slice(0, MOST_JOINTS).flatMap(({ index, 0: joint }) => {
    const [before = '', after = ''] = [text.slice(0, index), text.slice(index + joint.length)].map((half) =>
      withoutCourtesy(half).replace(edges, ''),
    );
    const long = [before, after].every((half) => (half.match(letters)?.length ?? 0) >= LEAST);
    return long ? [[before, after] as const] : [];
  });
}
