/** A website visitor's turn: what was posted becomes an activity of whoever the token says, and goes to the bot. */
import type { Activity } from 'botbuilder';
import type { Request } from 'restify';
import type { DeskAdapter, Logic } from '../../bot/adapter.ts';
import type { Outcome } from '../../bot/turn.ts';
import { languageOfLocale } from '../../conversation/language.ts';
import type { Visitor } from '../../conversation/state.ts';
import type { Caller } from '../caller.ts';
import { baseUrl } from '../http.ts';
import type { Grant } from '../identity.ts';
import type { Posted } from '../posted.ts';

export interface TurnOptions {
  readonly adapter: DeskAdapter;
  readonly logic: Logic;
  readonly publicUrl: string | undefined;
}

export interface Turn {
  readonly posted: Partial<Activity>;
  /** The same key twice has one effect. */
  readonly key: string | undefined;
  /** What the visitor calls themselves; empty where they do not. */
  readonly name: string;
  /** Who the website says this is, where it did. */
  readonly signed?: Visitor | undefined;
}

export class VisitorTurns {
  readonly #o: TurnOptions;

  constructor(options: TurnOptions) {
    this.#o = options;
  }

  /** Resolves when the turn is committed. */
  run(request: Request, grant: Grant, { posted, key, name, signed }: Turn): Promise<Outcome> {
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

/** For whom the turn is: the token's user, or whom a server with the desk's secret speaks for. */
export function grantOf(caller: Caller, conversation: string, activity: Posted): Grant {
  return caller.kind === 'visitor' ? caller.grant : { conversation, user: activity.from?.id ?? 'server' };
}
