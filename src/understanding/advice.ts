/** What could be better in FAQ files that can be read: conflicts between entries, and style. Pure. */
import type { Language } from '../conversation/language.ts';
import type { Reading } from './files.ts';
import { nearlySame, sameWords } from './likeness.ts';
import { markdownFaults } from './markdown-faults.ts';
import { withoutCourtesy } from './matcher/courtesy.ts';
import { normalise } from './matcher/normalise.ts';
import type { Placed } from './parse.ts';
import type { Problem } from './understanding.ts';

export interface Advice {
  /** Phrasings that stand in two entries: neither can be told from the other, so these count as problems. */
  readonly conflicts: readonly Problem[];
  /** What does not fail a check. */
  readonly advice: readonly Problem[];
}

/** With fewer phrasings, an entry is often missed. */
export const fewestPhrasings = 5;

const names: Readonly<Record<Language, string>> = { ja: 'Japanese', en: 'English' };

export function advise({ placed }: Reading): Advice {
  const conflicts: Problem[] = [];
  const advice: Problem[] = [];
  const spoken = (['ja', 'en'] as const).filter((language) => placed.some((p) => p.entry.questions[language]));
  for (const language of spoken) {
    const phrasings = placed.flatMap((of) => phrasingsOf(of, language));
    const { across, within } = sameTexts(phrasings);
    for (const [later, earlier] of across)
      conflicts.push(
        at(
          later,
          `"${later.text}" also stands in "${earlier.of.entry.id}" (${whereIs(earlier)}); allowed is in one entry, or the two cannot be told apart`,
        ),
      );
    for (const [later, earlier] of within)
      advice.push(at(later, `"${later.text}" says the same as line ${lineOf(earlier)}`));
    for (const [later, earlier] of alike(phrasings))
      advice.push(
        at(
          later,
          `"${later.text}" is close to "${earlier.text}" of "${earlier.of.entry.id}" (${whereIs(earlier)}); word one of them apart`,
        ),
      );
  }
  for (const one of placed) advice.push(...aboutEntry(one, spoken));
  return { conflicts, advice };
}

interface Phrasing {
  readonly of: Placed;
  readonly mark: number;
  readonly text: string;
  /** As the matcher sees it: normalised, without courtesy. */
  readonly words: string;
  /** The same without spaces and punctuation. */
  readonly core: string;
}

function phrasingsOf(of: Placed, language: Language): Phrasing[] {
  return (of.entry.questions[language] ?? []).map((text, i) => {
    const words = withoutCourtesy(normalise(text));
    const mark = of.marks.questions[language]?.[i] ?? of.marks.id;
    return { of, mark, text, words, core: words.replace(/[\s\p{P}]+/gu, '') };
  });
}

type Pair = readonly [later: Phrasing, earlier: Phrasing];

function sameTexts(phrasings: readonly Phrasing[]): { across: Pair[]; within: Pair[] } {
  const first = new Map<string, Phrasing>();
  const across: Pair[] = [];
  const within: Pair[] = [];
  for (const phrasing of phrasings) {
    const earlier = first.get(phrasing.core);
    if (!earlier) first.set(phrasing.core, phrasing);
    else (earlier.of === phrasing.of ? within : across).push([phrasing, earlier]);
  }
  return { across, within };
}

/** Phrasings of different entries that differ by a slip or by the order of their words. */
function alike(phrasings: readonly Phrasing[]): Pair[] {
  const first = new Map<string, Phrasing>();
  for (const phrasing of phrasings) if (!first.has(phrasing.core)) first.set(phrasing.core, phrasing);
  const different = [...first.values()];
  const near = nearlySame(different.map((phrasing) => phrasing.core));
  const reordered = sameWords(different.map((phrasing) => phrasing.words));
  const seen = new Set<string>();
  return [...near, ...reordered].flatMap(([a, b]) => {
    const [earlier, later] = [different[a], different[b]];
    if (!earlier || !later || earlier.of === later.of || seen.has(`${a} ${b}`)) return [];
    seen.add(`${a} ${b}`);
    return [[later, earlier] as const];
  });
}

function aboutEntry(one: Placed, spoken: readonly Language[]): Problem[] {
  const { entry, marks, file } = one;
  const found: Problem[] = [];
  for (const language of spoken) {
    const count = entry.questions[language]?.length ?? 0;
    const hasAnswer = entry.answer[language] !== undefined;
    if (count === 0) found.push(file.at(marks.id, `"${entry.id}" has no ${names[language]} question`));
    else if (count < fewestPhrasings) {
      const mark = marks.questions[language]?.[0] ?? marks.id;
      found.push(
        file.at(
          mark,
          `${count} ${count === 1 ? 'phrasing' : 'phrasings'} in ${names[language]}; aim for ten, at least ${fewestPhrasings}`,
        ),
      );
    }
    if (one.served && !hasAnswer) found.push(file.at(marks.id, `"${entry.id}" has no ${names[language]} answer`));
  }
  for (const language of ['ja', 'en'] as const) {
    const answer = entry.answer[language];
    if (answer !== undefined)
      for (const fault of markdownFaults(answer))
        found.push(file.at(marks.answer[language] ?? marks.id, `answer in ${names[language]}: ${fault}`));
  }
  return found;
}

const at = ({ of, mark }: Phrasing, message: string) => of.file.at(mark, message);
const lineOf = ({ of, mark }: Phrasing) => of.file.at(mark, '').line;
const whereIs = (phrasing: Phrasing) => `${phrasing.of.file.path}:${lineOf(phrasing)}`;
