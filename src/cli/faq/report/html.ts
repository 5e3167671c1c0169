/** The report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
import type { Language } from '../../../conversation/language.ts';
import { place } from '../lint.ts';
import { percent, shareText } from '../table.ts';
import { asHtml } from './as-html.ts';
import { calibrationChart, confusionChart, thresholdChart } from './charts.ts';
import { madeOf, overall, reliabilityRows, suggestions, thresholdRows } from './figures.ts';
import type { Findings } from './findings.ts';
import type { Say } from './texts.ts';

export function htmlReport(findings: Findings, language: Language, say: Say): string {
  const {
    measures,
    wished,
    thresholds,
    confused,
    neverFirst,
    thin,
    conflicts,
    advice,
    unknownWords,
    candidates,
    perEntry,
  } = findings;
  const { all } = measures;
  const cards = (
    [
      ['accuracy', all.accuracy],
      ['topThree', all.topThree],
      ['answered', all.answered],
      ['precision', all.precision],
      ['reached', all.reached],
    ] as const
  )
    .map(([key, share]) => `<div><b>${percent(share.share)}</b><span>${asHtml(say(key))}</span></div>`)
    .join('');
  const legend = (['precision', 'answered', 'refused'] as const)
    .map((key) => `<span class="${key}">${asHtml(say(key))}</span>`)
    .join('');
  const body = [
    `<h1>${asHtml(say('title'))}</h1>`,
    paragraph(madeOf(findings, say)),
    paragraph(say('how', percent(findings.outOfScopeShare))),
    `<div class="cards">${cards}</div>`,
    heading(say('overall')),
    table(overall(findings, say)),
    paragraph(say('interval'), 'small'),
    '<div class="charts">',
    figure(say('chartCalibration'), calibrationChart(all, say)),
    figure(
      say('chartThresholds'),
      `${thresholdChart(thresholds, wished.threshold?.at, say)}<p class="legend">${legend}</p>`,
    ),
    '</div>',
    heading(say('thresholds')),
    ...suggestions(findings, say).map((sentence) => paragraph(sentence)),
    table(thresholdRows(findings, say)),
    heading(say('reliability')),
    table(reliabilityRows(findings, say)),
    heading(say('confused'), confused.length),
    ...(confused.length
      ? [
          paragraph(say('confusedHow')),
          figure(say('chartConfusion'), confusionChart(confused, say)),
          ...confused.map(
            ({ expected, got, n, examples }) =>
              `<details><summary><code>${asHtml(expected)}</code> → <code>${asHtml(got)}</code> · ${n}</summary>${list(
                examples.map(
                  ({ text, shared }) => `${text}${shared.length ? ` — ${say('shared', shared.join(', '))}` : ''}`,
                ),
              )}</details>`,
          ),
        ]
      : [paragraph(say('none'))]),
    heading(say('neverFirst'), neverFirst.length),
    list(neverFirst, say('none')),
    heading(say('thin'), thin.length),
    ...(thin.length
      ? [
          paragraph(say('thinHow')),
          table([
            [say('entry'), say('language'), say('phrasings'), say('gain')],
            ...thin.map(({ id, language: of, phrasings, gain }) => [id, say(of), String(phrasings), `+${gain}`]),
          ]),
        ]
      : [paragraph(say('none'))]),
    heading(say('conflicts'), conflicts.length),
    list(conflicts.map(place), say('none')),
    heading(say('advice'), advice.length),
    list(advice.map(place), say('none')),
    ...(unknownWords.length
      ? [
          heading(say('unknown'), unknownWords.length),
          table([
            [say('word'), say('times'), say('example')],
            ...unknownWords.map(({ word, n, example }) => [word, String(n), example]),
          ]),
        ]
      : []),
    ...(candidates.length
      ? [
          heading(
            say('candidates'),
            candidates.reduce((sum, { questions }) => sum + questions.length, 0),
          ),
          paragraph(say('candidatesHow')),
          ...candidates.map(
            ({ id, questions }) =>
              `<details><summary><code>${asHtml(id ?? say('nearNothing'))}</code> · ${questions.length}</summary>${list(
                questions.map(({ text, confidence }) => `${text} (${confidence.toFixed(2)})`),
              )}</details>`,
          ),
        ]
      : []),
    heading(say('perEntry'), perEntry.length),
    table([
      [say('entry'), say('phrasings'), say('accuracy'), say('topThree')],
      ...perEntry.map(({ id, phrasings, first, topThree }) => [
        id,
        `${phrasings.ja}/${phrasings.en}`,
        shareText(first),
        shareText(topThree),
      ]),
    ]),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${asHtml(say('title'))}</title>
<style>${style}</style>
</head>
<body><main>
${body.join('\n')}
</main></body>
</html>
`;
}

const heading = (text: string, count?: number) =>
  `<h2>${asHtml(text)}${count === undefined ? '' : ` <small>${count}</small>`}</h2>`;
const paragraph = (text: string, style = '') => `<p${style && ` class="${style}"`}>${asHtml(text)}</p>`;
const figure = (caption: string, inside: string) =>
  `<figure>${inside}<figcaption>${asHtml(caption)}</figcaption></figure>`;

function list(items: readonly string[], none = ''): string {
  if (items.length === 0) return none && paragraph(none);
  return `<ul>${items.map((item) => `<li>${asHtml(item)}</li>`).join('')}</ul>`;
}

/** The first row is the head; the first column names the row. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const headCells = head.map((cell) => `<th scope="col">${asHtml(cell)}</th>`).join('');
  const body = rows
    .map(
      ([name = '', ...cells]) =>
        `<tr><th scope="row">${asHtml(name)}</th>${cells.map((cell) => `<td>${asHtml(cell)}</td>`).join('')}</tr>`,
    )
    .join('');
  return `<div class="table"><table><thead><tr>${headCells}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6570; --line: #d9dee4; --paper: #fff; --card: #f4f6f8; --a: #0b62c4; --b: #b3541e; --c: #2a7d3f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #9aa5b1; --line: #343c45; --paper: #14181d; --card: #1d232a; --a: #6cb0ff; --b: #f0a36b; --c: #74cf8d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.6 system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 24px 20px 64px; }
h1 { font-size: 26px; margin: 8px 0; } h2 { font-size: 18px; margin: 36px 0 8px; padding-top: 12px; border-top: 1px solid var(--line); }
h2 small, .small, figcaption { color: var(--soft); font-weight: normal; font-size: 13px; }
code { font: 13px/1.5 ui-monospace, Consolas, monospace; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0; }
.cards div { background: var(--card); border-radius: 10px; padding: 14px 16px; } .cards b { display: block; font-size: 26px; line-height: 1.2; } .cards span { color: var(--soft); font-size: 13px; }
.table { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; } th:first-child { text-align: left; } tbody th { font-weight: normal; } thead th { color: var(--soft); font-size: 13px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 24px; margin-top: 20px; }
figure { margin: 0 0 12px; } svg { width: 100%; height: auto; max-width: 460px; display: block; }
svg text { fill: var(--soft); font-size: 11px; } .grid { stroke: var(--line); } .ideal { stroke: var(--soft); stroke-dasharray: 5 4; }
.was circle { fill: var(--a); fill-opacity: .75; } .was line { stroke: var(--a); }
polyline { fill: none; stroke-width: 2; } .precision polyline { stroke: var(--a); } .answered polyline { stroke: var(--b); } .refused polyline { stroke: var(--c); }
.precision circle { fill: var(--a); } .answered circle { fill: var(--b); } .refused circle { fill: var(--c); }
.legend span { margin-right: 16px; font-size: 13px; border-bottom: 3px solid; } .legend .precision { border-color: var(--a); } .legend .answered { border-color: var(--b); } .legend .refused { border-color: var(--c); }
.cell rect { fill: var(--b); } .cell text { fill: var(--ink); } .same { fill: none; stroke: var(--line); }
details { border-bottom: 1px solid var(--line); padding: 5px 0; } summary { cursor: pointer; }
li { overflow-wrap: anywhere; }
`;
