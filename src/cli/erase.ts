/** `npm run --silent erase -- --customer ID|MAIL [--yes]`: erases what the desk has of one customer. Works beside a running service. */
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { filesOnDisk } from '../channels/files.ts';
import { eraseCustomer, findCustomer } from '../desk/archive/erase.ts';
import { Trail } from '../desk/audit/trail.ts';
import { archiveOf, runCommand, withStore } from './command.ts';
import { Misuse } from './faq/streams.ts';
import { whoRuns } from './who-runs.ts';

const usage = `Usage: npm run --silent erase -- --customer ID|MAIL [--yes]

Erases all conversations of one customer, found by id or mail address: in the store and in the archive, open cases too, with
their files. It cannot be undone. The audit trail keeps a proof without personal data. Run it where the service's DATA_DIR is.
  --yes   does not ask first`;

function parse(args: readonly string[]) {
  try {
    const options = {
      customer: { type: 'string' },
      yes: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** @returns the exit code: 0 done or nothing found, 1 not confirmed or failed, 2 not understood */
async function erase(args: readonly string[]): Promise<number> {
  const { customer, yes, help } = parse(args);
  if (help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  if (!customer?.trim()) throw new Misuse('--customer needs the id or the mail address of the customer');
  return withStore(async (store, config) => {
    const archive = archiveOf(store, config);
    const { live, archived } = await findCustomer(archive, customer.trim());
    if (live + archived === 0) {
      process.stderr.write('erase: the desk has no conversation of this customer.\n');
      return 0;
    }
    const question = `${live + archived} conversations will be erased (${archived} of them archived). Type "erase" to go on: `;
    if (!yes && (await answerTo(question)) !== 'erase') {
      process.stderr.write('erase: nothing was erased.\n');
      return 1;
    }
    const files = filesOnDisk(join(config.DATA_DIR, 'files'));
    const removeFiles = (conversation: string) => files.removeAll(conversation);
    const trail = new Trail(store);
    const erased = await eraseCustomer({ store, archive, trail, removeFiles, who: whoRuns() }, customer.trim());
    process.stdout.write(`${JSON.stringify(erased)}\n`);
    return 0;
  });
}

async function answerTo(question: string): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await prompt.question(question)).trim();
  } catch {
    // The input has ended: nobody said yes.
    return '';
  } finally {
    prompt.close();
  }
}

await runCommand('erase', erase);
