/**
 * The hand-off as Bot Framework's protocol has it: an event `handoff.initiate` whose value is the packet, with the newest of the talk as
 * a transcript, so that another hub can take the case. It stands in the log behind the hand-off.
 */
import { type Activity, EventFactory, type Transcript, type TurnContext } from 'botbuilder';
import type { Event } from '../conversation/event.ts';
import type { HandoffInitiated } from '../conversation/handoff.ts';
import type { Language } from '../conversation/language.ts';
import { packetOf, type TitleOf } from '../conversation/packet.ts';
import type { Actor, Conversation, Json } from '../conversation/state.ts';
import { summaryOf } from '../conversation/summary.ts';
import { ticketName } from '../conversation/ticket-name.ts';

/** Newest events looked at for the transcript. */
export const recentEvents = 120;
/** Of the transcript: messages, and characters of each. The log of the conversation has all. */
const most = { messages: 40, text: 400 } as const;

/** @param c after the hand-off. @param recent its newest events, oldest first. Undefined when nothing was handed off. */
export function handoffEvent(
  context: TurnContext,
  c: Conversation,
  recent: readonly Event[],
  titleOf: TitleOf,
): HandoffInitiated | undefined {
  const packet = packetOf(c, titleOf);
  if (!packet || !c.ticket) return undefined;
  const lines = (language: Language) => summaryOf(packet, language).map(({ label, text }) => `${label}: ${text}`);
  const value = { ticket: ticketName(c.ticket.number), summary: { ja: lines('ja'), en: lines('en') }, ...packet };
  const {
    id: _,
    timestamp: _at,
    localTimezone: _zone,
    serviceUrl: _url,
    relatesTo: _to,
    ...activity
  } = EventFactory.createHandoffInitiation(context, value, transcriptOf(recent));
  return { type: 'handoff-initiated', activity: JSON.parse(JSON.stringify(activity)) as { [key: string]: Json } };
}

function transcriptOf(recent: readonly Event[]): Transcript {
  const activities = recent
    .flatMap((event) => (event.type === 'message' ? [event] : []))
    .slice(-most.messages)
    .map(({ text, attachments, by, at }) => ({
      type: 'message',
      timestamp: new Date(at).toISOString(),
      from: senderOf(by),
      text: (text ?? '').slice(0, most.text),
      ...(attachments
        ? { attachments: attachments.map(({ contentType, name }) => ({ contentType, ...(name ? { name } : {}) })) }
        : {}),
    }));
  // Only what hubs show of a message; the type asks for much that a transcript does not have.
  return { activities: activities as unknown as Activity[] };
}

function senderOf(by: Actor): { id: string; name: string; role: 'user' | 'bot' } {
  if (by.role === 'visitor') return { id: by.id, name: by.name ?? '', role: 'user' };
  if (by.role === 'agent') return { id: `agent:${by.name}`, name: by.displayName, role: 'bot' };
  return { id: 'firstline', name: 'firstline', role: 'bot' };
}
