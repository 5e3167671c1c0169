/** What goes with a hand-off, so that nobody has to ask twice: the folded state as whoever takes over needs it. */
import { type Asked, type Sent, told } from './asked.ts';
import type { Product } from './customer.ts';
import { noDetails } from './details.ts';
import type { Language } from './language.ts';
import { pressureOf, type Sentiment } from './sentiment.ts';
import {
  type Channel,
  type Conversation,
  type Details,
  type HandoffReason,
  originOf,
  type Priority,
  type Try,
  type Visitor,
} from './state.ts';

/** How it goes for the visitor, with the lexicon's words that say so and what each weighs. */
export interface SentimentView {
  /** 0 to 1 each. */
  readonly levels: Sentiment['levels'];
  readonly people: number | null;
  /** Oldest first. */
  readonly words: Sentiment['terms'];
  /** 0 to 1: at the hand-off, and as it is now or was at the end. */
  readonly pressure: { readonly start: number; readonly now: number };
}

export interface Packet {
  readonly reason: HandoffReason;
  /** The matcher's, at hand-off: 0 to 1. */
  readonly confidence: number | null;
  /** What the case is about, in the visitor's words. */
  readonly question: string;
  /** All that was looked up, oldest first; of each the start. */
  readonly questions: readonly Asked[];
  /** Answers the bot gave; `helped` is null where the visitor has not said. */
  readonly tries: readonly {
    readonly entry: string;
    readonly title?: string;
    readonly confidence: number;
    readonly helped: boolean | null;
  }[];
  readonly language: Language;
  /** `website`, or the Bot Framework channel's id. */
  readonly channel: string;
  readonly customer: Visitor;
  readonly products: readonly Product[];
  /** What is known of the device and its surroundings, by the step's name. */
  readonly environment: Readonly<Record<string, string>>;
  /** All that was collected, by the step's name; null for what was asked and not answered. */
  readonly details: Readonly<Record<string, string | null>>;
  /** Asked and not answered. */
  readonly missing: readonly string[];
  readonly sentiment: SentimentView | null;
  readonly attachments: readonly Sent[];
  /** Who should take it, and how soon. */
  readonly suggested: { readonly tier: 1 | 2 | 3; readonly skills: readonly string[]; readonly priority: Priority };
}

/** What an FAQ entry is called; undefined for one that is no longer there. */
export type TitleOf = (entry: string, language: Language) => string | undefined;

/** Steps of the shipped dialogs that tell of the surroundings. */
const surroundings =
  /^(product|product-name|device|model|serial|os|os-version|windows-version|browser|network|connection|version)$/;

/** Null when nothing was handed off. */
export function packetOf(c: Conversation, titleOf: TitleOf): Packet | null {
  const { ticket, visitor } = c;
  if (!ticket) return null;
  const { details = noDetails } = ticket;
  // A closed case keeps what was known of it; what is asked since belongs to the next.
  const { tries = [], asked = [], sent = [] } = ticket.closed ? ticket : told(ticket, c);
  return {
    reason: ticket.reason,
    confidence: ticket.confidence ?? null,
    question: ticket.subject,
    questions: asked,
    tries: tries.map((one) => triedOf(one, titleOf(one.entry, c.language))),
    language: c.language,
    channel: channelOf(c.channel),
    customer: visitor,
    products: c.customer?.products ?? [],
    environment: Object.fromEntries(
      details.answers.filter(({ step }) => surroundings.test(step)).map(({ label, value }) => [label, value]),
    ),
    details: detailsOf(details),
    missing: details.open.map(({ label }) => label),
    sentiment: sentimentOf(ticket.sentiment, ticket.pressure),
    attachments: sent,
    suggested: { tier: ticket.tier, skills: ticket.skills, priority: ticket.priority },
  };
}

const triedOf = ({ entry, confidence, helped }: Try, title: string | undefined): Packet['tries'][number] => ({
  entry,
  ...(title ? { title } : {}),
  confidence,
  helped: helped ?? null,
});

const channelOf = (channel: Channel): string => (channel.kind === 'connector' ? channel.channelId : originOf(channel));

const detailsOf = ({ answers, open }: Details): Packet['details'] =>
  Object.fromEntries([
    ...open.map(({ label }) => [label, null] as const),
    ...answers.map(({ label, value }) => [label, value] as const),
  ]);

/** Null where nothing was felt. */
function sentimentOf(sentiment: Sentiment | undefined, pressureAtStart = 0): SentimentView | null {
  if (!sentiment) return null;
  const { levels, people, terms } = sentiment;
  return {
    levels,
    people: people ?? null,
    words: terms,
    pressure: { start: pressureAtStart, now: pressureOf(sentiment) },
  };
}
