/** `npm run --silent export -- [--from D] [--to D] [--format ndjson|csv]`: tickets, one a line. Works beside a running service. */
import { parseArgs } from 'node:util';
import { exportFormats, headOf, lineOf, tickets } from '../console/tickets.ts';
import { Trail } from '../desk/audit/trail.ts';
import { periodOf } from '../desk/period.ts';
import type { Unreadable } from '../store/store.ts';
import { archiveOf, runCommand, withStore } from './command.ts';
import { Misuse, write } from './faq/streams.ts';
import { whoRuns } from './who-runs.ts';

const usage = `Usage: npm run --silent export -- [--from D] [--to D] [--format ndjson|csv]

Writes the tickets opened from D to D, by ticket number: as NDJSON with their timelines, or as CSV for spreadsheets, one row
a ticket. D is an ISO date (a whole day, both ends included) or date and time; without an offset it is in this machine's time
zone (TZ). Every export is noted on the audit trail.`;

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
  return withStore(async (store, config) => {
    const facts = { format, from: values.from ?? null, to: values.to ?? null };
    await new Trail(store).append({ at: Date.now(), who: whoRuns(), what: 'exported', subject: 'tickets', facts });
    let code = 0;
    const onUnreadable = (error: Unreadable) => {
      process.stderr.write(`export: ${error.message}\n`);
      code = 1;
    };
    await write(process.stdout, headOf(format));
    for await (const ticket of tickets(store, archiveOf(store, config), period, onUnreadable))
      await write(process.stdout, lineOf(ticket, format));
    return code;
  });
}

function parse(args: readonly string[]) {
  try {
    const options = {
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
