/** The overall figures as rows, for the terminal and the page alike. */
import type { Measures } from '../../../understanding/measures.ts';
import { percent, shareText } from '../table.ts';
import type { Findings } from './findings.ts';
import type { Say } from './texts.ts';

/** Head row first: all, then each language that has questions. */
export function overall({ measures: { all, ja, en } }: Findings, say: Say): string[][] {
  const shown = [all, ja, en].filter((one) => one !== undefined);
  const row = (name: string, of: (measures: Measures) => string) => [name, ...shown.map(of)];
  return [
    ['', say('all'), ...(ja ? [say('ja')] : []), ...(en ? [say('en')] : [])],
    row(say('questions'), (m) => `${m.asked} (${m.outOfScope})`),
    row(say('accuracy'), (m) => shareText(m.accuracy)),
    row(say('topThree'), (m) => shareText(m.topThree)),
    row(say('answered'), (m) => shareText(m.answered)),
    row(say('precision'), (m) => shareText(m.precision)),
    row(say('offered'), (m) => shareText(m.offered)),
    row(say('reached'), (m) => shareText(m.reached)),
    row(say('handedOff'), (m) => shareText(m.handedOff)),
    row(say('refused'), (m) => shareText(m.refused)),
    row(say('auroc'), (m) => percent(m.auroc)),
    row(say('calibration'), (m) => percent(m.calibrationError)),
  ];
}

export function thresholdRows({ measures: { all } }: Findings, say: Say): string[][] {
  return [
    [say('threshold'), say('precision'), say('answered'), say('refused')],
    ...all.thresholds.map(({ at, precision, answered, refused }) => [
      at.toFixed(1),
      shareText(precision),
      shareText(answered),
      shareText(refused),
    ]),
  ];
}

export function reliabilityRows({ measures: { all } }: Findings, say: Say): string[][] {
  return [
    [say('confidence'), say('said'), say('was')],
    ...all.reliability
      .filter((bin) => bin.confidence !== null)
      .map(({ from, to, confidence, right }) => [
        `${from.toFixed(1)}–${to.toFixed(1)}`,
        percent(confidence),
        shareText(right),
      ]),
  ];
}

/** One sentence for all questions, and one for each language where that differs. */
export function suggestions({ wished, measures }: Findings, say: Say): string[] {
  const sentence = (threshold: Findings['wished']['threshold']) =>
    threshold
      ? say('suggested', percent(wished.precision), threshold.at.toFixed(2), percent(threshold.answered.share))
      : say('unreachable', percent(wished.precision));
  const each = (['ja', 'en'] as const).flatMap((language) => {
    const threshold = wished.byLanguage[language];
    return threshold === undefined ? [] : [`${say(language)}: ${sentence(threshold)}`];
  });
  return [sentence(wished.threshold), ...(measures.ja && measures.en ? each : [])];
}

export const madeOf = ({ version, directory, at, entries, phrasings }: Findings, say: Say): string =>
  say('made', version, directory, `${at.slice(0, 16).replace('T', ' ')} UTC`, entries, phrasings.ja, phrasings.en);
