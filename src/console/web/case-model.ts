/** What the API says of a case beside its talk, and what the desk's rules ask for in forms. Times are ISO 8601. */
import type { UpdateStatus } from '../../conversation/escalation.ts';
import type { Bilingual, Language } from '../../conversation/language.ts';
import type { CannedReply, EscalationTarget, Field, Labelled } from '../../conversation/rules.ts';
import type { Link } from '../../conversation/state.ts';
import type { Packet, Priority } from './model.ts';

export type ClockName = 'firstResponse' | 'nextResponse' | 'resolution';

export interface Clock {
  readonly name: ClockName;
  readonly state: 'running' | 'warned' | 'breached' | 'paused' | 'met';
  readonly dueAt: string;
  readonly metAt: string | null;
  /** Whether it was or is over its time, met or not. */
  readonly late: boolean;
}

/** A message to another system that is not taken yet. */
export interface Letter {
  readonly message: string;
  readonly to: EscalationTarget;
  readonly failures: number;
  readonly reason: string;
  /** Null: given up, until somebody sends it again. */
  readonly nextAt: string | null;
}

export interface CaseLink {
  readonly ticket: string;
  readonly relation: Link['relation'] | 'follows';
}

export interface CaseFacts {
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly fields: Values;
  readonly links: readonly CaseLink[];
  readonly clocks: readonly Clock[];
  readonly escalation: {
    readonly to: EscalationTarget;
    readonly at: string;
    readonly reason: string;
    readonly fields: Values;
  } | null;
  readonly outbox: readonly Letter[];
  /** When it is closed if the visitor stays silent; null while they have not been warned. */
  readonly closesAt: string | null;
  readonly rating: { readonly score?: number; readonly comment?: string } | null;
  readonly closed: { readonly at: string; readonly code: string; readonly summary: string } | null;
}

/** A dead letter, of whichever case. */
export interface DeadLetter {
  readonly conversation: string;
  readonly ticket: string | null;
  readonly message: string;
  readonly to: EscalationTarget;
  readonly failures: number;
  readonly reason: string;
}

/** By field id. */
export type Values = Readonly<Record<string, string>>;

export interface TargetRules {
  readonly fields: readonly Field[];
  /** Whether a system of theirs is told. */
  readonly connected: boolean;
}

/** What `desk.yaml` says that forms need. */
export interface Rules {
  /** The desk's, for header and title. */
  readonly name: Bilingual;
  readonly categories: readonly Labelled[];
  readonly fields: readonly Field[];
  readonly codes: readonly Labelled[];
  readonly escalation: Readonly<Record<EscalationTarget, TargetRules>>;
  readonly cannedReplies: readonly CannedReply[];
}

/** What an agent changes of a case; what is left out stays. An empty field is taken away. */
export interface Changes {
  readonly subject?: string;
  readonly priority?: Priority;
  readonly category?: string | null;
  readonly tags?: readonly string[];
  readonly fields?: Values;
}

/** Ways a case comes that no chat is behind. */
export const takenInBy = ['phone', 'mail', 'form'] as const;

/** Whether an agent took it in: they vouch for who it is, and tell the customer by themselves. */
export const isTakenIn = (packet: Packet | null): boolean => takenInBy.some((way) => way === packet?.channel);

/** A case that came another way. */
export interface TakenIn {
  readonly channel: (typeof takenInBy)[number];
  readonly customer: { readonly name: string; readonly email: string };
  readonly subject: string;
  readonly details: string;
  readonly language: Language;
  readonly priority: Priority;
}

/** Facts of a timeline's entry that is about the case. */
export interface CaseEntryFacts {
  /** `sla-warned`, `sla-breached` */
  readonly clock?: ClockName;
  /** `updated` */
  readonly from?: EscalationTarget;
  readonly status?: UpdateStatus;
  /** `edited` */
  readonly subject?: string;
  readonly category?: string | null;
  readonly tags?: readonly string[];
  /** `edited`, `escalated` */
  readonly fields?: Values;
  /** `linked` */
  readonly ticket?: string;
  readonly relation?: CaseLink['relation'];
  /** `closing-warned` */
  readonly closesAt?: string;
  /** `rated` */
  readonly score?: number;
  readonly comment?: string;
  /** `webhook-failed`: null when it is given up */
  readonly nextAt?: string | null;
}
