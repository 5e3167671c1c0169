/** A case in five lines, in the language of who reads it: made by rules from the packet, without a model. */
import type { Language } from './language.ts';
import type { Packet } from './packet.ts';
import { type Signal, signals } from './sentiment.ts';
import { type SummaryTexts, summaryTexts } from './summary-texts.ts';

const summaryParts = ['visitor', 'problem', 'why', 'tried', 'next'] as const;

export interface SummaryLine {
  readonly about: (typeof summaryParts)[number];
  readonly label: string;
  readonly text: string;
}

/** Longest line, and longest fact in one, in UTF-16 units. */
const longest = { line: 280, fact: 80 } as const;
/** Named in a line; the packet has all. */
const most = { tries: 3, facts: 5, words: 4 } as const;
/** From this level on a signal is worth a word. */
const noticeable = 0.3;

/** The five lines, always in the same order: who, what, why, what was tried, what comes next. */
export function summaryOf(packet: Packet, language: Language): readonly SummaryLine[] {
  const t = summaryTexts[language];
  const texts = {
    visitor: visitorLine(packet, t),
    problem: problemLine(packet, t),
    why: whyLine(packet, t),
    tried: triedLine(packet, t),
    next: nextLine(packet, t),
  };
  return summaryParts.map((about) => ({ about, label: t.labels[about], text: cut(texts[about], longest.line) }));
}

function visitorLine({ customer, language, products }: Packet, t: SummaryTexts): string {
  const [first, ...others] = products;
  return [
    customer.name || t.unnamed,
    ...(customer.plan ? [customer.plan] : []),
    t.speaks[language],
    ...(customer.signed ? [] : [t.unproven]),
    ...(first ? [t.product(called(first), first.warrantyUntil)] : []),
    ...(others.length > 0 ? [t.moreProducts(others.length)] : []),
  ].join(' · ');
}

const called = ({ name, model }: Packet['products'][number]): string => (model ? `${name} ${model}` : name);

/** What was asked first and what it came to: of who writes "still not working" the first question says more than the last. */
function problemLine({ question, questions }: Packet, t: SummaryTexts): string {
  const first = questions[0]?.text ?? question;
  const isSame = (a: string, b: string) => a.startsWith(b) || b.startsWith(a);
  const said = question && !isSame(question, first) ? [first, question] : [question || first];
  if (said[0] === '') return t.unsaid;
  const others = questions.filter(({ text }) => !said.some((one) => isSame(one, text))).length;
  const problem = said.map((text) => oneLine(cut(text, said.length > 1 ? 100 : 200))).join(' → ');
  return [problem, ...(others > 0 ? [t.moreQuestions(others)] : [])].join(t.space);
}

function whyLine({ reason, confidence, sentiment }: Packet, t: SummaryTexts): string {
  // Of who just asks for a person the bot's doubts say nothing.
  const doubt = confidence !== null && reason !== 'asked' ? [t.confidence(Math.round(confidence * 100))] : [];
  const felt = (signal: Signal) => (sentiment?.levels[signal] ?? 0) >= noticeable;
  const said = signals
    .filter(felt)
    .map((signal) => (signal === 'many' && sentiment?.people ? t.people(sentiment.people) : t.signals[signal]));
  const words = [...new Set((sentiment?.words ?? []).filter(({ signal }) => felt(signal)).map(({ term }) => term))];
  return [
    t.reasons[reason],
    ...doubt,
    ...(said.length > 0 ? [t.felt(said)] : []),
    ...(words.length > 0 ? [t.words(words.slice(-most.words).join(', '))] : []),
  ].join(t.space);
}

function triedLine({ tries }: Packet, t: SummaryTexts): string {
  if (tries.length === 0) return t.nothingTried;
  return t.list(
    tries.slice(-most.tries).map(({ entry, title, helped }) => t.helped(cut(title ?? entry, longest.fact), helped)),
  );
}

function nextLine({ details, missing, attachments, suggested }: Packet, t: SummaryTexts): string {
  const known = Object.entries(details).flatMap(([name, value]) =>
    value === null ? [] : [`${name} ${oneLine(cut(value, longest.fact))}`],
  );
  const { tier, skills, priority } = suggested;
  return [
    t.suggested(tier, skills.join(', '), t.priorities[priority]),
    ...(missing.length > 0 ? [t.missing(t.list(missing.slice(0, most.facts)))] : []),
    ...(attachments.length > 0 ? [t.files(attachments.length)] : []),
    ...(known.length > 0 ? [t.known(t.list(known.slice(0, most.facts)))] : []),
  ].join(t.space);
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Never in the middle of a character. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
