/** The bot: greets on arrival, and takes each message down the first route that wants it. */
import { ActivityHandler, type TurnContext } from 'botbuilder';
import type { Language } from '../conversation/language.ts';
import type { Terms } from '../conversation/world.ts';
import type { Staffing } from '../desk/staffing.ts';
import { shippedTerms } from '../desk/terms.ts';
import type { Dialogs } from '../dialogs/dialog.ts';
import type { Understanding } from '../understanding/understanding.ts';
import { feel } from './feel.ts';
import { noteLogs } from './logs.ts';
import { routes } from './routes.ts';
import { Talk } from './talk.ts';
import { workingTurn } from './working-turn.ts';

export interface Place {
  /** How many come before; undefined where that is not known. */
  readonly ahead: number | undefined;
  /** Seconds until its turn; undefined where that is not known. */
  readonly seconds: number | undefined;
}

export interface BotOptions {
  readonly understanding: Understanding;
  /** Absent where there are none. */
  readonly dialogs?: Dialogs;
  /** ms since 1970; the clock where left out. */
  readonly now?: () => number;
  /** The desk's rules and hours; the shipped ones where left out. */
  readonly terms?: () => Terms;
  /** Least confidence to answer outright; the shipped one where left out. */
  readonly answerAt?: () => Readonly<Record<Language, number>>;
  /** Whether somebody can take a case of this tier now. */
  readonly staffing: (tier: 1 | 2 | 3) => Promise<Staffing>;
  /** Where a waiting conversation stands; not known where left out. */
  readonly place?: (conversation: string) => Promise<Place | undefined>;
}

export class SupportBot extends ActivityHandler {
  constructor(options: BotOptions) {
    super();
    this.onMembersAdded(async (context, next) => {
      await greet(new Talk(context, workingTurn(context), options));
      await next();
    });
    this.onMessage(async (context, next) => {
      await answer(context, options);
      await next();
    });
  }
}

/** Once in a conversation's life: a channel may say more than once that somebody arrived. */
async function greet(talk: Talk): Promise<void> {
  talk.turn.route = 'greeting';
  if (talk.turn.conversation.version > 1 || talk.turn.conversation.phase.at !== 'bot') return;
  await talk.say(talk.t.greeting, [talk.t.talkToPerson]);
}

async function answer(context: TurnContext, options: BotOptions): Promise<void> {
  const talk = new Talk(context, workingTurn(context), options);
  feel(talk, (options.terms?.() ?? shippedTerms).rules.sentiment);
  noteLogs(talk);
  for (const route of routes) {
    if (await route.take(talk)) {
      talk.turn.route = route.name;
      return;
    }
  }
  throw new Error('No route took the message; the last one must take all.');
}
