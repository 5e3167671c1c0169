/** `POST /api/messages`: Teams and other Bot Framework channels, authenticated by the stock CloudAdapter. */
import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication, TurnContext } from 'botbuilder';
import type { BotFrameworkAuthentication, ServiceClientCredentialsFactory } from 'botframework-connector';
import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import { type DeskAdapter, type Logic, Unauthenticated } from '../bot/adapter.ts';
import { isConversationId } from '../conversation/id.ts';
import { languageOfLocale } from '../conversation/language.ts';
import { firstResult } from '../conversation/seen.ts';
import type { Json } from '../conversation/state.ts';
import type { Store } from '../store/store.ts';
import type { Send } from './delivery.ts';
import { HttpError, handle, readJson, sendJson } from './http.ts';
import type { Keeping } from './keeping.ts';
import { inboundKey } from './posted.ts';
import { hasFiles, withKeptFiles } from './sentfiles.ts';

/** The names of the Bot Framework samples; the others redirect authentication, for sovereign clouds and for tests. */
export interface BotFrameworkSettings {
  readonly [name: string]: string | undefined;
}

/** Authentication as configured; without an app id it admits nobody, since `/api/messages` is then refused before it. */
export function authenticationFor(
  settings: BotFrameworkSettings,
  credentials?: ServiceClientCredentialsFactory,
): BotFrameworkAuthentication {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return new ConfigurationBotFrameworkAuthentication(given, credentials);
}

/** Sends through the stock adapter, outside any turn. */
export function sendThrough(authentication: BotFrameworkAuthentication, appId: string): Send {
  const adapter = new CloudAdapter(authentication);
  adapter.onTurnError = async (_context, error) => {
    throw error;
  };
  return async (reference, activity) => {
    const sent = adapter.continueConversationAsync(appId, reference as never, async (context) => {
      withoutRetries(context.turnState.get(adapter.ConnectorClientKey));
      await context.sendActivity(activity);
    });
    await within(sendPatience, sent);
  };
}

/** How long a channel may take for one reply, ms; within the worker's lease. */
const sendPatience = 8_000;

async function within(patience: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error('the channel did not answer in time'), { code: 'ETIMEDOUT' })),
      patience,
    );
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The SDK sends a reply again by itself after a 5xx, though the channel may have taken it, and offers no option against it. The delivery
 * worker tries again with a cursor in the log, so the policy is taken out of the client's pipeline.
 */
function withoutRetries(connectorClient: unknown): void {
  const { client } = connectorClient as { client?: { pipeline?: { removePolicy(policy: { name: string }): unknown } } };
  client?.pipeline?.removePolicy({ name: 'defaultRetryPolicy' });
}

const inbound = z
  .object({
    type: z.string().min(1),
    id: z.string().optional(),
    channelId: z.string().min(1),
    serviceUrl: z.string().min(1),
    conversation: z.object({ id: z.string().min(1) }).loose(),
    from: z
      .object({ id: z.string().min(1), name: z.string().optional(), aadObjectId: z.string().max(200).optional() })
      .loose(),
    recipient: z.object({ id: z.string() }).loose(),
    text: z.string().nullish(),
    locale: z.string().optional(),
    attachments: z.array(z.object({ contentType: z.string() }).loose()).nullish(),
    suggestedActions: z
      .object({ actions: z.array(z.object({ title: z.string() }).loose()) })
      .loose()
      .nullish(),
  })
  .loose();

export interface BotFrameworkOptions extends Keeping {
  readonly store: Store;
  readonly adapter: DeskAdapter;
  readonly logic: Logic;
  readonly log: Logger;
  readonly appId: string | undefined;
}

export function mountBotFramework(server: Server, options: BotFrameworkOptions): void {
  const { store, adapter, logic, log, appId } = options;
  server.post(
    '/api/messages',
    handle(log, async (request, response) => {
      if (!appId) {
        throw new HttpError(
          403,
          'channels-off',
          'This desk is connected to no Bot Framework channel: set MicrosoftAppId and its secret.',
        );
      }
      const parsed = inbound.safeParse(await readJson(request));
      if (!parsed.success) throw new HttpError(400, 'bad-activity', 'The body is not a Bot Framework activity.');
      const activity = {
        ...parsed.data,
        text: mentionless(parsed.data.text ?? undefined),
        deliveryMode: undefined,
      } as unknown as Activity;
      const conversation = `${activity.channelId}:${activity.conversation.id}`;
      if (!isConversationId(conversation))
        throw new HttpError(400, 'bad-activity', 'The conversation has an id that cannot be one.');
      const reference = TurnContext.getConversationReference(activity) as unknown as { [key: string]: Json };
      const { activityId: _, ...stable } = reference;
      const { id: user, name, aadObjectId } = activity.from;
      const arrival = {
        conversation,
        ...(activity.id ? { key: inboundKey(activity.id) } : {}),
        open: {
          type: 'open' as const,
          channel: { kind: 'connector' as const, channelId: activity.channelId, reference: stable },
          visitor: {
            id: user,
            ...(name ? { name } : {}),
            ...(aadObjectId ? { directoryId: aadObjectId } : {}),
            signed: true,
          },
          language: languageOfLocale(activity.locale),
        },
      };
      try {
        if (activity.type === 'typing') {
          // Proves who sends before anything is shown; a typing activity has no turn of its own to be kept.
          await adapter.authenticate(request.headers.authorization ?? '', activity);
          const by = { role: 'visitor', id: user };
          await store.signal({ type: 'typing', conversation, id: `${conversation}|t`, by });
          sendJson(response, 200, {});
          return;
        }
        if (activity.type === 'message' && hasFiles(activity)) {
          const { connectorFactory, audience } = await adapter.authenticate(
            request.headers.authorization ?? '',
            activity,
          );
          // What comes again has had its files fetched, and will have no turn.
          const [known] = await store.load([conversation]);
          const isRepeated = known && arrival.key !== undefined && firstResult(known, arrival.key) !== undefined;
          const authorization = async () => {
            const client = await connectorFactory?.create(activity.serviceUrl, audience);
            return client ? authorizationOf(client) : undefined;
          };
          if (!isRepeated) activity.attachments = await withKeptFiles(options, conversation, activity, authorization);
        }
        const invoked = await adapter.connectorTurn(request.headers.authorization ?? '', activity, arrival, logic);
        sendJson(response, invoked?.status ?? 200, invoked?.body ?? {});
      } catch (error) {
        if (error instanceof Unauthenticated) {
          log.warn(
            { channel: activity.channelId, reason: error.message },
            'an activity was refused: its token does not hold',
          );
          throw new HttpError(401, 'unauthorized', 'The token does not prove that a Bot Framework channel sent this.');
        }
        throw error;
      }
    }),
  );
}

/** The header that the SDK's client signs its own requests with. */
async function authorizationOf(client: unknown): Promise<string | undefined> {
  const { credentials } = client as { credentials: { signRequest(request: object): Promise<unknown> } };
  let signed: string | undefined;
  const set = (name: string, value: string) => {
    if (name.toLowerCase() === 'authorization') signed = value;
  };
  await credentials.signRequest({ headers: { set } });
  return signed;
}

/** Teams puts the bot's mention into the text of group chats. */
function mentionless(text: string | undefined): string | undefined {
  return text?.replace(/<at>[^<]*<\/at>/g, '').trim();
}
