/**
 * What a message says is in order: "mic is fine", マイクは大丈夫です. Told to help, it names the very thing that is not meant.
 * Questions whether something is in order are left alone.
 */

/** A message parted into what is said to work and the rest. */
export interface WhatWorks {
  readonly works: string;
  readonly rest: string;
}

/** Letters that must remain, and the longest text that is looked at: who says what works writes a few sentences. */
const LEAST = 4;
const LONGEST = 500;

const before = '(?<=^|[。、，,.;!！…\\n]\\s?|\\b(?:but|and|though|although|while) )';
const japanese =
  '[\\p{L}\\p{N} ]{1,14}?(?:は|も)(?:全然|特に|普通に)?(?:大丈夫|平気|正常|ok|(?:何も|何の)?問題(?:は|も)?(?:ない|無い|なし|ありません|なく)|使えて(?:い)?ます|動いて(?:い)?ます)' +
  '(?:なの|なん|の|ん)?(?:です|だ|でした)?(?:けれども|けれど|けど|が|し)?(?=[。、，,.;!！…\\n]|\\s*$)';
const english =
  '(?:(?:the|my|our|your|their) )?[\\p{L}\\p{N}]{2,12}(?: [\\p{L}\\p{N}]{2,12})? (?:(?:is|are|was|works?|seems?|looks?)(?: to be)? )?(?:all |just |perfectly )?(?:ok(?:ay)?|fine|alright|working(?: (?:fine|ok|well))?)' +
  '(?=[。、，,.;!！…\\n]|\\s+(?:but|though|although)\\b|\\s*$)';
const clause = new RegExp(`${before}(?:${japanese}|${english})`, 'u');
const wholly = new RegExp(`^(?:${japanese}|${english})[。、，,.;!！…\\s]*$`, 'u');
const negated = /\b(?:not|no|never|nothing|isnt|arent|wont|stopped)\b/u;
const edges = /^[\s。、，,.;!！…]+|[\s。、，,.;!！…]+$/gu;

/** The first such clause of a normalised text; undefined where there is none, or nothing beside it. */
export function whatWorks(text: string): WhatWorks | undefined {
  const found = text.length <= LONGEST ? clause.exec(text) : null;
  if (!found || negated.test(found[0])) return undefined;
  const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`
    .replace(/^\s*[。、，,.;!！…]*\s*(?:but|though|although)\b|\b(?:but|and|though|although|while)\s*$/u, '')
    .replace(edges, '');
  return (rest.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < LEAST ? undefined : { works: found[0].replace(edges, ''), rest };
}

/** Whether a normalised text says nothing but that something is in order. */
export const isInOrder = (text: string): boolean => text.length <= LONGEST && wholly.test(text) && !negated.test(text);
