/** `npm run --silent desk -- lint | hours | schema`: checks and shows the desk's rules. */
import { parseArgs } from 'node:util';
import { languageOfLocale } from '../conversation/language.ts';
import { deskJsonSchema } from '../desk/rules/schema.ts';
import { runCommand } from './command.ts';
import { hours } from './desk/hours.ts';
import { lint } from './desk/lint.ts';
import { Misuse, write } from './faq/streams.ts';

const usage = `Usage: npm run --silent desk -- COMMAND [--desk FILE]

  lint     check the file; problems as file:line:col: message; exit 1 if any
  hours    print when the desk, its tiers and the people on its rosters are at work
             --from DATE           the first day (today)
             --days N              how many, 1 to 400 (14)
             --locale ja|en        language of the table ($LANG)
  schema   the file's JSON Schema, for editors (docs/desk.schema.json)

--desk FILE is $DESK_FILE or ./desk.yaml where left out.`;

const options = {
  desk: { type: 'string' },
  from: { type: 'string' },
  days: { type: 'string' },
  locale: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** @returns the exit code: 0 fine, 1 the rules have problems */
async function desk(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  if (values.help || command === undefined) {
    (values.help ? process.stdout : process.stderr).write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  if (rest.length > 0) throw new Misuse(`found "${rest[0]}" after ${command}; settings start with --`);
  const { env, stdout: out, stderr: err } = process;
  const path = values.desk ?? env.DESK_FILE;
  const now = Date.now();
  switch (command) {
    case 'lint':
      return lint({ path, now, env }, { out, err });
    case 'hours':
      return hours(
        {
          path,
          now,
          from: values.from,
          days: daysFrom(values.days),
          language: localeOf(values.locale) ?? languageOfLocale(env.LC_ALL ?? env.LANG),
        },
        { out, err },
      );
    case 'schema':
      await write(out, `${JSON.stringify(deskJsonSchema(), null, 2)}\n`);
      return 0;
    default:
      throw new Misuse(`unknown command "${command}"; there are lint, hours and schema`);
  }
}

function daysFrom(given = '14'): number {
  const days = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (days >= 1 && days <= 400) return days;
  throw new Misuse(`--days is "${given}"; allowed is a whole number from 1 to 400`);
}

function localeOf(given: string | undefined): 'ja' | 'en' | undefined {
  if (given === undefined || given === 'ja' || given === 'en') return given;
  throw new Misuse(`--locale is "${given}"; allowed are ja and en`);
}

await runCommand('desk', desk);
