/** An admin's YAML text → its content, and where each part of it stands. Shared by all the files that admins edit. */
import { isUtf8 } from 'node:buffer';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { fullWidthIn } from './full-width.ts';
import type { Problem } from './understanding.ts';

/** A fault at a place in the file's structure, not yet at a line; the place may be missing. `key`: the fault is that key there, not its value. */
export interface Place {
  readonly path: readonly PropertyKey[];
  readonly key?: string;
}

export interface YamlText {
  /** Every plain scalar as the text that was typed; undefined where the text is not YAML. */
  readonly content: unknown;
  /** Faults of the YAML itself, in the order found. */
  readonly problems: readonly Problem[];
  /** A problem or piece of advice at a mark: characters from the file's start. */
  at(mark: number, message: string): Problem;
  /** The nearest place that exists on the way to a fault. */
  markOf(place: Place): number;
  /** Where the value at a path begins; undefined where there is none. */
  startOf(path: readonly PropertyKey[]): number | undefined;
}

/** @param path as it is to be shown. Never throws. */
export function readYaml(path: string, text: string): YamlText {
  const lines = new LineCounter();
  const at = (mark: number, message: string): Problem => {
    const { line, col } = lines.linePos(mark);
    return { file: path, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  });
  const problems = [...document.errors, ...document.warnings].map((fault) =>
    at(
      fault.pos[0],
      fault.code === 'DUPLICATE_KEY' ? givenTwice(text.slice(fault.pos[0])) : `YAML: ${explained(fault)}`,
    ),
  );
  const typed = document.errors.length > 0 ? fullWidthAt(text, problems) : undefined;
  // What the parser makes of the rest of the file then is no help.
  if (typed) problems.splice(0, problems.length, { file: path, ...typed });
  let content: unknown;
  // A key given twice leaves the structure whole, so the rest can still be checked.
  if (!document.errors.some((error) => error.code !== 'DUPLICATE_KEY')) {
    try {
      content = document.toJS();
    } catch (error) {
      problems.push(at(0, `YAML: ${error instanceof Error ? error.message : String(error)}`));
    }
  }
  return {
    content,
    problems,
    at,
    markOf: (place) => markOf(document, place),
    startOf: (way) => startOf(child(document, contentsOf(document), way)),
  };
}

/** Where bytes that hold something else than UTF-8 first do. */
export function notUtf8(file: string, bytes: Buffer): Problem {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    const here = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (!isUtf8(here) || end < 0) {
      const column = Math.max(0, here.toString('utf8').indexOf('\uFFFD')) + 1;
      return {
        file,
        line,
        column,
        message: 'found bytes that are not UTF-8 (Shift_JIS perhaps?); save the file as UTF-8',
      };
    }
    start = end + 1;
    line += 1;
  }
}

/** The value at a path of plain content. */
export function valueAt(content: unknown, way: readonly PropertyKey[]): unknown {
  let here = content;
  for (const step of way) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return here;
}

export const isSameProblem = (a: Problem, b: Problem): boolean =>
  a.line === b.line && a.column === b.column && a.message === b.message;

function markOf(document: Document, { path, key }: Place): number {
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
const givenTwice = (from: string) => `key "${/^[^\s:]*/.exec(from)?.[0]}" is given twice here; allowed is once`;

/** The parser's words, but for those that are meant for programmers. */
const explained = ({ code, message }: YAMLError): string =>
  code === 'MULTIPLE_DOCS'
    ? 'a second document begins at this ---; allowed is one'
    : message.replace(/\s+/g, ' ').trim();

/** The parser gives up on the line of such a character, or on the next. */
function fullWidthAt(text: string, [first]: readonly Problem[]): Omit<Problem, 'file'> | undefined {
  if (!first) return undefined;
  const all = text.split('\n');
  const found = fullWidthIn([first.line, first.line - 1].map((line) => all[line - 1] ?? ''));
  return found && { line: first.line - found.index, column: found.column, message: found.message };
}
