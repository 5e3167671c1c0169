/** What the visitor's words tell of how it goes for them: noted and acted upon, never said. */
import { languageOf } from '../conversation/language.ts';
import type { SentimentRules } from '../conversation/rules.ts';
import { pressureOf, sentimentAfter } from '../conversation/sentiment.ts';
import { feltIn } from '../understanding/sentiment/sentiment.ts';
import type { Talk } from './talk.ts';

/** Notes what is felt in the message. What it does to the case's priority is the domain's to decide; the bot's patience is shortened here. */
export function feel(talk: Talk, rules: SentimentRules): void {
  const { turn, text } = talk;
  const felt = feltIn(text, languageOf(text) ?? talk.language);
  if (felt) turn.findings.push(felt);
  talk.impatient = pressureOf(sentimentAfter(turn.conversation, felt)) >= rules.impatient;
}
