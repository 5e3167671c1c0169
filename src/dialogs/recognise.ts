/** From what was said to the answer of one step, or why it is none. */
import type { Language } from '../conversation/language.ts';
import { isoDay, wallClock } from './clock.ts';
import { says } from './commands.ts';
import { japaneseDate } from './dates.ts';
import { type Choice, inLanguage, labelOf, type Question } from './dialog.ts';
import { longestAnswer } from './format.ts';
import { exactly, mentioned, noneOf, unknownOf } from './mentions.ts';
import { kanjiNumber } from './numerals.ts';
import { matchesWhole } from './pattern.ts';
import type { Answer } from './progress.ts';
import { nearlyNamed } from './resembling.ts';
import { dialogTexts } from './texts.ts';

/** What a library reads better than we would. */
export interface Recognisers {
  number(text: string, language: Language): Promise<number | undefined>;
  /**
   * `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, most likely first; or none.
   * @param today whose local fields are the desk's wall clock.
   */
  date(text: string, language: Language, today: Date): Promise<readonly string[] | undefined>;
  confirm(text: string, language: Language): Promise<boolean | undefined>;
  /** Position of the choice meant: by its label, number or ordinal. */
  choice(text: string, labels: readonly string[], language: Language): number | undefined;
}

export interface Said {
  readonly text: string;
  readonly language: Language;
  /** Names of the files that came with it. */
  readonly files: readonly string[];
}

export interface Ears {
  readonly recognisers: Recognisers;
  /** ms since 1970. */
  readonly now: number;
  /** The desk's time zone, IANA; the service's own where left out. */
  readonly zone?: string;
}

export type Recognised = { readonly answer: Answer } | { readonly fault: string };

/** Numbers in what is read as a date. */
const mostNumbers = 8;
/** Longest text a reader of numbers, dates and yes or no is given, in UTF-16 units. */
const longestRead = 200;

export async function recognise(step: Question, said: Said, ears: Ears): Promise<Recognised> {
  const { language } = said;
  const t = dialogTexts[language];
  const fault = (message: string) => ({ fault: inLanguage(step.validate.message, language) || message });
  const text = said.text.trim();
  const read = text.slice(0, longestRead);
  switch (step.type) {
    case 'choice': {
      const choice = choiceOf(step.choices, text, language, ears);
      return choice ? { answer: { value: choice.value, label: labelOf(choice, language) } } : fault(t.notAChoice);
    }
    case 'confirm': {
      const yes = await yesIn(step, text, language, ears);
      return yes === undefined ? fault(t.notYesNo) : { answer: { value: yes, label: yes ? t.yes : t.no } };
    }
    case 'number': {
      const { min, max } = step.validate;
      const counted = withoutCounter(read);
      const value =
        (await ears.recognisers.number(counted, language)) ??
        kanjiNumber(/[〇一二三四五六七八九十百千]+/u.exec(counted)?.[0] ?? '');
      if (value === undefined || !Number.isFinite(value)) return fault(t.notANumber);
      if ((min !== undefined && value < min) || (max !== undefined && value > max))
        return fault(t.outOfRange(min, max));
      return { answer: { value, label: text.length <= 60 ? text : String(value) } };
    }
    case 'date': {
      const value = await dateOf(read, language, ears, step.validate.only);
      if (!value) return fault(t.notADate);
      const today = isoDay(wallClock(ears.now, ears.zone));
      if (step.validate.only === 'past' && value.slice(0, 10) > today) return fault(t.notPast);
      if (step.validate.only === 'future' && value.slice(0, 10) < today) return fault(t.notFuture);
      const plainDate = read.normalize('NFKC') === value;
      return { answer: { value, label: plainDate ? value : `${read} (${value.replace('T', ' ')})` } };
    }
    case 'attachment': {
      if (said.files.length === 0) return fault(t.notAFile);
      return { answer: { value: true, label: said.files.join(', ').slice(0, 500) } };
    }
    case 'text': {
      const { min = 1, max = longestAnswer, pattern } = step.validate;
      if (!text) return fault(t.noText);
      if (text.length < min) return fault(t.tooShort(min));
      if (text.length > max) return fault(t.tooLong(max));
      if (pattern && !matchesWhole(pattern, text.normalize('NFKC'))) return fault(t.otherForm);
      return { answer: { value: text, label: text } };
    }
  }
}

/** By a plain yes or no, or by the question's own verb: 見つかりました, 見つかりません, "can't find it". */
async function yesIn(step: Question, text: string, language: Language, ears: Ears): Promise<boolean | undefined> {
  if (says('unknown', text)) return undefined;
  if (says('no', text) || says('nothing', text)) return false;
  if (says('yes', text)) return true;
  const read = await ears.recognisers.confirm(text.slice(0, longestRead), language);
  if (read !== undefined) return read;
  const echo = text.normalize('NFKC').replace(/(です|よ|ね|[\s。.!！])+$/u, '');
  if (echo.length > 2 && inLanguage(step.ask, language).includes(`${echo}か`)) return true;
  return says('denial', text) ? false : undefined;
}

function choiceOf(choices: readonly Choice[], text: string, language: Language, ears: Ears): Choice | undefined {
  const exact = exactly(choices, text);
  if (exact) return exact;
  const labels = choices.map((choice) => labelOf(choice, language));
  const index = text.length <= 60 ? ears.recognisers.choice(text, labels, language) : undefined;
  if (index !== undefined) return choices[index];
  const named = mentioned(choices, text);
  if (named.length === 1) return named[0];
  if (named.length > 1) return undefined;
  if (says('unknown', text)) return unknownOf(choices);
  return says('nothing', text) ? noneOf(choices) : nearlyNamed(choices, text);
}

async function dateOf(
  text: string,
  language: Language,
  ears: Ears,
  only?: 'past' | 'future',
): Promise<string | undefined> {
  const now = wallClock(ears.now, ears.zone);
  const own = japaneseDate(text, now, only);
  if (own || language === 'ja') return own;
  // "1/1/1/1/…" holds the library up for seconds; no date has so many numbers.
  if ((text.match(/\d+/g)?.length ?? 0) > mostNumbers) return undefined;
  const found = ((await ears.recognisers.date(text, language, now)) ?? [])
    .filter((value) => /^\d{4}-\d\d-\d\d/.test(value))
    .map((value) => value.replace(' ', 'T').replace(/:00$/, ''));
  const today = isoDay(now);
  // "Nov 20" may be this year's or the next: the side that is asked for, or the past.
  const fits = found.find((value) => (only === 'future' ? value.slice(0, 10) >= today : value.slice(0, 10) <= today));
  return fits ?? found[0];
}

/** 五人, 3台 and ふたり are numbers too, and of 2、3人 the first; the library reads only some of them. */
const withoutCounter = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/ひとり/gu, '1人')
    .replace(/ふたり/gu, '2人')
    .replace(/\ba couple\b(?: of)?/giu, '2')
    .replace(/(?<!\d)(\d)[、,](?=\d(?!\d))/gu, '$1~')
    .replace(/(?<=[\d〇一二三四五六七八九十百千])[人名台個件回枚本階号]/gu, '');
