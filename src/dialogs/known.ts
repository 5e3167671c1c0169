/** What is known before a question is asked: from the browser, the signed identity, the customer's record, or what was said already. */
import type { Language } from '../conversation/language.ts';
import { type Choice, type Dialog, labelOf, longestTested, type Question, type Source } from './dialog.ts';
import { namedIn } from './mentions.ts';
import { findIn } from './pattern.ts';
import { type Answer, applicable, type Progress } from './progress.ts';
import { dialogTexts } from './texts.ts';

/** A browser's system, in the words of dialogs: `windows`, `macos`, `ios`, `android`, `linux`, with the version where it tells. */
export function systemOf(userAgent: string): { name: string; version?: string } | undefined {
  const number = (found: RegExpExecArray | null) => found?.[1]?.replace(/_/g, '.');
  const with_ = (name: string, version: string | undefined) => ({ name, ...(version ? { version } : {}) });
  if (/iPhone|iPad|iPod/.test(userAgent))
    return with_('ios', label('iOS', number(/OS (\d+(?:_\d+)?)/.exec(userAgent))));
  if (/Android/.test(userAgent))
    return with_('android', label('Android', number(/Android (\d+(?:\.\d+)?)/.exec(userAgent))));
  // Browsers say "10.0" for Windows 10 and 11 alike, and "10_15_7" for every newer macOS: no version is better than a wrong one.
  if (/Windows/.test(userAgent)) return { name: 'windows' };
  if (/Mac OS X|Macintosh/.test(userAgent)) return { name: 'macos' };
  if (/CrOS|Linux/.test(userAgent)) return { name: 'linux' };
  return undefined;
}

const label = (system: string, version: string | undefined) => version && `${system} ${version}`;

/** What a step's answer probably is; it is asked all the same, with this to confirm. */
export interface Guess extends Answer {
  readonly source: Source;
}

export function guessOf(step: Question, { known, answers }: Progress, language: Language): Guess | undefined {
  for (const source of step.prefill) {
    if (isVouched(step, source)) continue;
    if (source === 'user-agent') {
      const system = systemOf(known[source] ?? '');
      if (!system) continue;
      const choice = step.type === 'choice' && step.choices.find(({ value }) => value === system.name);
      if (choice) return { source, value: choice.value, label: labelOf(choice, language) };
      if (step.type === 'text' && system.version) return { source, value: system.version, label: system.version };
    } else {
      const fact = source === 'question' ? known[source] : theOne(known, answers, source);
      if (fact) return { source, value: fact, label: fact };
    }
  }
  return undefined;
}

/** Buttons for a customer with several products, to say which. */
export function offersOf(step: Question, { known, answers }: Progress): readonly string[] {
  if (step.type !== 'text') return [];
  const source = step.prefill.find((one) => one.startsWith('customer.') && !isVouched(step, one));
  if (!source || theOne(known, answers, source)) return [];
  return [...new Set(linesOf(known, source).filter((line) => line !== ''))].slice(0, mostOffers);
}

/**
 * What others vouch for, as an answer: nobody is asked for a name that the website has signed, nor for a warranty that stands in the
 * customer's record.
 * @param today the day at the desk, ISO 8601.
 */
export function vouchedFor(
  step: Question,
  { known, answers }: Pick<Progress, 'known' | 'answers'>,
  language: Language,
  today: string,
): Answer | undefined {
  for (const source of step.prefill) {
    if (!isVouched(step, source)) continue;
    const fact = theOne(known, answers, source);
    if (!fact) continue;
    if (step.type !== 'confirm') return { value: fact, label: fact };
    if (!/^\d{4}-\d\d-\d\d/.test(fact)) continue;
    const day = fact.slice(0, 10);
    const holds = day >= today;
    return { value: holds, label: dialogTexts[language].until(holds, day) };
  }
  return undefined;
}

/** Whether a source is believed without asking: a confirm takes the warranty's last day, a text who the visitor is. */
const isVouched = (step: Question, source: Source): boolean =>
  step.type === 'confirm'
    ? source === 'customer.warrantyUntil'
    : step.type === 'text' && (source.startsWith('identity.') || /^customer\.(name|email)$/.test(source));

/** Most products offered as buttons. */
const mostOffers = 6;

const perProduct: readonly Source[] = [
  'customer.products',
  'customer.model',
  'customer.serial',
  'customer.warrantyUntil',
];

const linesOf = (known: Progress['known'], source: Source): readonly string[] =>
  (known[source] ?? '').split('\n').map((line) => line.trim());

/** A fact that can be only this: of several products, that of the one an answer has named. */
function theOne(known: Progress['known'], answers: Progress['answers'], source: Source): string | undefined {
  const lines = linesOf(known, source);
  if (lines.length === 1 || !perProduct.includes(source)) return known[source];
  const said = new Set(Object.values(answers).map(({ value }) => value));
  const named = lines.flatMap((_, i) =>
    perProduct.some((one) => said.has(linesOf(known, one)[i] || '\n')) ? [i] : [],
  );
  return named.length === 1 ? lines[named[0] ?? 0] : undefined;
}

/**
 * What a sentence tells of the steps not answered yet. Of choices only where the author gave other ways to say them and none of
 * them ends the dialog, and nothing past an instruction: following it may have changed what was said before.
 * @param taken the choice that the sentence has answered already.
 */
export function toldBy(
  dialog: Dialog,
  answers: Progress['answers'],
  text: string,
  language: Language,
  taken?: Choice,
): Record<string, Answer> {
  let all = { ...answers };
  const found: Record<string, Answer> = {};
  for (const step of dialog.steps) {
    if (step.type === 'say') break;
    if (all[step.id] || !applicable(dialog, all).has(step.id)) continue;
    const answer = toldOf(step, text, language, taken);
    if (!answer) continue;
    found[step.id] = answer;
    all = { ...all, [step.id]: answer };
  }
  return found;
}

function toldOf(step: Question, text: string, language: Language, taken?: Choice): Answer | undefined {
  if (step.type === 'text' && step.find) {
    const found = findIn(step.find, text.slice(0, longestTested))?.trim();
    return found ? { value: found, label: found } : undefined;
  }
  if (step.type !== 'choice') return undefined;
  if (step.choices.some((choice) => choice.solved) || step.choices.every((choice) => choice.keywords.length === 0))
    return undefined;
  const choice = namedIn(step.choices, text, taken);
  return choice && { value: choice.value, label: labelOf(choice, language) };
}
