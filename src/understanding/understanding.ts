import type { Bilingual, Language } from '../conversation/language.ts';

/** One FAQ entry as the bot uses it. `answer` and `questions` hold at least one language. */
export interface Entry {
  readonly id: string;
  readonly topic: string;
  readonly tags: readonly string[];
  /** Canonical phrasing first. */
  readonly questions: Readonly<Partial<Record<Language, readonly string[]>>>;
  /** Markdown. */
  readonly answer: Readonly<Partial<Bilingual>>;
  readonly dialog?: string;
  readonly escalate?: { readonly tier?: 1 | 2 | 3; readonly skills?: readonly string[] };
  readonly related: readonly string[];
  readonly keywords: Readonly<Partial<Record<Language, readonly string[]>>>;
}

/** `answer`: reply with the first match; `choose`: offer up to three; `handoff`: neither. */
export type Decision = 'answer' | 'choose' | 'handoff';

export interface Match {
  readonly id: string;
  /** Probability, 0 to 1, that this entry is what was asked. */
  readonly confidence: number;
}

export interface Understood {
  /** The language the text was read in. */
  readonly locale: Language;
  readonly decision: Decision;
  /** Probability, 0 to 1, that `matches[0]` is what the person asked; 0 without a match. */
  readonly confidence: number;
  /** At most five, surest first. */
  readonly matches: readonly Match[];
}

/** What the bot knows of the FAQ at one moment. Immutable: an edit makes a new one. */
export interface Knowledge {
  /** Short content hash of the FAQ files it was made from. */
  readonly version: string;
  readonly entries: readonly Entry[];
  entry(id: string): Entry | undefined;
  /** Pure and synchronous; `auto` takes the text's own language. Never throws for any text. */
  match(text: string, locale: Language | 'auto'): Understood;
}

/** What an entry is called: its first question, in the language asked for where there is one. */
export function titleIn(knowledge: Pick<Knowledge, 'entry'>, id: string, language: Language): string | undefined {
  const questions = knowledge.entry(id)?.questions;
  return (questions?.[language] ?? questions?.ja ?? questions?.en)?.[0];
}

/** A fault in an admin's file. `line` and `column` count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The FAQ as served: the last good version, and what is wrong with the files as they are now. */
export interface Understanding {
  current(): Knowledge;
  /** Faults of the newest files; empty when what is served is what is on disk. */
  problems(): readonly Problem[];
  /** Calls `listener` after `current()` or `problems()` changed; the returned function ends that. */
  onChange(listener: () => void): () => void;
  /** Stops watching and any training. */
  close(): Promise<void>;
}
