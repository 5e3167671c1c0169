/**
 * The stem of an English word: endings of number, tense and common derivations fall away, so that "resetting", "resets"
 * and "reset" meet. The rules are those of Porter's step 1 and the endings that matter in questions; a stem need not be a word.
 */
const vowel = /[aeiouy]/;

function undouble(stem: string): string {
  const last = stem.at(-1);
  if (last === stem.at(-2) && last !== undefined && !'lsz'.includes(last)) return stem.slice(0, -1);
  return stem;
}

const derivations: readonly (readonly [string, string])[] = [
  ['ization', 'iz'],
  ['ational', 'at'],
  ['fulness', 'ful'],
  ['iveness', 'iv'],
  ['ation', 'at'],
  ['ement', ''],
  ['ments', ''],
  ['ment', ''],
  ['ness', ''],
  ['ator', 'at'],
  ['able', ''],
  ['ible', ''],
  ['ally', 'al'],
  ['ion', ''],
  ['ful', ''],
  ['er', ''],
  ['or', ''],
  ['ly', ''],
];

export function stem(word: string): string {
  if (word.length <= 3 || !/^[a-z]+$/.test(word)) return word;
  let root = word;
  if (root.endsWith('sses')) root = root.slice(0, -2);
  else if (root.endsWith('ies')) root = `${root.slice(0, -3)}y`;
  else if (/(?:x|ch|sh)es$/.test(root)) root = root.slice(0, -2);
  else if (root.endsWith('s') && !/(?:ss|us|is)$/.test(root)) root = root.slice(0, -1);

  const past = /^(.+?)(?:ed|ing)$/.exec(root);
  if (past?.[1] && past[1].length >= 2 && vowel.test(past[1]) && !root.endsWith('eed')) root = undouble(past[1]);

  for (const [ending, instead] of derivations) {
    if (root.endsWith(ending) && root.length - ending.length >= 4) {
      root = root.slice(0, root.length - ending.length) + instead;
      break;
    }
  }
  if (root.endsWith('e') && root.length > 3) root = root.slice(0, -1);
  if (root.endsWith('y') && root.length > 2) root = `${root.slice(0, -1)}i`;
  return root;
}
