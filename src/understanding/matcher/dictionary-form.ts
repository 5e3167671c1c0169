/**
 * The form in which a dictionary has a Japanese word, from a piece as the segmenter yields it: 忘れ(ました) is 忘れる, 消し(て) is
 * 消す, 遅く is 遅い. The endings say which forms can be meant; the dictionary says which of them is a word.
 */

/** Last kana of a stem → how the dictionary form may end instead, likeliest first. */
const endings = new Map<string, readonly string[]>();
for (const row of [
  'わいうえお',
  'かきくけこ',
  'がぎぐげご',
  'さしすせそ',
  'たちつてと',
  'なにぬねの',
  'ばびぶべぼ',
  'まみむめも',
  'らりるれろ',
]) {
  for (const kana of row) endings.set(kana, [row[2] as string]);
}
for (const [kana, forms] of [
  ['っ', 'るつう'],
  ['ん', 'むぶぬ'],
  ['い', 'うく'],
  ['く', 'いく'],
  ['か', 'いく'],
  ['け', 'くい'],
] as const) {
  endings.set(kana, [...forms]);
}
/** After a kanji at the end: 遅(くて), 止(まる). */
const afterKanji = [...'いうくすつむぶぐ'];

const isKanji = (code: number) => (code >= 0x4e00 && code <= 0x9fff) || code === 0x3005;
const isKatakana = (code: number) => code >= 0x30a1 && code <= 0x30fc;

/** Whether a Japanese word holds a kanji or katakana. */
export function isWritten(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (isKanji(code) || isKatakana(code)) return true;
  }
  return false;
}

/** A verb's stem before ます: 使い is 使う sooner than the noun. */
const beforeMasu = new Set('いきぎしちにびみり');

/** The form of `word` that `knows`; undefined where none is a word, or where it is all hiragana and not one itself. */
export function dictionaryForm(word: string, knows: (form: string) => boolean): string | undefined {
  const last = word.at(-1) as string;
  const stem = word.slice(0, -1);
  const ending = (of: string, possible: readonly string[] = []) => {
    for (const kana of possible) if (knows(of + kana)) return of + kana;
    return undefined;
  };
  if (beforeMasu.has(last) && stem.length > 0 && stem.length < 3 && isKanji(word.charCodeAt(stem.length - 1))) {
    const verb = ending(stem, endings.get(last));
    if (verb !== undefined) return verb;
  }
  if (knows(word)) return word;
  if (!isWritten(word)) return undefined;
  if (knows(`${word}る`)) return `${word}る`;
  return isKanji(word.charCodeAt(stem.length)) ? ending(word, afterKanji) : ending(stem, endings.get(last));
}
