/** `desk.yaml`: the desk's own rules, read at start. What the file leaves out has its shipped value. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Problem } from '../understanding/understanding.ts';
import { readYaml, valueAt } from '../understanding/yaml-text.ts';

/** How the bot decides between answering, offering choices and handing over. Probabilities and shares are 0 to 1. */
export interface UnderstandingRules {
  /** Least confidence to answer outright. */
  readonly answerAt: { readonly ja: number; readonly en: number };
  /** Least confidence to offer choices. */
  readonly chooseAt: { readonly ja: number; readonly en: number };
  /** Share of questions that no entry is for. */
  readonly outOfScopeShare: number;
  readonly guard: {
    /** How far one edit of the FAQ may let precision fall. */
    readonly margin: number;
    /** True: an edit that lets it fall further is not served. */
    readonly hold: boolean;
  };
}

export interface Rules {
  readonly understanding: UnderstandingRules;
}

export class RulesError extends Error {
  override readonly name = 'RulesError';
}

// Plain scalars are read as the text that was typed.
const share = z
  .string()
  .regex(/^(0(\.\d+)?|1(\.0+)?)$/)
  .transform(Number);
const both = (shipped: number) =>
  z.strictObject({ ja: share.prefault(String(shipped)), en: share.prefault(String(shipped)) }).prefault({});

const file = z.strictObject({
  understanding: z
    .strictObject({
      answerAt: both(0.7),
      chooseAt: both(0.3),
      outOfScopeShare: share.prefault('0.3'),
      guard: z
        .strictObject({
          margin: share.prefault('0.05'),
          hold: z
            .enum(['true', 'false'])
            .prefault('false')
            .transform((hold) => hold === 'true'),
        })
        .prefault({}),
    })
    .prefault({}),
});

export const shippedRules: Rules = file.parse({});

/** @param path as it is to be shown. @returns the rules, or what is wrong and where. */
export function parseRules(path: string, text: string): { rules: Rules } | { problems: readonly Problem[] } {
  const yaml = readYaml(path, text);
  if (yaml.problems.length > 0) return { problems: yaml.problems };
  const read = file.safeParse(yaml.content === null || yaml.content === '' ? {} : yaml.content);
  if (read.success) return { rules: read.data };
  return {
    problems: read.error.issues.flatMap((issue) => {
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => yaml.at(yaml.markOf({ path: issue.path, key }), `unknown key "${key}"`));
      }
      const found = JSON.stringify(valueAt(yaml.content, issue.path));
      const name = issue.path.join('.') || 'file';
      const allowed =
        issue.path.at(-1) === 'hold'
          ? 'true or false'
          : issue.path.length < 3 && issue.path.at(-1) !== 'outOfScopeShare'
            ? 'a mapping, as in the shipped desk.yaml'
            : 'a number from 0 to 1';
      return [yaml.at(yaml.markOf({ path: issue.path }), `${name}: found ${found}; allowed is ${allowed}`)];
    }),
  };
}

/**
 * @param path undefined: `./desk.yaml`, if it is there.
 * @throws RulesError naming each fault as file:line:col.
 */
export async function readRules(path: string | undefined): Promise<Rules> {
  const place = path ?? './desk.yaml';
  let text: string;
  try {
    text = await readFile(place, 'utf8');
  } catch (error) {
    if (path === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return shippedRules;
    throw new RulesError(
      `DESK_FILE: ${place} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); set it to where the desk's rules are.`,
    );
  }
  const read = parseRules(place, text);
  if ('rules' in read) return read.rules;
  throw new RulesError(
    read.problems.map(({ file: name, line, column, message }) => `${name}:${line}:${column}: ${message}`).join('\n'),
  );
}
