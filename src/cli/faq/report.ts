import { access, constants, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import type { Language } from '../../conversation/language.ts';
import { readFaq, reason } from '../../understanding/files.ts';
import { crossValidate } from '../../understanding/matcher/evaluation.ts';
import type { MatcherOptions } from '../../understanding/matcher/matcher.ts';
import { questionsIn } from './asked.ts';
import { place } from './lint.ts';
import { trainedMatcher } from './model.ts';
import { findingsFrom } from './report/findings.ts';
import { htmlReport } from './report/html.ts';
import { terminalReport } from './report/terminal.ts';
import { inLanguage } from './report/texts.ts';
import { Misuse, type Streams, write } from './streams.ts';
import { percent } from './table.ts';

export interface ReportOptions {
  readonly directory: string;
  /** How the desk decides. */
  readonly matching: MatcherOptions;
  readonly language: Language;
  readonly model: string | undefined;
  /** Visitors' questions, one a line, or exported tickets. */
  readonly asked: string | undefined;
  /** Where to write the page; nowhere if undefined. */
  readonly html: string | undefined;
  /** JSON on stdout instead of the page for the terminal. */
  readonly json: boolean;
  /** Precision to suggest a threshold for, 0 to 1. */
  readonly wishedPrecision: number;
  /** Exit 1 if fewer of the outright answers are right, 0 to 1. */
  readonly failBelow: number | undefined;
  /** An earlier report's JSON, and how far precision may fall below its, 0 to 1. */
  readonly baseline: string | undefined;
  readonly margin: number;
}

/** Evaluates the FAQ by itself and prints what to better. @returns 1 if precision is too low or there is nothing to evaluate */
export async function report(options: ReportOptions, { out, err }: Streams): Promise<number> {
  const { directory, html, language, failBelow } = options;
  const asked = options.asked === undefined ? [] : await questionsIn(options.asked);
  const before = options.baseline === undefined ? undefined : await precisionIn(options.baseline);
  // Before minutes of work, not after.
  if (html !== undefined) await access(dirname(html), constants.W_OK).catch((error) => cannotWrite(html, error));
  const reading = await readFaq(directory);
  for (const problem of reading.problems) err.write(`${place(problem)}\n`);
  const entries = reading.placed.map((placed) => placed.entry);
  if (entries.length === 0) {
    err.write(`faq: no entries to evaluate in ${directory}\n`);
    return 1;
  }
  const done = progress(`evaluating ${entries.length} entries`, err);
  const evaluation = await crossValidate(entries, options.matching).result.finally(done);
  const matcher = await trainedMatcher(reading, options.matching, options.model, err);
  const findings = findingsFrom({
    reading,
    directory,
    evaluation,
    matcher,
    wishedPrecision: options.wishedPrecision,
    asked,
    now: new Date(),
  });
  const say = inLanguage(language);
  await write(out, options.json ? `${JSON.stringify(findings, null, 2)}\n` : terminalReport(findings, say));
  if (html !== undefined) {
    await writeFile(html, htmlReport(findings, language, say)).catch((error) => cannotWrite(html, error));
    err.write(`faq: page written to ${html}\n`);
  }
  const precision = findings.measures.all.precision.share;
  const least = Math.max(failBelow ?? 0, before === undefined ? 0 : before - options.margin);
  if (precision === null || precision >= least) return 0;
  err.write(`faq: precision ${percent(precision)} is below ${percent(least)}\n`);
  return 1;
}

function cannotWrite(file: string, error: unknown): never {
  const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
  throw new Misuse(`cannot write ${file}: ${isGone ? `there is no directory ${dirname(file)}` : reason(error)}`);
}

/** Says on `err` how long something has taken: on a terminal every second, elsewhere every half minute. */
function progress(what: string, err: Writable): () => void {
  const isTerminal = 'isTTY' in err && err.isTTY === true;
  const begun = Date.now();
  const say = () => {
    const text = `faq: ${what} … ${Math.round((Date.now() - begun) / 1000)} s`;
    err.write(isTerminal ? `\r${text}` : `${text}\n`);
  };
  say();
  const timer = setInterval(say, isTerminal ? 1_000 : 30_000);
  return () => {
    clearInterval(timer);
    if (isTerminal) err.write('\r\u001B[K');
  };
}

async function precisionIn(file: string): Promise<number | undefined> {
  try {
    const earlier: unknown = JSON.parse(await readFile(file, 'utf8'));
    const share = (earlier as { measures: { all: { precision: { share: unknown } } } }).measures.all.precision.share;
    return typeof share === 'number' ? share : undefined;
  } catch (error) {
    throw new Misuse(
      error instanceof SyntaxError || error instanceof TypeError
        ? `${file} is no report's JSON; --baseline takes what faq report --json printed`
        : `cannot read ${file}: ${reason(error)}`,
    );
  }
}
