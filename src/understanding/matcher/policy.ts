/** What is done with a confidence: reply, offer choices, or hand over. */
import type { Language } from '../../conversation/language.ts';
import type { Decision } from '../understanding.ts';

export interface Thresholds {
  /** Least confidence to answer outright, 0 to 1; 0.7. */
  readonly answerAt?: number | Readonly<Partial<Record<Language, number>>>;
  /** Least confidence to offer choices, 0 to 1; 0.3. Three likely together, each less, are offered too. */
  readonly chooseAt?: number | Readonly<Partial<Record<Language, number>>>;
}

const ANSWER_AT = 0.7;
const CHOOSE_AT = 0.3;

/**
 * How much likelier the three choices together must be than a first alone: looking through them costs the person time, and
 * three of few entries hold the answer by chance.
 */
const together = (entries: number) => 0.05 + 1.5 / Math.max(1, entries);

/** How many entries are offered to choose from. */
const OFFERED = 3;

/**
 * `clear`: no other entry is nearly as likely as the first. Where one is, both are offered however sure the first:
 * choosing costs the person a tap, a wrong answer costs their trust. `entries`: how many the FAQ has in the language.
 */
export function decide(
  replies: readonly { readonly confidence: number }[],
  clear: boolean,
  entries: number,
  language: Language,
  thresholds: Thresholds,
): Decision {
  const first = replies[0]?.confidence ?? 0;
  const offered = replies.slice(0, OFFERED).reduce((sum, { confidence }) => sum + confidence, 0);
  if (clear && first > 0 && first >= level(thresholds.answerAt, language, ANSWER_AT)) return 'answer';
  const chooseAt = level(thresholds.chooseAt, language, CHOOSE_AT);
  return first > 0 && (first >= chooseAt || offered >= chooseAt + together(entries)) ? 'choose' : 'handoff';
}

function level(set: Thresholds['answerAt'], language: Language, shipped: number): number {
  return (typeof set === 'object' ? set[language] : set) ?? shipped;
}
