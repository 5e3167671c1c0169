import { readFaq } from '../../understanding/files.ts';
import type { MatcherOptions } from '../../understanding/matcher/matcher.ts';
import { isRight, type Judged, type Measures, measureByLanguage } from '../../understanding/measures.ts';
import { place } from './lint.ts';
import { trainedMatcher } from './model.ts';
import { type Question, readQuestions } from './questions.ts';
import { Misuse, type Streams, write } from './streams.ts';
import { columns, cut, percent, shareText } from './table.ts';

export interface EvalOptions {
  readonly directory: string;
  /** How the desk decides. */
  readonly matching: MatcherOptions;
  readonly questions: string | undefined;
  readonly json: boolean;
  readonly model: string | undefined;
  /** Exit 1 if fewer of the outright answers are right, 0 to 1. */
  readonly failBelow: number | undefined;
}

type Asked = Judged & Question;

/** Puts known questions to the FAQ and prints how they were understood. @returns 1 if a file has problems or precision is too low */
export async function evaluate(options: EvalOptions, { out, err }: Streams): Promise<number> {
  if (options.questions === undefined) throw new Misuse('eval needs --questions FILE');
  const reading = await readFaq(options.directory);
  const known = new Set(reading.placed.map((placed) => placed.entry.id));
  const { questions, problems } = await readQuestions(options.questions, known);
  for (const problem of [...reading.problems, ...problems]) err.write(`${place(problem)}\n`);
  if (known.size === 0) return 1;
  if (questions.length === 0) {
    err.write(`faq: found no question to put in ${options.questions}\n`);
    return 1;
  }
  const matcher = await trainedMatcher(reading, options.matching, options.model, err);
  const asked = questions.map((question) => ({
    ...question,
    understood: matcher.match(question.text, question.locale),
  }));
  const measures = measureByLanguage(asked);
  await write(out, options.json ? `${JSON.stringify(toJson(asked, measures), null, 2)}\n` : toText(asked, measures));
  const precision = measures.all.precision.share;
  const low = options.failBelow !== undefined && precision !== null && precision < options.failBelow;
  if (low) err.write(`faq: precision ${percent(precision)} is below ${percent(options.failBelow ?? null)}\n`);
  return low || problems.length > 0 ? 1 : 0;
}

const wrongAnswers = (asked: readonly Asked[]) =>
  asked.filter((question) => question.understood.decision === 'answer' && !isRight(question));
const missed = (asked: readonly Asked[]) =>
  asked.filter((question) => question.understood.decision === 'handoff' && question.expected !== undefined);

function toJson(asked: readonly Asked[], measures: ReturnType<typeof measureByLanguage>) {
  const plain = ({ locale, expected, text, understood }: Asked) => ({
    text,
    asked: locale,
    expected: expected ?? null,
    ...understood,
  });
  return {
    ...measures,
    wrong: wrongAnswers(asked).map(plain),
    handoffs: missed(asked).map(plain),
    questions: asked.map(plain),
  };
}

function toText(asked: readonly Asked[], { all, ja, en }: ReturnType<typeof measureByLanguage>): string {
  const shown = [all, ja, en].filter((m) => m !== undefined);
  const row = (name: string, of: (m: Measures) => string) => [name, ...shown.map(of)];
  const figures = columns(
    [
      ['', 'all', ...(ja ? ['ja'] : []), ...(en ? ['en'] : [])],
      row('questions', (m) => `${m.asked} (${m.outOfScope} out of scope)`),
      row('accuracy: right entry first', (m) => shareText(m.accuracy)),
      row('right entry in the top three', (m) => shareText(m.topThree)),
      row('coverage: answered outright', (m) => shareText(m.answered)),
      row('precision: of those, right', (m) => shareText(m.precision)),
      row('offered as choices', (m) => shareText(m.offered)),
      row('right answer or right choice', (m) => shareText(m.reached)),
      row('handed off', (m) => shareText(m.handedOff)),
      row('  of those in scope', (m) => shareText(m.handedOffInScope)),
      row('  of those out of scope', (m) => shareText(m.handedOffOutOfScope)),
      row('AUROC of the confidence', (m) => percent(m.auroc)),
      row('calibration error', (m) => percent(m.calibrationError)),
    ],
    [0],
  );
  const wrong = wrongAnswers(asked).map((question) => line(question));
  const handoffs = missed(asked).map((question) => line(question));
  const confused = all.confusions.map(({ n, expected, got, texts }) => [
    String(n),
    expected,
    '→',
    got,
    cut(texts[0] ?? '', 50),
  ]);
  const parts = [
    figures,
    section(`Wrong answers (${wrong.length})`, wrong),
    section(`Handed off though an entry fits (${handoffs.length})`, handoffs),
    section(`Confusions: expected → first (${confused.length})`, confused, [1, 2, 3, 4]),
  ];
  return `${parts.join('\n')}\n`;
}

function line({ text, expected, understood }: Asked): string[] {
  const [first] = understood.matches;
  return [understood.confidence.toFixed(2), expected ?? '(out of scope)', '→', first?.id ?? '(nothing)', cut(text, 70)];
}

const section = (title: string, rows: readonly string[][], left = [1, 2, 3, 4]) =>
  `\n${title}\n${rows.length ? columns(rows, left) : 'none'}`;
