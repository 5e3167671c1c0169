/** What the API tells of the audit trail and of erasures, and how the trail is asked. Times are ISO 8601. */
import { numberOfTicket, ticketName } from '../../conversation/ticket-name.ts';
import { momentsOf } from './days.ts';

/** A row of the trail. */
export interface TrailRow {
  readonly n: number;
  readonly at: string;
  /** `agent:NAME`, `command:USER`, or a role. */
  readonly who: string;
  readonly what: string;
  readonly subject: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

export interface TrailPage {
  readonly items: readonly TrailRow[];
  /** Asks for the page behind; null at the end. A page may be empty before it. */
  readonly before: number | null;
}

export interface Verdict {
  /** Rows that hold, from the first on. */
  readonly rows: number;
  readonly hash: string;
  readonly fault: string | null;
  readonly kind: string | null;
}

export interface Preview {
  readonly live: number;
  readonly archived: number;
  readonly tickets: number;
  readonly messages: number;
  readonly files: number;
  readonly conversations: readonly {
    readonly id: string;
    readonly name: string;
    readonly subject: string;
    readonly tickets: readonly string[];
    readonly open: boolean;
    readonly archived: boolean;
    readonly updatedAt: string;
  }[];
}

export interface Erased {
  readonly receipt: string;
  readonly conversations: number;
  readonly archived: number;
  readonly events: number;
  readonly files: number;
  readonly digest: string;
}

/** Kinds of deeds to choose from, and what each is on the trail; `all` narrows nothing. */
export const deedGroups = {
  all: [],
  signing: ['signed-in', 'signed-out', 'sign-in-failed', 'sign-in-locked'],
  accounts: ['account-added', 'account-removed', 'password-set'],
  data: ['exported', 'archived', 'erased'],
  hands: [
    'queued',
    'left-queue',
    'offered',
    'declined',
    'lapsed',
    'claimed',
    'released',
    'returned',
    'transferred',
    'consulted',
    'advised',
  ],
  words: ['message', 'noted'],
  ends: ['resolved', 'reopened', 'edited', 'linked', 'prioritized', 'closing-warned', 'opened'],
  limits: ['sla-warned', 'sla-breached', 'reminded'],
  outside: ['escalated', 'updated', 'webhook-sent', 'webhook-failed', 'webhook-retried'],
  files: ['version-served'],
} as const;

export type DeedGroup = keyof typeof deedGroups;

/** What of the trail is looked at. Days are `2025-01-31` by the reader's clock; empty: no bound. */
export interface TrailFilter {
  readonly who: string;
  readonly group: DeedGroup;
  readonly about: string;
  readonly from: string;
  readonly to: string;
}

export const everything: TrailFilter = { who: '', group: 'all', about: '', from: '', to: '' };

/** The query of it. A ticket's number is found however it was typed. */
export function queryOf({ who, group, about, from, to }: TrailFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (who.trim()) query.set('who', who.trim());
  if (group !== 'all') query.set('what', deedGroups[group].join(','));
  if (about.trim()) query.set('about', aboutOf(about));
  const [first, last] = [momentsOf(from)?.first, momentsOf(to)?.last];
  if (first) query.set('from', first);
  if (last) query.set('to', last);
  return query;
}

function aboutOf(typed: string): string {
  const number = numberOfTicket(typed);
  return number === undefined ? typed.trim() : ticketName(number);
}
