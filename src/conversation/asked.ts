/** What the visitor has asked and sent since the last case was closed: folded, so that whoever takes over reads it at once. */
import type { Message } from './message.ts';
import type { Conversation, Ticket, Try } from './state.ts';

/** A question that the bot looked up, as far as it is kept: its start. */
export interface Asked {
  /** Of the look-up in the log. */
  readonly version: number;
  readonly text: string;
}

/** A file the visitor has sent. */
export interface Sent {
  readonly version: number;
  readonly contentType: string;
  readonly name?: string;
  /** As in the message. */
  readonly contentUrl?: string;
}

/** Kept of each, the newest; the log has all of them. */
const newest = 20;
/** Longest address kept, in UTF-16 units: files that stand in their own address are too much for the state. */
const longestAddress = 500;

/** The look-up follows the visitor's words, which are the newest message then. */
export function evolveMatched(c: Conversation, version: number): Conversation {
  if (!c.lastMessage) return c;
  return { ...c, asked: [...(c.asked ?? []), { version, text: c.lastMessage }].slice(-newest) };
}

export function withSent(c: Conversation, { attachments = [] }: Message, version: number): Conversation {
  if (attachments.length === 0) return c;
  const sent = attachments.map(({ contentType, name, contentUrl }) => ({
    version,
    contentType,
    ...(name ? { name: name.slice(0, 200) } : {}),
    ...(contentUrl && contentUrl.length <= longestAddress ? { contentUrl } : {}),
  }));
  return { ...c, sent: [...(c.sent ?? []), ...sent].slice(-newest) };
}

/** The case keeps what was asked, sent and tried in it, and the language it ended in. */
export const closing = (ticket: Ticket, c: Conversation): Ticket => ({
  ...ticket,
  ...told(ticket, c),
  language: c.language,
});

/** What was asked, sent and tried in a case that is open: before it was last closed, and since. */
export function told(ticket: Ticket, c: Pick<Conversation, 'asked' | 'sent' | 'tries'>): Told {
  const both = <T>(before: readonly T[] = [], since: readonly T[] = []) => [...before, ...since].slice(-newest);
  return {
    asked: both(ticket.asked, c.asked),
    sent: both(ticket.sent, c.sent),
    tries: both(ticket.tries, c.tries),
  };
}

export interface Told {
  readonly asked: readonly Asked[];
  readonly sent: readonly Sent[];
  readonly tries: readonly Try[];
}
