/** Numbers in digits or kanji, to 9,999 in kanji: 12, 三, 二十三, 百五. Undefined for what is no number. */
export function kanjiNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^[〇一二三四五六七八九十百千]+$/u.test(text)) return undefined;
  let sum = 0;
  let digit: number | undefined;
  for (const sign of text) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[sign];
    if (unit === undefined) digit = (digit ?? 0) * 10 + '〇一二三四五六七八九'.indexOf(sign);
    else {
      sum += (digit ?? 1) * unit;
      digit = undefined;
    }
  }
  return sum + (digit ?? 0);
}
