/** CSV that spreadsheets open as it is meant: RFC 4180, in UTF-8 with a mark that Excel knows it by, and no cell that is a formula. */

/** Written once, before the first row. */
export const byteOrderMark = '\ufeff';

/** One row with its end. A text that a spreadsheet would take for a formula is given a `'` in front. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

function cell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^\s*[=+\-@\t\r|%＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
