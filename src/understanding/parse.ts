/** One FAQ file's text → its entries and where each of their parts stands. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Language } from '../conversation/language.ts';
import { explain, type Fault } from './explain.ts';
import { type EntryContent, faqFile } from './format.ts';
import type { Entry, Problem } from './understanding.ts';

const languages = ['en', 'ja'] as const satisfies readonly Language[];

/** Where things stand in a file: characters from its start. Kept instead of the parsed document, which is twenty times as big. */
export interface Marks {
  readonly id: number;
  readonly questions: Readonly<Partial<Record<Language, readonly number[]>>>;
  readonly answer: Readonly<Partial<Record<Language, number>>>;
  readonly related: readonly number[];
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
  const lines = new LineCounter();
  const problems: Problem[] = [];
  const placed: Placed[] = [];
  const at = (mark: number, message: string): Problem => {
    const { line, col } = lines.linePos(mark);
    return { file: path, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  const faultyIds: string[] = [];
  const file: ParsedFile = { path, placed, problems, faultyIds, at };

  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  });
  for (const fault of [...document.errors, ...document.warnings])
    problems.push(
      at(
        fault.pos[0],
        fault.code === 'DUPLICATE_KEY' ? givenTwice(text.slice(fault.pos[0])) : `YAML: ${sentence(fault.message)}`,
      ),
    );
  // A key given twice leaves the structure whole, so the rest can still be checked.
  if (document.errors.some((error) => error.code !== 'DUPLICATE_KEY')) return file;

  let content: unknown;
  try {
    content = document.toJS();
  } catch (error) {
    problems.push(at(0, `YAML: ${error instanceof Error ? error.message : String(error)}`));
    return file;
  }
  const read = faqFile.safeParse(content);
  const faults = read.success
    ? []
    : read.error.issues.flatMap((issue) => explain(issue, (way) => valueAt(content, way)));
  for (const fault of faults) {
    const problem = at(markOf(document, fault), fault.message);
    // An empty value can break two rules of its setting with one sentence.
    if (!problems.some((other) => sameProblem(other, problem))) problems.push(problem);
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
    placed.push({ entry, marks: marksOf(document, i), file, served: !draft });
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

function marksOf(document: Document, i: number): Marks {
  const entry = child(document, contentsOf(document), ['entries', i]);
  const start = startOf(entry) ?? 0;
  const each = (way: readonly PropertyKey[]) => {
    const list = child(document, entry, way);
    return isSeq(list) ? list.items.map((item) => startOf(item as Node) ?? start) : [];
  };
  const one = (way: readonly PropertyKey[]) => startOf(child(document, entry, way)) ?? start;
  return {
    id: one(['id']),
    questions: Object.fromEntries(languages.map((l) => [l, each(['questions', l])])),
    answer: Object.fromEntries(languages.map((l) => [l, one(['answer', l])])),
    related: each(['related']),
  };
}

/** The nearest place that exists on the way to a fault. */
function markOf(document: Document, { path, key }: Fault): number {
  let here = contentsOf(document);
  let mark = startOf(here) ?? 0;
  for (const step of path) {
    const holder = here;
    here = child(document, here, [step]);
    const start = startOf(here);
    // An empty value has no place of its own on the page: show its key.
    if (here === undefined || start === undefined || isEmpty(here))
      mark = keyMark(holder, String(step)) ?? start ?? mark;
    else mark = start;
  }
  return key === undefined ? mark : (keyMark(here, key) ?? mark);
}

const isEmpty = (node: Node) =>
  isScalar(node) && node.range !== undefined && node.range !== null && node.range[0] === node.range[1];

function keyMark(map: Node | undefined, key: string): number | undefined {
  if (!isMap(map)) return undefined;
  // The last of equal keys is the one that counts.
  return startOf(
    map.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === key)?.key as Node | undefined,
  );
}

function child(document: Document, from: Node | undefined, way: readonly PropertyKey[]): Node | undefined {
  let here: Node | undefined = from;
  for (const step of way) {
    if (isMap(here)) here = here.get(String(step), true) as Node | undefined;
    else if (isSeq(here)) here = here.get(Number(step), true) as Node | undefined;
    else return undefined;
    if (isAlias(here)) here = here.resolve(document) as Node | undefined;
  }
  return here;
}

const contentsOf = (document: Document) => (document.contents ?? undefined) as Node | undefined;
const startOf = (node: Node | undefined) => node?.range?.[0];

function valueAt(content: unknown, way: readonly PropertyKey[]): unknown {
  let here = content;
  for (const step of way) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return here;
}

const givenTwice = (from: string) => `key "${/^[^\s:]*/.exec(from)?.[0]}" is given twice here; allowed is once`;
const sameProblem = (a: Problem, b: Problem) => a.line === b.line && a.column === b.column && a.message === b.message;
const sentence = (message: string) => message.replace(/\s+/g, ' ').trim();
