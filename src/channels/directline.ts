/** Direct Line 3.0 for the website: conversations, activities, uploads, tokens, and the WebSocket stream. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { DeskAdapter, Logic } from '../bot/adapter.ts';
import type { Outcome } from '../bot/turn.ts';
import type { Event } from '../conversation/event.ts';
import { languageOfLocale } from '../conversation/language.ts';
import type { Attachment } from '../conversation/message.ts';
import type { LogRules } from '../conversation/rules.ts';
import type { Visitor } from '../conversation/state.ts';
import type { LogThread } from '../logs/thread.ts';
import type { Store } from '../store/store.ts';
import { type Caller, Callers, idOf, queryOf } from './caller.ts';
import { type FileStore, fileHeaders, fileReference } from './files.ts';
import { allowOrigins, baseUrl, HttpError, handle, readBody, readJson, sendJson } from './http.ts';
import { type Grant, newId, signedVisitor, type Tokens, tokenLifetime } from './identity.ts';
import { takeIn } from './intake.ts';
import { keyOf, type Posted, postedActivity, readUpload, type Upload } from './posted.ts';
import { Room } from './room.ts';
import type { Streams } from './streams.ts';
import { refuse } from './upgrade.ts';
import { stateActivity } from './visitor-state.ts';
import { activityFor, activityId, hubActivityFor } from './wire.ts';

export interface DirectLineOptions {
  readonly store: Store;
  readonly adapter: DeskAdapter;
  readonly logic: Logic;
  readonly tokens: Tokens;
  readonly files: FileStore;
  readonly logs: { readonly thread: Pick<LogThread, 'run'>; readonly rules: () => LogRules };
  readonly streams: Streams;
  readonly log: Logger;
  readonly publicUrl: string | undefined;
  readonly origins: readonly string[];
  readonly secret: string | undefined;
  readonly identitySecret: string | undefined;
}

/** One upload: bytes in all, and files. */
const uploadLimit = 20 * 1024 * 1024;
/** All uploads under way, bytes as they came; in parts each takes some four times as much, but only one at a time is taken apart. */
const uploadRoom = 200 * 1024 * 1024;
const pageSize = 500;

export class DirectLine {
  readonly #o: DirectLineOptions;
  readonly #callers: Callers;
  readonly #uploads = new Room(uploadRoom);
  #reading: Promise<unknown> = Promise.resolve();
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });

  constructor(options: DirectLineOptions) {
    this.#o = options;
    this.#callers = new Callers(options.tokens, options.secret);
  }

  mount(server: Server): void {
    const { log, origins } = this.#o;
    const cors = allowOrigins(origins);
    const route = (handler: (request: Request, response: Response) => Promise<void>) => [cors, handle(log, handler)];
    const preflight = route(async (_request, response) => {
      response.writeHead(204);
      response.end();
    });
    server.opts('/v3/directline/*', ...preflight);
    server.opts('/widget/session', ...preflight);
    server.post('/widget/session', ...route((request, response) => this.#session(request, response)));
    server.post('/v3/directline/tokens/generate', ...route((request, response) => this.#generate(request, response)));
    server.post('/v3/directline/tokens/refresh', ...route((request, response) => this.#refresh(request, response)));
    server.post('/v3/directline/conversations', ...route((request, response) => this.#start(request, response)));
    server.get('/v3/directline/conversations/:id', ...route((request, response) => this.#reconnect(request, response)));
    server.get(
      '/v3/directline/conversations/:id/activities',
      ...route((request, response) => this.#poll(request, response)),
    );
    server.post(
      '/v3/directline/conversations/:id/activities',
      ...route((request, response) => this.#post(request, response)),
    );
    server.post(
      '/v3/directline/conversations/:id/upload',
      ...route((request, response) => this.#upload(request, response)),
    );
    server.get(
      '/v3/directline/conversations/:id/files/:file',
      ...route((request, response) => this.#file(request, response)),
    );
  }

  /** An upgrade request for a stream. @returns false when the path is not ours. */
  upgrade(request: IncomingMessage, url: URL, socket: Duplex, head: Buffer): boolean {
    const id = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/.exec(url.pathname)?.[1];
    if (!id) return false;
    const token = url.searchParams.get('t') ?? '';
    const watermark = watermarkOf(url.searchParams.get('watermark'));
    this.#o.tokens
      .verify(token)
      .then((grant) => {
        if (encodeURIComponent(grant.conversation) !== id && grant.conversation !== id)
          return refuse(socket, '403 Forbidden');
        const fileUrl = this.#fileUrl(request, grant.conversation, token);
        this.#sockets.handleUpgrade(request, socket, head, (ws) => {
          // A client's empty frames keep the line open; it has nothing else to say here.
          this.#o.streams.add(grant.conversation, ws, watermark, fileUrl);
        });
      })
      .catch((error: unknown) => {
        if (!(error instanceof HttpError)) this.#o.log.error({ error }, 'a visitor socket could not be opened');
        refuse(socket, error instanceof HttpError ? '403 Forbidden' : '503 Service Unavailable');
      });
    return true;
  }

  /** A token for the chat of our own widget: a new conversation, or the one an earlier token was for. */
  async #session(request: Request, response: Response): Promise<void> {
    const body = z
      .object({ locale: z.string().max(35).optional(), identity: z.string().max(8_000).optional() })
      .safeParse(await readJson(request));
    if (!body.success) throw new HttpError(400, 'bad-request', 'locale and identity, where given, must be texts.');
    const visitor = body.data.identity ? await signedVisitor(body.data.identity, this.#o.identitySecret) : undefined;
    const known = await this.#callers.resumed(request);
    const fits = known && (!visitor || known.user === visitor.id);
    const grant = fits ? known : { conversation: newId(), user: visitor?.id ?? newId() };
    if (visitor) await this.#o.store.records.put('visitor', grant.conversation, { ...visitor }, tokenLifetime * 1000);
    const token = await this.#o.tokens.issue(grant);
    sendJson(response, 200, {
      token,
      conversationId: grant.conversation,
      userId: grant.user,
      expires_in: tokenLifetime,
    });
  }

  async #generate(request: Request, response: Response): Promise<void> {
    const caller = await this.#callers.caller(request);
    if (caller.kind !== 'server')
      throw new HttpError(403, 'forbidden', 'Tokens are generated with the Direct Line secret only.');
    const body = z
      .object({ user: z.object({ id: z.string().min(1).max(200) }).optional() })
      .safeParse(await readJson(request));
    const grant = { conversation: newId(), user: (body.success && body.data.user?.id) || newId() };
    sendJson(response, 200, {
      conversationId: grant.conversation,
      token: await this.#o.tokens.issue(grant),
      expires_in: tokenLifetime,
    });
  }

  async #refresh(request: Request, response: Response): Promise<void> {
    const caller = await this.#callers.caller(request);
    if (caller.kind !== 'visitor') throw new HttpError(403, 'forbidden', 'Only a token can be refreshed.');
    const { conversation } = caller.grant;
    sendJson(response, 200, {
      conversationId: conversation,
      token: await this.#o.tokens.issue(caller.grant),
      expires_in: tokenLifetime,
    });
  }

  async #start(request: Request, response: Response): Promise<void> {
    const caller = await this.#callers.caller(request);
    const body = z
      .object({
        user: z.object({ id: z.string().min(1).max(200).optional(), name: z.string().max(200).optional() }).optional(),
        locale: z.string().max(35).optional(),
      })
      .safeParse(await readJson(request));
    if (!body.success)
      throw new HttpError(400, 'bad-request', 'user and locale, where given, must be an object with texts and a text.');
    const grant: Grant =
      caller.kind === 'visitor' ? caller.grant : { conversation: newId(), user: body.data.user?.id ?? newId() };
    const user = { id: grant.user, name: body.data.user?.name ?? '' };
    const update = {
      type: 'conversationUpdate',
      membersAdded: [user],
      ...(body.data.locale ? { locale: body.data.locale } : {}),
    };
    const signed = (await this.#o.store.records.get('visitor', grant.conversation)) as Visitor | undefined;
    const outcome = await this.#turn(request, grant, update as Partial<Activity>, 'start', user.name, signed);
    sendJson(response, outcome.repeated ? 200 : 201, await this.#line(request, grant, ''));
  }

  async #reconnect(request: Request, response: Response): Promise<void> {
    const caller = await this.#callers.callerFor(request);
    const id = idOf(request);
    const grant = caller.kind === 'visitor' ? caller.grant : { conversation: id, user: newId() };
    const watermark = queryOf(request).get('watermark') ?? '';
    sendJson(response, 200, await this.#line(request, grant, watermark));
  }

  /** What every start and reconnect must carry: the client overwrites its token and address with it, blindly. */
  async #line(request: Request, grant: Grant, watermark: string): Promise<object> {
    const token = await this.#o.tokens.issue(grant);
    const ws = baseUrl(request, this.#o.publicUrl).replace(/^http/, 'ws');
    const query = new URLSearchParams({ ...(watermark ? { watermark } : {}), t: token });
    const streamUrl = `${ws}/v3/directline/conversations/${encodeURIComponent(grant.conversation)}/stream?${query}`;
    return { conversationId: grant.conversation, token, expires_in: tokenLifetime, streamUrl, referenceGrammarId: '' };
  }

  async #poll(request: Request, response: Response): Promise<void> {
    const caller = await this.#callers.callerFor(request);
    const id = idOf(request);
    const after = watermarkOf(queryOf(request).get('watermark'));
    const events = await this.#o.store.history(id, after, pageSize);
    const token = caller.kind === 'visitor' ? caller.token : '';
    const fileUrl = this.#fileUrl(request, id, token);
    // Who holds the desk's secret is a hub of the company; the visitor's own client never gets these.
    const forHub = (event: Event) => (caller.kind === 'server' ? hubActivityFor(id, event) : undefined);
    const activities = events.flatMap((event) => activityFor(id, event, fileUrl) ?? forHub(event) ?? []);
    // Who cannot have a socket asks for what the socket would have told beside the log.
    const state = queryOf(request).has('state') ? await this.#o.streams.stateOf(id) : undefined;
    if (state) activities.push(stateActivity(id, state));
    sendJson(response, 200, { activities, watermark: String(events.at(-1)?.version ?? after) });
  }

  async #post(request: Request, response: Response): Promise<void> {
    const caller = await this.#callers.callerFor(request);
    const activity = postedActivity(await readJson(request));
    const grant = grantOf(caller, idOf(request), activity);
    if (activity.type === 'typing') {
      const id = `${grant.conversation}|t-${randomUUID()}`;
      const by = { role: 'visitor', id: grant.user } as const;
      await this.#o.store.signal({
        type: 'typing',
        conversation: grant.conversation,
        id,
        by,
        ...(activity.channelData ? { channelData: activity.channelData } : {}),
      });
      sendJson(response, 200, { id });
      return;
    }
    const outcome = await this.#turn(
      request,
      grant,
      activity as Partial<Activity>,
      keyOf(activity),
      activity.from?.name ?? '',
    );
    sendJson(response, 200, { id: activityId(grant.conversation, outcome.version) });
  }

  async #upload(request: Request, response: Response): Promise<void> {
    const caller = await this.#callers.callerFor(request);
    await this.#uploads.hold(async (take) => {
      const raw = await readBody(request, uploadLimit, take);
      const upload = this.#reading.then(() => readUpload(raw, request.headers['content-type'] ?? ''));
      // Whose turn is next waits for the end of this one; how it ended is told to its own sender.
      this.#reading = upload.catch(() => undefined);
      await this.#keep(request, response, caller, await upload);
    });
  }

  async #keep(request: Request, response: Response, caller: Caller, { activity, files }: Upload): Promise<void> {
    const id = idOf(request);
    const grant = grantOf(caller, id, activity);
    const stored = await Promise.all(files.map((file) => this.#store(id, file)));
    const attachments = stored.map(({ attachment }) => attachment);
    const kept = stored.flatMap((file) => file.kept);
    const discard = () => Promise.all(kept.map((file) => this.#o.files.remove(id, file)));
    try {
      const outcome = await this.#turn(
        request,
        grant,
        { ...activity, attachments } as Partial<Activity>,
        keyOf(activity),
        activity.from?.name ?? '',
      );
      if (outcome.repeated) await discard();
      sendJson(response, 200, { id: activityId(id, outcome.version) });
    } catch (error) {
      // Not committed as far as we know: the client sends all of it again. If it was, its own copy of the files stays.
      this.#o.log.warn({ conversation: id, files: kept.length }, 'an upload was not confirmed');
      throw error;
    }
  }

  /** Without its secrets. What cannot be gone through is not kept, and its sender is told why. */
  async #store(
    conversation: string,
    file: Upload['files'][number],
  ): Promise<{ attachment: Attachment; kept: readonly string[] }> {
    const { files, logs } = this.#o;
    const taken = await takeIn(file, logs.thread, logs.rules());
    if (taken.kind === 'refused') {
      const { name, contentType, refusal } = taken;
      return { attachment: { name, contentType, refused: refusal }, kept: [] };
    }
    const { name, contentType } = taken.file;
    const id = await files.put(conversation, taken.file);
    const original = taken.original ? await files.put(conversation, taken.original) : undefined;
    return {
      attachment: {
        contentType,
        contentUrl: fileReference(id),
        name,
        ...(original ? { original: fileReference(original) } : {}),
      },
      kept: original ? [id, original] : [id],
    };
  }

  async #file(request: Request, response: Response): Promise<void> {
    await this.#callers.callerFor(request);
    const file = await this.#o.files.get(idOf(request), String(request.params.file));
    if (!file) throw new HttpError(404, 'not-found', 'There is no such file in this conversation.');
    response.writeHead(200, fileHeaders(file));
    response.end(file.bytes);
  }

  #fileUrl(request: IncomingMessage, conversation: string, token: string): (file: string) => string {
    const base = `${baseUrl(request, this.#o.publicUrl)}/v3/directline/conversations/${encodeURIComponent(conversation)}/files`;
    return (file) => `${base}/${file}${token ? `?${new URLSearchParams({ t: token })}` : ''}`;
  }

  /** @param signed who the website says this is, where it did. */
  async #turn(
    request: Request,
    grant: Grant,
    posted: Partial<Activity>,
    key: string | undefined,
    name: string,
    signed?: Visitor,
  ): Promise<Outcome> {
    const visitor: Visitor = signed ?? { id: grant.user, ...(name ? { name } : {}), signed: false };
    const activity = {
      ...posted,
      channelId: 'directline',
      serviceUrl: baseUrl(request, this.#o.publicUrl),
      conversation: { id: grant.conversation },
      // The token says who this is, whatever the body says.
      from: { id: grant.user, name: visitor.name ?? '', role: 'user' },
      recipient: { id: 'firstline', name: 'firstline', role: 'bot' },
      // For the questions about the device; it stays out of the log.
      userAgent: request.headers['user-agent'],
    } as unknown as Activity;
    const open = {
      type: 'open',
      channel: { kind: 'website' },
      visitor,
      language: languageOfLocale(posted.locale),
    } as const;
    return this.#o.adapter.websiteTurn(
      activity,
      { conversation: grant.conversation, ...(key ? { key } : {}), open },
      this.#o.logic,
    );
  }
}

/** Empty, absent or unreadable means from the beginning: the bot may have spoken before the socket opened. */
function watermarkOf(value: string | null): number {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}

function grantOf(caller: Caller, conversation: string, activity: Posted): Grant {
  return caller.kind === 'visitor' ? caller.grant : { conversation, user: activity.from?.id ?? 'server' };
}
