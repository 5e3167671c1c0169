/** What is done with a confidence: reply, offer choices, or hand over. */
import type { Language } from '../../conversation/language.ts';
import type { Decision } from '../understanding.ts';

export interface Thresholds {
  /** Least confidence to answer outright, 0 to 1; 0.7. */
  readonly answerAt?: number | Readonly<Partial<Record<Language, number>>>;
  /** Least confidence to offer choices, 0 to 1; 0.3. */
  readonly chooseAt?: number | Readonly<Partial<Record<Language, number>>>;
}

const ANSWER_AT = 0.7;
const CHOOSE_AT = 0.3;

export function decide(confidence: number, language: Language, thresholds: Thresholds): Decision {
  if (confidence >= level(thresholds.answerAt, language, ANSWER_AT)) return 'answer';
  return confidence > 0 && confidence >= level(thresholds.chooseAt, language, CHOOSE_AT) ? 'choose' : 'handoff';
}

function level(set: Thresholds['answerAt'], language: Language, shipped: number): number {
  return (typeof set === 'object' ? set[language] : set) ?? shipped;
}
