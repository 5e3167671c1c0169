/** `npm run --silent dialogs -- lint`: checks the guided dialogs before they are served. */
import { parseArgs } from 'node:util';
import { readDialogs } from '../dialogs/files.ts';
import { astray } from '../dialogs/leads.ts';
import { readFaq, servedEntries } from '../understanding/files.ts';
import { runCommand } from './command.ts';
import { place } from './faq/lint.ts';
import { Misuse, write } from './faq/streams.ts';

const usage = `Usage: npm run --silent dialogs -- lint [--dialogs DIR] [--faq DIR]

  lint     check the files; problems as file:line:col: message; exit 1 if any

--dialogs DIR is $DIALOGS_DIR or ./dialogs where left out; --faq DIR, whose entries dialogs may end with, $FAQ_DIR or ./faq.`;

const options = {
  dialogs: { type: 'string' },
  faq: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** @returns the exit code: 0 fine, 1 the dialogs have problems, 2 the command is missing */
async function dialogs(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  const { env, stdout, stderr } = process;
  if (values.help || command === undefined) {
    (values.help ? stdout : stderr).write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  if (command !== 'lint') throw new Misuse(`unknown command "${command}"; there is lint`);
  if (rest.length > 0) throw new Misuse(`found "${rest[0]}" after ${command}; settings start with --`);
  const read = await readDialogs(values.dialogs ?? (env.DIALOGS_DIR || './dialogs'), true);
  const faqDirectory = values.faq ?? (env.FAQ_DIR || './faq');
  const faq = await readFaq(faqDirectory);
  if (faq.files.length === 0)
    throw new Misuse(`there are no FAQ files at ${faqDirectory}; say with --faq where they are`);
  const entries = new Set(servedEntries(faq).map(({ id }) => id));
  const problems = [...read.problems, ...astray(read.leads, (id) => entries.has(id))];
  problems.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
  for (const problem of problems) await write(stdout, `${place(problem)}\n`);
  const sound = read.dialogs.length;
  stderr.write(
    `dialogs: ${sound} sound ${sound === 1 ? 'dialog' : 'dialogs'}; ${problems.length || 'no'} ${problems.length === 1 ? 'problem' : 'problems'}\n`,
  );
  return problems.length === 0 ? 0 : 1;
}

await runCommand('dialogs', dialogs);
