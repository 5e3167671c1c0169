import { withSent } from './asked.ts';
import { awaitVisitor, stopAwaiting } from './awaiting.ts';
import { answeredAt } from './clocks.ts';
import type { Language } from './language.ts';
import type { LogRefusal } from './logs.ts';
import { Rejected } from './rejected.ts';
import { faded, felt } from './sentiment.ts';
import { answeredPhase } from './silence.ts';
import type { Actor, Conversation, Json } from './state.ts';

export interface Attachment {
  readonly contentType: string;
  readonly contentUrl?: string;
  readonly name?: string;
  /** Cards and other inline content. */
  readonly content?: Json;
  /** Why the file was not kept: then it has no address. */
  readonly refused?: LogRefusal;
  /** The file as it came, for agents, where the desk keeps it; `contentUrl` is the masked one. */
  readonly original?: string;
}

export interface SuggestedAction {
  readonly title: string;
  /** What pressing it says for the visitor. */
  readonly value: string;
}

/** What one message carries, whoever sent it. */
export interface Content {
  readonly text?: string;
  readonly format?: 'markdown' | 'plain';
  readonly attachments?: readonly Attachment[];
  readonly suggestedActions?: readonly SuggestedAction[];
  /** A button's payload, for channels that send one instead of text. */
  readonly value?: Json;
  readonly channelData?: { readonly [key: string]: Json };
}

/** Said by anybody, seen by the visitor. */
export interface Message extends Content {
  readonly type: 'message';
  /** Language of the visitor's text, where it tells. */
  readonly language?: Language;
}

/** A channel activity that is no message (an event of the page, a reaction): kept, echoed, never answered. */
export interface OtherActivity {
  readonly type: 'activity';
  readonly activity: { readonly [key: string]: Json };
}

export type MessageEvent = Message | OtherActivity;

const previewLength = 140;
/** Characters of a ticket's subject. */
export const subjectLength = 200;

export function evolveMessage(c: Conversation, event: Message, by: Actor, version: number, at: number): Conversation {
  const lastMessage = (event.text ?? event.attachments?.[0]?.name ?? '').slice(0, previewLength);
  if (by.role === 'visitor') {
    const heard = stopAwaiting(c);
    return {
      ...withSent(heard.sentiment ? felt(heard, faded(heard.sentiment)) : heard, event, version),
      lastMessage,
      unread: c.unread + 1,
      language: event.language ?? c.language,
      // Who writes into a closed conversation begins anew: the bot listens.
      phase: c.phase.at === 'closed' ? { at: 'bot' } : answeredPhase(c.phase, 'visitor', at),
      ...(c.phase.at === 'queued' ? subjectFrom(heard, event) : {}),
    };
  }
  const pushed = c.delivery ? { ...c, delivery: { ...c.delivery, last: version } } : c;
  // A notice is no answer: it leaves the unread count as it is.
  if (by.role === 'desk') return pushed;
  // What the bot says is much the same in every case; a list is read for what people say.
  if (by.role === 'bot') return { ...pushed, unread: 0 };
  const ticket = c.ticket && !c.ticket.closed ? { ticket: answeredAt(c.ticket, at) } : {};
  return awaitVisitor({ ...pushed, phase: answeredPhase(c.phase, 'agent', at), lastMessage, unread: 0, ...ticket }, at);
}

/** A case opened by the mere wish for a person is named by the first thing that is said in it. */
function subjectFrom({ ticket }: Conversation, { text }: Message): Pick<Conversation, 'ticket'> {
  return ticket && !ticket.subject && text ? { ticket: { ...ticket, subject: text.slice(0, subjectLength) } } : {};
}

/** The owner says something to the visitor. */
export interface Reply {
  readonly type: 'reply';
  readonly agent: string;
  readonly epoch: number;
  readonly content: Content;
}

/** @throws Rejected `not-owner` when somebody else has it, or the epoch is not that of the owner's claim. */
export function decideReply(c: Conversation, command: Reply): [Message] {
  requireOwner(c, command.agent, command.epoch);
  return [{ type: 'message', ...command.content }];
}

/**
 * @param epoch of the claim the agent believes to hold; undefined where the caller does not say.
 * @throws Rejected `not-owner`, naming who has it now.
 */
export function requireOwner(c: Conversation, agent: string, epoch?: number): void {
  const owner = c.phase.at === 'human' ? c.phase.owner : null;
  if (c.phase.at !== 'human' || c.phase.owner.name !== agent || (epoch !== undefined && c.phase.epoch !== epoch)) {
    throw new Rejected(
      'not-owner',
      owner ? `${owner.displayName} has this conversation.` : 'Nobody has this conversation.',
      owner,
    );
  }
}
