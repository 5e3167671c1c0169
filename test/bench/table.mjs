/** Rows as a table for people. */

const number = (value) =>
  value === undefined || value === null
    ? ''
    : Math.abs(value) >= 100
      ? Math.round(value).toLocaleString('en')
      : Number(value.toPrecision(3)).toString();

export function print(rows) {
  const cells = rows.map(({ name, value, unit, baseline, baselineValue, ratio, aim }) => [
    name,
    `${number(value)} ${unit}`,
    baseline ? `${baseline}: ${number(baselineValue)} ${unit}` : '',
    ratio === undefined ? '' : `× ${number(ratio)}`,
    aim ?? '',
  ]);
  const head = ['what', 'value', 'baseline, same run', 'ratio', 'aim'];
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i].length)));
  const line = (row) => row.map((cell, i) => cell.padEnd(widths[i])).join('  ');
  console.log([line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(line)].join('\n'));
}

/** @param values unsorted @returns the value below which `share` (0 to 1) of them lie. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
