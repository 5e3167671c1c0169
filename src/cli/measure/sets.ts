/**
 * Question sets that lie outside the project: `DIR/SET/entries.tsv` with `id <tab> phrasing`, `DIR/SET/queries.tsv` with
 * `text <tab> expected id`, empty where no entry answers.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Language, languageOf } from '../../conversation/language.ts';
import { readFaq, servedEntries } from '../../understanding/files.ts';
import { randomNumbers, shuffle } from '../../understanding/matcher/model.ts';
import type { Entry } from '../../understanding/understanding.ts';

export interface Query {
  readonly text: string;
  /** The entry that answers it; empty where none does. */
  readonly id: string;
}

export interface QuestionSet {
  readonly name: string;
  readonly language: Language;
  readonly phrasings: ReadonlyMap<string, readonly string[]>;
  readonly queries: readonly Query[];
}

const columns = (file: string): [string, string][] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [first = '', second = ''] = line.split('\t');
      return [first, second];
    });

/** All sets of a directory, by name, or those named. */
export function readSets(directory: string, names: readonly string[] = []): QuestionSet[] {
  const wanted = names.length > 0 ? names : readdirSync(directory).sort();
  return wanted.map((name) => {
    const phrasings = new Map<string, string[]>();
    for (const [id, text] of columns(join(directory, name, 'entries.tsv'))) {
      phrasings.set(id, [...(phrasings.get(id) ?? []), text]);
    }
    const queries = columns(join(directory, name, 'queries.tsv')).map(([text, id]) => ({ text, id }));
    const sample = [...phrasings.values()].flat().slice(0, 20).join(' ');
    return { name, language: languageOf(sample) ?? 'en', phrasings, queries };
  });
}

/** The project's own FAQ with the list of questions that may be tuned on, as a set in each language. */
export async function starterSets(): Promise<QuestionSet[]> {
  const inProject = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  const entries = servedEntries(await readFaq(inProject('faq')));
  const asked = readFileSync(inProject('test/questions/starter-a.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
  return (['en', 'ja'] as const).map((language) => ({
    name: `starter_${language}`,
    language,
    phrasings: new Map(entries.map(({ id, questions }) => [id, questions[language] ?? []])),
    queries: asked.filter(([locale]) => locale === language).map(([, id = '', text = '']) => ({ text, id })),
  }));
}

/** Sets of one origin, which must not teach what they are measured with: the name up to its first digit or underscore. */
export function familyOf(name: string): string {
  const origin = name.split(/[\d_]/)[0] as string;
  // Two halves of one corpus.
  return origin === 'askubuntu' || origin === 'webapps' ? 'nlu-evaluation' : origin;
}

/** The set's entries as the FAQ would hold them, with at most `phrasings` each, chosen at random. */
export function entriesOf(set: QuestionSet, phrasings = Number.POSITIVE_INFINITY): Entry[] {
  const random = randomNumbers(phrasings);
  return [...set.phrasings].map(([id, texts]) => {
    const chosen = [...texts];
    if (chosen.length > phrasings) shuffle(chosen, random);
    return {
      id,
      topic: set.name,
      tags: [],
      questions: { [set.language]: chosen.slice(0, phrasings) },
      answer: {},
      related: [],
      keywords: {},
    };
  });
}
