import type { Language } from '../conversation/language.ts';
import type { HandoffReason, Json } from '../conversation/state.ts';
import type { End } from '../dialogs/dialog.ts';
import type { Progress } from '../dialogs/progress.ts';

/** What the bot waits for: its last question to the visitor. */
export type Pending =
  /**
   * "Did that help?" after an answer. `also`: what else was asked in the same message, still to be answered. `others`: what else may
   * have been meant when it was asked about once more. `unclear`: the visitor has said that the answer was not understood.
   */
  | {
      readonly kind: 'helped';
      readonly entry: string;
      readonly also?: string;
      readonly others?: readonly string[];
      readonly unclear?: true;
    }
  /** One of these entries, or none. */
  | { readonly kind: 'choose'; readonly entries: readonly string[] }
  /** "Shall I hand you over to a person?", perhaps with entries that may fit better. */
  | {
      readonly kind: 'offer';
      readonly entries: readonly string[];
      readonly reason: HandoffReason;
      readonly entry?: string;
    }
  /** "Shall we go through it step by step?"; `before`: a person was asked for, and these are the questions before. */
  | {
      readonly kind: 'dialog';
      readonly dialog: string;
      readonly before: boolean;
      readonly reason?: HandoffReason;
      readonly entry?: string;
    }
  /** "Is it about the case that was closed?", before a person is asked for. `end`: how the dialog ended that led there. */
  | {
      readonly kind: 'same-case';
      readonly reason: HandoffReason;
      readonly entry?: string;
      readonly end?: Pick<End, 'tier' | 'skills' | 'priority'>;
    };

/** A guided dialog under way. `reason`: why it leads to a person, where that was decided before it began. */
export interface Running {
  readonly progress: Progress;
  /** The language it is held in: a button or a product's name does not change it. */
  readonly language: Language;
  readonly reason?: HandoffReason;
  /** The entry it goes with. */
  readonly entry?: string;
}

export interface Memory {
  readonly pending?: Pending;
  readonly dialog?: Running;
  /** The questions before a hand-over have been offered. */
  readonly offered?: boolean;
  /** Messages in a row that the bot could make nothing of. */
  readonly misses: number;
  /** While waiting: the visitor has been told that more words are added to the ticket. */
  readonly acknowledged?: boolean;
  /** The visitor's newest question, for the ticket's subject. */
  readonly question?: string;
}

/** Reads what an earlier turn, perhaps of an earlier release, left; what it cannot read is forgotten. */
export function memoryOf(json: Json): Memory {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return { misses: 0 };
  const memory = json as Partial<Memory>;
  return { ...memory, misses: typeof memory.misses === 'number' ? memory.misses : 0 };
}

export const toJson = (memory: Memory): Json => memory as unknown as Json;
