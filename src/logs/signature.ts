/** Known troubles, recognised in linear time: admins' patterns run as one automaton (RE2), which no input can hold up. */
import { RE2JS, RE2Set } from 're2js';
import type { Language } from '../conversation/language.ts';
import type { SignatureMatch } from '../conversation/logs.ts';

export interface Signature {
  readonly id: string;
  /** RE2 syntax; whatever the case. */
  readonly pattern: string;
  readonly meaning: Readonly<Partial<Record<Language, string>>>;
  readonly entry?: string;
  readonly tier?: 1 | 2 | 3;
  readonly skills?: readonly string[];
}

/** Why a pattern is not one, as a sentence; undefined where it is. */
export function patternFault(pattern: string): string | undefined {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    return compiled.matcher('').find() ? 'it matches an empty line, and so every line' : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Looked at of one entry, in UTF-16 units. */
const looked = 2_000;
const mostMatches = 8;
const longestSample = 300;

/** The automaton of the newest signatures: to make one costs as much as to read a megabyte, and they rarely change. */
let made: { readonly key: string; readonly set: RE2Set } | undefined;

function automaton(signatures: readonly Signature[]): RE2Set {
  const key = JSON.stringify(signatures.map(({ pattern }) => pattern));
  if (made?.key !== key) {
    const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE);
    for (const { pattern } of signatures) set.add(pattern);
    set.compile();
    made = { key, set };
  }
  return made.set;
}

export class Signatures {
  readonly #signatures: readonly Signature[];
  readonly #set: RE2Set | undefined;
  readonly #found = new Map<number, { count: number; sample: string }>();

  constructor(signatures: readonly Signature[]) {
    this.#signatures = signatures;
    if (signatures.length === 0) return;
    this.#set = automaton(signatures);
  }

  /** @returns which ones fit, for {@link again}. */
  look(text: string): readonly number[] {
    const matches = this.#set?.match(text.length > looked ? text.slice(0, looked) : text) ?? [];
    for (const at of matches) {
      const known = this.#found.get(at);
      if (known) known.count++;
      else this.#found.set(at, { count: 1, sample: text.slice(0, longestSample) });
    }
    return matches;
  }

  /** The same once more, without looking. */
  again(matches: readonly number[]): void {
    for (const at of matches) {
      const known = this.#found.get(at);
      if (known) known.count++;
    }
  }

  /** In the order of the admins' file: what stands first there is the more telling. */
  found(mask: (text: string) => string): SignatureMatch[] {
    return [...this.#found]
      .sort(([a], [b]) => a - b)
      .slice(0, mostMatches)
      .flatMap(([at, { count, sample }]) => {
        const signature = this.#signatures[at];
        if (!signature) return [];
        const { id, meaning, entry, tier, skills } = signature;
        return [
          {
            id,
            count,
            meaning,
            ...(entry ? { entry } : {}),
            ...(tier ? { tier } : {}),
            ...(skills ? { skills } : {}),
            sample: mask(sample),
          },
        ];
      });
  }
}
