/**
 * The choice that hurried words come nearest to: mistyped ("blinkin", "laptpo"), in part ("正常です" of 「印刷できる状態（正常）」), or
 * with another ending (「何も出ません」 of 「何も出てこない」). Only for the question just asked: elsewhere so little is no proof.
 */
import { nearest } from '../understanding/nearest.ts';
import type { Choice } from './dialog.ts';
import { isEmpty, plain } from './mentions.ts';

/** Longest text tried, in UTF-16 units. */
const longest = 120;
/** Share of the shorter's pairs of letters that must stand in the other, and the lead the best must have over the next. */
const enough = 0.6;
const lead = 0.15;

/** Undefined where nothing is near, or two are equally near. */
export function nearlyNamed(choices: readonly Choice[], text: string): Choice | undefined {
  if (text.length > longest) return undefined;
  const said = bare(text);
  const [first, second] = choices
    .filter((choice) => !isEmpty(choice))
    .map((choice) => ({ choice, likeness: Math.max(0, ...piecesOf(choice).map((piece) => likeness(piece, said))) }))
    .sort((a, b) => b.likeness - a.likeness);
  if (!first || first.likeness < enough) return undefined;
  return second && first.likeness - second.likeness < lead ? undefined : first.choice;
}

/** The ways to say a choice, and the parts of its labels. */
const piecesOf = ({ label, keywords }: Choice): string[] =>
  [label.en, label.ja, ...keywords]
    .flatMap((phrase) => (phrase ? [phrase, ...phrase.split(/[・、,，（）()／/:：]|\bor\b/u)] : []))
    .map(bare)
    .filter((piece) => piece.length > 1);

/** Without what politeness and hesitation add; endings of a denial alike. */
const bare = (text: string): string =>
  plain(text)
    .replace(/(ませんでした|なかった|ません)/gu, 'ない')
    .replace(
      /(だと思います|と思います|だと思う|と思う|ようです|みたいです|みたい|ですね|です|でした|ます|ました|かも|かな|ですけど|けど)+/gu,
      ' ',
    )
    .replace(/[\p{P}\p{S}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function likeness(piece: string, said: string): number {
  return /\p{Script=Latin}/u.test(piece) ? inWords(piece, said) : inPairs(piece, said);
}

/** Share of the piece's words that stand in what was said, perhaps mistyped; short words tell nothing, but for a no. */
function inWords(piece: string, said: string): number {
  const words = piece.split(' ').filter((word) => word.length > 3 || /^not?$/.test(word));
  const spoken = said.split(' ');
  if (words.length === 0) return 0;
  const found = words.filter((word) =>
    spoken.some((one) => one === word || (one.length > 3 && nearest(one, [word]) !== undefined)),
  );
  // "Not yet" is all of it found in "Not tried yet".
  const isPart = spoken.length > 1 && spoken.every((one) => piece.split(' ').includes(one));
  return isPart ? 1 : found.length / words.length;
}

/** Share of the pairs of letters of the shorter that stand in the longer. */
function inPairs(piece: string, said: string): number {
  const [a, b] = [pairsOf(piece), pairsOf(said)];
  const [short, long] = a.size <= b.size ? [a, b] : [b, a];
  if (short.size === 0) return 0;
  return [...short].filter((pair) => long.has(pair)).length / short.size;
}

const pairsOf = (text: string): Set<string> => {
  const signs = [...text.replace(/\s/g, '')];
  return new Set(signs.slice(1).map((sign, i) => `${signs[i]}${sign}`));
};
