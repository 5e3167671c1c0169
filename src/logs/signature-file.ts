/** `dialogs/signatures.yaml`: the text that admins edit → signatures, or what is wrong and where. */
import * as z from 'zod';
import { nearest } from '../understanding/nearest.ts';
import type { Problem } from '../understanding/understanding.ts';
import { type Place, readYaml, valueAt } from '../understanding/yaml-text.ts';
import { patternFault, type Signature } from './signature.ts';

/** Signatures at most: each makes the automaton larger. */
const most = 500;

const id = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const sentence = z.string().trim().min(1).max(600);
const signature = z
  .strictObject({
    id: id.meta({ description: 'Kebab-case name, unique in this file. この表の中で一意の名前。' }),
    pattern: z.string().trim().min(3).max(500).meta({
      description:
        'Regular expression (RE2 syntax: no look-around, no back-references), whatever the case. 正規表現（RE2の構文。先読み・後方参照は不可）。大文字小文字は区別しません。',
    }),
    meaning: z
      .strictObject({ en: sentence.optional(), ja: sentence.optional() })
      .refine((told) => Object.keys(told).length > 0)
      .meta({
        minProperties: 1,
        description: 'What it means, for visitors and agents. 意味（利用者と担当者に示す文）。',
      }),
    entry: id.optional().meta({ description: 'FAQ entry whose answer helps. 役に立つFAQ項目のID。' }),
    tier: z.enum(['1', '2', '3']).optional().meta({ description: 'Tier that can deal with it. 対応できる階層。' }),
    skills: z
      .array(z.string().trim().min(1).max(60))
      .max(10)
      .optional()
      .meta({ description: 'Skills it takes. 必要なスキル。' }),
  })
  .meta({ description: 'One known trouble. 既知の不具合ひとつ。' });

const signatureFile = z.strictObject({ signatures: z.array(signature).max(most) });

/** For editors: dialogs/signatures.yaml as JSON Schema 2020-12 (signatures.schema.json beside this file). */
export function signaturesJsonSchema(): object {
  return z.toJSONSchema(signatureFile, {
    io: 'input',
    override({ jsonSchema }) {
      // Editors read a number where we read the text as typed.
      if (jsonSchema.enum?.every((option) => /^\d$/.test(String(option)))) {
        jsonSchema.enum = jsonSchema.enum.map(Number);
        delete jsonSchema.type;
      }
    },
  });
}

const keys = Object.keys(signature.shape);
const allowedAt: Readonly<Record<string, string>> = {
  signatures: `allowed is a list of up to ${most} signatures`,
  id: 'allowed are lower-case letters, digits and single hyphens, up to 100 characters',
  pattern: 'allowed is a regular expression of 3 to 500 characters',
  meaning: 'allowed is {en: a sentence, ja: a sentence}, at least one of them',
  entry: "allowed is an FAQ entry's id",
  tier: 'allowed is 1, 2 or 3',
  skills: 'allowed is a list of up to 10 names',
};

export interface ParsedSignatures {
  /** Sound and ready to be run; of a file with problems none. */
  readonly signatures: readonly Signature[];
  readonly problems: readonly Problem[];
  /** A problem at the entry that a signature names. */
  atEntry(index: number, message: string): Problem;
}

/** @param path as it is to be shown. Never throws. */
export function parseSignatures(path: string, text: string): ParsedSignatures {
  const yaml = readYaml(path, text);
  const { content, at } = yaml;
  const problems: Problem[] = [...yaml.problems];
  const add = (place: Place, message: string) => problems.push(at(yaml.markOf(place), message));
  const atEntry = (index: number, message: string) =>
    at(yaml.markOf({ path: ['signatures', index, 'entry'] }), message);
  if (content === undefined) return { signatures: [], problems, atEntry };
  const read = signatureFile.safeParse(content);
  if (!read.success) {
    for (const { code, path: way, ...issue } of read.error.issues) {
      if (code === 'unrecognized_keys' && 'keys' in issue) {
        const known = way.length === 0 ? ['signatures'] : way.includes('meaning') ? ['en', 'ja'] : keys;
        for (const key of issue.keys as string[]) {
          const meant = nearest(key, known);
          add(
            { path: way, key },
            `unknown key "${key.slice(0, 60)}"${meant ? `; did you mean "${meant}"?` : ''}; allowed here: ${known.join(', ')}`,
          );
        }
        continue;
      }
      const name = String(way.findLast((step) => typeof step === 'string') ?? 'signatures');
      const allowed = allowedAt[name] ?? allowedAt[String(way[2])] ?? 'allowed is what the guide shows';
      const found = valueAt(content, way);
      add(
        { path: way },
        found === undefined
          ? `"${name}" is missing; ${allowed}`
          : `${name}: found ${JSON.stringify(found)?.slice(0, 60)}; ${allowed}`,
      );
    }
    return { signatures: [], problems: inOrder(problems), atEntry };
  }
  const seen = new Set<string>();
  for (const [i, one] of read.data.signatures.entries()) {
    if (seen.has(one.id))
      add({ path: ['signatures', i, 'id'] }, `id "${one.id}" is used twice; allowed is a name of its own`);
    seen.add(one.id);
    const fault = patternFault(one.pattern);
    if (fault) add({ path: ['signatures', i, 'pattern'] }, `pattern: ${fault}`);
  }
  const signatures = problems.length > 0 ? [] : read.data.signatures.map(toSignature);
  return { signatures, problems: inOrder(problems), atEntry };
}

const inOrder = (problems: Problem[]): Problem[] => problems.sort((a, b) => a.line - b.line || a.column - b.column);

function toSignature({ tier, entry, skills, meaning, ...rest }: z.output<typeof signature>): Signature {
  return {
    ...rest,
    meaning: { ...(meaning.en ? { en: meaning.en } : {}), ...(meaning.ja ? { ja: meaning.ja } : {}) },
    ...(entry ? { entry } : {}),
    ...(tier ? { tier: Number(tier) as 1 | 2 | 3 } : {}),
    ...(skills ? { skills } : {}),
  };
}
