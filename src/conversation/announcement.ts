import type { Event } from './event.ts';
import type { Actor, Agent, Conversation, Phase } from './state.ts';
import { ticketName } from './ticket-name.ts';
import { type Waiting, waitingIn } from './waiting.ts';

/** What followers of the feed learn of a commit: that something happened and what kind, never what was said. */
export interface Announced {
  readonly conversation: string;
  /** Of the commit's last event. */
  readonly version: number;
  /** Of the commit's first event. */
  readonly first: number;
  /** The commit's most telling event: a change of hands before a message, a message before the bot's own notes. */
  readonly type: Event['type'];
  /** Event types of the commit, in order. */
  readonly types: readonly Event['type'][];
  /** When it was committed, ms since 1970. */
  readonly at: number;
  /** Who did the most telling event; agents by the account's name, visitors by their role alone. */
  readonly by: { readonly role: Actor['role']; readonly name?: string };
  readonly state: Phase['at'];
  readonly ticket: string | null;
  readonly owner: { readonly name: string; readonly displayName: string } | null;
  /** What a waiting case asks for; absent where it does not wait. */
  readonly waiting?: Waiting;
  /** True when a connector channel has replies outstanding. */
  readonly outstanding: boolean;
}

const quiet: readonly Event['type'][] = [
  'memory',
  'matched',
  'answered',
  'feedback',
  'collected',
  'felt',
  'customer-known',
  'to-analyse',
  'handoff-initiated',
  'clocked',
  'closing-planned',
  'closes-at',
  'survey-left',
  'webhook-sent',
  'delivered',
  'activity',
];

export function announcement(c: Conversation, events: readonly Event[]): Announced & { [key: string]: never } {
  const telling =
    events.find(({ type }) => type !== 'message' && !quiet.includes(type)) ??
    events.find(({ type }) => type === 'message') ??
    events[0];
  if (!telling || !events[0]) throw new Error('announcement: a commit holds at least one event');
  const waiting = waitingIn(c);
  const announced: Announced = {
    conversation: c.id,
    version: c.version,
    first: events[0].version,
    type: telling.type,
    types: events.map(({ type }) => type),
    at: telling.at,
    by: { role: telling.by.role, ...(telling.by.role === 'agent' ? { name: telling.by.name } : {}) },
    state: c.phase.at,
    ticket: c.ticket ? ticketName(c.ticket.number) : null,
    owner: ownerOf(c),
    ...(waiting ? { waiting } : {}),
    outstanding: c.delivery !== undefined && c.delivery.last > c.delivery.through,
  };
  return announced as Announced & { [key: string]: never };
}

/** The agent who has the conversation now. */
export function ownerOf(c: Conversation): Agent | null {
  return c.phase.at === 'human' ? c.phase.owner : null;
}
