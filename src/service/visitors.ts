/** The visitors' side: the bot, its turns, what is looked up and looked at beside them, and the channels they come by. */
import type { BotFrameworkAuthentication } from 'botframework-connector';
import type { Logger } from 'pino';
import type { Server } from 'restify';
import { DeskAdapter } from '../bot/adapter.ts';
import { LogAnalyst } from '../bot/analyst.ts';
import { SupportBot } from '../bot/bot.ts';
import { CustomerLookup } from '../bot/customer-lookup.ts';
import { TurnMiddleware } from '../bot/turn.ts';
import { Allowance } from '../channels/allowance.ts';
import { mountBotFramework } from '../channels/botframework.ts';
import { DirectLine } from '../channels/directline.ts';
import type { FileStore } from '../channels/files.ts';
import { signingSecret, Tokens } from '../channels/identity.ts';
import type { Streams } from '../channels/streams.ts';
import { mountSuggestions } from '../channels/suggestions.ts';
import { mountUpgrade } from '../channels/upgrade.ts';
import type { Config } from '../config.ts';
import { availableAgents } from '../console/colleagues.ts';
import { indexes } from '../conversation/placement.ts';
import type { Desk } from '../desk/desk.ts';
import type { Leases } from '../desk/leases.ts';
import { staffingOf } from '../desk/staffing.ts';
import { LogThread } from '../logs/thread.ts';
import { Suggestions } from '../understanding/suggestions.ts';
import { titleIn } from '../understanding/understanding.ts';
import type { Closing } from './closing.ts';
import type { Edited } from './edited.ts';

export interface VisitorsOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly closing: Closing;
  readonly edited: Edited;
  readonly desk: Desk;
  readonly leases: Leases;
  readonly files: FileStore;
  readonly streams: Streams;
  readonly authentication: BotFrameworkAuthentication;
  /** Told of each turn that ended. */
  readonly onTurn: (route: string, seconds: number) => void;
  /** Told of each thing that a visitor sent and a limit of desk.yaml refused. */
  readonly onRefused: (why: string) => void;
}

export interface Visitors {
  readonly analyst: LogAnalyst;
  /** Ends the reading of logs; what is not done stays due. */
  endReading(): Promise<void>;
}

export async function openVisitors(server: Server, options: VisitorsOptions): Promise<Visitors> {
  const { config, log, closing, edited, desk, leases, files, streams, authentication, onTurn, onRefused } = options;
  const { store } = desk;
  const { understanding, dialogs, signatures, customers, terms } = edited;
  // Files wait to be masked while they are sent; what is looked at beside the turn must not stand in their way.
  const masking = new LogThread();
  const analysing = new LogThread();
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
  const lookup = new CustomerLookup(customers, desk, log);
  closing.add(async () => {
    await customers.close();
    await lookup.settled();
  });
  const turns = new TurnMiddleware({
    store,
    log,
    terms,
    titleOf: (entry, language) => titleIn(understanding.current(), entry, language),
    onTurn,
    onCommitted: (conversation) => {
      lookup.turned(conversation);
      analyst.turned(conversation);
    },
  });
  const bot = new SupportBot({
    understanding,
    dialogs,
    terms,
    now: () => desk.now(),
    answerAt: () => terms().rules.understanding.answerAt,
    staffing: (tier) =>
      staffingOf(
        {
          terms,
          waiting: () => store.count(indexes.waiting),
          available: () => availableAgents({ desk, leases }),
        },
        tier,
        desk.now(),
      ),
    place: async (conversation) => {
      const state = await streams.stateOf(conversation);
      if (!state || state.position === null) return undefined;
      return { ahead: state.position - 1, seconds: state.estimate ?? undefined };
    },
  });
  const logic = (context: Parameters<SupportBot['run']>[0]) => bot.run(context);
  const adapter = new DeskAdapter(authentication, turns);
  const logs = { thread: masking, rules: () => terms().rules.logs };
  const allowance = new Allowance({
    files,
    rules: () => terms().rules.limits,
    now: () => desk.now(),
    onRefused: (why, conversation) => {
      onRefused(why);
      log.warn({ conversation, why }, 'a file was refused by the limits of desk.yaml');
    },
  });
  const directLine = new DirectLine({
    store,
    adapter,
    logic,
    tokens: new Tokens(await signingSecret(store, config.SIGNING_SECRET)),
    files,
    allowance,
    logs,
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
  mountBotFramework(server, { store, adapter, logic, log, files, allowance, logs, appId: config.MicrosoftAppId });
  return {
    analyst,
    async endReading() {
      await Promise.all([masking.close(), analysing.close()]);
      await analyst.settled();
    },
  };
}
