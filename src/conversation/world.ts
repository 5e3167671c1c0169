import type { Calendar } from './calendar.ts';
import type { Body } from './event.ts';
import type { Language } from './language.ts';
import type { DeskRules, EscalationTarget } from './rules.ts';
import type { Actor, Agent } from './state.ts';

/** What the visitor is told when the conversation changes hands. */
export interface Notices {
  claimed(agent: Agent): string;
  released(): string;
  returned(): string;
  resolved(ticket: string): string;
  reopened(ticket: string): string;
  escalated(ticket: string, to: EscalationTarget): string;
  updated(team: EscalationTarget, text: string): string;
  updatedBack(ticket: string): string;
  waitsLong(ticket: string): string;
  /** An instant as visitors read it. @param at ms since 1970 @param timezone IANA name */
  instant(at: number, timezone: string): string;
  closedOver(ticket: string, opening: string | undefined): string;
  /** @param within ms until the case is closed */
  closingWarned(ticket: string, within: number): string;
  closedForSilence(ticket: string): string;
  howWasIt: string;
  /** Where only this is asked. */
  isItSolved: string;
  solved: string;
  notSolved: string;
}

/** What the desk has settled: its rules and its hours, as they stand when a decision is made. */
export interface Terms {
  readonly rules: DeskRules;
  readonly calendar: Calendar;
}

/** Everything a decision may look at besides the conversation. */
export interface World extends Terms {
  /** ms since 1970. */
  readonly now: number;
  readonly notices: Readonly<Record<Language, Notices>>;
  /** Who commands; the desk where it is not said by the command itself. */
  readonly by: Actor;
  /** A reserved ticket number, where the command may open one. */
  readonly nextTicket?: number;
}

/** An event that has been decided but not yet numbered. */
export interface Decided {
  readonly body: Body;
  readonly by: Actor;
}
