/** The composition root: this file and those in `service/` alone know every room. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { BotFrameworkAuthentication } from 'botframework-connector';
import type { Logger } from 'pino';
import { initiation } from './bot/handoff-event.ts';
import { texts } from './bot/texts.ts';
import { authenticationFor, sendThrough } from './channels/botframework.ts';
import { DeliveryWorker } from './channels/delivery.ts';
import { deskGauges } from './channels/desk-gauges.ts';
import { filesOnDisk } from './channels/files.ts';
import { mountHealth, readiness } from './channels/health.ts';
import { createHttp } from './channels/http.ts';
import { mountPages } from './channels/pages.ts';
import { Streams } from './channels/streams.ts';
import { mountUpdates, type WebhookOptions, WebhookWorker } from './channels/webhooks.ts';
import type { Config } from './config.ts';
import { ensureAdmin } from './console/accounts.ts';
import { availableAgents } from './console/colleagues.ts';
import { mountConsole } from './console/console.ts';
import type { TitleOf } from './conversation/packet.ts';
import { Desk } from './desk/desk.ts';
import { Processes } from './desk/processes.ts';
import { ClaimRate } from './desk/rate.ts';
import { forgetOutdated } from './desk/remembered.ts';
import { Finder } from './desk/search/finder.ts';
import { startSweeper } from './desk/sweeper.ts';
import { Closing } from './service/closing.ts';
import { openEdited } from './service/edited.ts';
import { openKept, startArchiving, startEnlisting, startTrail } from './service/kept.ts';
import { openQueue } from './service/queue.ts';
import { openVisitors } from './service/visitors.ts';
import { type Store, Unreadable } from './store/store.ts';
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

/** A start that fails closes what it had opened. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const closing = new Closing();
  try {
    return await start(options, closing);
  } catch (error) {
    await closing
      .close()
      .catch((fault: unknown) => options.log.warn({ error: fault }, 'what had been opened did not close'));
    throw error;
  }
}

async function start(
  { config, log, authentication, wrapStore = (store) => store }: ServiceOptions,
  closing: Closing,
): Promise<Service> {
  const kept = await openKept(config, log, closing, wrapStore);
  const { engine, store, archive } = kept;
  const edited = await openEdited(config, log, closing);
  const { understanding, rules, customers, guided, versions, terms } = edited;
  await startTrail(kept, versions, log, closing);

  const titleOf: TitleOf = (entry, language) => titleIn(understanding.current(), entry, language);
  const desk = new Desk({
    store,
    notices: texts,
    terms,
    beside: (found, decided, at) => initiation({ store, titleOf }, found, decided, at),
  });
  const files = filesOnDisk(join(config.DATA_DIR, 'files'));
  const rate = new ClaimRate();
  const streams = new Streams(
    store,
    log,
    undefined,
    (position) => rate.estimate(position, store.now()),
    () => terms().rules.desk.name,
  );
  const queue = openQueue(desk, log, closing);
  const { line, leases, dispatcher } = queue;
  const processes = new Processes({
    store,
    id: randomUUID(),
    serving: () => ({ faq: versions.faq(), dialogs: versions.dialogs(), rules: versions.rules() }),
    onError: (error) => log.warn({ error }, 'what this process serves could not be told; it is told again'),
  });
  understanding.onChange(() => processes.tell());
  rules.onChange(() => processes.tell());

  const http = createHttp(log);
  const { server } = http;
  const figures = mountHealth(server, {
    store,
    understanding,
    dialogs: guided,
    rules,
    customers,
    serving: () => processes.own(),
    streams,
    log,
  });
  const { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType, MicrosoftAppTenantId } = config;
  const settings = { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType, MicrosoftAppTenantId };
  const channelAuthentication = authentication ?? authenticationFor(settings);
  const visitors = await openVisitors(server, {
    config,
    log,
    closing,
    edited,
    desk,
    leases,
    files,
    streams,
    authentication: channelAuthentication,
    onTurn: (route, seconds) => figures.turn(route, seconds),
    onRefused: (why) => figures.refused(why),
  });
  const gauges = deskGauges({
    registry: figures.registry,
    store: engine,
    available: () => availableAgents({ desk, leases }),
    onError: (error) => log.debug({ error }, 'a rating could not be read for the metrics'),
  });
  const finder = new Finder(engine, (error) =>
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
  closing.add(() => Promise.all([worker.settled(), teller.settled()]));
  const unfollow = await store.follow(undefined, (item) => {
    forgetOutdated(store, item);
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
  closing.add(unfollow);
  await line.refresh();
  const unlisten = store.onSignal((message) => {
    agents.signal(message);
    dispatcher.nudge();
    streams.typing(message);
  });
  closing.add(unlisten);
  queue.watchLeases();
  const sweeper = startSweeper(
    store,
    [
      (conversation) => worker.deliver(conversation),
      (conversation) => teller.deliver(conversation),
      (conversation) => desk.wake(conversation),
      (conversation) => visitors.analyst.look(conversation),
    ],
    (error) => {
      // What cannot be read the delivery worker names, once.
      if (!(error instanceof Unreadable))
        log.warn({ error }, 'the sweeper could not look at what is due; it looks again');
    },
  );
  closing.add(() => Promise.all([sweeper.stop(), visitors.endReading()]));
  startArchiving(kept, terms, log, closing);
  startEnlisting(kept, log, closing);

  finder
    .warm()
    .catch((error: unknown) => log.warn({ error }, 'the cases could not be read for the search; it reads them'));
  let patience = 4_000;
  closing.add(() => http.stop(patience));
  // Streams that stand would keep the listener open.
  closing.add(() => {
    agents.close();
    streams.close();
  });
  const port = await http.listen(config.PORT, config.HOST);
  // When nothing can stop the start any more: a password that is shown once must be shown.
  const firstAccount = await ensureAdmin(store, config.ADMIN_PASSWORD);
  processes.start(`${hostname()}:${port}`);
  closing.add(() => processes.stop());
  return {
    port,
    firstAccount,
    async stop(given = patience) {
      patience = given;
      await closing.close();
    },
  };
}
