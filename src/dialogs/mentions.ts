/** Which of a step's choices a text names. */
import type { Choice } from './dialog.ts';

const spelled = new WeakMap<Choice, readonly RegExp[]>();

/** Choices that say nothing: their words stand in any sentence. */
const empty = /^(other|others|unknown|dont-know|none|not-sure|else|any)$/;
export const isEmpty = (choice: Choice): boolean => empty.test(choice.value);

/** The label and the other ways to say it, in both languages. */
function waysOf(choice: Choice): readonly RegExp[] {
  const known = spelled.get(choice);
  if (known) return known;
  const ways = [choice.label.en, choice.label.ja, ...choice.keywords]
    .flatMap((phrase) => (phrase ? [plain(phrase)] : []))
    .filter((phrase) => phrase.length > 1)
    .map(
      (phrase) =>
        new RegExp(
          `(?<!\\p{Script=Latin})${phrase.split(/\s+/).map(escaped).join('\\s*')}${/\d$/.test(phrase) ? '(?!\\d)' : '(?!\\p{Script=Latin})'}`,
          'gu',
        ),
    );
  spelled.set(choice, ways);
  return ways;
}

export const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim();
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Longest text searched, in UTF-16 units. */
const longest = 2_000;

/** Choices named in a text, but for those inside the name of another: in "office Wi-Fi" the plain Wi-Fi is not meant. */
export function mentioned(choices: readonly Choice[], text: string): Choice[] {
  const said = plain(text.slice(0, longest));
  const spans = choices.flatMap((choice) =>
    waysOf(choice).flatMap((way) =>
      [...said.matchAll(way)].map((found) => ({ choice, from: found.index, to: found.index + found[0].length })),
    ),
  );
  const outer = spans.filter(
    ({ choice, from, to }) =>
      !spans.some(
        (other) => other.choice !== choice && other.from <= from && other.to >= to && other.to - other.from > to - from,
      ),
  );
  return [...new Set(outer.map(({ choice }) => choice))];
}

/**
 * The one choice a free text names: none where it names two, and never one that says nothing.
 * @param taken of another step, by these words: in "my phone works", an answer by itself, no phone is named.
 */
export function namedIn(choices: readonly Choice[], text: string, taken?: Choice): Choice | undefined {
  const meant = choices.filter((choice) => !isEmpty(choice));
  const found = mentioned(taken ? [...meant, taken] : meant, text).filter((choice) => choice !== taken);
  return found.length === 1 ? found[0] : undefined;
}

/** The choice whose label, value or other name is exactly what was said. */
export function exactly(choices: readonly Choice[], text: string): Choice | undefined {
  const bare = (phrase: string) => plain(phrase).replace(/[\s\p{P}]+/gu, '');
  const said = bare(text).replace(/(です|でした|だよ|だ|かな)$/u, '');
  if (!said) return undefined;
  return choices.find((choice) =>
    [choice.label.en, choice.label.ja, choice.value, ...choice.keywords].some(
      (phrase) => phrase !== undefined && [said, bare(text)].includes(bare(phrase)),
    ),
  );
}

/** The choice for "I don't know", where there is one. */
export const unknownOf = (choices: readonly Choice[]): Choice | undefined =>
  choices.find((choice) => /^(unknown|dont-know|not-sure)$/.test(choice.value));

/** The choice for "none of these", where there is one. */
export const noneOf = (choices: readonly Choice[]): Choice | undefined =>
  choices.find((choice) => /^(none|nothing|no)$/.test(choice.value));
