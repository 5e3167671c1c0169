/** Says each fault in desk.yaml as a sentence for the admin: what was found, and what is allowed. */
import * as z from 'zod';
import { nearest } from '../../understanding/nearest.ts';
import type { Place } from '../../understanding/yaml-text.ts';
import { allowed } from './values.ts';

export interface Fault extends Place {
  readonly message: string;
}

/** @param found the content at a path of the file */
export function explain(
  schema: z.ZodType,
  issue: z.core.$ZodIssue,
  found: (path: readonly PropertyKey[]) => unknown,
): Fault[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({ path, key, message: unknownKey(key, known) }));
    }
    case 'invalid_key':
      return [
        {
          path: path.slice(0, -1),
          key: String(path.at(-1)),
          message: `found "${short(String(path.at(-1)))}"; allowed is ${wordsOfKey(schema, path)}`,
        },
      ];
    case 'invalid_union': {
      // The alternative of the right kind knows better what is wrong than all of them together.
      const near = issue.errors.find(
        (issues) => !issues.some((inner) => inner.path.length === 0 && isOtherKind(inner)),
      );
      if (near && isHolder(found(path)))
        return near.flatMap((inner) => explain(schema, { ...inner, path: [...path, ...inner.path] }, found));
      break;
    }
    case 'custom':
      if (issue.message !== 'Invalid input') return [{ path, message: `${nameOf(path)}: ${issue.message}` }];
      break;
  }
  const value = found(path);
  const { words, unspoken } = wordsAt(schema, path);
  return value === undefined && path.length > 0
    ? [{ path, message: `"${String(path.at(-1))}" is missing; allowed is ${words}` }]
    : [
        {
          path,
          message: `${nameOf(path)}: found ${unspoken ? 'something else' : describe(value)}; allowed is ${words}`,
        },
      ];
}

const isOtherKind = ({ code }: z.core.$ZodIssue): boolean => code === 'invalid_type' || code === 'invalid_value';
const isHolder = (value: unknown): boolean => typeof value === 'object' && value !== null;

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  const here = known.length > 0 ? `; allowed here: ${known.join(', ')}` : '';
  return `unknown key "${short(key)}"${meant ? `; did you mean "${meant}"?` : ''}${here}`;
}

/** `calendar.holidays.closed`, without places in lists. */
const nameOf = (path: readonly PropertyKey[]): string =>
  path.filter((step) => typeof step === 'string').join('.') || 'file';

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

function describe(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? 'nothing' : `"${short(value)}"`;
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length > 0 ? 'a list' : 'an empty list';
  return Object.keys(value).length > 0 ? 'a mapping' : 'an empty mapping';
}

function wordsAt(schema: z.ZodType, path: readonly PropertyKey[]): { words: string; unspoken?: true } {
  const layers = at(schema, path).flatMap(layersOf);
  const told = layers.map((layer) => allowed.get(layer)).find((words) => words !== undefined);
  if (told) return told;
  const bare = layers.at(-1);
  if (bare instanceof z.ZodArray) return { words: 'a list' };
  if (bare instanceof z.ZodObject) return { words: `a mapping with ${Object.keys(bare.shape).join(', ')}` };
  return { words: bare instanceof z.ZodString ? 'a text' : 'a mapping' };
}

function wordsOfKey(schema: z.ZodType, path: readonly PropertyKey[]): string {
  const record = at(schema, path.slice(0, -1))
    .flatMap(layersOf)
    .find((layer) => layer instanceof z.ZodRecord);
  return (record && allowed.get(record.keyType as z.ZodType)?.words) ?? 'another name';
}

/** Whether a mapping or a list stands at a place in the file. */
export const isHolderAt = (schema: z.ZodType, path: readonly PropertyKey[]): boolean =>
  at(schema, path)
    .flatMap(layersOf)
    .some((layer) => layer instanceof z.ZodObject || layer instanceof z.ZodRecord || layer instanceof z.ZodArray);

/** The keys allowed at a place in the file; none where any are. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  return at(schema, path)
    .flatMap(layersOf)
    .flatMap((layer) => (layer instanceof z.ZodObject ? Object.keys(layer.shape) : []));
}

/** The schemas that may stand at a place, one for each alternative. */
function at(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType[] {
  return path.reduce<z.ZodType[]>(
    (here, step) =>
      here.flatMap(layersOf).flatMap((layer) => {
        if (layer instanceof z.ZodObject) return layer.shape[String(step)] ?? [];
        if (layer instanceof z.ZodRecord) return layer.valueType as z.ZodType;
        return layer instanceof z.ZodArray && typeof step === 'number' ? (layer.element as z.ZodType) : [];
      }),
    [schema],
  );
}

/** A schema and all it wraps, outermost first. */
function layersOf(schema: z.ZodType): z.ZodType[] {
  const inner =
    schema instanceof z.ZodPipe
      ? [schema.in]
      : schema instanceof z.ZodUnion
        ? schema.options
        : schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional || schema instanceof z.ZodPrefault
          ? [schema.unwrap()]
          : [];
  return [schema, ...inner.flatMap((each) => layersOf(each as z.ZodType))];
}
