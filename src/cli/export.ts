/** `npm run --silent export -- [--of O] [--from D] [--to D] [--format F]`: tickets, or whole conversations, one a line. Works beside a running service. */
import { parseArgs } from 'node:util';
import { exportsOf, linesOf } from '../console/export-lines.ts';
import { exportFormats } from '../console/tickets.ts';
import { Trail } from '../desk/audit/trail.ts';
import { periodOf } from '../desk/period.ts';
import type { Unreadable } from '../store/store.ts';
import { archiveOf, runCommand, withStore } from './command.ts';
import { Misuse, write } from './faq/streams.ts';
import { whoRuns } from './who-runs.ts';

const usage = `Usage: npm run --silent export -- [--of tickets|conversations] [--from D] [--to D] [--format ndjson|csv]

Writes the tickets opened from D to D, by ticket number: as NDJSON with their timelines, or as CSV for spreadsheets, one row
a ticket. With --of conversations it writes each conversation that went on at some time from D to D, as NDJSON with its whole
timeline: also what the bot has settled alone. D is an ISO date (a whole day, both ends included) or date and time; without an
offset it is in this machine's time zone (TZ). Every export is noted on the audit trail.`;

/** @returns the exit code: 0 done, 1 a conversation could not be read, 2 not understood */
async function exportTickets(args: readonly string[]): Promise<number> {
  const values = parse(args);
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const period = periodOf(values.from, values.to);
  const format = exportFormats.find((known) => known === (values.format ?? 'ndjson'));
  if (!format) throw new Misuse(`--format is "${values.format}"; allowed is ${exportFormats.join(' or ')}`);
  const of = exportsOf.find((known) => known === (values.of ?? 'tickets'));
  if (!of) throw new Misuse(`--of is "${values.of}"; allowed is ${exportsOf.join(' or ')}`);
  if (of === 'conversations' && format === 'csv')
    throw new Misuse('--of conversations goes with --format ndjson alone');
  return withStore(async (store, config) => {
    const facts = { format, from: values.from ?? null, to: values.to ?? null };
    await new Trail(store).append({ at: Date.now(), who: whoRuns(), what: 'exported', subject: of, facts });
    let code = 0;
    const onUnreadable = (error: Unreadable) => {
      process.stderr.write(`export: ${error.message}\n`);
      code = 1;
    };
    const sources = { store, archive: archiveOf(store, config) };
    for await (const line of linesOf(of, format, sources, period, onUnreadable)) await write(process.stdout, line);
    return code;
  });
}

function parse(args: readonly string[]) {
  try {
    const options = {
      of: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      format: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

await runCommand('export', exportTickets);
