import type { Language } from '../conversation/language.ts';
import type { Problem } from '../understanding/understanding.ts';
import type { Expression } from './expression.ts';

/** Text that people read; at least one language. */
export type Words = ByLanguage<string>;

export type ByLanguage<T> = { readonly [language in Language]?: T | undefined };

export interface Choice {
  readonly value: string;
  readonly label: Words;
  /** Other ways to say it. */
  readonly keywords: readonly string[];
  /** Choosing it ends the dialog as solved. */
  readonly solved: boolean;
}

/**
 * Where a value may be known from before it is asked for. Of a customer with several products, `customer.products`, `.model`, `.serial`
 * and `.warrantyUntil` (ISO 8601 days) have one line for each, in the same order; an unknown one is an empty line.
 */
export const sources = [
  'user-agent',
  'question',
  'identity.name',
  'identity.email',
  'identity.plan',
  'customer.name',
  'customer.email',
  'customer.products',
  'customer.model',
  'customer.serial',
  'customer.warrantyUntil',
] as const;
export type Source = (typeof sources)[number];

export interface Validation {
  /** Tried on the whole answer, which is at most {@link longestTested} characters. */
  readonly pattern?: string;
  /** Characters of a text; the value of a number. */
  readonly min?: number;
  readonly max?: number;
  /** Which side of today a date must lie on; today is on both. */
  readonly only?: 'past' | 'future';
  readonly message?: Words;
}

interface StepCommon {
  readonly id: string;
  /** Markdown. */
  readonly ask: Words;
  readonly when?: Expression;
}

interface QuestionCommon extends StepCommon {
  /** Short name for summaries and for the agent; the question itself where left out. */
  readonly label?: Words;
  readonly required: boolean;
  readonly prefill: readonly Source[];
  readonly validate: Validation;
  /** Buttons beside the question, for answers that come often. */
  readonly suggest: ByLanguage<readonly string[]>;
}

export type Question =
  | (QuestionCommon & { readonly type: 'choice'; readonly choices: readonly Choice[] })
  | (QuestionCommon & { readonly type: 'confirm'; readonly solved?: boolean })
  | (QuestionCommon & { readonly type: 'text'; readonly find?: string })
  | (QuestionCommon & { readonly type: 'number' | 'date' | 'attachment' });

/** An instruction: said, not asked. */
export interface Instruction extends StepCommon {
  readonly type: 'say';
}

export type Step = Question | Instruction;

export interface End {
  readonly when?: Expression;
  /** `handoff`: to a person · `answer`: the FAQ entry · `say`: the text, and the bot listens again. */
  readonly leads: 'handoff' | 'answer' | 'say';
  readonly tier?: 1 | 2 | 3;
  readonly skills?: readonly string[];
  readonly priority?: 'low' | 'normal' | 'high' | 'urgent';
  readonly entry?: string;
  readonly text?: Words;
}

/** One guided dialog as it runs. Immutable: an edit makes a new one. */
export interface Dialog {
  readonly id: string;
  /** Short hash of its content. */
  readonly version: string;
  readonly title: Words;
  readonly steps: readonly Step[];
  /** Tried in order; the last has no `when`. */
  readonly end: readonly End[];
  /** Whether what was collected is shown at the end, to be confirmed or corrected. */
  readonly summary: boolean;
}

/** The dialogs as served: the last good version, and what is wrong with the files as they are now. */
export interface Dialogs {
  /** The newest good version. */
  get(id: string): Dialog | undefined;
  /** An older version that somebody may still be in; undefined once this process has forgotten it. */
  version(id: string, version: string): Dialog | undefined;
  all(): readonly Dialog[];
  problems(): readonly Problem[];
  close(): Promise<void>;
}

/** Longest text an admin's pattern is tried on, in UTF-16 units; patterns have no nested repetition, so this bounds their time. */
export const longestTested = 500;

/** The text in the language asked for, else in the other. */
export function inLanguage(words: Words | undefined, language: Language): string {
  return words?.[language] ?? words?.[language === 'ja' ? 'en' : 'ja'] ?? '';
}

export const isQuestion = (step: Step): step is Question => step.type !== 'say';

/** What a step is called in a summary. */
export const nameOf = (step: Question, language: Language): string => inLanguage(step.label ?? step.ask, language);

export const labelOf = (choice: Choice, language: Language): string => inLanguage(choice.label, language);
