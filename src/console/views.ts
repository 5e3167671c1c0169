/** What the console shows of a conversation: the item of a list, the hand-off packet, and the entries of its timeline. */
import { ownerOf } from '../conversation/announcement.ts';
import { dueOf } from '../conversation/due.ts';
import type { OutsideTeam } from '../conversation/escalation.ts';
import type { Event } from '../conversation/event.ts';
import { isOpen } from '../conversation/handoff.ts';
import type { Language } from '../conversation/language.ts';
import type { Attachment } from '../conversation/message.ts';
import { type Packet as Facts, packetOf as factsToHandOver, type TitleOf } from '../conversation/packet.ts';
import type { Actor, Agent, Conversation, Phase, Priority } from '../conversation/state.ts';
import { type SummaryLine, summaryOf } from '../conversation/summary.ts';
import { ticketName } from '../conversation/ticket-name.ts';
import { type ClockView, caseFacts, pressingOf } from './case-view.ts';
import { type LogView, logViews, ownUrl, sourceOf } from './log-views.ts';

/** Times in ISO 8601, UTC. */
export interface Item {
  readonly id: string;
  readonly ticket: string | null;
  /** False once that ticket is closed, though its visitor may have written again. */
  readonly ticketOpen: boolean;
  readonly state: Phase['at'];
  readonly version: number;
  readonly customer: { readonly id: string; readonly name: string; readonly email?: string };
  readonly subject: string;
  readonly language: Language;
  readonly tier: 1 | 2 | 3;
  readonly skills: readonly string[];
  readonly priority: Priority;
  readonly waitingSince: string | null;
  readonly dueAt: string | null;
  /** The time limit that presses most; null where none runs. */
  readonly clock: ClockView | null;
  /** Who has it, outside of the desk. */
  readonly team: OutsideTeam | null;
  readonly owner: Agent | null;
  /** The agent a waiting case is offered to. */
  readonly offer: { readonly agent: Agent; readonly until: string } | null;
  /** Colleagues asked for advice. */
  readonly consulted: readonly Agent[];
  /** True while the owner has been told that the visitor waits for an answer. */
  readonly reminded: boolean;
  /** Ticket that the newest one goes on from. */
  readonly follows: string | null;
  readonly epoch: number | null;
  readonly unread: number;
  readonly lastMessage: string;
  readonly updatedAt: string;
}

const iso = (ms: number): string => new Date(ms).toISOString();

export function itemOf(c: Conversation): Item {
  const { ticket, visitor, phase } = c;
  return {
    id: c.id,
    ticket: ticket ? ticketName(ticket.number) : null,
    ticketOpen: isOpen(ticket),
    state: phase.at,
    version: c.version,
    customer: { id: visitor.id, name: visitor.name ?? '', ...(visitor.email ? { email: visitor.email } : {}) },
    subject: ticket?.subject ?? '',
    language: c.language,
    tier: ticket?.tier ?? 1,
    skills: ticket?.skills ?? [],
    priority: ticket?.priority ?? 'normal',
    waitingSince: phase.at === 'queued' ? iso(phase.since) : null,
    dueAt: phase.at === 'queued' || phase.at === 'human' ? iso(dueOf(phase)) : null,
    clock: pressingOf(c),
    team: phase.at === 'outside' ? phase.team : null,
    owner: agentIn(ownerOf(c)),
    offer:
      phase.at === 'queued' && phase.offer
        ? { agent: agentIn(phase.offer.agent), until: iso(phase.offer.until) }
        : null,
    consulted: (c.consulted ?? []).map(({ agent }) => agentIn(agent)),
    reminded: phase.at === 'human' && phase.reminded !== undefined,
    follows: ticket?.follows ? ticketName(ticket.follows) : null,
    epoch: phase.at === 'human' ? phase.epoch : null,
    unread: c.unread,
    lastMessage: c.lastMessage,
    updatedAt: iso(c.updatedAt),
  };
}

/** The two members that are meant, whatever else the log may hold. */
const agentIn = <T extends Agent | null>(agent: T): T =>
  (agent && { name: agent.name, displayName: agent.displayName }) as T;

/** What the agent who takes over must know, with its five lines in their language. */
export interface Packet extends Omit<Facts, 'attachments'> {
  readonly summary: readonly SummaryLine[];
  readonly attachments: readonly object[];
  readonly logs: readonly LogView[];
}

/**
 * Null when nothing was handed off.
 * @param language of who reads it.
 */
export function packetOf(c: Conversation, titleOf: TitleOf, language: Language = c.language): Packet | null {
  const facts = factsToHandOver(c, titleOf);
  if (!facts) return null;
  return {
    ...facts,
    summary: summaryOf(facts, language),
    attachments: facts.attachments.map(({ version, ...sent }) => ({ version, ...attachmentOf(c.id, sent) })),
    logs: logViews(c),
  };
}

/** Who did a thing, as colleagues read it. */
export type Author = { readonly role: Actor['role']; readonly name?: string; readonly displayName?: string };

export function authorOf(by: Actor): Author {
  switch (by.role) {
    case 'visitor':
      return { role: 'visitor', ...(by.name ? { displayName: by.name } : {}) };
    case 'agent':
      return { role: 'agent', name: by.name, displayName: by.displayName };
    case 'bot':
    case 'desk':
      return { role: by.role };
  }
}

/** One event of the log as the console shows it. Every event has its entry, so versions are without a gap. */
export interface Entry {
  readonly version: number;
  readonly at: string;
  readonly type: Event['type'];
  readonly by: Author;
  readonly [fact: string]: unknown;
}

export function entryOf(conversation: string, event: Event): Entry {
  return {
    version: event.version,
    at: iso(event.at),
    type: event.type,
    by: authorOf(event.by),
    ...factsOf(conversation, event),
  };
}

/** Facts by type; the bot's memory and foreign activities are nobody's to read. */
function factsOf(conversation: string, event: Event): { [fact: string]: unknown } {
  switch (event.type) {
    case 'opened':
      return { channel: event.channel.kind, language: event.language };
    case 'message':
      return {
        text: event.text ?? '',
        format: event.format ?? 'plain',
        ...(event.language ? { language: event.language } : {}),
        ...(event.attachments ? { attachments: event.attachments.map((a) => attachmentOf(conversation, a)) } : {}),
        ...(event.suggestedActions ? { suggestedActions: event.suggestedActions } : {}),
        ...clientIdOf(event),
      };
    case 'matched':
      return { decision: event.decision, confidence: event.confidence, matches: event.matches };
    case 'answered':
      return { entry: event.entry, confidence: event.confidence };
    case 'collected':
      return { dialog: event.dialog, answers: event.answers, open: event.open };
    case 'customer-known':
      return { customer: event.customer, ...(event.dueAt === undefined ? {} : { dueAt: iso(event.dueAt) }) };
    case 'to-analyse':
      return { sources: event.sources.map((source) => sourceOf(conversation, source)) };
    case 'analysed':
      return {
        ...sourceOf(conversation, event.source),
        ...('finding' in event ? { finding: event.finding } : { refusal: event.refusal }),
      };
    case 'felt':
      return { terms: event.terms, ...(event.people === undefined ? {} : { people: event.people }) };
    case 'feedback':
      return { entry: event.entry, helped: event.helped };
    case 'queued': {
      const { ticket, reason, confidence, subject, tier, skills, priority, dueAt, reopens, follows } = event;
      return {
        ticket: ticketName(ticket),
        reason,
        ...(confidence === undefined ? {} : { confidence }),
        subject,
        tier,
        skills,
        priority,
        ...(dueAt === undefined ? {} : { dueAt: iso(dueAt) }),
        ...(reopens ? { reopens } : {}),
        ...(follows ? { follows: ticketName(follows) } : {}),
      };
    }
    case 'prioritized':
      return { priority: event.priority };
    case 'offered':
      return { agent: agentIn(event.agent), until: iso(event.until) };
    case 'declined':
    case 'lapsed':
    case 'advised':
      return { agent: agentIn(event.agent) };
    case 'claimed':
      return {
        agent: agentIn(event.agent),
        waitingSince: iso(event.waitingSince),
        ...(event.fit ? { fit: event.fit } : {}),
      };
    case 'released':
      return { ...(event.why ? { why: event.why } : {}), ...(event.agent ? { agent: agentIn(event.agent) } : {}) };
    case 'transferred': {
      const { from, to, note } = event;
      return { from: agentIn(from), to: 'agent' in to ? { agent: agentIn(to.agent) } : to, note };
    }
    case 'consulted':
      return { agent: agentIn(event.agent), note: event.note };
    case 'reminded':
      return { handOnAt: event.handOnAt === undefined ? null : iso(event.handOnAt) };
    case 'resolved':
      return { code: event.code, summary: event.summary };
    case 'noted':
      return { text: event.text, ...clientIdOf(event) };
    case 'delivered':
      return { through: event.through };
    case 'delivery-failed':
      return { reason: event.reason, nextAt: event.nextAt === undefined ? null : iso(event.nextAt) };
    case 'clocked':
    case 'sla-warned':
    case 'sla-breached':
    case 'escalated':
    case 'updated':
    case 'edited':
    case 'linked':
    case 'closing-warned':
    case 'closing-planned':
    case 'closes-at':
    case 'closed-over':
    case 'rated':
    case 'survey-left':
    case 'webhook-sent':
    case 'webhook-failed':
    case 'webhook-retried':
      return caseFacts(event);
    case 'activity':
    case 'handoff-initiated':
    case 'left-queue':
    case 'memory':
    case 'reached':
    case 'reopened':
    case 'returned':
      return {};
  }
}

/** The idempotence key of what an agent's page sends; the page recognises its own by `clientId`. */
export const agentKey = (agent: string, clientId: string): string => `agent:${agent}:${clientId}`;

function clientIdOf(event: Event): { clientId?: string } {
  const prefix = event.by.role === 'agent' ? agentKey(event.by.name, '') : undefined;
  return prefix && event.key?.startsWith(prefix) ? { clientId: event.key.slice(prefix.length) } : {};
}

function attachmentOf(conversation: string, { name, contentType, contentUrl, refused, original }: Attachment): object {
  const url = urlOf(conversation, contentUrl);
  const originalUrl = ownUrl(conversation, original);
  return {
    ...(name ? { name } : {}),
    contentType,
    ...(url ? { contentUrl: url } : {}),
    ...(originalUrl ? { originalUrl } : {}),
    ...(refused ? { refused } : {}),
  };
}

/** Our own files at the console's address; other addresses only where opening them runs nothing. */
function urlOf(conversation: string, contentUrl: string | undefined): string | undefined {
  const own = ownUrl(conversation, contentUrl);
  if (own) return own;
  return contentUrl && /^(https?:\/\/|data:image\/(png|jpeg|gif|webp)[;,])/i.test(contentUrl) ? contentUrl : undefined;
}
