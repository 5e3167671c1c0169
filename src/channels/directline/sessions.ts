/** How a client comes to a conversation: sessions of our own widget, tokens, the start, the reconnect. */
import type { Activity } from 'botbuilder';
import type { Request, Response } from 'restify';
import { z } from 'zod';
import type { Visitor } from '../../conversation/state.ts';
import type { Store } from '../../store/store.ts';
import { type Callers, idOf, queryOf } from '../caller.ts';
import { HttpError, readJson, sendJson } from '../http.ts';
import { type Grant, newId, signedVisitor, type Tokens, tokenLifetime } from '../identity.ts';
import { streamUrl } from './addresses.ts';
import type { VisitorTurns } from './turns.ts';

export interface SessionOptions {
  readonly store: Store;
  readonly callers: Callers;
  readonly tokens: Tokens;
  readonly turns: VisitorTurns;
  readonly publicUrl: string | undefined;
  readonly identitySecret: string | undefined;
}

export class Sessions {
  readonly #o: SessionOptions;

  constructor(options: SessionOptions) {
    this.#o = options;
  }

  /** A token for the chat of our own widget: a new conversation, or the one an earlier token was for. */
  async session(request: Request, response: Response): Promise<void> {
    const body = z
      .object({ locale: z.string().max(35).optional(), identity: z.string().max(8_000).optional() })
      .safeParse(await readJson(request));
    if (!body.success) throw new HttpError(400, 'bad-request', 'locale and identity, where given, must be texts.');
    const visitor = body.data.identity ? await signedVisitor(body.data.identity, this.#o.identitySecret) : undefined;
    const known = await this.#o.callers.resumed(request);
    const fits = known && (!visitor || known.user === visitor.id);
    const grant = fits ? known : { conversation: newId(), user: visitor?.id ?? newId() };
    if (visitor) await this.#o.store.records.put('visitor', grant.conversation, { ...visitor }, tokenLifetime * 1000);
    sendJson(response, 200, { ...(await this.#token(grant)), userId: grant.user });
  }

  async generate(request: Request, response: Response): Promise<void> {
    const caller = await this.#o.callers.caller(request);
    if (caller.kind !== 'server')
      throw new HttpError(403, 'forbidden', 'Tokens are generated with the Direct Line secret only.');
    const body = z
      .object({ user: z.object({ id: z.string().min(1).max(200) }).optional() })
      .safeParse(await readJson(request));
    const grant = { conversation: newId(), user: (body.success && body.data.user?.id) || newId() };
    sendJson(response, 200, await this.#token(grant));
  }

  async refresh(request: Request, response: Response): Promise<void> {
    const caller = await this.#o.callers.caller(request);
    if (caller.kind !== 'visitor') throw new HttpError(403, 'forbidden', 'Only a token can be refreshed.');
    sendJson(response, 200, await this.#token(caller.grant));
  }

  async start(request: Request, response: Response): Promise<void> {
    const caller = await this.#o.callers.caller(request);
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
    const posted: Partial<Activity> = {
      type: 'conversationUpdate',
      membersAdded: [user],
      ...(body.data.locale ? { locale: body.data.locale } : {}),
    };
    const signed = (await this.#o.store.records.get('visitor', grant.conversation)) as Visitor | undefined;
    const outcome = await this.#o.turns.run(request, grant, { posted, key: 'start', name: user.name, signed });
    sendJson(response, outcome.repeated ? 200 : 201, await this.#line(request, grant, ''));
  }

  async reconnect(request: Request, response: Response): Promise<void> {
    const caller = await this.#o.callers.callerFor(request);
    const id = idOf(request);
    const grant = caller.kind === 'visitor' ? caller.grant : { conversation: id, user: newId() };
    const watermark = queryOf(request).get('watermark') ?? '';
    sendJson(response, 200, await this.#line(request, grant, watermark));
  }

  /** What every start and reconnect must carry: the client overwrites its token and address with it, blindly. */
  async #line(request: Request, grant: Grant, watermark: string): Promise<object> {
    const issued = await this.#token(grant);
    const { publicUrl } = this.#o;
    return {
      ...issued,
      streamUrl: streamUrl(request, publicUrl, grant.conversation, issued.token, watermark),
      referenceGrammarId: '',
    };
  }

  async #token(grant: Grant): Promise<{ conversationId: string; token: string; expires_in: number }> {
    return {
      conversationId: grant.conversation,
      token: await this.#o.tokens.issue(grant),
      expires_in: tokenLifetime,
    };
  }
}
