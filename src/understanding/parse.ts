/** One FAQ file's text → its entries and where each of their parts stands. */
import type { Language } from '../conversation/language.ts';
import { explain, type Fault } from './explain.ts';
import { type EntryContent, faqFile } from './format.ts';
import type { Entry, Problem } from './understanding.ts';
import { isSameProblem, readYaml, valueAt, type YamlText } from './yaml-text.ts';

const languages = ['en', 'ja'] as const satisfies readonly Language[];

/** Where things stand in a file: characters from its start. Kept instead of the parsed document, which is twenty times as big. */
export interface Marks {
  readonly id: number;
  readonly questions: Readonly<Partial<Record<Language, readonly number[]>>>;
  readonly answer: Readonly<Partial<Record<Language, number>>>;
  readonly related: readonly number[];
  readonly dialog: number;
}

export interface Placed {
  readonly entry: Entry;
  readonly marks: Marks;
  readonly file: ParsedFile;
  /** False for a draft: id and questions are right, its answer is not. It can be matched but not served. */
  readonly served: boolean;
}

export interface ParsedFile {
  /** As it is to be shown: the FAQ directory as given, then the way inside it. */
  readonly path: string;
  readonly placed: readonly Placed[];
  readonly problems: readonly Problem[];
  /** Ids of entries left out for their faults, as far as they can be read. */
  readonly faultyIds: readonly string[];
  /** A problem or piece of advice at a mark. */
  at(mark: number, message: string): Problem;
}

/** @param name stands in for a missing `topic`. Never throws. */
export function parseFaq(path: string, name: string, text: string): ParsedFile {
  const yaml = readYaml(path, text);
  const { content, at } = yaml;
  const problems: Problem[] = [...yaml.problems];
  const placed: Placed[] = [];
  const faultyIds: string[] = [];
  const file: ParsedFile = { path, placed, problems, faultyIds, at };
  if (content === undefined) return file;

  const read = faqFile.safeParse(content);
  const faults = read.success
    ? []
    : read.error.issues.flatMap((issue) => explain(issue, (way) => valueAt(content, way)));
  for (const fault of faults) {
    const problem = at(yaml.markOf(fault), fault.message);
    // An empty value can break two rules of its setting with one sentence.
    if (!problems.some((other) => isSameProblem(other, problem))) problems.push(problem);
  }

  problems.sort((a, b) => a.line - b.line || a.column - b.column);

  // Faults whose place is not one entry (an unknown key beside `entries`) leave the entries themselves sound.
  const faulty = (i: number) => faults.filter(({ path: way }) => way[0] === 'entries' && way[1] === i);
  const raw = valueAt(content, ['entries']);
  if (!Array.isArray(raw)) return file;
  const topic = valueAt(content, ['topic']);
  const subject = typeof topic === 'string' && topic.trim() ? topic.trim() : name;
  raw.forEach((item: unknown, i) => {
    const own = faulty(i);
    const draft = own.length > 0;
    if (own.some((fault) => !isAboutAnswer(fault))) {
      const id = valueAt(item, ['id']);
      if (typeof id === 'string') faultyIds.push(id);
      return;
    }
    const entry = toEntry(item as EntryContent, subject, draft);
    placed.push({ entry, marks: marksOf(yaml, entry, i), file, served: !draft });
  });
  return file;
}

const isAboutAnswer = ({ path }: Fault) => path[2] === 'answer';

/** `content` has passed the schema, but for its answer where it is a draft. */
function toEntry(content: EntryContent, topic: string, draft: boolean): Entry {
  const trimmed = (list: readonly string[] | undefined) => (list ?? []).map((text) => text.trim());
  const byLanguage = (of: Partial<Record<Language, readonly string[] | undefined>> | undefined) =>
    Object.fromEntries(languages.flatMap((l) => (of?.[l] ? [[l, trimmed(of[l])]] : [])));
  const { tier, skills } = content.escalate ?? {};
  return {
    id: content.id,
    topic,
    tags: trimmed(content.tags),
    questions: byLanguage(content.questions),
    answer: draft
      ? {}
      : Object.fromEntries(languages.flatMap((l) => (content.answer[l] ? [[l, content.answer[l]]] : []))),
    ...(content.dialog && { dialog: content.dialog }),
    ...(content.escalate && {
      escalate: { ...(tier && { tier: Number(tier) as 1 | 2 | 3 }), ...(skills && { skills: trimmed(skills) }) },
    }),
    related: trimmed(content.related),
    keywords: byLanguage(content.keywords),
  };
}

function marksOf(yaml: YamlText, entry: Entry, i: number): Marks {
  const one = (...way: PropertyKey[]) => yaml.startOf(['entries', i, ...way]) ?? yaml.startOf(['entries', i]) ?? 0;
  const each = (list: readonly string[] | undefined, ...way: PropertyKey[]) =>
    (list ?? []).map((_, n) => one(...way, n));
  return {
    id: one('id'),
    questions: Object.fromEntries(languages.map((l) => [l, each(entry.questions[l], 'questions', l)])),
    answer: Object.fromEntries(languages.map((l) => [l, one('answer', l)])),
    related: each(entry.related, 'related'),
    dialog: one('dialog'),
  };
}
