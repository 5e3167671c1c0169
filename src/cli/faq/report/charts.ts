/** The report's charts as inline SVG, drawn with the page's own colours. Every mark carries its figures as a tooltip. */
import type { Confusion, Measures, Threshold } from '../../../understanding/measures.ts';
import { cut, percent, shareText } from '../table.ts';
import { asHtml } from './as-html.ts';
import type { Say } from './texts.ts';

const size = 300;
const margin = { left: 46, right: 14, top: 12, bottom: 40 };
const x = (share: number) => margin.left + share * size;
const y = (share: number) => margin.top + (1 - share) * size;
const width = size + margin.left + margin.right;
const height = size + margin.top + margin.bottom;
const tip = (text: string) => `<title>${asHtml(text)}</title>`;
const at = (value: number) => value.toFixed(1);

/** A square from 0 to 100 % both ways. */
function square(label: string, xName: string, yName: string, inside: string): string {
  const lines = [0, 0.25, 0.5, 0.75, 1]
    .map(
      (share) =>
        `<line class="grid" x1="${x(share)}" y1="${y(0)}" x2="${x(share)}" y2="${y(1)}"/>` +
        `<line class="grid" x1="${x(0)}" y1="${y(share)}" x2="${x(1)}" y2="${y(share)}"/>` +
        `<text x="${x(share)}" y="${y(0) + 16}" text-anchor="middle">${share}</text>` +
        `<text x="${x(0) - 6}" y="${y(share) + 4}" text-anchor="end">${share * 100}</text>`,
    )
    .join('');
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${asHtml(label)}">${lines}` +
    `<text x="${x(0.5)}" y="${height - 6}" text-anchor="middle">${asHtml(xName)}</text>` +
    `<text transform="translate(11 ${y(0.5)}) rotate(-90)" text-anchor="middle">${asHtml(yName)} %</text>${inside}</svg>`
  );
}

/** Confidence said against the share that was right, with 95 % intervals; a dot's area is its part of all questions. */
export function calibrationChart({ reliability }: Measures, say: Say): string {
  const whole = reliability.reduce((sum, bin) => sum + bin.weight, 0);
  const dots = reliability
    .map(({ confidence, right, weight }) => {
      if (confidence === null || right.share === null) return '';
      const radius = 3 + 12 * Math.sqrt(weight / whole);
      return (
        `<g class="was">${tip(`${say('said')} ${percent(confidence)}, ${say('was')} ${shareText(right)}`)}` +
        `<line x1="${at(x(confidence))}" y1="${at(y(right.low ?? 0))}" x2="${at(x(confidence))}" y2="${at(y(right.high ?? 1))}"/>` +
        `<circle cx="${at(x(confidence))}" cy="${at(y(right.share))}" r="${at(radius)}"/></g>`
      );
    })
    .join('');
  const ideal = `<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>`;
  return square(say('chartCalibration'), say('confidence'), say('was'), ideal + dots);
}

/** Precision, share answered and share of out-of-scope questions refused, over the confidence answered from. */
export function thresholdChart(thresholds: readonly Threshold[], suggested: number | undefined, say: Say): string {
  const curves = (
    [
      ['precision', 'precision'],
      ['answered', 'answered'],
      ['refused', 'refused'],
    ] as const
  )
    .map(([key, style]) => {
      const points = thresholds.flatMap((one) => {
        const { share } = one[key];
        return share === null ? [] : [{ at: one.at, share, text: shareText(one[key]) }];
      });
      const line = points.map((point) => `${at(x(point.at))},${at(y(point.share))}`).join(' ');
      const dots = points
        .map(
          (point) =>
            `<circle cx="${at(x(point.at))}" cy="${at(y(point.share))}" r="3">${tip(`${say(key)}, ${point.at.toFixed(2)}: ${point.text}`)}</circle>`,
        )
        .join('');
      return `<g class="${style}"><polyline points="${line}"/>${dots}</g>`;
    })
    .join('');
  const mark =
    suggested === undefined
      ? ''
      : `<line class="ideal" x1="${at(x(suggested))}" y1="${y(0)}" x2="${at(x(suggested))}" y2="${y(1)}">${tip(suggested.toFixed(2))}</line>`;
  return square(say('chartThresholds'), say('confidence'), '', mark + curves).replace('> %<', '>%<');
}

/** Entries most confused, asked against first; rows and columns in one order, so that mutual confusion shows as a mirror. */
export function confusionChart(pairs: readonly Pick<Confusion, 'expected' | 'got' | 'n'>[], say: Say): string {
  const weight = new Map<string, number>();
  for (const { expected, got, n } of pairs) {
    weight.set(expected, (weight.get(expected) ?? 0) + n);
    weight.set(got, (weight.get(got) ?? 0) + n);
  }
  const names = [...weight]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 24)
    .map(([id]) => id)
    .sort();
  if (names.length === 0) return '';
  const most = Math.max(...pairs.map((pair) => pair.n));
  const cell = 22;
  const left = 190;
  const top = 150;
  const place = new Map(names.map((id, i) => [id, i]));
  const cells = pairs
    .flatMap(({ expected, got, n }) => {
      const [row, column] = [place.get(expected), place.get(got)];
      if (row === undefined || column === undefined) return [];
      const middle = [left + column * cell + cell / 2, top + row * cell + cell / 2 + 4] as const;
      return [
        `<g class="cell">${tip(`${expected} → ${got}: ${n}`)}` +
          `<rect x="${left + column * cell}" y="${top + row * cell}" width="${cell - 2}" height="${cell - 2}" fill-opacity="${(0.15 + (0.85 * n) / most).toFixed(2)}"/>` +
          `<text x="${middle[0] - 1}" y="${middle[1] - 1}" text-anchor="middle">${n}</text></g>`,
      ];
    })
    .join('');
  const labels = names
    .map(
      (id, i) =>
        `<text x="${left - 6}" y="${top + i * cell + 15}" text-anchor="end">${asHtml(cut(id, 28))}${tip(id)}</text>` +
        `<text transform="translate(${left + i * cell + 14} ${top - 6}) rotate(-60)">${asHtml(cut(id, 24))}${tip(id)}</text>` +
        `<rect class="same" x="${left + i * cell}" y="${top + i * cell}" width="${cell - 2}" height="${cell - 2}"/>`,
    )
    .join('');
  const extent = names.length * cell;
  return `<svg viewBox="0 0 ${left + extent + 90} ${top + extent + 4}" style="max-width:${left + extent + 90}px" role="img" aria-label="${asHtml(say('chartConfusion'))}">${labels}${cells}</svg>`;
}
