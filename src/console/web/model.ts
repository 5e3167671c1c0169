/** What the console's API speaks of: the shapes of its JSON, and nothing that the page adds to them. Times are ISO 8601. */
import type { OutsideTeam } from '../../conversation/escalation.ts';
import type { Language } from '../../conversation/language.ts';
import type { LogFinding } from '../../conversation/logs.ts';
import type { Packet as Facts } from '../../conversation/packet.ts';
import type { CaseEntryFacts, CaseFacts, Clock } from './case-model.ts';

export type Presence = 'available' | 'away';
export type View = 'waiting' | 'mine' | 'offered' | 'consulted' | 'open' | 'closed' | 'all';
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];

/** Those that always have a tab, in its order. */
export const views: readonly View[] = ['waiting', 'mine', 'open', 'closed'];
/** What comes and goes: offers stand above the lists, and what advice is asked on has a tab while there is any. */
export const passingViews: readonly View[] = ['offered', 'consulted'];
/** Every case there is, the archived too: has a tab while something is searched for. */
export const searchView: View = 'all';

/** Who is signed in. `load` counts the open conversations of the agent; `capacity` bounds what `next` hands out. */
export interface Me {
  readonly name: string;
  readonly displayName: string;
  readonly role: 'agent' | 'lead' | 'admin';
  readonly skills: readonly string[];
  readonly languages: readonly Language[];
  readonly tier: number;
  readonly capacity: number;
  readonly presence: Presence;
  readonly load: number;
}

export interface Owner {
  readonly name: string;
  readonly displayName: string;
}

/** Somebody to hand a case to, or to ask. `available`: there, and not away. */
export interface Colleague extends Owner {
  readonly tier: number;
  readonly skills: readonly string[];
  readonly languages: readonly Language[];
  readonly capacity: number;
  readonly load: number;
  readonly available: boolean;
}

export type TransferTarget =
  | { readonly agent: string }
  | { readonly tier: 1 | 2 | 3; readonly skills: readonly string[] };

/** One conversation as a list shows it. `epoch` is the owner's fencing token, null while nobody owns it. */
export interface Item {
  readonly id: string;
  readonly ticket: string | null;
  /** False once that ticket is closed, though its visitor may have written again. */
  readonly ticketOpen: boolean;
  readonly state: 'bot' | 'queued' | 'human' | 'outside' | 'closed';
  readonly version: number;
  readonly customer: { readonly id: string; readonly name: string; readonly email?: string };
  readonly subject: string;
  readonly language: Language;
  readonly tier: number;
  readonly skills: readonly string[];
  readonly priority: Priority;
  readonly waitingSince: string | null;
  readonly dueAt: string | null;
  /** The time limit that presses most; null where none runs. */
  readonly clock: Clock | null;
  /** Who has it, outside of the desk. */
  readonly team: OutsideTeam | null;
  readonly owner: Owner | null;
  readonly offer: { readonly agent: Owner; readonly until: string } | null;
  readonly consulted: readonly Owner[];
  readonly reminded: boolean;
  readonly follows: string | null;
  readonly epoch: number | null;
  readonly unread: number;
  readonly lastMessage: string;
  readonly updatedAt: string;
}

export interface Author {
  readonly role: 'visitor' | 'bot' | 'agent' | 'desk';
  readonly name?: string;
  readonly displayName?: string;
}

export interface Attachment {
  readonly name?: string;
  readonly contentType: string;
  readonly contentUrl?: string;
}

/** An FAQ entry the bot considered; `confidence` is a probability from 0 to 1. */
export interface Match {
  readonly id: string;
  readonly confidence: number;
}

/** One event of the log. Which of the optional members stand depends on `type`; unknown types may come and must not break the page. */
export interface Entry extends CaseEntryFacts {
  /** `opened`: `desk` where nothing that is written reaches anybody by itself */
  readonly channel?: string;
  readonly version: number;
  readonly at: string;
  readonly type: string;
  readonly by: Author;
  readonly text?: string;
  readonly format?: 'markdown' | 'plain';
  readonly attachments?: readonly Attachment[];
  readonly clientId?: string;
  /** `matched`: what the bot made of the words, surest first. */
  readonly decision?: 'answer' | 'choose' | 'handoff';
  readonly confidence?: number;
  readonly matches?: readonly Match[];
  /** `answered`, `feedback`: which FAQ entry. */
  readonly entry?: string;
  readonly helped?: boolean;
  /** `queued`, `delivery-failed`, `escalated` */
  readonly reason?: string;
  /** `claimed`, `offered`, `declined`, `lapsed`, `consulted`, `advised`; `released` where the desk took it back */
  readonly agent?: Owner;
  /** `claimed`: how well the agent fits */
  readonly fit?: string;
  /** `released` */
  readonly why?: string;
  /** `transferred`, `consulted` */
  readonly note?: string;
  /** `transferred`; of `escalated` and `webhook-…` a name */
  readonly to?: { readonly agent: Owner } | { readonly tier: number; readonly skills: readonly string[] } | string;
  /** `prioritized` */
  readonly priority?: Priority;
  /** `resolved` */
  readonly code?: string;
  readonly summary?: string;
}

/** A log of the case; with neither finding nor refusal it is still to be looked at. */
export interface Log {
  readonly name?: string;
  readonly contentUrl?: string;
  /** Version of the message that it was pasted in. */
  readonly message?: number;
  readonly finding: LogFinding | null;
  readonly refusal: string | null;
}

/** What goes with a hand-off, as the API shows it: the addresses of files are the console's. */
export interface Packet extends Omit<Facts, 'attachments'> {
  readonly attachments: readonly (Attachment & { readonly version: number })[];
  readonly logs: readonly Log[];
}

export interface Opened extends Item {
  readonly packet: Packet | null;
  readonly case: CaseFacts | null;
  readonly timeline: readonly Entry[];
}

/** `total` counts the whole view, whatever is searched for; `unreadable` are conversations whose log is damaged. */
export interface Page {
  readonly items: readonly Item[];
  readonly cursor: string | null;
  readonly total: number;
  readonly unreadable: readonly string[];
}

/** What a process of the desk serves, by the hash of its content, and since when. */
export interface ServingProcess {
  readonly name: string;
  readonly faq: { readonly version: string; readonly since: string };
  readonly dialogs: { readonly version: string; readonly since: string };
  readonly rules: { readonly version: string; readonly since: string };
}

/** How the desk itself is: faults of its files, and what each of its processes serves. */
export interface DeskStatus {
  readonly problems: readonly string[];
  readonly processes: readonly ServingProcess[];
}

/** An answer of the FAQ, found by what is typed. `highlights` are the typed parts of the title, as `[from, to)`. */
export interface FoundAnswer {
  readonly id: string;
  readonly title: string;
  readonly highlights: readonly (readonly [from: number, to: number])[];
  readonly text: string;
  readonly language: Language;
}

/** What the API takes at most, in UTF-16 units. */
export const longest = { message: 50_000, summary: 2_000, subject: 200, field: 4_000 } as const;

/** The house's own; the desk's rules add theirs. */
export const resolutionCodes = ['solved', 'workaround', 'no-fault', 'duplicate', 'no-reply', 'other'] as const;

/** A line of the event stream: `version` marks what became part of a log; typing and presence only pass by. */
export type DeskEvent =
  | { readonly type: string; readonly conversation: string; readonly by: Author }
  | { readonly type: string; readonly agent: string; readonly presence: Presence }
  | {
      readonly type: string;
      readonly conversation: string;
      readonly version: number;
      readonly state: Item['state'];
      readonly ticket: string | null;
      readonly owner: Owner | null;
    };

export const figuresBy = ['day', 'tier', 'skill', 'language', 'agent', 'reason'] as const;
export type FiguresBy = (typeof figuresBy)[number];

/** ms; null where there is none. */
export interface Spans {
  readonly n: number;
  readonly median: number | null;
  readonly p90: number | null;
}

/** As far as the page shows them. */
export interface Figures {
  readonly tickets: number;
  readonly closed: number;
  readonly wait: Spans;
  readonly firstResponse: Spans;
  readonly handling: Spans;
  readonly resolution: Spans;
  readonly inquiries: { readonly n: number; readonly answered: number; readonly handed: number };
  readonly rating: { readonly n: number; readonly mean: number | null };
  readonly sla: { readonly n: number; readonly kept: number };
}

export interface FiguresReport {
  /** The agent's own cases alone. */
  readonly own: boolean;
  readonly total: Figures;
  readonly groups: readonly { readonly key: string; readonly figures: Figures }[];
}
