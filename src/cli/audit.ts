/** `npm run --silent audit -- verify | list | export`: the audit trail. Works beside a running service. */
import { parseArgs } from 'node:util';
import type { Row } from '../desk/audit/chain.ts';
import { type Asked, isAsked } from '../desk/audit/search.ts';
import { Trail } from '../desk/audit/trail.ts';
import { allRows, verify } from '../desk/audit/verify.ts';
import { periodOf } from '../desk/period.ts';
import { runCommand, withStore } from './command.ts';
import { Misuse, write } from './faq/streams.ts';
import { whoRuns } from './who-runs.ts';

const usage = `Usage: npm run --silent audit -- COMMAND

  verify                 reads every row and says whether the chain holds; exit code 1, and which row, if not
    --head N:HASH        … and that row N is the one that was noted at an earlier check
  list                   rows for people, oldest first
  export                 rows as NDJSON, whole, with their hashes
    --from D --to D      of that time: an ISO date (a whole day) or date and time
    --who NAME           of that account, or "visitor", "bot", "desk", "command:USER"`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  who: { type: 'string' },
  head: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** @returns the exit code: 0 done, 1 the chain does not hold */
async function audit(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  if (values.help || command === undefined) {
    (values.help ? process.stdout : process.stderr).write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  if (rest.length > 0) throw new Misuse(`found "${rest[0]}" after ${command}`);
  switch (command) {
    case 'verify':
      return withStore((store) => check(new Trail(store), notedIn(values.head)));
    case 'list':
      return print(values, (row) => `${lineOf(row)}\n`);
    case 'export':
      return withStore(async (store) => {
        const trail = new Trail(store);
        const facts = { from: values.from ?? null, to: values.to ?? null, who: values.who ?? null };
        await trail.append({ at: Date.now(), who: whoRuns(), what: 'exported', subject: 'audit', facts });
        await printRows(trail, values, (row) => `${JSON.stringify(exported(row))}\n`);
        return 0;
      });
    default:
      throw new Misuse(`unknown command "${command}"; there are verify, list and export`);
  }
}

function notedIn(given: string | undefined): { n: number; hash: string }[] {
  if (given === undefined) return [];
  const [, n, hash] = /^(\d+):([0-9a-f]{64})$/.exec(given) ?? [];
  if (!n || !hash) throw new Misuse(`--head is "${given}"; allowed is what an earlier verify printed, such as 120:9f…`);
  return [{ n: Number(n), hash }];
}

const rowsOf = (n: number): string => `${n} ${n === 1 ? 'row' : 'rows'}`;
const before = (n: number): string => (n === 1 ? 'The row before it holds.' : `The ${n} rows before it hold.`);

async function check(trail: Trail, noted: { n: number; hash: string }[]): Promise<number> {
  const checkpoint = await trail.checkpoint();
  const verdict = await verify(trail, () => trail.head(), [...noted, ...(checkpoint ? [checkpoint] : [])]);
  if (verdict.fault !== undefined) {
    process.stdout.write(`The audit trail does not hold: ${verdict.fault} ${before(verdict.rows)}\n`);
    return 1;
  }
  const head = verdict.rows > 0 ? ` Head: ${verdict.rows}:${verdict.hash}` : '';
  process.stdout.write(`The audit trail holds: ${rowsOf(verdict.rows)}.${head}\n`);
  return 0;
}

function print(values: Values, lineOfRow: (row: Row) => string): Promise<number> {
  return withStore(async (store) => {
    await printRows(new Trail(store), values, lineOfRow);
    return 0;
  });
}

async function printRows(trail: Trail, values: Values, lineOfRow: (row: Row) => string): Promise<void> {
  const asked: Asked = { ...periodOf(values.from, values.to), who: values.who };
  for await (const row of allRows(trail)) {
    if (isAsked(row, asked)) await write(process.stdout, lineOfRow(row));
  }
}

const exported = ({ n, at, who, what, subject, facts, previous, hash }: Row) => ({
  n,
  at,
  who,
  what,
  subject,
  facts,
  previous,
  hash,
});

/** Facts as `name=value`, so that a line can be searched. */
function lineOf({ n, at, who, what, subject, facts }: Row): string {
  const told = Object.entries(facts)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [n, new Date(at).toISOString(), who, what, subject || '-', told.join(' ')].join('\t');
}

await runCommand('audit', audit);
