/** Customer files: YAML, or CSV with one line for each product → records, or what is wrong as file:line:col. */
import { type Info, parse as parseCsv } from 'csv-parse/sync';
import type { core } from 'zod';
import type { Customer } from '../conversation/customer.ts';
import type { Problem } from '../understanding/understanding.ts';
import { readYaml, valueAt } from '../understanding/yaml-text.ts';
import { sameAddress } from './customers.ts';
import { allowedAt, customerFile, customerOf, type Record, record } from './record.ts';

export interface Parsed {
  readonly customers: readonly Customer[];
  /** When there are any, nothing of the file is to be used. */
  readonly problems: readonly Problem[];
}

/** Told at once of one file. */
const mostProblems = 20;

/** @param path as it is to be shown; its ending says which format. */
export function parseCustomers(path: string, text: string): Parsed {
  return /\.csv$/i.test(path) ? fromCsv(path, text) : fromYaml(path, text);
}

function fromYaml(path: string, text: string): Parsed {
  const yaml = readYaml(path, text);
  if (yaml.problems.length > 0) return failed(yaml.problems);
  const read = customerFile.safeParse(yaml.content);
  if (!read.success) {
    return failed(
      read.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => yaml.at(yaml.markOf({ path: issue.path, key }), `unknown key "${key}"`))
          : [yaml.at(yaml.markOf({ path: issue.path }), faultOf(issue, valueAt(yaml.content, issue.path)))],
      ),
    );
  }
  const { customers } = read.data;
  return checked(customers, (i, member) => yaml.at(yaml.markOf({ path: ['customers', i, member] }), ''));
}

const columns = ['id', 'name', 'email', 'language', 'plan'] as const;
const productColumns = {
  product: 'name',
  model: 'model',
  serial: 'serial',
  purchased: 'purchased',
  warrantyMonths: 'warrantyMonths',
  warrantyUntil: 'warrantyUntil',
} as const;

interface Line {
  readonly record: { readonly [column: string]: string };
  readonly info: Info;
}

/** Lines with the same id are one customer; the person's columns may stand on the first of them alone. */
function fromCsv(path: string, text: string): Parsed {
  const at = (line: number, column: number, message: string): Problem => ({ file: path, line, column, message });
  let lines: readonly Line[];
  try {
    lines = parseCsv(text, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as Line[];
  } catch (error) {
    const { lines: line = 1, message } = error as { lines?: number; message: string };
    return failed([at(line, 1, `CSV: ${message.replace(/,? value is .*$/s, '').replace(/\s+/g, ' ')}`)]);
  }
  const header = Object.keys(lines[0]?.record ?? {});
  const known: readonly string[] = [...columns, ...Object.keys(productColumns)];
  // Without a header the first line is somebody's record: its columns are not told.
  if (lines.length > 0 && !header.includes('id')) return failed([at(1, 1, 'there is no column "id"')]);
  const foreign = header.filter((name) => !known.includes(name));
  if (foreign.length > 0)
    return failed(
      foreign.map((name) =>
        at(1, header.indexOf(name) + 1, `unknown column "${name}"; allowed are ${known.join(', ')}`),
      ),
    );
  const people = new Map<string, { line: number; found: { [member: string]: unknown; products: object[] } }>();
  const column = (member: string) => Math.max(0, header.indexOf(member)) + 1;
  for (const { record: row, info } of lines) {
    const id = row.id ?? '';
    const person = people.get(id) ?? { line: info.lines, found: { products: [] } };
    for (const name of columns) if (row[name] && person.found[name] === undefined) person.found[name] = row[name];
    const product = Object.entries(productColumns).flatMap(([name, member]) =>
      row[name] ? [[member, row[name]]] : [],
    );
    if (product.length > 0) person.found.products.push(Object.fromEntries(product));
    people.set(id, person);
  }
  const problems: Problem[] = [];
  const customers: Record[] = [];
  for (const { line, found } of people.values()) {
    const read = record.safeParse(found);
    if (read.success) customers.push(read.data);
    else
      problems.push(
        ...read.error.issues.map((issue) => {
          const member = String(issue.path.at(-1) ?? 'id');
          const shown = issue.path.length > 1 && member === 'name' ? 'product' : member;
          return at(line, column(shown), faultOf(issue, valueAt(found, issue.path)));
        }),
      );
  }
  if (problems.length > 0) return failed(problems);
  const starts = [...people.values()].map(({ line }) => line);
  return checked(customers, (i, member) => at(starts[i] ?? 1, column(member), ''));
}

/** What was found is somebody's data: it is not repeated, for the log and /readyz show this. */
function faultOf(issue: core.$ZodIssue, found: unknown): string {
  const member = String(issue.path.findLast((part) => typeof part === 'string') ?? 'customers');
  const allowed = allowedAt[member] ?? 'a mapping, as in docs/samples/customers.yaml';
  return `${member}: ${found === undefined ? 'is missing' : 'is not understood'}; allowed is ${allowed}`;
}

/** Ids and mail addresses name one customer each, or somebody would be shown another's record. */
function checked(records: readonly Record[], place: (i: number, member: string) => Problem): Parsed {
  const taken = new Map<string, number>();
  const problems = records.flatMap(({ id, email }, i) =>
    [['id', id] as const, ...(email ? [['email', sameAddress(email)] as const] : [])].flatMap(([member, value]) => {
      const key = `${member}\n${value}`;
      if (taken.has(key)) return [{ ...place(i, member), message: `${member}: is another customer's too` }];
      taken.set(key, i);
      return [];
    }),
  );
  return problems.length > 0 ? failed(problems) : { customers: records.map(customerOf), problems: [] };
}

const failed = (problems: readonly Problem[]): Parsed => ({ customers: [], problems: problems.slice(0, mostProblems) });
