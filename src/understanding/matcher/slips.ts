/**
 * A slip of the hand, as people make them: two neighbours swapped, a letter lost, doubled or struck beside its key; in
 * Japanese a character lost, doubled or swapped. Phrasings of a FAQ are typed with care, questions are not.
 */
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** `text` with one slip inside a word; as it is where no word has four characters. */
export function withSlip(text: string, random: () => number): string {
  const words = [...text.matchAll(/[\p{L}ー]{4,}/gu)];
  const word = words[Math.floor(random() * words.length)];
  if (!word) return text;
  const at = word.index + 1 + Math.floor(random() * (word[0].length - 2));
  const letter = text[at] as string;
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  switch (Math.floor(random() * 4)) {
    case 0:
      return before + after;
    case 1:
      return before + letter + letter + after;
    case 2:
      return before + neighbour(letter, random) + after;
    default:
      return before + after.slice(0, 1) + letter + after.slice(1);
  }
}

function neighbour(letter: string, random: () => number): string {
  const row = rows.find((keys) => keys.includes(letter.toLowerCase()));
  if (!row) return '';
  const at = row.indexOf(letter.toLowerCase());
  return row[at === 0 ? 1 : at === row.length - 1 || random() < 0.5 ? at - 1 : at + 1] as string;
}
