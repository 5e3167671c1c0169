/** `npm run --silent figures`: how the desk does, counted from the logs. Works beside a running service. */
import { parseArgs } from 'node:util';
import { byteOrderMark, csvRow } from '../desk/csv.ts';
import { dayIn, type Grouping, groupings, type Report, report } from '../desk/figures/aggregate.ts';
import { collect } from '../desk/figures/collect.ts';
import { columns, rowsOf } from '../desk/figures/table.ts';
import { periodOf } from '../desk/period.ts';
import { readRules } from '../desk/rules/read.ts';
import { archiveOf, runCommand, withStore } from './command.ts';
import { Misuse, write } from './faq/streams.ts';

const usage = `Usage: npm run --silent figures -- [--from D] [--to D] [--by ${groupings.join('|')}] [--csv | --json] [--rebuild]

Counts the tickets opened, and the inquiries begun, from D to D: an ISO date (a whole day) or date and time.
  --by        a line for each; days are those of the desk's time zone (desk.yaml)
  --csv       for spreadsheets; spans in seconds
  --json      everything; spans in milliseconds
  --rebuild   reads every log again instead of trusting what was counted before`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  by: { type: 'string' },
  csv: { type: 'boolean' },
  json: { type: 'boolean' },
  rebuild: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** @returns the exit code: 0 done, 1 a conversation could not be read and is not counted */
async function figures(args: readonly string[]): Promise<number> {
  const { from, to, by, csv, json, rebuild, help } = parse(args);
  if (help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  if (csv && json) throw new Misuse('--csv and --json exclude each other');
  const grouping = groupingOf(by);
  const period = periodOf(from, to);
  return withStore(async (store, config) => {
    const rules = await readRules(config.DESK_FILE);
    let code = 0;
    const facts = await collect(
      {
        store,
        archive: archiveOf(store, config),
        rebuild: rebuild ?? false,
        onUnreadable: (error) => {
          process.stderr.write(`figures: ${error.message}\n`);
          code = 1;
        },
      },
      period,
    );
    const counted = report(facts, grouping, dayIn(rules.desk.timezone));
    if (json) await write(process.stdout, `${JSON.stringify(counted, null, 2)}\n`);
    else if (csv) await write(process.stdout, byteOrderMark + [columns, ...rowsOf(counted)].map(csvRow).join(''));
    else await write(process.stdout, readable(counted));
    return code;
  });
}

function groupingOf(given: string | undefined): Grouping | undefined {
  if (given === undefined) return undefined;
  const found = groupings.find((known) => known === given);
  if (!found) throw new Misuse(`--by is "${given}"; allowed is ${groupings.join(', ')}`);
  return found;
}

/** What fits a terminal; CSV has all of it. */
const shown = [
  ['key', ''],
  ['tickets', 'tickets'],
  ['closed', 'closed'],
  ['wait_median_s', 'wait'],
  ['wait_p90_s', 'p90'],
  ['first_response_median_s', 'first reply'],
  ['first_response_p90_s', 'p90'],
  ['handling_median_s', 'handling'],
  ['resolution_median_s', 'solved in'],
  ['inquiries', 'inquiries'],
  ['answered_percent', 'by bot %'],
  ['rating_mean', 'rating'],
  ['sla_kept_percent', 'SLA %'],
] as const;

function readable(counted: Report): string {
  const rows = rowsOf(counted).map((cells) =>
    shown.map(([column]) => {
      const cell = cells[columns.indexOf(column)] ?? '';
      return column.endsWith('_s') && cell !== '' ? span(Number(cell)) : cell || '·';
    }),
  );
  const table = [shown.map(([, title]) => title), ...rows];
  const widths = shown.map((_, i) => Math.max(...table.map((cells) => (cells[i] ?? '').length)));
  return table
    .map((cells) => cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))))
    .map((cells) => `${cells.join('  ').trimEnd()}\n`)
    .join('');
}

/** Seconds for people. */
function span(s: number): string {
  if (s < 60) return `${Math.round(s)} s`;
  if (s < 3_600) return `${Math.round(s / 60)} min`;
  return s < 172_800 ? `${(s / 3_600).toFixed(1)} h` : `${(s / 86_400).toFixed(1)} d`;
}

await runCommand('figures', figures);
