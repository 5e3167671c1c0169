/** The report as a page for the terminal. */
import { place } from '../lint.ts';
import { columns, cut, percent, shareText } from '../table.ts';
import { madeOf, overall, reliabilityRows, suggestions, thresholdRows } from './figures.ts';
import type { Findings } from './findings.ts';
import type { Say } from './texts.ts';

/** Rows shown of each list; the HTML page and the JSON have all. */
const most = 20;

export function terminalReport(findings: Findings, say: Say): string {
  const list = (rows: readonly string[]) => {
    if (rows.length === 0) return say('none');
    const shown = rows.slice(0, most);
    return [...shown, ...(rows.length > most ? [say('more', rows.length - most)] : [])].join('\n');
  };
  const table = (rows: readonly (readonly string[])[], left?: readonly number[]) =>
    list(rows.length ? columns(rows, left).split('\n') : []);
  const part = (title: string, ...body: readonly string[]) => [`\n── ${title}`, ...body].join('\n');
  const { confused, neverFirst, thin, conflicts, advice, unknownWords, candidates, perEntry } = findings;
  const weakest = perEntry
    .filter(({ first }) => first.share !== null && first.share < 1)
    .sort((a, b) => (a.first.share ?? 1) - (b.first.share ?? 1));
  const parts = [
    say('title'),
    madeOf(findings, say),
    say('how', percent(findings.outOfScopeShare)),
    part(say('overall'), columns(overall(findings, say)), say('interval')),
    part(say('thresholds'), columns(thresholdRows(findings, say)), ...suggestions(findings, say)),
    part(say('reliability'), columns(reliabilityRows(findings, say))),
    part(
      say('confused'),
      say('confusedHow'),
      table(
        confused.map(({ n, expected, got, examples: [first] }) => [
          String(n),
          expected,
          '→',
          got,
          cut(first?.text ?? '', 44),
          first?.shared.length ? say('shared', first.shared.join(', ')) : '',
        ]),
        [1, 2, 3, 4, 5],
      ),
    ),
    part(say('neverFirst'), list(neverFirst)),
    part(
      say('thin'),
      ...(thin.length ? [say('thinHow')] : []),
      table(thin.map(({ id, language, phrasings, gain }) => [id, say(language), String(phrasings), `+${gain}`])),
    ),
    part(say('conflicts'), list(conflicts.map(place))),
    part(say('advice'), list(advice.map(place))),
    ...(unknownWords.length
      ? [
          part(
            say('unknown'),
            table(
              unknownWords.map(({ word, n, example }) => [String(n), word, cut(example, 60)]),
              [1, 2],
            ),
          ),
        ]
      : []),
    ...(candidates.length
      ? [
          part(
            say('candidates'),
            say('candidatesHow'),
            ...candidates
              .slice(0, most)
              .map(({ id, questions }) =>
                [
                  `${id ?? say('nearNothing')} (${questions.length})`,
                  ...questions
                    .slice(0, 5)
                    .map(({ text, confidence }) => `  ${confidence.toFixed(2)}  ${cut(text, 80)}`),
                ].join('\n'),
              ),
          ),
        ]
      : []),
    part(
      say('perEntry'),
      table(
        weakest.map(({ id, phrasings, first, topThree }) => [
          id,
          `${phrasings.ja}/${phrasings.en}`,
          shareText(first),
          shareText(topThree),
        ]),
      ),
    ),
  ];
  return `${parts.join('\n')}\n`;
}
