/** What admins edit, opened and watched: the desk's rules, questions and answers, dialogs, known troubles, customers' records. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { DialogFiles } from '../channels/health.ts';
import type { Config } from '../config.ts';
import type { Customers } from '../customers/customers.ts';
import { openCustomers } from '../customers/open.ts';
import type { Serving } from '../desk/processes.ts';
import { type LiveRules, openRules, type Settled } from '../desk/rules/open.ts';
import type { Dialogs } from '../dialogs/dialog.ts';
import { openDialogs } from '../dialogs/load.ts';
import { dialogsVersion } from '../dialogs/version.ts';
import { type KnownTroubles, openSignatures } from '../logs/signature-load.ts';
import { type LiveUnderstanding, openUnderstanding, type Tuning } from '../understanding/load.ts';
import { matchingOf } from '../understanding/matching.ts';
import { nearest } from '../understanding/nearest.ts';
import type { Closing } from './closing.ts';

export interface Edited {
  readonly rules: LiveRules;
  readonly understanding: LiveUnderstanding;
  readonly dialogs: Dialogs;
  readonly signatures: KnownTroubles;
  readonly customers: Customers;
  /** The desk's rules and hours as they hold now. */
  readonly terms: () => Settled;
  /** By name: the version that is served now. */
  readonly versions: { readonly [file in keyof Serving]: () => string };
  /** The dialogs, and all that is wrong in their directory: what admins keep beside them is mended beside them. */
  readonly guided: DialogFiles;
}

/** @throws Error naming the variable and the place that was looked at; RulesError. */
export async function openEdited(config: Config, log: Logger, closing: Closing): Promise<Edited> {
  await requireDirectory('FAQ_DIR', config.FAQ_DIR);
  // Set by hand, a directory must be there; without one, the bot only has no dialogs.
  if (config.DIALOGS_DIR !== undefined) await requireDirectory('DIALOGS_DIR', config.DIALOGS_DIR);
  const beside = config.DIALOGS_DIR ?? './dialogs';
  const rules = await openRules({ file: config.DESK_FILE, log, watch: true });
  closing.add(() => rules.close());
  const tuning = tuningBy(rules.current());
  const understanding = await openUnderstanding({ directory: config.FAQ_DIR, log, watch: true, ...tuning });
  closing.add(() => understanding.close());
  rules.onChange((settled) => understanding.retune(tuningBy(settled)));
  const hasEntry = (id: string) => understanding.current().entry(id) !== undefined;
  const dialogs = await openDialogs({ directory: beside, log, watch: true, hasEntry });
  closing.add(() => dialogs.close());
  const warn = () => {
    for (const { entry, dialog, ...place } of understanding.leads()) {
      if (dialogs.get(dialog)) continue;
      const meant = nearest(
        dialog,
        dialogs.all().map(({ id }) => id),
      );
      const hint = meant ? `; did you mean "${meant}"?` : '';
      const message = `dialog: there is no dialog "${dialog}"; "${entry}" is answered without${hint}`;
      log.warn({ ...place, message }, 'FAQ entry leads nowhere');
    }
  };
  warn();
  understanding.onChange(warn);
  const signatures = await openSignatures({ directory: beside, log, watch: true });
  closing.add(() => signatures.close());
  const customers = await openCustomers({ place: config.CUSTOMERS, secret: config.CUSTOMERS_SECRET, log, watch: true });
  closing.add(() => customers.close());
  return {
    rules,
    understanding,
    dialogs,
    signatures,
    customers,
    terms: () => rules.current(),
    versions: {
      faq: () => understanding.current().version,
      dialogs: () => dialogsVersion(dialogs.all()),
      rules: () => rules.version(),
    },
    guided: {
      all: () => dialogs.all(),
      problems: () => [...dialogs.problems(), ...signatures.problems(hasEntry)],
    },
  };
}

/** What the desk's rules say of understanding. */
function tuningBy({ rules }: Settled): Tuning {
  return { guard: rules.understanding.guard, matching: matchingOf(rules.understanding) };
}

/** @throws Error naming the variable and the place that was looked at. */
async function requireDirectory(variable: string, path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory())
    throw new Error(`${variable}: there is no directory at ${resolve(path)}; set it to where the files are.`);
}
