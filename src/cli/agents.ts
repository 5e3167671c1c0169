/** `npm run --silent agents -- COMMAND`: the accounts of the console. Works beside a running service. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import {
  accountName,
  addAccount,
  defaultProfile,
  listAccounts,
  noteAccount,
  profile,
  removeAccount,
  setPassword,
} from '../console/accounts.ts';
import { generatePassword, longestPassword, shortestPassword } from '../console/passwords.ts';
import type { Store } from '../store/store.ts';
import { runCommand, withStore } from './command.ts';
import { Misuse } from './faq/streams.ts';
import { whoRuns } from './who-runs.ts';

const usage = `Usage: npm run --silent agents -- COMMAND

  add NAME        make an account
    --role agent|lead|admin   what the account may do (agent)
    --display-name TEXT       what visitors read (NAME)
    --skills a,b              cases it is given; none: any
    --languages ja,en         languages it answers in (ja,en)
    --tier 1..3               highest tier it works at (1)
    --capacity N              conversations at once, 1 to 100 (5)
  password NAME   set a new password and end the account's sessions
  remove NAME     delete the account
  list            all accounts, one a line

The password is the first line of the standard input; at a terminal, or without one, it is generated and printed.`;

const options = {
  role: { type: 'string' },
  'display-name': { type: 'string' },
  skills: { type: 'string' },
  languages: { type: 'string' },
  tier: { type: 'string' },
  capacity: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Options = ReturnType<typeof parse>['values'];

/** A program that started us may leave the standard input open and say nothing: it is listened to for this long, ms. */
const patience = 3_000;

/** @returns the exit code: 0 done, 2 not understood or not possible */
async function agents(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [command, name, ...rest] = positionals;
  if (values.help || command === undefined || command === 'help') {
    const isAsked = command !== undefined || values.help;
    (isAsked ? process.stdout : process.stderr).write(`${usage}\n`);
    return isAsked ? 0 : 2;
  }
  if (!['add', 'password', 'remove', 'list'].includes(command))
    throw new Misuse(`unknown command "${command}"; there are add, password, remove and list`);
  if (rest.length > 0) throw new Misuse(`found "${rest[0]}" after ${name}; settings start with --`);
  if (command === 'list' && name !== undefined) throw new Misuse('list takes no name');
  if (command === 'list') return withStore(list);
  const account = nameOf(command, name);
  switch (command) {
    case 'add': {
      const facts = profileOf(account, values);
      const { password, isNew } = await readPassword();
      return withStore(async (store) => {
        if (!(await addAccount(store, account, facts, password)))
          throw new Misuse(`${account} has an account already; "agents password ${account}" sets a new password`);
        const { role, tier, capacity, skills, languages } = facts;
        await noteAccount(store, whoRuns(), 'account-added', account, { role, tier, capacity, skills, languages });
        return tell(`${account} may sign in now (${facts.role}).`, isNew ? password : undefined);
      });
    }
    case 'password': {
      const { password, isNew } = await readPassword();
      return withStore(async (store) => {
        if (!(await setPassword(store, account, password))) throw noAccount(account);
        await noteAccount(store, whoRuns(), 'password-set', account);
        return tell(`${account} has a new password.`, isNew ? password : undefined);
      });
    }
    default:
      return withStore(async (store) => {
        if (!(await removeAccount(store, account))) throw noAccount(account);
        await noteAccount(store, whoRuns(), 'account-removed', account);
        return tell(`${account} has no account any more.`, undefined);
      });
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

function nameOf(command: string, given: string | undefined): string {
  if (given === undefined) throw new Misuse(`${command} needs the account's name`);
  const name = accountName.safeParse(given);
  if (!name.success) throw new Misuse(`"${given}" is no name: ${name.error.issues[0]?.message}`);
  return name.data;
}

const noAccount = (name: string): Misuse => new Misuse(`${name} has no account`);

const allowed: Readonly<Record<string, string>> = {
  displayName: '--display-name is 1 to 80 characters',
  role: '--role is agent, lead or admin',
  skills: '--skills are words separated by commas',
  languages: '--languages is ja, en or both, separated by commas',
  tier: '--tier is 1, 2 or 3',
  capacity: '--capacity is a whole number from 1 to 100',
};

function profileOf(name: string, values: Options) {
  const listed = (text: string) => [
    ...new Set(
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    ),
  ];
  const result = profile.safeParse({
    ...defaultProfile(name),
    ...(values['display-name'] === undefined ? {} : { displayName: values['display-name'] }),
    ...(values.role === undefined ? {} : { role: values.role }),
    ...(values.skills === undefined ? {} : { skills: listed(values.skills) }),
    ...(values.languages === undefined ? {} : { languages: listed(values.languages) }),
    ...(values.tier === undefined ? {} : { tier: numberOf(values.tier) }),
    ...(values.capacity === undefined ? {} : { capacity: numberOf(values.capacity) }),
  });
  if (result.success) return result.data;
  throw new Misuse(allowed[String(result.error.issues[0]?.path[0])] ?? z.prettifyError(result.error));
}

const numberOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

async function readPassword(): Promise<{ password: string; isNew: boolean }> {
  const given = process.stdin.isTTY ? '' : await firstLine(process.stdin);
  if (given === '') return { password: generatePassword(), isNew: true };
  if (given.length < shortestPassword || given.length > longestPassword)
    throw new Misuse(
      `the password on the standard input has ${given.length} characters; at least ${shortestPassword} are needed`,
    );
  return { password: given, isNew: false };
}

/** Empty when nothing came. */
async function firstLine(input: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const done = () => {
      clearTimeout(timer);
      input.removeAllListeners('data').pause();
      resolve(text.split(/\r?\n/, 1)[0] ?? '');
    };
    const timer = setTimeout(done, patience);
    input.setEncoding('utf8');
    input.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) done();
      else timer.refresh();
    });
    input.once('end', done);
    input.once('error', reject);
  });
}

/** What people read goes to stderr, so that stdout holds a generated password and nothing else. */
function tell(sentence: string, password: string | undefined): number {
  process.stderr.write(`${sentence}${password ? ' The password, shown this once:' : ''}\n`);
  if (password) process.stdout.write(`${password}\n`);
  return 0;
}

async function list(store: Store): Promise<number> {
  for (const { name, displayName, role, tier, languages, skills, capacity } of await listAccounts(store)) {
    const facts = [name, role, `tier ${tier}`, languages.join(','), skills.join(',') || '-', `capacity ${capacity}`];
    process.stdout.write(`${[...facts, displayName].join('\t')}\n`);
  }
  return 0;
}

await runCommand('agents', agents);
