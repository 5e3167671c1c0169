/** `npm run --silent faq -- COMMAND`: checks, tries and measures FAQ files. */
import { parseArgs } from 'node:util';
import { config as readDotenv } from 'dotenv';
import { languageOfLocale } from '../conversation/language.ts';
import { faqJsonSchema } from '../understanding/schema.ts';
import { evaluate } from './faq/eval.ts';
import { importFaq } from './faq/import.ts';
import { lint } from './faq/lint.ts';
import { match } from './faq/match.ts';
import { report } from './faq/report.ts';
import { matchingFrom } from './faq/rules.ts';
import { Misuse, type Streams, write } from './faq/streams.ts';

const usage = `Usage: npm run --silent faq -- COMMAND [--faq DIR]

  lint     check the files; problems as file:line:col: message; exit 1 if any
  match    one utterance a line on stdin → one JSON a line on stdout
             --locale ja|en|auto   language of the utterances (auto)
             --model FILE          keep the trained model there and use it while the FAQ is the same
  eval     puts questions with known answers and prints accuracy, coverage, wrong answers, hand-offs, confusions
             --questions FILE      TSV: locale<TAB>expected id or empty<TAB>text
             --json                all of it as JSON
             --fail-below SHARE    exit 1 if fewer of the outright answers are right, such as 0.95
  report   cross-validate the FAQ and show what to better
             --html FILE           the same as one page with charts
             --json                all of it as JSON instead
             --locale ja|en        language of the report ($LANG)
             --asked FILE          visitors' questions, one a line, or exported tickets (npm run export):
                                   unknown words and candidate phrasings
             --precision SHARE     suggest a threshold for it (0.95)
             --fail-below SHARE    exit 1 if fewer of the outright answers are right
             --baseline FILE       an earlier --json: exit 1 if precision fell by more than --margin SHARE (0.02)
  import   FILE: turn a .csv, .tsv or .qna file into a FAQ file; nothing is overwritten
             --to FILE             where to write (the FAQ directory); - for stdout
  schema   the files' JSON Schema, for editors (docs/faq.schema.json)

--faq DIR is $FAQ_DIR or ./faq where left out. match, eval and report decide by the thresholds and the out-of-scope
share of --desk FILE, which is $DESK_FILE or ./desk.yaml where left out: as the running service does.`;

const options = {
  faq: { type: 'string' },
  desk: { type: 'string' },
  locale: { type: 'string' },
  model: { type: 'string' },
  questions: { type: 'string' },
  json: { type: 'boolean' },
  'fail-below': { type: 'string' },
  asked: { type: 'string' },
  html: { type: 'string' },
  precision: { type: 'string' },
  baseline: { type: 'string' },
  margin: { type: 'string' },
  to: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** @returns the exit code: 0 fine, 1 the FAQ has problems, 2 the command was not understood */
export async function faq(args: readonly string[], env: NodeJS.ProcessEnv, streams: Streams): Promise<number> {
  try {
    const { values, positionals } = parse(args);
    const [command, ...rest] = positionals;
    if (values.help || command === 'help' || command === undefined) {
      streams.out.write(`${usage}\n`);
      return command === undefined && !values.help ? 2 : 0;
    }
    const surplus = rest[command === 'import' ? 1 : 0];
    if (surplus !== undefined) throw new Misuse(`found "${surplus}" after ${command}; settings start with --`);
    const directory = values.faq ?? (env.FAQ_DIR || './faq');
    const matching = () => matchingFrom(values.desk ?? (env.DESK_FILE || undefined));
    switch (command) {
      case 'lint':
        return await lint(directory, streams);
      case 'match':
        return await match(
          { directory, locale: localeOf(values.locale), matching: await matching(), model: values.model },
          streams,
        );
      case 'eval':
        return await evaluate(
          {
            directory,
            matching: await matching(),
            questions: values.questions,
            json: values.json ?? false,
            model: values.model,
            failBelow: shareFrom('--fail-below', values['fail-below']),
          },
          streams,
        );
      case 'report':
        return await report(
          {
            directory,
            matching: await matching(),
            language: languageOfLocale(values.locale ?? env.LC_ALL ?? env.LANG),
            model: values.model,
            asked: values.asked,
            html: values.html,
            json: values.json ?? false,
            wishedPrecision: shareFrom('--precision', values.precision) ?? 0.95,
            failBelow: shareFrom('--fail-below', values['fail-below']),
            baseline: values.baseline,
            margin: shareFrom('--margin', values.margin) ?? 0.02,
          },
          streams,
        );
      case 'import':
        return await importFaq({ directory, file: rest[0], to: values.to }, streams);
      case 'schema':
        await write(streams.out, `${JSON.stringify(faqJsonSchema(), null, 2)}\n`);
        return 0;
      default:
        throw new Misuse(`unknown command "${command}"; there are lint, match, eval, report, import and schema`);
    }
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    streams.err.write(`faq: ${error.message}.\n`);
    return 2;
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // The rest explains how to give an argument that begins with a dash.
    throw new Misuse((error instanceof Error ? error.message : String(error)).split('. ')[0] ?? '');
  }
}

function localeOf(given = 'auto'): 'ja' | 'en' | 'auto' {
  if (given === 'ja' || given === 'en' || given === 'auto') return given;
  throw new Misuse(`--locale is "${given}"; allowed are ja, en and auto`);
}

function shareFrom(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const share = Number(given);
  if (given.trim() !== '' && share >= 0 && share <= 1) return share;
  throw new Misuse(`${name} is "${given}"; allowed is a number from 0 to 1`);
}

// A reader that has seen enough (`| head`) closes the pipe: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
// Where the service looks too: the files and rules are those it would serve by.
readDotenv({ quiet: true });
process.exitCode = await faq(process.argv.slice(2), process.env, {
  in: process.stdin,
  out: process.stdout,
  err: process.stderr,
});
