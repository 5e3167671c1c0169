/** Sources → entries in our format, and their YAML. */
import { Document } from 'yaml';
import { type Language, languageOf } from '../../../conversation/language.ts';
import { longestAnswer, longestPhrasing } from '../../../understanding/format.ts';
import type { Source, Worded } from './source.ts';

export interface Draft {
  id: string;
  tags: string[];
  questions: Partial<Record<Language, string[]>>;
  answer: Partial<Record<Language, string>>;
  related: string[];
  keywords: Partial<Record<Language, string[]>>;
}

export interface Drafts {
  readonly topic: string;
  readonly drafts: readonly Draft[];
  readonly notes: readonly { readonly line: number; readonly message: string }[];
}

/**
 * Sources with one key, or without keys one answer, become one entry. Ids come from the key, else from the first English
 * words, else from the topic and a number; none that is in `taken` is given.
 */
export function toDrafts(sources: readonly Source[], fileTopic: string, taken: ReadonlySet<string>): Drafts {
  const notes: { line: number; message: string }[] = [];
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const texts = source.answers.map((answer) => answer.text).join('\n');
    if (source.questions.length === 0 || texts.trim() === '') {
      notes.push({
        line: source.line,
        message: `left out: it has no ${source.questions.length ? 'answer' : 'question'}`,
      });
      continue;
    }
    const group = source.key ? `key ${source.key}` : `answer ${texts}`;
    groups.set(group, [...(groups.get(group) ?? []), source]);
  }
  const topics = new Set(sources.map((source) => source.topic).filter((topic) => topic !== undefined));
  const topic = topics.size === 1 ? ([...topics][0] ?? fileTopic) : fileTopic;
  const used = new Set(taken);
  const made = [...groups.values()].map((group, i) => {
    const draft = merge(group, notes);
    draft.id = unused(idOf(group, draft, topic, i + 1), used);
    if (topics.size > 1) draft.tags = unique([...draft.tags, ...group.flatMap((source) => source.topic ?? [])]);
    used.add(draft.id);
    return { group, draft };
  });
  // Links are given by the source's names or questions; only those that lead to an entry of this import are kept.
  const byName = new Map(
    made.flatMap(({ group, draft }) =>
      group
        .flatMap(({ key, questions }) => [...(key ? [key] : []), ...questions.map((q) => fold(q.text))])
        .map((name) => [name, draft.id] as const),
    ),
  );
  for (const { group, draft } of made)
    draft.related = unique(group.flatMap((source) => source.related))
      .flatMap((name) => byName.get(name) ?? byName.get(fold(name)) ?? [])
      .filter((id, i, all) => id !== draft.id && all.indexOf(id) === i);
  return { topic, drafts: made.map(({ draft }) => draft), notes };
}

function merge(group: readonly Source[], notes: { line: number; message: string }[]): Draft {
  const draft: Draft = { id: '', tags: [], questions: {}, answer: {}, related: [], keywords: {} };
  const add = (to: Partial<Record<Language, string[]>>, { text, language }: Worded, otherwise: Language) => {
    const of = language ?? languageOf(text) ?? otherwise;
    const list = to[of] ?? [];
    if (!list.some((other) => fold(other) === fold(text))) to[of] = [...list, text];
  };
  for (const source of group) {
    const tongue = languageOf(source.questions.map((question) => question.text).join(' ')) ?? 'en';
    draft.tags = unique([...draft.tags, ...source.tags.map((tag) => tag.slice(0, 200))]);
    for (const question of source.questions)
      if (question.text.length <= longestPhrasing) add(draft.questions, question, tongue);
      else notes.push({ line: source.line, message: `a question of ${question.text.length} characters was left out` });
    for (const keyword of source.keywords)
      add(draft.keywords, { ...keyword, text: keyword.text.slice(0, 200) }, tongue);
    for (const { text, language } of source.answers) {
      const of = language ?? languageOf(text) ?? tongue;
      const before = draft.answer[of];
      if (before !== undefined && before !== text)
        notes.push({ line: source.line, message: 'a second answer to the same entry and language was left out' });
      else if (text.length > longestAnswer)
        notes.push({
          line: source.line,
          message: `an answer of ${text.length} characters is too long; shorten it in the file`,
        });
      draft.answer[of] = before ?? text;
    }
  }
  return draft;
}

function idOf(group: readonly Source[], draft: Draft, topic: string, number: number): string {
  const key = group[0]?.key;
  if (key && /[a-z]/i.test(key) && slug(key)) return slug(key);
  const words = slug(draft.questions.en?.[0] ?? '')
    .split('-')
    .filter((word) => word && !stop.has(word));
  if (words.length) return words.slice(0, 5).join('-');
  return `${slug(topic) || 'imported'}-${key && slug(key) ? slug(key) : number}`;
}

const stop = new Set(
  'a an and are can could do does for how i in is it me my of on or please s t the to what when where why will you your'.split(
    ' ',
  ),
);

const slug = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');

function unused(id: string, used: ReadonlySet<string>): string {
  if (!used.has(id)) return id;
  let number = 2;
  while (used.has(`${id}-${number}`)) number += 1;
  return `${id}-${number}`;
}

const unique = (all: readonly string[]) => [...new Set(all)];
const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();

/** The file's text. @param schema where editors find the JSON Schema, as seen from the file; undefined: no hint */
export function toYaml({ topic, drafts }: Drafts, schema: string | undefined): string {
  const filled = (mapping: object) => Object.keys(mapping).length > 0;
  const document = new Document({
    topic,
    entries: drafts.map(({ id, tags, questions, answer, related, keywords }) => ({
      id,
      ...(tags.length && { tags }),
      questions,
      answer,
      ...(related.length && { related }),
      ...(filled(keywords) && { keywords }),
    })),
  });
  const yaml = document.toString({ lineWidth: 0, blockQuote: 'literal' });
  return `${schema ? `# yaml-language-server: $schema=${schema}\n` : ''}${yaml}`;
}
