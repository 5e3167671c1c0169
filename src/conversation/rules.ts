/** The desk's rules that a decision may look at, as `desk.yaml` sets them. Spans are ms, shares 0 to 1. */
import type { Bilingual, Language } from './language.ts';
import type { Priority } from './state.ts';

export interface DeskRules {
  readonly desk: {
    readonly name: Bilingual;
    /** IANA name. */
    readonly timezone: string;
  };
  readonly queue: QueueRules;
  readonly lease: {
    /** How often a lease is renewed. */
    readonly beat: number;
    /** An agent unheard of for so long has lost it. */
    readonly lost: number;
  };
  /** How long an agent may leave a visitor unanswered; absent: for ever. */
  readonly silence: { readonly remind?: number; readonly handOn?: number };
  readonly sla: SlaRules;
  readonly sentiment: SentimentRules;
  readonly logs: LogRules;
  readonly limits: LimitRules;
  readonly tickets: TicketRules;
  readonly escalation: Readonly<Record<EscalationTarget, EscalationRules>>;
  /** Closed conversations move to the archive after so long; absent: never. */
  readonly retention: { readonly archiveAfter?: number };
  readonly cannedReplies: readonly CannedReply[];
}

/** What is kept of log files that visitors send. */
export interface LogRules {
  /** True: the file as it came is kept beside the masked one. */
  readonly keepOriginals: boolean;
  /** True: IP addresses are masked too. */
  readonly maskAddresses: boolean;
}

/** How much of what visitors send is kept. */
export interface LimitRules {
  /** Of one conversation. */
  readonly files: number;
  /** Of one conversation. */
  readonly megabytes: number;
  /** From one network address: so many at once, and what is taken comes back evenly over a day. */
  readonly megabytesPerDay: number;
}

/** How work finds a person: agents take it, are offered it, or are given it. */
export type QueueMode = 'pull' | 'offer' | 'assign';
/** What a case weighs against an agent's capacity is set by the way it came. */
export type Origin = 'website' | 'connector' | 'phone' | 'mail' | 'form';

export interface QueueRules {
  readonly mode: QueueMode;
  /** An offer lapses after so long. */
  readonly acceptWithin: number;
  /** Waits after which a case fits more people; absent: never widened so. */
  readonly widen: {
    /** One of its skills is enough. */
    readonly skills?: number;
    /** Any agent of its tier who speaks the language. */
    readonly anyone?: number;
    /** Agents of the other language. */
    readonly language?: number;
  };
  /** So many waiting cases make the queue full; absent: it is never full. */
  readonly mostWaiting?: number;
  readonly weights: Readonly<Record<Origin, number>>;
}

/** Allowances in business time; absent: no limit. */
export interface Allowances {
  readonly firstResponse: number;
  readonly nextResponse?: number;
  readonly resolution?: number;
}
export type SlaPlan = Readonly<Record<Priority, Allowances>>;

export interface SlaRules {
  /** Share of an allowance after which the agents are warned. */
  readonly warnAt: number;
  /** Names in lower case. Every plan is complete. */
  readonly plans: { readonly default: SlaPlan; readonly [plan: string]: SlaPlan };
}

/** The allowances of a visitor's plan, whose case does not matter; of `default` where the plan is unknown or none. */
export function allowancesOf({ sla: { plans } }: Pick<DeskRules, 'sla'>, plan: string | undefined, priority: Priority) {
  const name = plan?.toLowerCase() ?? 'default';
  const found = Object.hasOwn(plans, name) ? plans[name] : undefined;
  return (found ?? plans.default)[priority];
}

export interface SentimentRules {
  /** Pressure, 0 to 1, from which a case's priority becomes high. */
  readonly high: number;
  /** From which it becomes urgent. */
  readonly urgent: number;
  /** From which the bot hands over at its first miss. */
  readonly impatient: number;
}

/** Something with a stable id that people read under its label. */
export interface Labelled {
  readonly id: string;
  readonly label: Bilingual;
}

/** A question that a form asks. `choices` are there for `choice` alone. */
export interface Field extends Labelled {
  readonly type: 'text' | 'number' | 'date' | 'confirm' | 'choice';
  readonly required: boolean;
  readonly choices?: readonly Labelled[];
}

export interface TicketRules {
  readonly categories: readonly Labelled[];
  /** Custom fields; a required one must be filled before the ticket is closed. */
  readonly fields: readonly Field[];
  /** Resolution codes beside the house's own. */
  readonly codes: readonly Labelled[];
  /** A visitor who writes again within this takes up the closed ticket. */
  readonly reopenWithin: number;
  /** A visitor who stays silent is warned after `warn`, and the ticket closed after a further `close`; absent: never. */
  readonly closeAfterSilence?: { readonly warn: number; readonly close: number };
  /** Whether a closed ticket asks how it was, once. */
  readonly survey: boolean;
  /** Whether the visitor is asked to confirm a solution. */
  readonly confirm: boolean;
}

export const escalationTargets = ['tier2', 'tier3', 'repair', 'field', 'developers'] as const;
export type EscalationTarget = (typeof escalationTargets)[number];

export interface EscalationRules {
  readonly fields: readonly Field[];
  /** Where the hand-over is sent; `secret` names the environment variable that holds the signing secret. */
  readonly webhook?: { readonly url: string; readonly secret: string };
}

export interface CannedReply {
  readonly id: string;
  readonly title: Bilingual;
  readonly text: Readonly<Record<Language, string>>;
}
