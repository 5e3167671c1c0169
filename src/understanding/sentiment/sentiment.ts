/**
 * Sentiment and urgency by lexicon: which words, with which weight, and nothing else. Sarcasm is left alone: who is praised for nothing
 * is rarely helped by a guess. Pure, and linear in the text.
 */
import type { Language } from '../../conversation/language.ts';
import type { Felt, Signal, Term } from '../../conversation/sentiment.ts';
import { english } from './english.ts';
import { japanese } from './japanese.ts';
import type { Lexicon } from './lexicon.ts';

/** Of a longer text only the start and the end are read, UTF-16 units each: a pasted log says nothing of how anyone feels. */
const longestRead = 1_000;
/** Terms of one message. */
const mostTerms = 8;
/** What may be denied: "not urgent". That it does not work is no denial of trouble. */
const deniable: ReadonlySet<Signal> = new Set(['anger', 'urgency']);

const lexicons: Readonly<Record<Language, Lexicon>> = { en: english, ja: japanese };

/** @returns undefined where nothing was found. */
export function feltIn(text: string, language: Language): Felt | undefined {
  const lexicon = lexicons[language];
  const plain = readable(text);
  const said = plain.toLowerCase().replace(lexicon.empty, (found) => ' '.repeat(found.length));
  const terms: Term[] = [];
  for (const { signal, weight, term, pattern } of lexicon.lines) {
    // Most of the lexicon is in no message, and matchAll copies the expression first.
    if (said.search(pattern) < 0) continue;
    for (const found of said.matchAll(pattern)) {
      if (deniable.has(signal) && isDenied(lexicon, said, found.index, found[0].length)) continue;
      terms.push({ signal, term, weight });
      break;
    }
  }
  const people = peopleIn(lexicon, said);
  if (people !== undefined && people > 1)
    terms.push({ signal: 'many', term: lexicon.numbered(people), weight: people >= 10 ? 1 : 0.6 });
  // Raised voices add to what is said and mean nothing without it: many write like that.
  const loud = terms.length > 0 ? loudness(plain) : undefined;
  if (loud) terms.push({ signal: 'anger', term: loud, weight: 0.2 });
  if (terms.length === 0) return undefined;
  const heaviest = [...terms].sort((a, b) => b.weight - a.weight).slice(0, mostTerms);
  return { type: 'felt', terms: heaviest, ...(people === undefined ? {} : { people }) };
}

function readable(text: string): string {
  const short = text.length <= 2 * longestRead ? text : `${text.slice(0, longestRead)}\n${text.slice(-longestRead)}`;
  return short.normalize('NFKC').replace(/’/g, "'");
}

/** Denials stand in the same clause, right before an English word or right behind a Japanese one. */
function isDenied({ denies, deniesAfter }: Lexicon, said: string, from: number, length: number): boolean {
  const clause =
    said
      .slice(Math.max(0, from - 40), from)
      .split(/[.,;:!?、。]/u)
      .at(-1) ?? '';
  return denies.test(clause) || deniesAfter.test(said.slice(from + length, from + length + 16));
}

function peopleIn({ people }: Lexicon, said: string): number | undefined {
  const numbers = [...said.matchAll(people)].flatMap(([, number]) => (number ? numberOf(number) : []));
  return numbers.length > 0 ? Math.max(...numbers) : undefined;
}

const words: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  hundred: 100,
};
const digits = '〇一二三四五六七八九';
const places: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

function numberOf(said: string): number {
  if (/^\d+$/.test(said)) return Number(said);
  const word = words[said];
  if (word !== undefined) return word;
  let sum = 0;
  let digit = 0;
  for (const sign of said) {
    const place = places[sign];
    if (place === undefined) digit = digits.indexOf(sign);
    else {
      sum += (digit || 1) * place;
      digit = 0;
    }
  }
  return sum + digit;
}

/** The sign of a raised voice, if there is one. */
function loudness(text: string): string | undefined {
  if (/[!?]{3,}/.test(text)) return '!!!';
  const letters = text.match(/\p{Lu}|\p{Ll}/gu) ?? [];
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  return letters.length >= 15 && capitals / letters.length > 0.8 ? 'CAPITALS' : undefined;
}
