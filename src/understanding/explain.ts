import type * as z from 'zod';
import { keysAt, longestAnswer, longestPhrasing } from './format.ts';
import { nearest } from './nearest.ts';
import type { Place } from './yaml-text.ts';

export interface Fault extends Place {
  readonly message: string;
}

/** Says each fault as a sentence for the admin: what was found, and what is allowed. */
export function explain(issue: z.core.$ZodIssue, found: (path: readonly PropertyKey[]) => unknown): Fault[] {
  const { path } = issue;
  const value = found(path);
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAt(path) ?? [];
    return issue.keys.map((key) => ({ path, key, message: unknownKey(key, allowed) }));
  }
  if (value === undefined) return [{ path, message: `"${String(path.at(-1))}" is missing; ${allowed(path)}` }];
  return [{ path, message: `${subject(path)}: found ${describe(value)}; ${allowed(path)}` }];
}

function unknownKey(key: string, allowed: readonly string[]): string {
  const meant = nearest(key, allowed);
  return `unknown key "${short(key)}"${meant ? `; did you mean "${meant}"?` : ''}; allowed here: ${allowed.join(', ')}`;
}

/** The name of the setting a path leads to, without list positions: `questions.en`. */
function subject(path: readonly PropertyKey[]): string {
  const names = path.filter((step) => typeof step === 'string').filter((step, i) => i > 0 || step !== 'entries');
  return names.length ? names.join('.') : path.length ? 'entry' : 'file';
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

function describe(value: unknown): string {
  if (typeof value === 'string') {
    if (value.trim() === '') return 'nothing';
    if (value.length > longestPhrasing) return `a text of ${value.length} characters`;
    return `"${short(value)}"`;
  }
  if (Array.isArray(value)) return value.length ? 'a list' : 'an empty list';
  if (value === null) return 'nothing';
  if (typeof value !== 'object') return String(value);
  return Object.keys(value).length ? 'a mapping' : 'an empty mapping';
}

/** What is allowed at a path, in words. */
function allowed(path: readonly PropertyKey[]): string {
  const names = path.filter((step) => typeof step === 'string');
  const inList = typeof path.at(-1) === 'number';
  switch (inList ? `${names.join('.')}[]` : names.join('.')) {
    case '':
      return 'a FAQ file is a mapping with "entries" and, if wished, "topic"';
    case 'topic':
      return 'allowed is a text of up to 200 characters';
    case 'entries':
      return 'allowed is a list of entries, each with id, questions and answer';
    case 'entries[]':
      return 'allowed is a mapping with id, questions and answer';
    case 'entries.id':
    case 'entries.dialog':
    case 'entries.related[]':
      return 'allowed is a kebab-case name such as password-forgotten: a-z, 0-9 and single hyphens, up to 100 characters';
    case 'entries.questions':
    case 'entries.answer':
      return 'allowed is a mapping with at least one language: en, ja';
    case 'entries.keywords':
      return 'allowed is a mapping of languages: en, ja';
    case 'entries.questions.en':
    case 'entries.questions.ja':
      return 'allowed is a list of at least one phrasing';
    case 'entries.questions.en[]':
    case 'entries.questions.ja[]':
      return `allowed is a phrasing of 1 to ${longestPhrasing} characters; put text with ": " or " #" in quotes`;
    case 'entries.answer.en':
    case 'entries.answer.ja':
      return `allowed is Markdown text of 1 to ${longestAnswer} characters`;
    case 'entries.escalate':
      return 'allowed is a mapping such as {tier: 2, skills: [account]}';
    case 'entries.escalate.tier':
      return 'allowed are 1, 2 and 3';
    default:
      return inList ? 'allowed is a text of 1 to 200 characters' : 'allowed is a list of texts, such as [one, two]';
  }
}
