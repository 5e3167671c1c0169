/** What an imported file says, before it becomes our entries. */
import type { Language } from '../../../conversation/language.ts';

/** One question with its answer, as a row or a block of the source gives it. */
export interface Source {
  /** Where it stands, for messages: a line from 1. */
  readonly line: number;
  /** The source's own name or number for it; equal keys are one entry. */
  readonly key: string | undefined;
  readonly topic: string | undefined;
  readonly tags: readonly string[];
  readonly questions: readonly Worded[];
  readonly answers: readonly Worded[];
  readonly keywords: readonly Worded[];
  /** Keys or first questions of entries it points to. */
  readonly related: readonly string[];
}

export interface Worded {
  readonly text: string;
  /** Undefined: to be told from the text. */
  readonly language: Language | undefined;
}

export interface Sources {
  readonly sources: readonly Source[];
  /** What could not be taken over, with its line. */
  readonly notes: readonly { readonly line: number; readonly message: string }[];
}
