import { withoutCourtesy } from '../../../understanding/matcher/courtesy.ts';
import { normalise } from '../../../understanding/matcher/normalise.ts';
import { tokens } from '../../../understanding/matcher/tokens.ts';

/** English words that say how something is asked, not what. */
const asking = new Set(
  'a an and are am be been but by can could did do does for from get got had has have how i if in is it its me my no not of on or our please so than that the there they this to was we were what when where which who why will with would you your'.split(
    ' ',
  ),
);

/** The words of a text that say what it is about: what makes inflections one word → the word as written. */
export function subjectWords(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { stem, text: word, script, weight } of tokens(withoutCourtesy(normalise(text)))) {
    const says = script === 'japanese' ? weight >= 0.3 : word.length > 1 && !asking.has(word);
    if (says && !found.has(stem)) found.set(stem, word);
  }
  return found;
}
