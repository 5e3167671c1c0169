/**
 * The hand-off as Bot Framework's protocol has it: an event `handoff.initiate` whose value is the packet, with the newest of the talk as
 * a transcript, so that another hub can take the case. It stands in the log behind the hand-off.
 */
import { type Activity, EventFactory, type Transcript, type TurnContext } from 'botbuilder';
import type { Event } from '../conversation/event.ts';
import { record } from '../conversation/fold.ts';
import type { HandoffInitiated } from '../conversation/handoff.ts';
import type { Language } from '../conversation/language.ts';
import { packetOf, type TitleOf } from '../conversation/packet.ts';
import { type Actor, type Conversation, type Json, originOf } from '../conversation/state.ts';
import { summaryOf } from '../conversation/summary.ts';
import { ticketName } from '../conversation/ticket-name.ts';
import type { Decided } from '../conversation/world.ts';
import type { Store } from '../store/store.ts';

/** Newest events looked at for the transcript. */
const recentEvents = 120;
/** Of the transcript: messages, and characters of each. The log of the conversation has all. */
const most = { messages: 40, text: 400 } as const;

/**
 * What goes with a decision that makes a conversation wait for a person; nothing with any other.
 * @param context of the turn; absent where there is none: a colleague has noted down a call, a mail or a form.
 */
export async function initiation(
  { store, titleOf }: { readonly store: Pick<Store, 'history'>; readonly titleOf: TitleOf },
  found: Conversation,
  decided: readonly Decided[],
  at: number,
  context?: TurnContext,
): Promise<Decided[]> {
  if (found.phase.at === 'queued' || !decided.some(({ body }) => body.type === 'queued')) return [];
  const before = await store.history(found.id, Math.max(0, found.version - recentEvents), recentEvents);
  const { events, next } = record(found, decided, at);
  const initiated = handoffEvent(context ?? contextOf(next), next, [...before, ...events], titleOf);
  return initiated ? [{ body: initiated, by: { role: 'bot' } }] : [];
}

/** As if its customer had written. */
function contextOf({ id, visitor, channel }: Conversation): Pick<TurnContext, 'activity'> {
  const activity: Partial<Activity> = {
    type: 'message',
    from: { id: visitor.id, name: visitor.name ?? '' },
    recipient: { id: 'firstline', name: 'firstline' },
    conversation: { id, isGroup: false, conversationType: 'personal', name: '' },
    channelId: channel.kind === 'connector' ? channel.channelId : originOf(channel),
  };
  return { activity: activity as Activity };
}

/** @param c after the hand-off. @param recent its newest events, oldest first. Undefined when nothing was handed off. */
function handoffEvent(
  context: Pick<TurnContext, 'activity'>,
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
  } = EventFactory.createHandoffInitiation(context as TurnContext, value, transcriptOf(recent));
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
