/** A form whose fields the desk's rules ask for: what was given, and what is still wrong with it. */
import type { Field } from '../../conversation/rules.ts';
import type { Values } from './case-model.ts';

/** Ids of fields. */
export interface Faults {
  readonly missing: readonly string[];
  readonly wrong: readonly string[];
  /** Given, but not asked for any more. */
  readonly unknown: readonly string[];
  /** What may stand where something else was chosen. */
  readonly allowed: readonly string[];
}

export const noFaults: Faults = { missing: [], wrong: [], unknown: [], allowed: [] };

/** Whether the form was made by rules that hold no more: what it offers is refused. */
export const isOutdated = ({ unknown, allowed }: Faults): boolean => unknown.length + allowed.length > 0;

/** A refusal, with what it was about: a fault stands until its field is written anew. */
export interface Refused extends Faults {
  readonly values: Values;
}

/** Required and empty. */
export const emptyOf = (fields: readonly Field[], values: Values): readonly string[] =>
  fields.filter(({ id, required }) => required && !values[id]?.trim()).map(({ id }) => id);

/** What was given to the fields that are asked for, without the empty ones. */
export const givenTo = (fields: readonly Field[], values: Values): Values =>
  Object.fromEntries(
    fields.flatMap(({ id }) => {
      const value = values[id]?.trim();
      return value ? [[id, value]] : [];
    }),
  );

/** What is different in `after`, an emptied field as ''. */
export const changedIn = (fields: readonly Field[], before: Values, after: Values): Values =>
  Object.fromEntries(
    fields.flatMap(({ id }) => {
      const value = after[id]?.trim() ?? '';
      return value === (before[id] ?? '') ? [] : [[id, value]];
    }),
  );

export function faultOf(id: string, values: Values, refused: Refused | null): 'missing' | 'wrong' | null {
  if (!refused || (refused.values[id] ?? '') !== (values[id] ?? '')) return null;
  if (refused.missing.includes(id)) return 'missing';
  return refused.wrong.includes(id) ? 'wrong' : null;
}

/** Tags as they are typed: separated by commas, Japanese ones too, or by line ends. */
export const tagsIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[,、，\n]/)
      .map((tag) => tag.normalize('NFKC').trim().toLowerCase())
      .filter(Boolean),
  ),
];
