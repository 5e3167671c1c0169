/** The composition root: the only file that knows every room. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { BotFrameworkAuthentication } from 'botframework-connector';
import type { Logger } from 'pino';
import { DeskAdapter } from './bot/adapter.ts';
import { LogAnalyst } from './bot/analyst.ts';
import { SupportBot } from './bot/bot.ts';
import { CustomerLookup } from './bot/customer-lookup.ts';
import { texts } from './bot/texts.ts';
import { TurnMiddleware } from './bot/turn.ts';
import { authenticationFor, mountBotFramework, sendThrough } from './channels/botframework.ts';
import { DeliveryWorker } from './channels/delivery.ts';
import { deskGauges } from './channels/desk-gauges.ts';
import { DirectLine } from './channels/directline.ts';
import { filesOnDisk } from './channels/files.ts';
import { type Figures, mountHealth, readiness } from './channels/health.ts';
import { createHttp } from './channels/http.ts';
import { signingSecret, Tokens } from './channels/identity.ts';
import { mountPages } from './channels/pages.ts';
import { Streams } from './channels/streams.ts';
import { mountSuggestions } from './channels/suggestions.ts';
import { mountUpgrade } from './channels/upgrade.ts';
import { mountUpdates, type WebhookOptions, WebhookWorker } from './channels/webhooks.ts';
import { openEngine } from './cli/engine.ts';
import type { Config } from './config.ts';
import { ensureAdmin } from './console/accounts.ts';
import { availableAgents } from './console/colleagues.ts';
import { mountConsole } from './console/console.ts';
import { indexes } from './conversation/placement.ts';
import { openCustomers } from './customers/open.ts';
import { Archive } from './desk/archive/archive.ts';
import { startArchiver } from './desk/archive/archiver.ts';
import { reaching } from './desk/archive/reaching.ts';
import { Shelf } from './desk/archive/shelf.ts';
import { startAuditor } from './desk/audit/auditor.ts';
import { watchServed } from './desk/audit/served.ts';
import { Trail } from './desk/audit/trail.ts';
import { Desk } from './desk/desk.ts';
import { Dispatcher } from './desk/dispatch.ts';
import { Leases, startLeaseWatch } from './desk/leases.ts';
import { Line } from './desk/line.ts';
import { Processes } from './desk/processes.ts';
import { ClaimRate } from './desk/rate.ts';
import { openRules, type Settled } from './desk/rules/open.ts';
import { Finder } from './desk/search/finder.ts';
import { staffingOf } from './desk/staffing.ts';
import { startSweeper } from './desk/sweeper.ts';
import { openDialogs } from './dialogs/load.ts';
import { dialogsVersion } from './dialogs/version.ts';
import { openSignatures } from './logs/signature-load.ts';
import { LogThread } from './logs/thread.ts';
import type { Store } from './store/store.ts';
import { openUnderstanding, type Tuning } from './understanding/load.ts';
import { matchingOf } from './understanding/matching.ts';
import { Suggestions } from './understanding/suggestions.ts';
import { titleIn } from './understanding/understanding.ts';

export interface ServiceOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Stands in for the stock authentication, where its endpoints must be local. */
  readonly authentication?: BotFrameworkAuthentication;
  /** Wraps the engine: a test's way to fail at a chosen step. */
  readonly wrapStore?: (store: Store) => Store;
}

export interface Service {
  readonly port: number;
  /** The account made at the first start; the only time its password is known. */
  readonly firstAccount: { readonly name: string; readonly password: string } | undefined;
  /** Takes no more, finishes what is under way within `patience` ms, closes the engine. */
  stop(patience?: number): Promise<void>;
}

export async function startService({ config, log, authentication, wrapStore }: ServiceOptions): Promise<Service> {
  await requireDirectory('FAQ_DIR', config.FAQ_DIR);
  // Set by hand, a directory must be there; without one, the bot only has no dialogs.
  if (config.DIALOGS_DIR !== undefined) await requireDirectory('DIALOGS_DIR', config.DIALOGS_DIR);
  const rules = await openRules({ file: config.DESK_FILE, log, watch: true });
  const engine = await openEngine(config, {
    shared: false,
    onError: (error) => log.warn({ error }, 'the store reported a fault'),
  });
  const wrapped = wrapStore ? wrapStore(engine) : engine;
  const archive = new Archive(wrapped, new Shelf(join(config.DATA_DIR, 'archive')));
  const store = reaching(wrapped, archive);
  const tuning = tuningBy(rules.current());
  const understanding = await openUnderstanding({ directory: config.FAQ_DIR, log, watch: true, ...tuning });
  rules.onChange((settled) => understanding.retune(tuningBy(settled)));
  const dialogs = await openDialogs({ directory: config.DIALOGS_DIR ?? './dialogs', log, watch: true });
  const customers = await openCustomers({ place: config.CUSTOMERS, secret: config.CUSTOMERS_SECRET, log, watch: true });
  const firstAccount = await ensureAdmin(store, config.ADMIN_PASSWORD);
  const trail = new Trail(store);
  const auditError = (error: unknown) =>
    log.warn({ error }, 'the audit trail is behind; what is missing is written later');
  const auditor = await startAuditor({ store, trail, onError: auditError });
  const served = await watchServed({
    store,
    trail,
    onError: auditError,
    sources: {
      faq: () => understanding.current().version,
      dialogs: () => dialogsVersion(dialogs.all()),
      rules: () => rules.version(),
    },
  });
  const terms = () => rules.current();
  const desk = new Desk({ store, notices: texts, terms });
  const files = filesOnDisk(join(config.DATA_DIR, 'files'));
  // Files wait to be masked while they are sent; what is looked at beside the turn must not stand in their way.
  const masking = new LogThread();
  const analysing = new LogThread();
  const signatures = await openSignatures({ directory: config.DIALOGS_DIR ?? './dialogs', log, watch: true });
  const analyst = new LogAnalyst({
    store,
    desk,
    thread: analysing,
    understanding,
    terms,
    signatures: () => signatures.current(),
    read: async (conversation, file) => (await files.get(conversation, file))?.bytes,
    log,
  });
  const rate = new ClaimRate();
  const streams = new Streams(store, log, undefined, (position) => rate.estimate(position, Date.now()));
  const tokens = new Tokens(await signingSecret(store, config.SIGNING_SECRET));

  let figures: Figures | undefined;
  const lookup = new CustomerLookup(customers, desk, log);
  const turns = new TurnMiddleware({
    store,
    log,
    terms,
    titleOf: (entry, language) => titleIn(understanding.current(), entry, language),
    onTurn: (route, seconds) => figures?.turn(route, seconds),
    onCommitted: (conversation) => {
      lookup.turned(conversation);
      analyst.turned(conversation);
    },
  });
  const { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType, MicrosoftAppTenantId } = config;
  const bot = new SupportBot({
    understanding,
    dialogs,
    terms,
    answerAt: () => rules.current().rules.understanding.answerAt,
    staffing: (tier) =>
      staffingOf(
        {
          terms,
          waiting: () => store.count(indexes.waiting),
          available: () => availableAgents({ desk, leases }),
        },
        tier,
        Date.now(),
      ),
  });
  const logic = (context: Parameters<SupportBot['run']>[0]) => bot.run(context);
  const settings = { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType, MicrosoftAppTenantId };
  const channelAuthentication = authentication ?? authenticationFor(settings);
  const adapter = new DeskAdapter(channelAuthentication, turns);

  const processes = new Processes({
    store,
    id: randomUUID(),
    serving: () => ({
      faq: understanding.current().version,
      dialogs: dialogsVersion(dialogs.all()),
      rules: rules.version(),
    }),
    onError: (error) => log.warn({ error }, 'what this process serves could not be told; it is told again'),
  });
  understanding.onChange(() => processes.tell());
  rules.onChange(() => processes.tell());

  const http = createHttp(log);
  const { server } = http;
  // What admins keep beside the dialogs is mended beside them.
  const guided = {
    all: () => dialogs.all(),
    problems: () => [
      ...dialogs.problems(),
      ...signatures.problems((id) => understanding.current().entry(id) !== undefined),
    ],
  };
  figures = mountHealth(server, {
    store,
    understanding,
    dialogs: guided,
    rules,
    customers,
    serving: () => processes.own(),
    streams,
    log,
  });
  const directLine = new DirectLine({
    store,
    adapter,
    logic,
    tokens,
    files,
    logs: { thread: masking, rules: () => terms().rules.logs },
    streams,
    log,
    publicUrl: config.PUBLIC_URL,
    origins: config.ALLOWED_ORIGINS,
    secret: config.DIRECT_LINE_SECRET,
    identitySecret: config.IDENTITY_SECRET,
  });
  directLine.mount(server);
  const suggestions = new Suggestions(() => understanding.current());
  mountSuggestions(server, { suggestions, origins: config.ALLOWED_ORIGINS, log });
  mountUpgrade(server, log, (request, url, socket, head) => directLine.upgrade(request, url, socket, head));
  mountBotFramework(server, { store, adapter, logic, log, appId: MicrosoftAppId });
  const line = new Line({
    store,
    onUnreadable: (error) =>
      log.error({ error, conversation: error.conversation }, 'a waiting conversation cannot be read'),
    onError: (error) => log.warn({ error }, 'the queue could not be read; it is compared again when it is needed'),
  });
  const leases = new Leases({
    store,
    rules: () => desk.terms().rules.lease,
    onError: (error) => log.debug({ error }, 'a lease could not be renewed; the next beat does'),
  });
  const dispatcher = new Dispatcher({
    desk,
    line,
    available: () => availableAgents({ desk, leases }),
    onError: (error) => log.warn({ error }, 'cases could not be given out; it is tried again'),
  });
  const gauges = deskGauges({
    registry: figures.registry,
    store: wrapped,
    available: () => availableAgents({ desk, leases }),
    onError: (error) => log.debug({ error }, 'a rating could not be read for the metrics'),
  });
  const finder = new Finder(wrapped, (error) =>
    log.error(
      { error, conversation: error.conversation },
      'a conversation cannot be read and is not found by a search',
    ),
  );
  const agents = mountConsole(server, {
    store,
    desk,
    line,
    leases,
    files,
    archive,
    finder,
    log,
    rules: () => terms().rules,
    publicUrl: config.PUBLIC_URL,
    understanding,
    readiness: async () => {
      const found = await readiness(store, understanding, guided, rules, customers, processes.own());
      return {
        problems: [found.faq, found.dialogs, found.rules, found.customers].flatMap(({ problems }) => problems),
        processes: await processes.list(),
      };
    },
  });
  const webhooks: WebhookOptions = {
    store,
    desk,
    log,
    rules: () => terms().rules,
    secretOf: (name) => process.env[name],
    caseOf: (c, timeline) => agents.caseOf(c, timeline),
    publicUrl: config.PUBLIC_URL,
  };
  mountUpdates(server, webhooks);
  await mountPages(server, log);

  const worker = new DeliveryWorker({
    store,
    desk,
    log,
    send: sendThrough(channelAuthentication, MicrosoftAppId ?? ''),
  });
  const teller = new WebhookWorker(webhooks);
  const unfollow = await store.follow(undefined, (item) => {
    line.announced(item);
    dispatcher.announced(item);
    agents.announced(item);
    if (item.kind === 'lost') streams.refresh();
    else {
      streams.announced(item.announcement);
      gauges.announced(item.announcement);
      const { types, at } = item.announcement;
      if (Array.isArray(types) && types.includes('claimed') && typeof at === 'number') rate.claimed(at);
      if (MicrosoftAppId) worker.announced(item.announcement);
      teller.announced(item.announcement);
    }
  });
  await line.refresh();
  const unlisten = store.onSignal((message) => {
    agents.signal(message);
    dispatcher.nudge();
    streams.typing(message);
  });
  const leaseWatch = startLeaseWatch({
    store,
    desk,
    leases,
    process: randomUUID(),
    onLost: (agent, conversations) => log.warn({ agent, conversations }, 'an agent was lost; the cases wait again'),
    onError: (error) => log.warn({ error }, 'whether agents are there could not be seen; it is looked again'),
  });
  const sweeper = startSweeper(
    store,
    async (conversation) => {
      await worker.deliver(conversation);
      await teller.deliver(conversation);
      await desk.wake(conversation);
      await analyst.look(conversation);
    },
    (error) => log.warn({ error }, 'the sweeper could not look at what is due; it looks again'),
  );

  const archiver = startArchiver({
    store: wrapped,
    archive,
    trail,
    after: () => terms().rules.retention.archiveAfter,
    onUnreadable: (error) =>
      log.error({ error, conversation: error.conversation }, 'a conversation cannot be read and is not archived'),
    onError: (error) => log.warn({ error }, 'nothing more could be archived now; it is tried again within an hour'),
  });

  finder
    .warm()
    .catch((error: unknown) => log.warn({ error }, 'the cases could not be read for the search; it reads them'));
  const port = await http.listen(config.PORT, config.HOST);
  processes.start(`${hostname()}:${port}`);
  return {
    port,
    firstAccount,
    async stop(patience = 4_000) {
      sweeper.stop();
      leaseWatch.stop();
      leases.close();
      await dispatcher.stop();
      agents.close();
      streams.close();
      await http.stop(patience);
      unfollow();
      unlisten();
      await worker.settled();
      await processes.stop();
      await teller.settled();
      await Promise.all([masking.close(), analysing.close(), signatures.close()]);
      await analyst.settled();
      served.stop();
      await archiver.stop();
      await auditor.stop();
      await customers.close();
      await lookup.settled();
      await understanding.close();
      await dialogs.close();
      await rules.close();
      await store.close();
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
