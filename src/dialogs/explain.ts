import type * as z from 'zod';
import { nearest } from '../understanding/nearest.ts';
import type { Place } from '../understanding/yaml-text.ts';
import { sources } from './dialog.ts';
import { keysAt, longestText, mostChoices, mostSteps, stepTypes } from './format.ts';

export interface Fault extends Place {
  readonly message: string;
  /** Characters further on than the place: inside a condition. */
  readonly offset?: number;
}

/** Says each fault as a sentence for the admin: what was found, and what is allowed. */
export function explain(issue: z.core.$ZodIssue, found: (path: readonly PropertyKey[]) => unknown): Fault[] {
  const { path } = issue;
  const value = found(path);
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAt(path) ?? [];
    return issue.keys.map((key) => ({ path, key, message: unknownKey(key, allowed) }));
  }
  // "One or a list": the faults of the form that was meant.
  if (issue.code === 'invalid_union' && value !== undefined && value !== null && typeof value === 'object') {
    const meant = issue.errors[Array.isArray(value) ? 1 : 0] ?? [];
    if (meant.length > 0)
      return meant.flatMap((inner) => explain({ ...inner, path: [...path, ...inner.path] } as z.core.$ZodIssue, found));
  }
  if (value === undefined) return [{ path, message: `"${String(path.at(-1))}" is missing; ${allowed(path)}` }];
  return [{ path, message: `${subject(path)}: found ${describe(value, path)}; ${allowed(path)}` }];
}

function unknownKey(key: string, allowed: readonly string[]): string {
  const meant = nearest(key, allowed);
  return `unknown key "${short(key)}"${meant ? `; did you mean "${meant}"?` : ''}; allowed here: ${allowed.join(', ')}${
    // `{en: one, two}` reads as two keys.
    allowed.join() === 'en,ja' && !meant ? '; put a text with a comma in quotes' : ''
  }`;
}

/** The name of the setting a path leads to, without list positions: `choices.label.en`. */
function subject(path: readonly PropertyKey[]): string {
  const names = path.filter((part) => typeof part === 'string');
  return (names.length > 1 ? names.filter((name, i) => i > 0 || name !== 'steps') : names).join('.') || 'file';
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

function describe(value: unknown, path: readonly PropertyKey[]): string {
  if (typeof value === 'string') {
    if (value.trim() === '') return 'nothing';
    const options = { type: stepTypes, prefill: sources }[String(path.findLast((part) => typeof part === 'string'))];
    const meant = options && nearest(value, options);
    if (value.length > 200) return `a text of ${value.length} characters`;
    return `"${short(value)}"${meant ? `, did you mean "${meant}"?` : ''}`;
  }
  if (Array.isArray(value)) return value.length ? `a list of ${value.length}` : 'an empty list';
  if (value === null || value === undefined) return 'nothing';
  if (typeof value !== 'object') return String(value);
  return Object.keys(value).length ? 'a mapping' : 'an empty mapping';
}

/** What is allowed at a path, in words, by the last name on it. */
function allowed(path: readonly PropertyKey[]): string {
  const names = path.filter((part) => typeof part === 'string');
  const last = names.at(-1) ?? '';
  const holder = names.at(-2) ?? '';
  const inList = typeof path.at(-1) === 'number';
  if (last === 'en' || last === 'ja') {
    if (holder === 'ask' || holder === 'text') return `allowed is Markdown text of 1 to ${longestText} characters`;
    if ((holder === 'keywords' || holder === 'suggest') && !inList)
      return 'allowed is a list of texts, such as [one, two]';
    return 'allowed is a text of 1 to 200 characters; put text with ": " or " #" in quotes';
  }
  if (last === 'id' && names.length === 1) return 'allowed is a kebab-case name such as collect-environment';
  switch (last) {
    case '':
      return 'a dialog file is a mapping with id, title, steps and end';
    case 'title':
    case 'ask':
    case 'label':
    case 'text':
    case 'message':
      return 'allowed is a mapping with at least one language: en, ja';
    case 'keywords':
    case 'suggest':
      return 'allowed is a mapping of languages, each with a list of texts: {en: [one], ja: [二]}';
    case 'steps':
      return inList
        ? 'allowed is a mapping with id, ask and type'
        : `allowed is a list of 1 to ${mostSteps} steps, each with id, ask and type`;
    case 'choices':
      return inList
        ? 'allowed is a mapping with value and label'
        : `allowed is a list of 1 to ${mostChoices} choices, each with value and label`;
    case 'id':
      return 'allowed is a name such as error-text: a-z, 0-9, single hyphens or underscores, beginning with a letter, up to 60 characters';
    case 'value':
      return 'allowed is a short name such as windows-11: letters, digits, points, hyphens, underscores, up to 60 characters';
    case 'type':
      return `allowed are ${stepTypes.join(', ')}`;
    case 'prefill':
      return `allowed are ${sources.join(', ')}, or a list of them`;
    case 'required':
    case 'summary':
      return 'allowed are true and false';
    case 'solved':
      return names.includes('choices') ? 'allowed are true and false' : 'allowed are yes and no';
    case 'entry':
      return 'allowed is the id of an FAQ entry';
    case 'min':
    case 'max':
      return 'allowed is a whole number';
    case 'only':
      return 'allowed are past and future';
    case 'pattern':
    case 'find':
      return 'allowed is a regular expression of 1 to 200 characters';
    case 'when':
      return "allowed is a condition such as os != 'other', up to 500 characters";
    case 'validate':
      return 'allowed is a mapping with pattern, min, max, only and message';
    case 'then':
      return 'allowed are handoff, answer and say';
    case 'tier':
      return 'allowed are 1, 2 and 3';
    case 'skills':
      return inList ? 'allowed is a text of 1 to 200 characters' : 'allowed is a list of texts, such as [network]';
    case 'priority':
      return 'allowed are low, normal, high and urgent';
    case 'end':
      return 'allowed is a mapping with "then", or a list of them with conditions';
    default:
      return 'see dialogs.schema.json for what is allowed';
  }
}
