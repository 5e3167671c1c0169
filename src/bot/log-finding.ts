/** What was found in a log, as the visitor is told it: a few lines, and an answer where there is one. */
import type { Language } from '../conversation/language.ts';
import type { Analyse, LogFinding, LogOutcome, LogSource } from '../conversation/logs.ts';
import type { Content } from '../conversation/message.ts';
import type { Conversation } from '../conversation/state.ts';
import type { Knowledge } from '../understanding/understanding.ts';
import { logTexts } from './log-texts.ts';
import { memoryOf, toJson } from './memory.ts';
import { texts } from './texts.ts';

/** Said besides what is being talked about: it takes no button away from the question before it. */
const aside = { aside: true } as const;

/** The command that notes an outcome in the conversation as it stands. */
export function analyseCommand(c: Conversation, source: LogSource, outcome: LogOutcome, knowledge: Knowledge): Analyse {
  const { language } = c;
  const name = source.kind === 'file' ? source.name : '';
  const t = logTexts[language];
  if ('refusal' in outcome) {
    const said: Content = { text: t.refused(name, outcome.refusal), format: 'plain', channelData: aside };
    return { type: 'analyse', source, outcome, replies: [said] };
  }
  const told: Content = { text: findingText(outcome.finding, name, language), format: 'markdown', channelData: aside };
  const memory = memoryOf(c.memory);
  const entry = entryFor(outcome.finding, knowledge, language);
  const isFree = c.phase.at === 'bot' && !memory.dialog && (!memory.pending || memory.pending.kind === 'offer');
  if (!entry || !isFree || c.tries.some((tried) => tried.entry === entry)) {
    return { type: 'analyse', source, outcome, replies: [told] };
  }
  const questions = knowledge.entry(entry)?.questions;
  const title = questions?.[language]?.[0] ?? questions?.en?.[0] ?? questions?.ja?.[0] ?? entry;
  const { noneOfThese, talkToPerson } = texts[language];
  const offer: Content = {
    text: t.mayHelp,
    format: 'markdown',
    suggestedActions: [title, noneOfThese, talkToPerson].map((words) => ({ title: words, value: words })),
  };
  return {
    type: 'analyse',
    source,
    outcome,
    replies: [told, offer],
    memory: toJson({ ...memory, pending: { kind: 'choose', entries: [entry] } }),
  };
}

/** The FAQ's entry that a known trouble names; else the one that the likely cause's own words lead to, if the FAQ is sure. */
function entryFor(finding: LogFinding, knowledge: Knowledge, language: Language): string | undefined {
  const named = finding.signatures.find(({ entry }) => entry && knowledge.entry(entry))?.entry;
  if (named || !finding.cause) return named;
  const { decision, matches } = knowledge.match(finding.cause.sample.slice(0, 200), language);
  return decision === 'answer' ? matches[0]?.id : undefined;
}

const shown = { known: 3, routes: 3, sample: 200 } as const;

function findingText(finding: LogFinding, name: string, language: Language): string {
  const t = logTexts[language];
  const { levels, signatures, cause, http, span, lines, partial } = finding;
  const errors = levels.fatal + levels.error;
  const about = [
    t.read(escaped(name), lines, span ? spanText(span) : ''),
    partial ? t.partly : '',
    errors + levels.warn === 0 ? t.nothing : t.counts(errors, levels.warn),
  ];
  const parts = [about.filter(Boolean).join(language === 'ja' ? '' : ' ')];
  const meanings = signatures
    .slice(0, shown.known)
    .flatMap(({ meaning }) => meaning[language] ?? meaning.en ?? meaning.ja ?? []);
  if (meanings.length > 0) parts.push([t.known, ...meanings.map((meaning) => `- ${meaning}`)].join('\n'));
  if (cause) parts.push(`${t.first(cause.first ? clock(cause.first) : '')}\n\n\`\`\`\n${plain(cause.sample)}\n\`\`\``);
  const failed = (http?.failed ?? []).slice(0, shown.routes);
  if (failed.length > 0)
    parts.push(
      [t.failed, ...failed.map(({ status, route, count }) => `- ${status || '—'} \`${code(route)}\` ×${count}`)].join(
        '\n',
      ),
    );
  return parts.join('\n\n');
}

/** As the log has it: 2026-11-20 09:14:09, with Z where the zone is known. */
const clock = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')}${iso.endsWith('Z') ? ' UTC' : ''}`;

function spanText({ from, to }: NonNullable<LogFinding['span']>): string {
  const sameDay = from.slice(0, 10) === to.slice(0, 10);
  if (from.slice(0, 19) === to.slice(0, 19)) return clock(from);
  return `${from.slice(0, 19).replace('T', ' ')} – ${sameDay ? clock(to).slice(11) : clock(to)}`;
}

const code = (text: string): string => text.replace(/`/g, "'");
const plain = (text: string): string => code(text.length > shown.sample ? `${text.slice(0, shown.sample)}…` : text);
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>]/g, '\\$&');
